import { language } from '../../i18n/language.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';

/** Copies, and says so. */
export async function copyText(session: Session, text: string): Promise<void> {
  const t = language.messages.install;
  try {
    await navigator.clipboard.writeText(text);
    session.toasts.say({ tone: 'good', title: t.copied });
  } catch {
    // A browser may forbid it.
    session.toasts.say({ tone: 'bad', title: t.copyFailed });
  }
}
