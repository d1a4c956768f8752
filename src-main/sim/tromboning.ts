import type { Run } from './connection.ts';
import type { Hop } from './vocabulary/step.ts';

/**
 * Traffic between two machines of one place that goes through a stretch to its gateway and comes back. The hops from
 * the one concentrator, or the first device of another place, to the last are counted: proximity routing saves them.
 */
export function warnOfTromboning(run: Run, sender: number, receiver: number): void {
  const { state } = run;
  const hops = run.legs?.at(-1)?.hops ?? [];
  const stretch = state.network.stretches[state.crossings[0] ?? -1];
  if (!stretch) return;
  const home = outermostSite(run, sender);
  const twice = state.crossings.filter((other) => other === stretch.index).length > 1;
  if (!twice && (home === undefined || home !== outermostSite(run, receiver))) return;
  const isAway = (hop: Hop) => {
    const { deviceByNode, deviceByPod } = state.network;
    const index = deviceByNode.get(hop.node) ?? deviceByPod.get(hop.node);
    if (index === undefined) return false;
    if (stretch.ends.some((end) => end.device === index)) return true;
    const site = outermostSite(run, index);
    return home !== undefined && site !== undefined && site !== home;
  };
  const extra = hops.findLastIndex(isAway) - hops.findIndex(isAway) + 1;
  state.warn('tromboning', stretch.id, {
    from: state.deviceAt(sender).id,
    to: state.deviceAt(receiver).id,
    stretch: stretch.id,
    extraHops: extra,
  });
}

const outermostSite = ({ state }: Run, device: number) => state.deviceAt(device).sites.at(-1);
