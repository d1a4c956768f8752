import { rangeContains, type Ip } from '../../model/ip.ts';
import { findAddress } from '../compile/address-index.ts';
import type { Interface, L2Segment } from '../compile/network.ts';
import { because } from '../vocabulary/reason.ts';
import type { Outcome, WalkState } from '../walk-state.ts';

const privateV4: readonly (readonly [first: number, bits: number])[] = [
  [0x0a000000, 8], // 10.0.0.0/8, RFC 1918
  [0xac100000, 12], // 172.16.0.0/12, RFC 1918
  [0xc0a80000, 16], // 192.168.0.0/16, RFC 1918
  [0x64400000, 10], // 100.64.0.0/10, RFC 6598
  [0xa9fe0000, 16], // 169.254.0.0/16, RFC 3927
];

/** Addresses that no router of the internet knows: RFC 1918, 6598, 3927, 4193, 4291 §2.5.6. */
export function isPrivate(address: Ip): boolean {
  if (address.family === 6) {
    return (
      (address.w0 & 0xfe000000) >>> 0 === 0xfc000000 ||
      (address.w0 & 0xffc00000) >>> 0 === 0xfe800000
    );
  }
  return privateV4.some(([first, bits]) => (address.w0 ^ first) >>> (32 - bits) === 0);
}

/** ARP or neighbor discovery on the segment of the interface that the packet leaves by, across a stretch too. Fills `state.found`. */
export function neighbor(state: WalkState, out: Interface, address: Ip): void {
  const { device, packet, recorder, found } = state;
  found.outcome = null;
  found.target = -1;
  if (out.segment < 0) {
    found.outcome = state.drop(
      'interface-down',
      because('not-connected', { device: device.id, interface: out.id }),
    );
    return;
  }
  const segment = state.segmentAt(out.segment);
  if (!segment.up) {
    found.outcome = state.drop('interface-down', because('segment-down', { segment: segment.id }));
    return;
  }
  found.target =
    segment.kind === 'veth'
      ? vethPeer(state, segment, out, address)
      : owner(state, segment, address);
  if (found.target >= 0) {
    const tag = state.interfaceAt(found.target).guestTag;
    if (tag !== out.guestTag && segment.kind !== 'veth') {
      const who = state.deviceAt(state.interfaceAt(found.target).device).id;
      const reason = because('other-tag', {
        owner: who,
        address: address.text,
        tag,
        own: out.guestTag,
      });
      found.outcome = state.drop('neighbor-unreachable', reason);
    } else if (recorder) recordOwner(state, segment, address, found.target);
    return;
  }
  const onInternet =
    segment.internet &&
    address === packet.top.dst &&
    !segment.subnets.some(({ range }) => rangeContains(range, address));
  if (onInternet) {
    found.outcome = leaveDesign(state, out, address);
    return;
  }
  if (segment.otherStretches > 0) {
    state.warn('not-modelled', segment.id, { part: 'more-stretches', segment: segment.id });
  }
  recorder?.step('neighbor/none', { address: address.text, segment: segment.id }, packet);
  const down = findAddress(segment.downOwners, address);
  const reason =
    down >= 0
      ? because('neighbor-down', {
          address: address.text,
          owner: state.deviceAt(state.interfaceAt(down).device).id,
        })
      : because('no-neighbor', { address: address.text, segment: segment.id });
  found.outcome = state.drop('neighbor-unreachable', reason);
}

function leaveDesign(state: WalkState, out: Interface, address: Ip): Outcome {
  const { packet, recorder } = state;
  if (packet.depth > 0) {
    return state.drop('tunnel-down', because('tunnel-leaves', { destination: address.text }));
  }
  if (isPrivate(address)) {
    return state.drop('no-route', because('private-on-internet', { address: address.text }));
  }
  state.exitInterface = out.index;
  recorder?.step('deliver/exit', { destination: address.text }, packet);
  return 'exits-network';
}

/** The node's end of a veth pair answers for everything; the pod's end for its own addresses. */
function vethPeer(state: WalkState, segment: L2Segment, out: Interface, address: Ip): number {
  if (out.proxyArp) return state.ownerOf(segment, address);
  const node = state.network.interfaces[out.index + 1];
  return node?.proxyArp && node.up ? node.index : -1;
}

/**
 * Across a stretch two gateways may own one address. With proximity routing the one on the sender's side answers;
 * without it the one at the stretch's `a` end, where the subnet is at home.
 */
function owner(state: WalkState, segment: L2Segment, address: Ip): number {
  const here = state.ownerOf(segment, address);
  const far = farSegment(state, segment);
  if (!far) return here;
  const there = state.ownerOf(far.segment, address);
  if (here < 0 || there < 0) return here < 0 ? there : here;
  if (far.proximityRouting) return here;
  return far.isHome ? there : here;
}

function farSegment(
  state: WalkState,
  segment: L2Segment,
): { segment: L2Segment; proximityRouting: boolean; isHome: boolean } | undefined {
  const stretch = state.network.stretches[segment.stretch];
  if (!stretch) return undefined;
  const [a, b] = stretch.ends;
  const far = a.segment === segment.index ? b : a;
  return {
    segment: state.segmentAt(far.segment),
    proximityRouting: stretch.proximityRouting,
    isHome: far === a,
  };
}

function recordOwner(state: WalkState, segment: L2Segment, address: Ip, target: number): void {
  const { recorder, packet } = state;
  const found = state.interfaceAt(target);
  const virtualIp = state.network.segments[found.segment]?.virtualIps.get(address.text);
  const across =
    found.segment === segment.index ? undefined : state.network.stretches[segment.stretch];
  recorder?.step(
    'neighbor/resolve',
    {
      address: address.text,
      mac: found.mac,
      owner: state.deviceAt(found.device).id,
      segment: segment.id,
      ...(virtualIp === undefined ? {} : { virtualIp }),
      ...(across ? { acrossStretch: across.id } : {}),
    },
    packet,
  );
}
