import { assume, makeEndsPacket, probe, type Connection, type Run } from './connection.ts';
import { senderHears } from './error-message.ts';
import { sourceFor } from './source-address.ts';
import { route } from './stages/route.ts';
import { isDelivered } from './vocabulary/disposition.ts';
import type { TooLarge } from './walk-state.ts';

/** Sizes that are tried until one passes; each try learns of one smaller link. */
const mostTries = 32;
/** RFC 791 §3.2: every link carries 68 bytes. */
const smallestPacketBytes = 68;

export interface PathMtu {
  /** Largest IP packet in bytes that gets through in one piece (RFC 1191 §1), at most the sender's own MTU. */
  readonly bytes: number;
}

/**
 * Sends a packet as large as the sender's own interface allows (and, with TCP, the receiver's) along an established
 * connection, and ever smaller ones until one passes. Warns where the large one vanishes, where it relies on path MTU
 * discovery, where it is cut.
 */
export function checkFullSize(
  run: Run,
  connection: Connection,
  sender: number,
  isReply: boolean,
): PathMtu | undefined {
  const peer = isReply ? connection.client : connection.server;
  const drawnPeer = connection.exitInterface < 0 || isReply;
  const ownMtu = interfaceMtu(run, connection, sender, isReply);
  // TCP: the peer's SYN announces how much it takes (RFC 9293 §3.7.1).
  const ownBytes =
    connection.protocol === 'tcp' && drawnPeer
      ? Math.min(ownMtu, interfaceMtu(run, connection, peer, !isReply))
      : ownMtu;
  const replyFrom = isReply ? sender : null;
  const { passes, lost, told } = largestThatPasses(run, connection, ownBytes, replyFrom);
  if (passes === undefined) {
    if (lost) warnBlackHole(run, sender, ownBytes, 0, lost);
    return undefined;
  }
  if (lost) warnBlackHole(run, sender, ownBytes, passes, lost);
  else if (told) warnReduced(run, sender, ownBytes, passes, told);
  const { cut } = run.state;
  if (!cut) return { bytes: passes };
  warnFragmented(run, sender, passes, cut);
  const whole = largestThatPasses(run, { ...connection, df: true }, passes, replyFrom);
  return { bytes: whole.passes ?? passes };
}

interface Largest {
  /** Bytes; absent where no size passes. */
  readonly passes?: number;
  /** The first place where a larger packet vanished. */
  readonly lost: TooLarge | undefined;
  /** The first place that told the sender to make its packets smaller. */
  readonly told: TooLarge | undefined;
}

function largestThatPasses(
  run: Run,
  connection: Connection,
  largestBytes: number,
  replyFrom: number | null,
): Largest {
  let bytes = largestBytes;
  let lost: TooLarge | undefined;
  let told: TooLarge | undefined;
  for (let tries = 0; tries < mostTries && bytes >= smallestPacketBytes; tries += 1) {
    const disposition = probe(run, connection, bytes, replyFrom);
    if (isDelivered(disposition)) return { passes: bytes, lost, told };
    const { tooLarge } = run.state;
    if (disposition !== 'mtu-exceeded' || !tooLarge) return { lost: undefined, told: undefined };
    const sender = replyFrom ?? connection.client;
    const hears = tooLarge.senderIsTold
      ? senderHears(run.state, connection, sender, tooLarge)
      : false;
    if (hears === false) lost ??= tooLarge;
    else told ??= tooLarge;
    if (hears === undefined) assume(run, 'icmp-errors', {});
    bytes -= tooLarge.lengthBytes - tooLarge.mtuBytes;
  }
  return { lost, told };
}

/** MTU of the interface that an end's packets to the other leave by; of equal routes that of the connection's. Bytes. */
function interfaceMtu(run: Run, connection: Connection, end: number, isServer: boolean): number {
  const { state } = run;
  state.begin(null, isServer);
  state.device = state.deviceAt(end);
  state.localOrigin = true;
  makeEndsPacket(state, connection, isServer);
  const destination = state.packet.top.dst;
  route(state);
  const { entry } = state.routed;
  if (entry && entry.interface >= 0) return state.interfaceAt(entry.interface).mtu;
  // Over the loopback interface nothing is too large (Linux: 65536 bytes; IPv4 cannot say more than 65535).
  return sourceFor(state, state.deviceAt(end), destination) ? 65535 : smallestPacketBytes;
}

/** Where it did not fit, and what was sent. */
const narrow = (run: Run, sender: number, sentBytes: number, at: TooLarge) => ({
  sender: run.state.deviceAt(sender).id,
  sentBytes,
  device: at.device,
  interface: at.interface,
  segment: at.segment,
  lengthBytes: at.lengthBytes,
  mtuBytes: at.mtuBytes,
});

function warnBlackHole(run: Run, sender: number, own: number, passes: number, at: TooLarge): void {
  run.state.warn('mtu-black-hole', at.segment, {
    ...narrow(run, sender, own, at),
    ...(passes > 0 ? { passesBytes: passes } : {}),
  });
}

function warnReduced(run: Run, sender: number, own: number, passes: number, at: TooLarge): void {
  const facts = narrow(run, sender, own, at);
  run.state.warn('mtu-reduced', at.segment, { ...facts, passesBytes: passes });
}

function warnFragmented(run: Run, sender: number, bytes: number, at: TooLarge): void {
  run.state.warn('fragmentation', at.segment, {
    ...narrow(run, sender, bytes, at),
    tunnelled: at.depth > 0,
    wholeBytes: bytes - (at.lengthBytes - at.mtuBytes),
  });
}
