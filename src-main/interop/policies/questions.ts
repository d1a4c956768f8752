import type { Design, Flow, Intent } from '../../model/design.ts';
import { intentFlows } from '../../model/intent-flows.ts';
import {
  isDelivered,
  simulate,
  type Leg,
  type Network,
  type Packet,
  type Result,
  type Step,
  type ToldStep,
} from '../../sim/index.ts';
import type { Endpoints } from './endpoints.ts';

export type Direction = 'ingress' | 'egress';

/** A packet where a pod's policies judge it: behind kube-proxy's choice of an endpoint, before masquerading. */
export interface Point {
  readonly cluster: string;
  readonly pod: string;
  readonly direction: Direction;
  readonly source: string;
  readonly destination: string;
  readonly protocol: 'TCP' | 'UDP' | 'ICMP' | 'ICMPv6';
  /** 0 for ICMP, which has none. */
  readonly port: number;
  /** Whether it asks a name server. */
  readonly lookup: boolean;
}

/** One way of a flow: the points that it passes, where it ends. */
export interface Way {
  readonly points: readonly Point[];
  /** The pod that the request is delivered to, where it is one. */
  readonly receiver?: string;
  readonly delivered: boolean;
}

/** A flow of an intent, with all its ways as they are where no policy stands in them. */
export interface Question {
  readonly intent: Intent;
  readonly flow: Flow;
  readonly ways: readonly Way[];
  /** Whether it is as the intent expects without any policy. */
  readonly holdsOpen: boolean;
  /** What tells why. */
  readonly last: ToldStep | undefined;
}

/** Flows of one intent that are looked at. */
export const mostFlows = 10_000;

/** A design whose policies say nothing but where they judge. */
export function opened(design: Design): Design {
  const { networkPolicies: _, ...rest } = design;
  return {
    ...rest,
    calicoPolicies: (design.clusters ?? []).map(({ id }) => ({
      id: `open-${id}`,
      cluster: id,
      types: ['Ingress', 'Egress'] as const,
      ingress: [{ action: 'Allow' as const }],
      egress: [{ action: 'Allow' as const }],
    })),
  };
}

/** What the intents ask, and where policies meet it, in the network of {@link opened}. */
export function questionsOf(
  design: Design,
  network: Network,
  intents: readonly Intent[],
  endpoints: Endpoints,
): readonly Question[] {
  return intents.flatMap((intent) =>
    intentFlows(design, intent).map((flow): Question => {
      const result = simulate(network, flow, { allPaths: true });
      return {
        intent,
        flow,
        ways: waysOf(result, endpoints),
        holdsOpen: holds(intent, result),
        last: lastStepOf(result),
      };
    }),
  );
}

/**
 * `reachable` holds when every path delivers the request and its reply, `blocked` when none delivers the request; as the
 * verification of intents has it.
 */
export function holds({ expect }: Intent, result: Result): boolean {
  if (expect === 'reachable') return result.status === 'reachable';
  return result.forward.every(({ disposition }) => !isDelivered(disposition));
}

/** The last step of the first way that ends in a drop, else of the first. */
export function lastStepOf({ forward, reverse }: Result): ToldStep | undefined {
  const traces = [...forward, ...reverse];
  const trace = traces.find(({ disposition }) => !isDelivered(disposition)) ?? traces[0];
  const last = trace?.legs.at(-1)?.hops.at(-1)?.steps.at(-1);
  if (!last) return undefined;
  const { packet: _, ...told } = last;
  return told;
}

const waysOf = (result: Result, endpoints: Endpoints): readonly Way[] =>
  result.forward.map(({ legs, disposition }) => {
    const delivered = isDelivered(disposition);
    const last = legs.findLast(({ purpose }) => purpose === 'request');
    const end = last?.hops.at(-1);
    const receiver = delivered && end?.nodeKind === 'pod' ? endpoints.pod(end.node) : undefined;
    return {
      points: legs.flatMap((leg) => pointsOf(leg, endpoints)),
      ...(receiver ? { receiver: receiver.id } : {}),
      delivered,
    };
  });

function pointsOf({ purpose, hops }: Leg, endpoints: Endpoints): readonly Point[] {
  if (purpose !== 'request' && purpose !== 'dns-query') return [];
  const lookup = purpose === 'dns-query';
  return hops.flatMap(({ steps }) =>
    steps.flatMap((step) => pointOf(step, lookup, endpoints) ?? []),
  );
}

function pointOf(step: Step, lookup: boolean, endpoints: Endpoints): Point | undefined {
  if (step.kind !== 'network-policy' || step.action !== 'accept' || !('pod' in step.detail)) {
    return undefined;
  }
  const { pod, direction } = step.detail;
  const governed = typeof pod === 'string' ? endpoints.pod(pod) : undefined;
  const packet = judged(step.packet);
  if (!governed || !packet) return undefined;
  return { cluster: governed.cluster, pod: governed.id, direction, lookup, ...packet };
}

/** The outermost packet of IP, and what it carries. */
function judged(
  packet: Packet,
): Pick<Point, 'source' | 'destination' | 'protocol' | 'port'> | undefined {
  const at = packet.findIndex(({ type }) => type === 'ipv4' || type === 'ipv6');
  const [ip, inner] = packet.slice(at);
  if (ip?.type !== 'ipv4' && ip?.type !== 'ipv6') return undefined;
  const ends = { source: ip.src, destination: ip.dst };
  switch (inner?.type) {
    case 'tcp':
      return { ...ends, protocol: 'TCP', port: inner.destinationPort };
    case 'udp':
      return { ...ends, protocol: 'UDP', port: inner.destinationPort };
    case 'icmp':
      return { ...ends, protocol: ip.type === 'ipv4' ? 'ICMP' : 'ICMPv6', port: 0 };
    default:
      return undefined;
  }
}
