import type { Interface, L2Segment } from '../compile/network.ts';
import { headerBytes } from '../vocabulary/packet.ts';
import { because } from '../vocabulary/reason.ts';
import type { Outcome, TooLarge, WalkState } from '../walk-state.ts';

/**
 * Holds the packet's length against the MTU of the interface. Too large: fragmented where DF allows it, else dropped;
 * a router tells the sender (RFC 1191 §4), everybody else drops in silence.
 */
export function fits(state: WalkState, out: Interface, place: string): Outcome {
  const { packet, recorder } = state;
  const { top, wireBytes: lengthBytes } = packet;
  if (lengthBytes <= out.mtu) return null;
  if (!top.df && top.type === 'ipv4') {
    state.cut ??= describe(state, lengthBytes, out.mtu, out.id, place, false);
    const header = headerBytes.ipv4;
    // RFC 791 §3.2: every fragment but the last carries a multiple of eight bytes.
    const room = Math.floor((out.mtu - header) / 8) * 8;
    const fragments = Math.ceil((lengthBytes - header) / room);
    packet.cut(header + room);
    recorder?.step(
      'fragment/split',
      { interface: out.id, lengthBytes, mtuBytes: out.mtu, fragments },
      packet,
    );
    return null;
  }
  // Of a tunnel's outer packet its maker hears. IP-in-IP tells the sender inside (Linux `tnl_update_pmtu`), others nobody.
  const senderIsTold = packet.depth === 0 || insideIsIp(state);
  return tooLarge(state, lengthBytes, out.mtu, out.id, place, senderIsTold);
}

/** A packet that an encrypting tunnel makes too large for its way out: whoever sent it is told what fits (RFC 4301 §8.2). */
export function tooLongForTunnel(state: WalkState, out: Interface, overheadBytes: number): Outcome {
  const { packet } = state;
  const lengthBytes = packet.wireBytes + overheadBytes;
  if (lengthBytes <= out.mtu || !packet.top.df) return null;
  const place = out.segment < 0 ? out.id : state.segmentAt(out.segment).id;
  return tooLarge(state, lengthBytes, out.mtu, out.id, place, true);
}

/** What crosses a wire whose MTU is below the interface's own is lost without a word. */
export function fitsSegment(state: WalkState, out: Interface, segment: L2Segment): Outcome {
  const bytes = state.packet.wireBytes;
  if (bytes <= segment.mtu) return null;
  return tooLarge(state, bytes, segment.mtu, out.id, segment.id, false);
}

/** A receiver drops frames above its own MTU (giants). */
export function fitsReceiver(state: WalkState, target: Interface, segment: L2Segment): Outcome {
  const bytes = state.packet.wireBytes;
  if (bytes <= target.mtu) return null;
  return tooLarge(state, bytes, target.mtu, target.id, segment.id, false);
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
  const { depth, top } = state.packet;
  return {
    lengthBytes,
    mtuBytes,
    depth,
    senderIsTold,
    device: state.device.id,
    interface: interfaceId,
    segment,
    from: { device: state.device, instance: state.instance },
    to: top.src,
  };
}

function tooLarge(...what: Parameters<typeof describe>): Outcome {
  const [state] = what;
  state.tooLarge = describe(...what);
  const { lengthBytes, mtuBytes, segment } = state.tooLarge;
  return state.drop('mtu-exceeded', because('mtu', { lengthBytes, mtuBytes, place: segment }));
}
