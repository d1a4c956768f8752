import type { Hop, Leg, Packet, Step, StepKind } from '../../sim/vocabulary/index.ts';
import type { CapturedFrame, CaptureInterface } from './blocks.ts';
import { dnsAnswer, dnsQuery } from './dns.ts';
import { encodeFrames, isIp, type FrameContent } from './frame.ts';
import type { TcpSender } from './tcp.ts';

export interface Capture {
  readonly interfaces: readonly CaptureInterface[];
  readonly frames: readonly CapturedFrame[];
}

export interface CapturedLeg {
  readonly leg: Leg;
  /** What the leg is among the others, in front of its title: `forward leg 2 of 5`. */
  readonly position: string;
}

/** Steps that say why a packet is no longer what it was at the transmit before. */
const rewriting: ReadonlySet<StepKind> = new Set<StepKind>([
  'firewall',
  'nat',
  'load-balance',
  'service',
  'network-policy',
  'ingress-rule',
  'proxy',
  'encapsulate',
  'decapsulate',
  'fragment',
]);

/** Steps at the end of one connection that say why the next one begins. */
const reconnecting: ReadonlySet<StepKind> = new Set<StepKind>([
  'load-balance',
  'ingress-rule',
  'proxy',
]);

/**
 * Identifications are this far apart from one leg to the next, so that those of its tunnels fit in
 * between.
 */
const identificationsPerLeg = 16;

/** Every transmit of the legs, in order, as if each interface had been captured from. */
export function captureOf(legs: readonly CapturedLeg[]): Capture {
  const recorder = new Recorder();
  for (const leg of legs) recorder.record(leg);
  return recorder;
}

class Recorder implements Capture {
  readonly interfaces: CaptureInterface[] = [];
  readonly frames: CapturedFrame[] = [];
  readonly #interfaceIndexes = new Map<string, number>();
  /** Sentences since the last transmit. */
  #reasons: { kind: StepKind; text: string }[] = [];
  #legs = 0;

  record({ leg, position }: CapturedLeg): void {
    this.#legs += 1;
    const recorded = this.frames.length;
    const content = contentOf(leg, this.#legs * identificationsPerLeg);
    const cuts = new Map<number, readonly number[]>();
    this.#reasons = [
      { kind: 'originate', text: `${position}: ${leg.title}` },
      ...this.#reasons.filter(({ kind }) => reconnecting.has(kind)),
    ];
    for (const hop of leg.hops) {
      for (const step of hop.steps) {
        followCuts(cuts, step);
        if (rewriting.has(step.kind)) this.#reasons.push(step);
        if (step.kind === 'transmit') {
          const interfaceIndex = this.#interfaceOf(hop, step);
          this.#transmit(interfaceIndex, encodeFrames(step.packet, { ...content, cuts }));
        }
        if (step.kind === 'drop' && this.frames.length > recorded) {
          this.#annotateLast(`${step.text} (at ${hop.node})`);
        }
      }
    }
  }

  #transmit(interfaceIndex: number, frames: readonly Uint8Array[]): void {
    const comments = this.#reasons.map(({ text }) => text);
    this.#reasons = [];
    for (const [index, frame] of frames.entries()) {
      this.frames.push({ interfaceIndex, frame, comments: index === 0 ? comments : [] });
    }
  }

  #annotateLast(comment: string): void {
    const last = this.frames.pop();
    if (last) this.frames.push({ ...last, comments: [...last.comments, comment] });
  }

  #interfaceOf(hop: Hop, { detail }: Step & { kind: 'transmit' }): number {
    const node = hop.on === undefined ? hop.node : `${hop.node}@${hop.on}`;
    const name = `${node}/${detail.interface}`;
    const known = this.#interfaceIndexes.get(name);
    if (known !== undefined) return known;
    const place = hop.on === undefined ? hop.node : `${hop.node} on ${hop.on}`;
    const { segment, mtuBytes } = detail;
    const description = `interface ${detail.interface} of ${place}, segment ${segment}, MTU ${mtuBytes}`;
    this.#interfaceIndexes.set(name, this.interfaces.length);
    this.interfaces.push({ name, description });
    return this.interfaces.length - 1;
  }
}

/**
 * Keeps the MTUs that cut each IP packet of the stack, by how many IP headers are inside it:
 * fragments stay apart until the packet reaches its end, where its header is taken off.
 */
function followCuts(cuts: Map<number, readonly number[]>, step: Step): void {
  const headers = step.packet.filter(isIp).length;
  for (const inner of cuts.keys()) {
    if (inner >= headers) cuts.delete(inner);
  }
  if (step.kind === 'fragment') {
    const outermost = headers - 1;
    cuts.set(outermost, [...(cuts.get(outermost) ?? []), step.detail.mtuBytes]);
  }
}

function contentOf(leg: Leg, identification: number): Omit<FrameContent, 'cuts'> {
  const sender: TcpSender = {
    side: leg.purpose === 'reply' || leg.purpose === 'dns-answer' ? 'server' : 'client',
    maximumSegmentBytes: maximumSegmentBytes(leg),
  };
  const payload = leg.dns && payloadOf(leg, leg.dns);
  return { sender, identification, ...(payload && { payload }) };
}

function payloadOf(leg: Leg, dns: NonNullable<Leg['dns']>): Uint8Array | undefined {
  switch (leg.purpose) {
    case 'dns-query':
      return dnsQuery(dns);
    case 'dns-answer':
      return dnsAnswer(dns);
    case 'request':
    case 'reply':
      return undefined;
    default:
      return leg.purpose satisfies never;
  }
}

/** RFC 9293 §3.7.1: what the sender's way out takes, less the headers in front of the data. */
function maximumSegmentBytes(leg: Leg): number {
  const steps = leg.hops.flatMap((hop) => hop.steps);
  const first = steps.find((step) => step.kind === 'transmit');
  if (!first) return 0;
  const headersBytes = 20 + (innermostIp(first.packet)?.type === 'ipv6' ? 40 : 20);
  const wholeBytes =
    ownTunnelMtu(steps.slice(0, steps.indexOf(first))) ??
    first.detail.mtuBytes - tunnelBytes(first.packet);
  return Math.min(0xffff, Math.max(0, wholeBytes - headersBytes));
}

/** MTU in bytes of the tunnel interface that the sender itself puts the packet into. */
const ownTunnelMtu = (steps: readonly Step[]): number | undefined =>
  steps
    .filter((step) => step.kind === 'encapsulate' && step.action === 'ip-in-ip')
    .map((step) => step.detail.mtuBytes)
    .find((mtuBytes) => mtuBytes !== undefined);

const innermostIp = (packet: Packet) => packet.findLast(isIp);

/** Bytes that tunnels add to the innermost IP packet. */
function tunnelBytes(packet: Packet): number {
  return (packet.find(isIp)?.length ?? 0) - (innermostIp(packet)?.length ?? 0);
}
