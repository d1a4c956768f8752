import type { Hop } from '../sim/vocabulary/step.ts';
import type { Packet, PacketHeader } from '../sim/vocabulary/packet.ts';
import type { Leg, Result, Trace } from '../sim/vocabulary/result.ts';
import { isDelivered } from '../sim/vocabulary/disposition.ts';
import type { Blocker, BlockedBecause } from './vocabulary.ts';

/** A blocker with all that remedies are found by. */
export interface Blocked extends Omit<Blocker, 'remedy'> {
  readonly isReply: boolean;
  /** The packet where it ends, outermost header first. */
  readonly packet: Packet;
  /** The hops of its leg, up to where it ends. */
  readonly hops: readonly Hop[];
  readonly dns: Leg['dns'];
  /** Of a reply: the hops of the request that it answers. */
  readonly requestHops: readonly Hop[];
  /** All legs before this one. */
  readonly before: readonly Leg[];
  /** Of several equal ways of the flow the one that it is on, and where on it: later places are larger. */
  readonly path: number;
  readonly place: number;
  /** Tells blockers apart. */
  readonly key: string;
}

/** The first thing that stands in the flow's way; undefined where nothing does. */
export function firstBlocked(result: Result): Blocked | undefined {
  for (const [path, trace] of result.forward.entries()) {
    if (!isDelivered(trace.disposition)) return blockedOn(trace, path, undefined);
  }
  for (const trace of result.reverse) {
    if (isDelivered(trace.disposition)) continue;
    return blockedOn(trace, trace.replyTo, result.forward[trace.replyTo]);
  }
  if (result.status !== 'reachable') return undefined;
  return blackHole(result);
}

const isLost = ({ disposition }: Leg): boolean => !isDelivered(disposition);

/** Of a name that nobody resolved it is the first server's silence that counts; elsewhere the last leg's end. */
function failingLeg(trace: Trace): number {
  const last = trace.legs.length - 1;
  const end = trace.legs[last];
  if (trace.disposition !== 'name-not-resolved' || reasonOf(end)?.code !== 'no-resolver-answered')
    return last;
  const connection = trace.legs.findLastIndex(({ purpose }) => purpose === 'request');
  const silent = trace.legs.findIndex((leg, at) => at > connection && isLost(leg));
  return silent < 0 ? last : silent;
}

function reasonOf(leg: Leg | undefined): BlockedBecause | undefined {
  const step = leg?.hops.at(-1)?.steps.at(-1);
  return step?.kind === 'drop' ? step.detail.because : undefined;
}

const hopsPerLeg = 4096;
const legsPerTrace = 4096;

function blockedOn(trace: Trace, path: number, answers: Trace | undefined): Blocked | undefined {
  const isReply = answers !== undefined;
  const at = failingLeg(trace);
  const leg = trace.legs[at];
  const hop = leg?.hops.at(-1);
  const step = hop?.steps.at(-1);
  if (!leg || !hop || step?.kind !== 'drop') return undefined;
  const { because, reason, disposition } = step.detail;
  return {
    purpose: leg.purpose,
    leg: leg.title,
    node: hop.node,
    disposition,
    reason,
    because,
    isReply: isReply || leg.purpose === 'dns-answer',
    packet: step.packet,
    hops: leg.hops,
    dns: leg.dns,
    requestHops: requestOf(leg, at, trace, answers)?.hops ?? [],
    before: trace.legs.slice(0, at),
    path,
    place: ((isReply ? legsPerTrace : 0) + at) * hopsPerLeg + leg.hops.length,
    key: `${leg.purpose} ${hop.node} ${because.code} ${JSON.stringify(because.detail)}`,
  };
}

/** The leg that this one answers: replies come in the opposite order of the requests. */
function requestOf(
  leg: Leg,
  at: number,
  trace: Trace,
  answers: Trace | undefined,
): Leg | undefined {
  if (leg.purpose === 'dns-answer') {
    return trace.legs.slice(0, at).findLast(({ purpose }) => purpose === 'dns-query');
  }
  const requests = answers?.legs.filter(({ purpose }) => purpose === 'request') ?? [];
  return requests[requests.length - 1 - at];
}

function blackHole(result: Result): Blocked | undefined {
  const lost = result.warnings.find((warning) => warning.code === 'mtu-black-hole');
  const trace = result.forward[0];
  const leg = trace?.legs.at(-1);
  if (lost?.code !== 'mtu-black-hole' || !leg) return undefined;
  const because = { code: lost.code, detail: lost.detail } as const;
  return {
    purpose: leg.purpose,
    leg: leg.title,
    node: lost.detail.device,
    disposition: 'full-size',
    reason: lost.text,
    because,
    isReply: false,
    packet: [],
    hops: [],
    dns: undefined,
    requestHops: leg.hops,
    before: trace?.legs ?? [],
    path: 0,
    place: 2 * legsPerTrace * hopsPerLeg,
    key: `full-size ${JSON.stringify(lost.detail)}`,
  };
}

type IpHeader = Extract<PacketHeader, { type: 'ipv4' | 'ipv6' }>;

/** Outermost addresses and ports. */
export interface Seen {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'esp' | 'ip-in-ip';
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  /** Header of a tunnel: what it carries lies inside. */
  readonly isOuter: boolean;
}

export function seenOf(packet: Packet): Seen | undefined {
  const at = packet.findIndex(({ type }) => type === 'ipv4' || type === 'ipv6');
  const ip = packet[at] as IpHeader | undefined;
  const inner = packet[at + 1];
  if (!ip) return undefined;
  const base = { source: ip.src, destination: ip.dst };
  const isOuter = packet.slice(at + 1).some(({ type }) => type === 'ipv4' || type === 'ipv6');
  switch (inner?.type) {
    case 'tcp':
    case 'udp': {
      const { sourcePort, destinationPort } = inner;
      return { protocol: inner.type, ...base, sourcePort, destinationPort, isOuter };
    }
    case 'icmp':
      return { protocol: 'icmp', ...base, sourcePort: 0, destinationPort: 0, isOuter };
    case 'esp':
      return { protocol: 'esp', ...base, sourcePort: 0, destinationPort: 0, isOuter };
    case 'ipv4':
    case 'ipv6':
      return { protocol: 'ip-in-ip', ...base, sourcePort: 0, destinationPort: 0, isOuter };
    default:
      return undefined;
  }
}
