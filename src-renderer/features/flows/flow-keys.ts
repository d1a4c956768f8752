import { language } from '../../i18n/language.svelte.ts';
import type { LocalKey } from '../shell/local-keys.ts';

/** What is done with the line that the keyboard is on. */
export type LineKey = 'open' | 'edit' | 'expect' | 'duplicate' | 'remove';
/** Where the keyboard goes to. */
export type MoveKey = 'next' | 'previous' | 'page-on' | 'page-back' | 'first' | 'last';

const t = () => language.messages.flowTable;

export const lineKeys: readonly LocalKey<LineKey>[] = [
  { keys: ['Enter'], label: () => t().keys.open, does: 'open' },
  { keys: ['F2'], label: () => t().keys.edit, does: 'edit' },
  { keys: ['E'], label: () => t().keys.expect, does: 'expect' },
  { keys: ['Mod+D'], label: () => t().keys.duplicate, does: 'duplicate' },
  { keys: ['Delete', 'Backspace'], label: () => t().keys.remove, does: 'remove' },
];

export const moveKeys: readonly LocalKey<MoveKey>[] = [
  { keys: ['ArrowDown'], label: () => t().keys.next, does: 'next' },
  { keys: ['ArrowUp'], label: () => t().keys.previous, does: 'previous' },
  { keys: ['PageDown'], label: () => t().keys.pageOn, does: 'page-on' },
  { keys: ['PageUp'], label: () => t().keys.pageBack, does: 'page-back' },
  { keys: ['Home'], label: () => t().keys.first, does: 'first' },
  { keys: ['End'], label: () => t().keys.last, does: 'last' },
];
