import type { Cluster, FirewallRule, HostLike, NatRule, Service } from '../model/design.ts';
import {
  hostPrefix,
  parseAddressMatch,
  prefixRange,
  rangeContains,
  type Ip,
  type IpRange,
} from '../model/ip.ts';
import { isAnywhere } from './any-to-any.ts';
import type { Opener } from './facts.ts';
import { finding, place, type Found, type Place } from './finding.ts';
import { isClosedBeforeDnat } from './pre-dnat.ts';
import { defaultNodePorts } from './services.ts';
import { acceptors, byDefault } from './space/acceptors.ts';
import { filtersFirst, portRange, servicesNamed } from './space/rule-regions.ts';
import { isPublic } from './view/address-kinds.ts';
import type { Attachment } from './view/design-view.ts';
import { openAttachments } from './view/internet.ts';
import type { Survey } from './view/survey.ts';
import { WaysTo } from './view/ways.ts';

/** A NodePort of a service; one without service stands for a port that a rule names in the cluster's range. */
interface NodePort {
  readonly cluster: Cluster;
  readonly protocol: 'tcp' | 'udp';
  readonly from: number;
  readonly to: number;
  readonly service: Service | undefined;
  readonly at: Place;
}

/** How packets from the internet could get to a cluster node at this filter, as its rules see them. */
interface Opening {
  readonly node: HostLike;
  readonly facing: readonly Attachment[];
  /** The address and port that the rules are asked about. */
  readonly seen: IpRange;
  readonly seenPorts: readonly [from: number, to: number];
  /** The cluster node's own address, and the interface that has it. */
  readonly address: Ip;
  readonly holder: Attachment;
  readonly nat: { readonly rule: NatRule; readonly index: number } | undefined;
}

/**
 * NodePorts that anybody on the internet can open a connection to: by a DNAT to a cluster node, or directly where the
 * node has a public address. A port without a service counts where a rule names it; a rule for all ports does not. What
 * Calico's policies before DNAT close to everybody is not open.
 */
export function* nodePorts(survey: Survey): Generator<Found> {
  const clusters = survey.design.clusters ?? [];
  if (clusters.length === 0) return;
  const open = openAttachments(survey);
  const told = new Set<string>();
  for (const cluster of clusters) {
    const ports = [...portsOfServices(survey, cluster), ...wholeRange(cluster)];
    for (const port of ports) {
      for (const opening of openingsOf(survey, open, cluster, port)) {
        if (isClosed(survey, opening, port)) continue;
        for (const found of throughRules(opening, port)) {
          const key = JSON.stringify([found.at, found.detail.address, port.protocol]);
          if (told.has(`${key} ${found.detail.ports}`)) continue;
          // The services of a port come first, so the port is not told again without one.
          if (port.service === undefined && told.has(key)) continue;
          told.add(key);
          told.add(`${key} ${found.detail.ports}`);
          yield found;
        }
      }
    }
  }
}

function portsOfServices({ design }: Survey, cluster: Cluster): NodePort[] {
  return (design.services ?? []).flatMap((service) =>
    service.cluster !== cluster.id || service.type !== 'NodePort'
      ? []
      : (service.ports ?? []).flatMap(({ nodePort, protocol = 'TCP' }, index) =>
          nodePort === undefined || protocol === 'SCTP'
            ? []
            : [
                {
                  cluster,
                  protocol: protocol === 'TCP' ? ('tcp' as const) : ('udp' as const),
                  from: nodePort,
                  to: nodePort,
                  service,
                  at: place('service', service.id, 'ports', index, 'nodePort'),
                },
              ],
        ),
  );
}

function wholeRange(cluster: Cluster): NodePort[] {
  const { from, to } = cluster.nodePortRange ?? defaultNodePorts;
  const at = place('cluster', cluster.id, 'nodePortRange');
  return (['tcp', 'udp'] as const).map((protocol) => ({
    cluster,
    protocol,
    from,
    to,
    service: undefined,
    at,
  }));
}

function* openingsOf(
  survey: Survey,
  open: ReadonlySet<Attachment>,
  cluster: Cluster,
  port: NodePort,
): Generator<Opening> {
  const members = cluster.nodes.flatMap((member) => survey.attachmentsOf(member.node));
  const held = members.flatMap((attachment) =>
    [...attachment.addresses, ...attachment.virtualIps].map(({ ip }) => ({ ip, attachment })),
  );
  for (const node of survey.nodes) {
    if (!('nat' in node || 'firewall' in node) && node.kind !== 'edge-gateway') continue;
    const facing = survey.attachmentsOf(node.id).filter((attachment) => open.has(attachment));
    if (facing.length === 0) continue;
    for (const [index, rule] of (node.nat ?? []).entries()) {
      const at = facing.filter(
        ({ item }) => rule.interface === undefined || rule.interface === item.id,
      );
      const [target] = held.filter(({ ip }) => translatesTo(rule, ip));
      if (!target || at.length === 0) continue;
      yield* openingsByNat(node, at, rule, index, target, port);
    }
    for (const { ip, attachment } of held) {
      if (!isPublic(ip) || open.has(attachment)) continue;
      const ways = new WaysTo(survey, survey.routesOf, ip);
      if (!ways.arrivesFrom(node)) continue;
      yield { node, facing, ...direct(ip, attachment, port) };
    }
  }
  for (const { ip, attachment } of held) {
    const { node } = attachment;
    if (!open.has(attachment) || !isPublic(ip)) continue;
    if (node.kind !== 'host' && node.kind !== 'router') continue;
    yield { node, facing: [attachment], ...direct(ip, attachment, port) };
  }
}

