import type { Run } from './connection.ts';

/**
 * Traffic between two machines of one place that goes through a stretch to its gateway and comes back. The hops made
 * elsewhere are counted: they are what proximity routing would save.
 */
export function warnOfTromboning(run: Run, sender: number, receiver: number): void {
  const { state } = run;
  const [crossing] = state.crossings;
  if (!crossing) return;
  const outermost = (index: number) => state.deviceAt(index).sites.at(-1);
  const home = outermost(sender);
  const twice = state.crossings.filter((other) => other.stretch === crossing.stretch).length > 1;
  if (!twice && (home === undefined || home !== outermost(receiver))) return;
  const stretch = state.network.stretches[crossing.stretch];
  if (!stretch) return;
  const extra = state.hopCount - crossing.hop;
  state.warn(
    'tromboning',
    stretch.id,
    `${state.deviceAt(sender).id} → ${state.deviceAt(receiver).id} goes through stretch ${stretch.id} to its gateway ` +
      `and comes back: ${extra} extra hops, which proximity routing would save`,
  );
}
