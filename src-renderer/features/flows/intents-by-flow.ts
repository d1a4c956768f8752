import type { Design } from '../../../src-main/contract/index.ts';
import type { IntentState } from '../../state/runs.svelte.ts';

/** What is expected of each flow that an intent speaks of. */
export function intentsByFlow(
  design: Design,
  states: ReadonlyMap<string, IntentState>,
): ReadonlyMap<string, readonly IntentState[]> {
  const map = new Map<string, IntentState[]>();
  for (const { id, subject } of design.intents ?? []) {
    const state = states.get(id);
    if (subject.kind !== 'flow' || !state) continue;
    map.set(subject.flow, [...(map.get(subject.flow) ?? []), state]);
  }
  return map;
}
