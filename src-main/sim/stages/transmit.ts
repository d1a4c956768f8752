import type { Interface, L2Segment } from '../compile/network.ts';
import { reasons } from '../vocabulary/reasons.ts';
import type { Outcome, WalkState } from '../walk-state.ts';

/**
 * Holds the packet's length against the MTU of the interface. Too large: fragmented where DF allows it, else dropped;
 * a router tells the sender (RFC 1191 §4), everybody else drops in silence.
 */
export function fits(state: WalkState, out: Interface, place: string): Outcome {
  const { packet, recorder } = state;
  const { total } = packet.top;
  if (total <= out.mtu) return null;
  if (!packet.top.df && packet.top.type === 'ipv4') {
    state.fragmented = true;
    state.wasFragmented = true;
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
  const { total } = state.packet.top;
  if (total <= segment.mtu || (state.fragmented && !state.packet.top.df)) return null;
  return tooLarge(state, total, segment.mtu, out.id, segment.id, false);
}

/** A receiver drops frames above its own MTU (giants). */
export function fitsReceiver(state: WalkState, target: Interface, segment: L2Segment): Outcome {
  const { total } = state.packet.top;
  if (total <= target.mtu || (state.fragmented && !state.packet.top.df)) return null;
  return tooLarge(state, total, target.mtu, target.id, segment.id, false);
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

function tooLarge(
  state: WalkState,
  lengthBytes: number,
  mtuBytes: number,
  interfaceId: string,
  segment: string,
  senderIsTold: boolean,
): Outcome {
  const { depth } = state.packet;
  const device = state.device.id;
  state.tooLarge = {
    lengthBytes,
    mtuBytes,
    depth,
    senderIsTold,
    device,
    interface: interfaceId,
    segment,
  };
  return state.drop('mtu-exceeded', reasons.mtu(lengthBytes, mtuBytes, segment));
}
