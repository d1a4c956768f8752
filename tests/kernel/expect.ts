/** A trace of the simulator, told as the kernel's packets are. */
import type { Flow } from '../../src-main/model/design.ts';
import {
  simulate,
  type Disposition,
  type Leg,
  type Packet,
  type PacketHeader,
  type Result,
  type Step,
} from '../../src-main/sim/index.ts';
import type { Network } from '../../src-main/sim/compile/network.ts';
import { echoText, ipText, portsText, vxlanText, vxlanUdpText } from './decode.ts';
import { placeText } from './network.ts';
import type { Sighting } from './observe.ts';

export type ExpectedSighting = Omit<Sighting, 'at' | 'packet'>;

/** One direction of one way. */
export interface ExpectedLeg {
  readonly sightings: readonly ExpectedSighting[];
  /** Rules that decide about the packet, by place, in order: `filter 3`. */
  readonly rulings: ReadonlyMap<string, readonly string[]>;
  readonly end: string;
  readonly disposition: Disposition;
  /** Where the machine at the end takes the packet for itself: its addresses, ports and TTL there. */
  readonly delivery: string | undefined;
  /** Source and destination of the packet where it ends. */
  readonly source: string;
  readonly destination: string;
  /** Largest packet that passes in one piece. Bytes. */
  readonly pathMtu: number | undefined;
  readonly steps: readonly Step[];
}

export interface ExpectedWay {
  readonly request: ExpectedLeg;
  readonly answer: ExpectedLeg | undefined;
  /** The connection opens and then breaks; undefined where Linux may do otherwise, or only some of the ways do so. */
  readonly breaks: boolean | undefined;
}

const mostPaths = 128;

/** All ways that the flow may take. Undefined where there are more than can be followed. */
export function expectedWays(network: Network, flow: Flow): readonly ExpectedWay[] | undefined {
  const result = simulate(network, flow, { allPaths: true, maxPaths: mostPaths });
  if (result.warnings.some(({ code }) => code === 'paths-cut')) return undefined;
  return result.forward.map((trace, index) => {
    const reply = result.reverse.find(({ replyTo }) => replyTo === index);
    return {
      request: expectedLeg(trace.legs.at(-1) as Leg),
      answer: reply && expectedLeg(reply.legs.at(-1) as Leg),
      breaks: breaksOf(network, result),
    };
  });
}

/**
 * Full packets of one side vanish and nobody tells it, or all that follows the handshake is translated. Linux's VXLAN tells
 * machines behind a bridge that the tunnel is too narrow (drivers/net/vxlan, `skb_tunnel_check_pmtu`); a hypervisor as the
 * simulator has it drops in silence.
 */
function breaksOf(network: Network, result: Result): boolean | undefined {
  const { warnings, forward, reverse } = result;
  const oneSided = warnings.filter((warning) => warning.code === 'asymmetric');
  const one = forward.length === 1 ? true : undefined;
  if (oneSided.some(({ detail }) => detail.translates)) return one;
  // Connection tracking that sees one half of a connection makes another one of its later packets.
  if (oneSided.length > 0) return undefined;
  const holes = warnings.flatMap((warning) =>
    warning.code === 'mtu-black-hole' ? [warning.detail.device] : [],
  );
  if (holes.length === 0) {
    return drawsAgain(forward, reverse) || choosesAgain(result) ? undefined : false;
  }
  const byHypervisor = holes.some(
    (id) => network.devices.find((device) => device.id === id)?.kind === 'hypervisor',
  );
  return byHypervisor ? undefined : one;
}

/** A balancer draws a member for each connection, so that the next one may go where none is answered. */
function drawsAgain(forward: Result['forward'], reverse: Result['reverse']): boolean {
  const draws = forward.some(({ legs }) =>
    legs.some(({ hops }) =>
      hops.some(({ steps }) =>
        steps.some(({ kind, detail }) => kind === 'load-balance' && 'choices' in detail),
      ),
    ),
  );
  const answered = reverse.filter(({ disposition }) => disposition === 'delivered');
  return draws && answered.length < forward.length;
}

