import { inSubnet, type Ip } from '../../model/ip.ts';
import type { Interface } from '../compile/network.ts';
import type { WalkState } from '../walk-state.ts';

/**
 * The address that a device speaks with on an interface: that interface's own, else the one its cluster knows.
 * `via` is the next hop, null where the destination itself is on the segment.
 */
export function ownAddress(
  state: WalkState,
  interfaceIndex: number,
  destination: Ip,
  via: Ip | null,
): Ip | null {
  const { family } = destination;
  const own = addressOn(state.interfaceAt(interfaceIndex), destination, via);
  if (own) return own;
  const { kubeNode } = state.device;
  const known = family === 4 ? kubeNode?.address4 : kubeNode?.address6;
  if (known) return known;
  for (const index of state.device.interfaces) {
    const candidate = state.interfaceAt(index);
    for (const address of candidate.addresses) {
      if (candidate.up && address.family === family) return address;
    }
  }
  return null;
}

/**
 * Of an interface's addresses the first in the subnet of the next hop, else the first (Linux `inet_select_addr`). A
 * link-local one speaks only to its like where there is another (RFC 6724 §5, rule 2).
 */
export function addressOn(at: Interface, destination: Ip, via: Ip | null): Ip | null {
  let best: Ip | null = null;
  let bestRank = -1;
  for (let index = 0; index < at.addresses.length; index += 1) {
    const address = at.addresses[index] as Ip;
    if (address.family !== destination.family) continue;
    const near = inSubnet(address, at.prefixLengths[index] ?? 0, via ?? destination) ? 1 : 0;
    const rank = isLinkLocal(address) === isLinkLocal(destination) ? 1 + near : 0;
    if (rank <= bestRank) continue;
    best = address;
    bestRank = rank;
  }
  return best;
}

/** RFC 4291 §2.5.6. */
const isLinkLocal = (address: Ip): boolean =>
  address.family === 6 && (address.w0 & 0xffc00000) >>> 0 === 0xfe800000;

/** Next hop of the route that was taken; null where the destination is on the segment. */
export const nextHop = (state: WalkState): Ip | null => state.routed.entry?.via ?? null;
