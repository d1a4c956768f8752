import { language } from '../../i18n/language.svelte.ts';
import type { About } from './intent-table.svelte.ts';

/** What an intent is about, in one line. */
export function aboutWords(about: About): string {
  const t = language.messages.intents;
  switch (about.kind) {
    case 'flow':
      return about.text;
    case 'matrix': {
      const [sources, destinations] = [about.sources || t.nobody, about.destinations || t.nobody];
      return `${sources} → ${destinations}, ${about.services || t.noService}`;
    }
    default:
      return about satisfies never;
  }
}
