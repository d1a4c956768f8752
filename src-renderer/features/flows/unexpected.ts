import type { Design, Intent } from '../../../src-main/contract/index.ts';
import type { FlowStates, IntentStates } from '../../state/runs-changes.ts';

/**
 * How much is not as it should be: flows that do not get there though no intent says that they must not, and intents
 * that do not hold. A flow that an intent speaks of is judged by that intent alone.
 */
export function unexpectedCount(design: Design, flows: FlowStates, intents: IntentStates): number {
  const all = design.intents ?? [];
  const broken = all.filter(({ id }) => intents.get(id)?.now.holds === false);
  const judged = flowsOf(all);
  const wrongFlows = flowsOf(broken);
  for (const [id, { now }] of flows) {
    if (!judged.has(id) && now.status !== 'reachable') wrongFlows.add(id);
  }
  return wrongFlows.size + broken.filter(({ subject }) => subject.kind !== 'flow').length;
}

const flowsOf = (intents: readonly Intent[]): Set<string> =>
  new Set(intents.flatMap(({ subject }) => (subject.kind === 'flow' ? [subject.flow] : [])));