const isClosed = (survey: Survey, { address, holder }: Opening, port: NodePort): boolean =>
  isClosedBeforeDnat(survey.design, port.cluster, holder, {
    to: address,
    protocol: port.protocol,
    from: port.from,
    until: port.to,
  });

const direct = (address: Ip, holder: Attachment, port: NodePort) => ({
  address,
  holder,
  seen: prefixRange(hostPrefix(address)),
  seenPorts: [port.from, port.to] as const,
  nat: undefined,
});

function translatesTo(rule: NatRule, address: Ip): boolean {
  if (rule.kind !== 'dnat' || rule.enabled === false) return false;
  const [range] = parseAddressMatch(rule.translated) ?? [];
  return range !== undefined && rangeContains(range, address);
}

/** `nsx-v` filters what comes in as it is, `linux` what the DNAT makes of it. */
function* openingsByNat(
  node: HostLike,
  facing: readonly Attachment[],
  rule: NatRule,
  index: number,
  { ip: address, attachment: holder }: { readonly ip: Ip; readonly attachment: Attachment },
  port: NodePort,
): Generator<Opening> {
  if (rule.kind !== 'dnat' || (rule.protocol !== undefined && rule.protocol !== port.protocol)) {
    return;
  }
  const original = (rule.originalPorts ?? ['1-65535']).map(portRange);
  const { translatedPort } = rule;
  const translated =
    translatedPort === undefined ? original : [[translatedPort, translatedPort] as const];
  const nat = { rule, index };
  for (const [from, to] of translated) {
    const inRange = [Math.max(from, port.from), Math.min(to, port.to)] as const;
    if (inRange[0] > inRange[1]) continue;
    if (!filtersFirst(node)) {
      const seen = prefixRange(hostPrefix(address));
      yield { node, facing, seen, seenPorts: inRange, address, holder, nat };
      continue;
    }
    const seenPorts = translatedPort === undefined ? [inRange] : original;
    for (const seen of parseAddressMatch(rule.original) ?? []) {
      for (const ports of seenPorts) {
        yield { node, facing, seen, seenPorts: ports, address, holder, nat };
      }
    }
  }
}

function* throughRules(opening: Opening, port: NodePort) {
  const { node, facing, seen, seenPorts, address, nat } = opening;
  const accepting = acceptors(node, {
    destinations: [seen],
    services: servicesNamed([{ protocol: port.protocol, ports: [seenPorts.join('-')] }]),
    inInterfaces: facing.map(({ item }) => item.id),
  });
  for (const index of accepting) {
    const rule = node.firewall?.rules[index];
    if (index !== byDefault && !isAnywhere(rule?.sources)) continue;
    if (nat?.rule.kind === 'dnat' && nat.rule.source !== undefined && nat.rule.source !== 'any')
      continue;
    if (port.service === undefined && !namesPorts(rule, nat?.rule, port)) continue;
    const { at, where } = whereOpened(opening, port, rule, index);
    const related = [port.at, ...(nat ? [place('node', node.id, 'nat', nat.index)] : [])];
    const range = port.from === port.to ? `${port.from}` : `${port.from}–${port.to}`;
    const detail = {
      where,
      cluster: port.cluster.id,
      address: address.text,
      ports: `${port.protocol} ${range}`,
    };
    yield finding(
      'node-port-from-internet',
      at,
      port.service ? { ...detail, service: port.service.id } : detail,
      related,
    );
  }
}

/** Whether somebody has written down a port of the range, in the filter rule or in the NAT rule. */
function namesPorts(
  rule: FirewallRule | undefined,
  nat: NatRule | undefined,
  port: NodePort,
): boolean {
  const named = [
    ...(rule?.services ?? [])
      .filter(({ protocol }) => protocol === port.protocol)
      .flatMap(({ ports }) => ports ?? []),
    ...(nat?.kind === 'dnat' ? (nat.originalPorts ?? []) : []),
    ...(nat?.kind === 'dnat' && nat.translatedPort !== undefined ? [nat.translatedPort] : []),
  ].map(portRange);
  return named.some(([from, to]) => port.from <= from && to <= port.to);
}

function whereOpened(
  { node, nat }: Opening,
  port: NodePort,
  rule: FirewallRule | undefined,
  index: number,
): { readonly at: Place; readonly where: Opener } {
  if (rule) {
    const at = place('node', node.id, 'firewall', 'rules', index);
    return {
      at,
      where: { kind: 'rule', node: node.id, rule: rule.name ?? rule.id, number: index + 1 },
    };
  }
  if (node.firewall) {
    const at = place('node', node.id, 'firewall', 'defaultAction');
    return { at, where: { kind: 'default', node: node.id } };
  }
  if (nat) {
    const at = place('node', node.id, 'nat', nat.index);
    const name = nat.rule.name ?? nat.rule.id;
    return { at, where: { kind: 'nat', node: node.id, rule: name, number: nat.index + 1 } };
  }
  return { at: port.at, where: { kind: 'unfiltered', node: node.id } };
}
