import type { Interface, L2Segment } from '../compile/network.ts';
import { reasons } from '../vocabulary/reasons.ts';
import type { Outcome, TooLarge, WalkState } from '../walk-state.ts';

/**
 * Holds the packet's length against the MTU of the interface. Too large: fragmented where DF allows it, else dropped;
 * a router tells the sender (RFC 1191 §4), everybody else drops in silence.
 */
export function fits(state: WalkState, out: Interface, place: string): Outcome {
  const { packet, recorder } = state;
  const { total } = packet.top;
  if (total <= out.mtu) return null;
  if (!packet.top.df && packet.top.type === 'ipv4') {
    state.fragmentBytes = out.mtu;
    state.cut ??= describe(state, total, out.mtu, out.id, place, false);
    // RFC 791 §3.2: every fragment but the last carries a multiple of eight bytes.
    const room = Math.floor((out.mtu - 20) / 8) * 8;
    const fragments = Math.ceil((total - 20) / room);
    recorder?.step(
      'fragment/split',
      { interface: out.id, lengthBytes: total, mtuBytes: out.mtu, fragments },
      packet,
    );
    return null;
  }
  // The maker of an outer packet that is its own first hop passes nothing on to the sender inside, but for IP-in-IP.
  const senderIsTold = packet.depth === 0 || (!state.localOrigin && insideIsIp(state));
  return tooLarge(state, total, out.mtu, out.id, place, senderIsTold);
}

/** What crosses a wire whose MTU is below the interface's own is lost without a word. */
export function fitsSegment(state: WalkState, out: Interface, segment: L2Segment): Outcome {
  const bytes = wireBytes(state);
  if (bytes <= segment.mtu) return null;
  return tooLarge(state, bytes, segment.mtu, out.id, segment.id, false);
}

/** A receiver drops frames above its own MTU (giants). */
export function fitsReceiver(state: WalkState, target: Interface, segment: L2Segment): Outcome {
  const bytes = wireBytes(state);
  if (bytes <= target.mtu) return null;
  return tooLarge(state, bytes, target.mtu, target.id, segment.id, false);
}

/** Length of what travels: the packet, or the largest of its fragments. */
function wireBytes(state: WalkState): number {
  const { total, df } = state.packet.top;
  return state.fragmentBytes > 0 && !df ? Math.min(total, state.fragmentBytes) : total;
}

/** A bridged frame whose packet is larger than the segment takes: nobody is told. */
export function loseFrame(
  state: WalkState,
  lengthBytes: number,
  mtuBytes: number,
  out: Interface,
  segment: L2Segment,
): Outcome {
  return tooLarge(state, lengthBytes, mtuBytes, out.id, segment.id, false);
}

function insideIsIp(state: WalkState): boolean {
  const type = state.packet.inner?.type;
  return type === 'ipv4' || type === 'ipv6';
}

function describe(
  state: WalkState,
  lengthBytes: number,
  mtuBytes: number,
  interfaceId: string,
  segment: string,
  senderIsTold: boolean,
): TooLarge {
  const { depth } = state.packet;
  const device = state.device.id;
  return { lengthBytes, mtuBytes, depth, senderIsTold, device, interface: interfaceId, segment };
}

function tooLarge(...what: Parameters<typeof describe>): Outcome {
  const [state] = what;
  state.tooLarge = describe(...what);
  const { lengthBytes, mtuBytes, segment } = state.tooLarge;
  return state.drop('mtu-exceeded', reasons.mtu(lengthBytes, mtuBytes, segment));
}
