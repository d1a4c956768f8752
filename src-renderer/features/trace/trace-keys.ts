import { language } from '../../i18n/language.svelte.ts';
import type { Follow } from '../../state/follow.svelte.ts';
import type { LocalKey } from '../shell/local-keys.ts';

export type TraceKey = 'play' | 'forward' | 'back' | 'first' | 'last';

const t = () => language.messages.traceReader;

/** All over the trace. */
export const playerKeys: readonly LocalKey<TraceKey>[] = [
  { keys: ['Space'], label: () => `${t().play} / ${t().pause}`, does: 'play' },
  { keys: ['ArrowRight'], label: () => t().forward, does: 'forward' },
  { keys: ['ArrowLeft'], label: () => t().back, does: 'back' },
  { keys: ['Home'], label: () => t().first, does: 'first' },
  { keys: ['End'], label: () => t().last, does: 'last' },
];

/** On a step, besides. */
export const stepKeys: readonly LocalKey<TraceKey>[] = [
  { keys: ['ArrowDown'], label: () => t().below, does: 'forward' },
  { keys: ['ArrowUp'], label: () => t().above, does: 'back' },
];

export function act(does: TraceKey, follow: Follow): void {
  switch (does) {
    case 'play':
      follow.playOrPause();
      break;
    case 'forward':
      follow.move(1);
      break;
    case 'back':
      follow.move(-1);
      break;
    case 'first':
      follow.move(-Infinity);
      break;
    case 'last':
      follow.move(Infinity);
      break;
    default:
      does satisfies never;
  }
}
