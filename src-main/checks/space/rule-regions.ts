import type { FirewallRule, FirewallService, HostLike, NatRule } from '../../model/design.ts';
import {
  familyBits,
  ipToBigInt,
  parseAddressMatch,
  type IpFamily,
  type IpRange,
} from '../../model/ip.ts';
import { Axis, type ValueRange } from './axis.ts';
import type { Region } from './flow-space.ts';
import type { Layer } from './shadows.ts';

/** What one rule asks of a packet, axis by axis, before the axes are cut. */
interface Match {
  readonly destinations: readonly IpRange[];
  readonly sources: readonly IpRange[];
  readonly services: readonly ValueRange[];
  readonly inInterfaces: readonly ValueRange[];
  readonly outInterfaces: readonly ValueRange[];
}

const lastPort = 65535n;
/** Protocol and destination port as one number: TCP's ports, UDP's ports, then the protocols without ports. */
const servicesOf: Record<FirewallService['protocol'], ValueRange> = {
  tcp: [0n, lastPort],
  udp: [lastPort + 1n, 2n * lastPort + 1n],
  icmp: [131072n, 131072n],
  esp: [131073n, 131073n],
  'ip-in-ip': [131074n, 131074n],
  // Everything that has no name of its own ends the axis.
  any: [0n, 131075n],
};
export const everyService = servicesOf.any;
/** Every TCP port. */
export const everyTcpPort = servicesOf.tcp;

/**
 * The packets that each rule names, as regions of one space for each address family. A rule that is switched off, or
 * can match nothing, has an empty region or none.
 */
export function firewallLayers(node: HostLike, rules: readonly FirewallRule[]): Layer[] {
  return layersOf(interfaceAxis(node).all, filterMatches(node, rules));
}

/** Packets that somebody may send to the node: at which interfaces they come in, to where, for which services. */
export interface Query {
  readonly destinations: readonly IpRange[];
  readonly services: readonly ValueRange[];
  readonly inInterfaces: readonly string[];
}

/** The firewall's layers, and as the last region of each the packets that a query is about. */
export function queryLayers(node: HostLike, query: Query): Layer[] {
  const interfaces = interfaceAxis(node);
  const asked = {
    destinations: query.destinations,
    sources: addressesOf(undefined),
    services: query.services,
    inInterfaces: query.inInterfaces.flatMap((id) => interfaces.of(id)),
    outInterfaces: interfaces.of(undefined),
  };
  return layersOf(interfaces.all, [...filterMatches(node, node.firewall?.rules ?? []), asked]);
}

function filterMatches(node: HostLike, rules: readonly FirewallRule[]): (Match | undefined)[] {
  const interfaces = interfaceAxis(node);
  return rules.map((rule) =>
    rule.enabled === false || (rule.outInterface !== undefined && filtersFirst(node))
      ? undefined
      : {
          destinations: addressesOf(rule.destinations),
          sources: addressesOf(rule.sources),
          services: servicesNamed(rule.services),
          inInterfaces: interfaces.of(rule.inInterface),
          outInterfaces: interfaces.of(rule.outInterface),
        },
  );
}

/** The same for NAT rules; those of the other kind stand in the list without a region. */
export function natLayers(
  node: HostLike,
  rules: readonly NatRule[],
  kind: NatRule['kind'],
): Layer[] {
  const interfaces = interfaceAxis(node);
  return layersOf(
    interfaces.all,
    rules.map((rule) => {
      if (rule.kind !== kind || rule.enabled === false) return undefined;
      const services = servicesNamed(
        rule.protocol && [
          {
            protocol: rule.protocol,
            ...(rule.kind === 'dnat' && rule.originalPorts ? { ports: rule.originalPorts } : {}),
          },
        ],
      );
      const [own, every] = [interfaces.of(rule.interface), interfaces.of(undefined)];
      return rule.kind === 'snat'
        ? {
            destinations: addressesOf(rule.destination === undefined ? [] : [rule.destination]),
            sources: addressesOf([rule.original]),
            services,
            inInterfaces: every,
            outInterfaces: own,
          }
        : {
            destinations: addressesOf([rule.original]),
            sources: addressesOf(rule.source === undefined ? [] : [rule.source]),
            services,
            inInterfaces: own,
            outInterfaces: every,
          };
    }),
  );
}

/** Whether the filter sees packets before it is known where they leave; absent: as the kind of node has it. */
export const filtersFirst = (node: HostLike): boolean =>
  (node.stageOrder ?? (node.kind === 'edge-gateway' ? 'nsx-v' : 'linux')) === 'nsx-v';

/** The address ranges that a rule's list stands for: none given is every address. */
export const addressesOf = (texts: readonly string[] | undefined): readonly IpRange[] =>
  (texts && texts.length > 0 ? texts : ['any']).flatMap((text) => parseAddressMatch(text) ?? []);

/** Interfaces by their position; one more stands for packets that the node itself sends or takes. */
function interfaceAxis(node: HostLike) {
  const ids = (node.interfaces ?? []).map((item) => item.id);
  const all: ValueRange = [0n, BigInt(ids.length)];
  const of = (id: string | undefined): readonly ValueRange[] => {
    if (id === undefined) return [all];
    const position = BigInt(ids.indexOf(id));
    return position < 0n ? [] : [[position, position]];
  };
  return { all, of };
}

export function servicesNamed(services: readonly FirewallService[] | undefined): ValueRange[] {
  if (!services || services.length === 0) return [everyService];
  return services.flatMap(({ protocol, ports }) => {
    const all = servicesOf[protocol];
    if (!ports || ports.length === 0) return [all];
    return ports.map((entry): ValueRange => {
      const [from, to] = portRange(entry);
      return [all[0] + BigInt(from), all[0] + BigInt(to)];
    });
  });
}

/** A port, or a range `from-to`, as both ends. */
export function portRange(entry: number | string): readonly [from: number, to: number] {
  if (typeof entry === 'number') return [entry, entry];
  const [from = 0, to = 0] = entry.split('-').map(Number);
  return [from, to];
}

function layersOf(interfaces: ValueRange, matches: readonly (Match | undefined)[]): Layer[] {
  return ([4, 6] as const).map((family) => layerOf(family, interfaces, matches));
}

function layerOf(
  family: IpFamily,
  interfaces: ValueRange,
  matches: readonly (Match | undefined)[],
): Layer {
  const known = matches.map((match) => match && valuesOf(match, family));
  const everyAddress: ValueRange = [0n, (1n << BigInt(familyBits(family))) - 1n];
  const wholes = [everyAddress, everyAddress, everyService, interfaces, interfaces];
  const axes = wholes.map(
    (whole, axis) =>
      new Axis(
        whole,
        known.flatMap((values) => values?.[axis] ?? []),
      ),
  );
  const regions = known.map((values): Region | undefined =>
    values?.map((ranges, axis) => (axes[axis] as Axis).set(ranges)),
  );
  return { axes, regions };
}

function valuesOf(match: Match, family: IpFamily): readonly (readonly ValueRange[])[] {
  const ofFamily = (ranges: readonly IpRange[]) =>
    ranges
      .filter((range) => range.from.family === family)
      .map(({ from, to }): ValueRange => [ipToBigInt(from), ipToBigInt(to)]);
  return [
    ofFamily(match.destinations),
    ofFamily(match.sources),
    match.services,
    match.inInterfaces,
    match.outInterfaces,
  ];
}
