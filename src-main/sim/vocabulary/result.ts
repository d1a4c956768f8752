import type { Assumption } from './assumptions.ts';
import { isDelivered, type Disposition } from './disposition.ts';
import type { FlowStatus } from './status.ts';
import type { Hop } from './step.ts';
import type { Warning } from './warning.ts';

export type LegPurpose = 'dns-query' | 'dns-answer' | 'request' | 'reply';

/** The way of one packet, from the device that made it to where it ends. */
export interface Leg {
  readonly purpose: LegPurpose;
  /** What the leg is, for people: `dns shop.example.com`, `tcp 443 internet-user → 203.0.113.43`. */
  readonly title: string;
  readonly disposition: Disposition;
  /** The question and answer that a DNS leg carries. */
  readonly dns?: {
    readonly name: string;
    readonly record: 'A' | 'AAAA';
    readonly addresses: readonly string[];
  };
  /** Largest IP packet in bytes that gets from end to end of this leg in one piece; connection legs only. */
  readonly pathMtu?: number;
  readonly hops: readonly Hop[];
}

export interface Trace {
  readonly disposition: Disposition;
  /** Share of new connections that take this way, 0–1. */
  readonly probability: number;
  readonly legs: readonly Leg[];
}

export type { FlowStatus } from './status.ts';
export type { Warning, WarningCode } from './warning.ts';

export interface Result {
  readonly status: FlowStatus;
  /** Smallest path MTU of the connection's legs, both ways; absent where the flow is not delivered. Bytes. */
  readonly pathMtu?: number;
  readonly warnings: readonly Warning[];
  /** What was taken for granted, in English. */
  readonly assumptions: readonly string[];
  /** The same, one for one, by code and facts. */
  readonly assumed: readonly Assumption[];
  readonly forward: readonly Trace[];
  /** One reply for each forward trace that was delivered; `replyTo` is that trace's index. */
  readonly reverse: readonly ReplyTrace[];
}

export interface ReplyTrace extends Trace {
  readonly replyTo: number;
}

/** Why a trace cannot be one, or undefined: what every trace promises, checked when it is made and in tests. */
export function traceFault(trace: Trace): string | undefined {
  if (trace.legs.length === 0) return 'a trace without legs';
  if (!(trace.probability > 0 && trace.probability <= 1)) return 'a probability outside (0, 1]';
  const last = trace.legs.at(-1);
  if (last && last.disposition !== trace.disposition)
    return 'the last leg ends otherwise than the trace';
  for (const leg of trace.legs) {
    const fault = legFault(leg);
    if (fault !== undefined) return `${leg.title}: ${fault}`;
  }
  return undefined;
}

/** `drop`: the flow ends before there is a packet. */
const beginning = new Set(['originate', 'resolve-name', 'proxy', 'drop']);
const entering = new Set(['receive', 'decapsulate', 'switch']);
const leaving = new Set(['transmit', 'encapsulate', 'switch']);

function legFault(leg: Leg): string | undefined {
  if (leg.hops.length === 0) return 'a leg without hops';
  for (const [index, hop] of leg.hops.entries()) {
    const [first] = hop.steps;
    const last = hop.steps.at(-1);
    if (!first || !last) return `hop ${hop.node} has no steps`;
    if (index === 0 && !beginning.has(first.kind)) {
      return `the first hop ${hop.node} begins with ${first.kind}`;
    }
    if (index > 0 && !entering.has(first.kind) && first.kind !== 'drop') {
      return `hop ${hop.node} is not entered: it begins with ${first.kind}`;
    }
    if (index < leg.hops.length - 1 && !leaving.has(last.kind)) {
      return `hop ${hop.node} is not left: it ends with ${last.kind}`;
    }
  }
  const end = leg.hops.at(-1)?.steps.at(-1);
  const dropped = end?.kind === 'drop';
  if (dropped === isDelivered(leg.disposition)) {
    return `it ends with ${end?.kind ?? 'nothing'}, which is not ${leg.disposition}`;
  }
  return undefined;
}