/**
 * A sender that is told of a narrow link looks up its route again, with the source that it has by now, and may go on by
 * another of equal routes (net/ipv6/inet6_connection_sock.c, `inet6_csk_route_socket`): past filters that know the
 * connection.
 */
function choosesAgain({ warnings, forward, reverse }: Result): boolean {
  const told = new Set(
    warnings.flatMap(({ code, detail }) => (code === 'mtu-reduced' ? [detail.sender] : [])),
  );
  const starts = [...forward, ...reverse].flatMap(({ legs }) => legs.at(-1)?.hops[0] ?? []);
  return starts.some(
    ({ node, steps }) =>
      told.has(node) &&
      steps.some(
        ({ kind, detail }) => kind === 'route' && 'choices' in detail && detail.choices > 1,
      ),
  );
}

function expectedLeg(leg: Leg): ExpectedLeg {
  const steps = leg.hops.flatMap((hop) =>
    hop.steps.map((step) => ({ place: placeText(hop.node, hop.on), step })),
  );
  const last = leg.hops.at(-1);
  const sightings = steps.flatMap(({ place, step }): ExpectedSighting[] => {
    const sent = step.kind === 'transmit';
    if (!sent && step.kind !== 'receive') return [];
    const way = sent ? 'out' : 'in';
    return [{ place, interface: step.detail.interface, way, text: packetText(step.packet) }];
  });
  const rulings = Map.groupBy(
    steps.flatMap(({ place, step }) => {
      const rule = rulingOf(step);
      return rule === undefined ? [] : [{ place, rule }];
    }),
    ({ place }) => place,
  );
  const packet = steps.at(-1)?.step.packet ?? [];
  const { disposition } = leg;
  const arrives = disposition === 'delivered' || disposition === 'no-listener';
  const ends = packet.find(isIp);
  return {
    sightings,
    rulings: new Map([...rulings].map(([place, list]) => [place, list.map(({ rule }) => rule)])),
    end: placeText(last?.node ?? '', last?.on),
    disposition,
    delivery: arrives ? deliveryText(packet) : undefined,
    source: ends?.src ?? '',
    destination: ends?.dst ?? '',
    pathMtu: leg.pathMtu,
    steps: steps.map(({ step }) => step),
  };
}

function rulingOf(step: Step): string | undefined {
  switch (step.kind) {
    case 'firewall':
      if (step.action === 'established') return undefined;
      return `filter ${step.detail.rule?.number ?? 0}`;
    case 'nat':
      return step.action === 'dnat' || step.action === 'snat'
        ? `nat ${step.detail.rule.number}`
        : undefined;
    default:
      return undefined;
  }
}

const isIp = (header: PacketHeader) => header.type === 'ipv4' || header.type === 'ipv6';

function deliveryText(packet: Packet): string {
  const header = packet.find(isIp);
  const transport = packet.at(-1);
  if (!header || !transport) return '';
  const start = `${header.src}>${header.dst} ttl ${header.ttl}`;
  switch (transport.type) {
    case 'tcp':
    case 'udp':
      return `${start} ${portsText({ ...transport, protocol: transport.type }, '')}`;
    case 'icmp':
      return `${start} icmp ${transport.id}`;
    default:
      return start;
  }
}

/** As {@link Sighting} has it. */
function packetText(packet: Packet): string {
  return packet.map((header, index) => headerText(header, packet[index + 1])).join(' | ');
}

function headerText(header: PacketHeader, inside: PacketHeader | undefined): string {
  switch (header.type) {
    case 'ethernet':
      return `ethernet ${header.src}>${header.dst}`;
    case 'ipv4':
    case 'ipv6':
      return ipText(header.src, header.dst, header.ttl, header.df, header.length);
    case 'tcp':
      return portsText({ ...header, protocol: 'tcp' }, header.flags);
    case 'udp':
      if (inside?.type === 'vxlan') return vxlanUdpText(header.destinationPort);
      return portsText({ ...header, protocol: 'udp' }, '');
    case 'icmp':
      return echoText(header.message, header.id);
    case 'vxlan':
      return vxlanText(header.vni);
    case 'esp':
      return `esp ${header.spi}`;
    default:
      return header satisfies never;
  }
}
