/** Short questions to a result, so that tests read as sentences about it. */
import type { Design } from '../../src-main/model/design.ts';
import {
  compile,
  simulate,
  type Leg,
  type Packet,
  type PacketHeader,
  type Result,
  type SimulateOptions,
  type StepDetails,
  type StepKey,
} from '../../src-main/sim/index.ts';
import { flowOf } from '../builders/network.ts';

export const run = (design: Design, flow: string, options?: SimulateOptions): Result =>
  simulate(compile(design), flowOf(design, flow), options);

type Way = 'forward' | 'reverse';

/** The legs of the first trace that carry the connection itself, not the look-up of its name. */
export function legs(result: Result, way: Way): readonly Leg[] {
  const purpose = way === 'forward' ? 'request' : 'reply';
  return result[way][0]?.legs.filter((leg) => leg.purpose === purpose) ?? [];
}

/** The legs of the first trace's name look-up, question and answer. */
export const lookupLegs = (result: Result): readonly Leg[] =>
  result.forward[0]?.legs.filter((leg) => leg.purpose.startsWith('dns-')) ?? [];

export interface Did<Key extends StepKey> {
  readonly node: string;
  /** The hypervisor whose instance of a distributed router did it. */
  readonly on: string | undefined;
  readonly depth: number;
  readonly detail: StepDetails[Key];
  readonly packet: Packet;
}

/** Every step of one kind and action, in order. */
export function did<Key extends StepKey>(walked: readonly Leg[], key: Key): readonly Did<Key>[] {
  return walked.flatMap((leg) =>
    leg.hops.flatMap((hop) =>
      hop.steps.flatMap((step) =>
        `${step.kind}/${step.action}` === key
          ? [
              {
                node: hop.node,
                on: hop.on,
                depth: hop.depth,
                detail: step.detail as StepDetails[Key],
                packet: step.packet,
              },
            ]
          : [],
      ),
    ),
  );
}

/** `esxi-01: VXLAN 6002`: who puts a frame into which VXLAN. */
export const vxlans = (walked: readonly Leg[]): readonly string[] =>
  did(walked, 'encapsulate/vxlan').map(({ node, detail }) => `${node}: VXLAN ${detail.vni}`);

/** The hops as `node`, or `node on hypervisor`. */
export const path = (walked: readonly Leg[]): readonly string[] =>
  walked.flatMap((leg) =>
    leg.hops.map(({ node, on }) => (on === undefined ? node : `${node} on ${on}`)),
  );

function headerText(header: PacketHeader): string {
  switch (header.type) {
    case 'ethernet':
      return 'Ethernet';
    case 'ipv4':
    case 'ipv6': {
      const protocol = header.protocol === 4 ? ' proto 4' : '';
      return `IP ${header.src}→${header.dst}${protocol}`;
    }
    case 'tcp':
      return 'TCP';
    case 'udp':
      return `UDP ${header.destinationPort}`;
    case 'icmp':
      return 'ICMP';
    case 'vxlan':
      return `VXLAN ${header.vni}`;
    case 'esp':
      return 'ESP';
    default:
      return header satisfies never;
  }
}

/** `Ethernet | IP a→b | TCP`, outermost first. */
export const stack = (packet: Packet): string => packet.map(headerText).join(' | ');

/** The largest header stack that a walk has on a wire. */
export function deepest(walked: readonly Leg[]): Packet {
  const packets = did(walked, 'transmit/send').map(({ packet }) => packet);
  return packets.reduce<Packet>((a, b) => (b.length > a.length ? b : a), []);
}

/** Where the first trace of a way ends, and how. */
export function ending(result: Result, way: Way): string {
  const trace = result[way][0];
  const hop = trace?.legs.at(-1)?.hops.at(-1);
  return `${trace?.disposition ?? 'nothing'} at ${hop?.node ?? 'nobody'}`;
}

export const warningsOf = (result: Result, code: Result['warnings'][number]['code']) =>
  result.warnings.filter((warning) => warning.code === code);
