import { language } from '../../i18n/language.svelte.ts';
import type { LocalKey } from '../shell/local-keys.ts';

/** What is done with the intent or the check that the keyboard is on. */
export type IntentKey = 'open' | 'rename' | 'duplicate' | 'remove' | 'unfold' | 'fold';

const t = () => language.messages.intents.keys;

export const intentKeys: readonly LocalKey<IntentKey>[] = [
  { keys: ['Enter'], label: () => t().open, does: 'open' },
  { keys: ['F2'], label: () => t().rename, does: 'rename' },
  { keys: ['Mod+D'], label: () => t().duplicate, does: 'duplicate' },
  { keys: ['Delete', 'Backspace'], label: () => t().remove, does: 'remove' },
  { keys: ['ArrowRight'], label: () => t().unfold, does: 'unfold' },
  { keys: ['ArrowLeft'], label: () => t().fold, does: 'fold' },
];
