import { stackBytes, type Step } from '../../src-main/contract/index.ts';
import type { PlacedStep } from './reading.svelte.ts';

export { stackBytes, type StackBytes } from '../../src-main/contract/index.ts';

export interface LinkMtu {
  readonly bytes: number;
  /** The segment, or the tunnel's interface. */
  readonly place: string;
}

/**
 * The MTU that the packet of a step has to fit: of the link that it is sent on next with this length, or that it has
 * come by.
 */
export function linkMtu(steps: readonly PlacedStep[], at: number): LinkMtu | undefined {
  const current = steps[at];
  if (!current) return undefined;
  const { packet } = stackBytes(current.step.packet);
  const fits = (placed: PlacedStep | undefined) =>
    placed?.legAt === current.legAt && stackBytes(placed.step.packet).packet === packet;
  for (let next = at; fits(steps[next]) && steps[next]?.hop === current.hop; next++) {
    const found = mtuOf(steps[next]?.step);
    if (found) return found;
  }
  for (let last = at - 1; fits(steps[last]); last--) {
    const found = mtuOf(steps[last]?.step);
    if (found) return found;
  }
  return undefined;
}

function mtuOf(step: Step | undefined): LinkMtu | undefined {
  if (step?.kind === 'transmit') {
    return { bytes: step.detail.mtuBytes, place: step.detail.segment };
  }
  if (step?.kind === 'fragment') {
    return { bytes: step.detail.mtuBytes, place: step.detail.interface };
  }
  return undefined;
}
