import type {
  Cluster,
  Design,
  Hypervisor,
  Link,
  NetworkInterface,
  Node,
  Segment,
  TransportZone,
  VirtualIp,
} from '../../model/design.ts';
import {
  interfaceAddress,
  ip,
  prefix,
  type InterfaceAddress,
  type Ip,
  type IpFamily,
  type Prefix,
} from '../../model/ip.ts';
import { entityRef, type EntityRef } from '../../model/ids.ts';
import { place, type Place } from '../place.ts';
import { UnionFind } from './union-find.ts';

/** A layer-2 domain: a segment with all that stretches join to it, or a link. */
export interface Domain {
  readonly index: number;
  /** What it goes by: the first of its segments, or the link. */
  readonly ref: EntityRef<'segment' | 'link'>;
  readonly segments: readonly Segment[];
  readonly link: Link | undefined;
  /** A segment of it belongs to an internet site. */
  readonly internet: boolean;
  readonly attachments: readonly Attachment[];
  /** As declared; for a family without any, as the interfaces' prefixes tell. */
  readonly subnets: readonly Subnet[];
}

export interface Subnet {
  readonly prefix: Prefix;
  readonly gateway: Ip | undefined;
  readonly at: Place;
  /** The segment that declares it; undefined where it follows from an interface. */
  readonly segment: Segment | undefined;
}

/** An interface with all that hangs on it. */
export interface Attachment {
  readonly node: Node;
  /** Position of the node in the design. */
  readonly nodeIndex: number;
  readonly item: NetworkInterface;
  readonly index: number;
  readonly domain: Domain | undefined;
  readonly segment: Segment | undefined;
  readonly addresses: readonly InterfaceAddress[];
  readonly virtualIps: readonly {
    readonly ip: Ip;
    readonly virtualIp: VirtualIp;
    readonly index: number;
  }[];
  readonly up: boolean;
  /** Bytes: the largest IP packet that fits. */
  readonly mtu: number;
  readonly at: Place;
}

/** A static route, read. */
export interface StaticRoute {
  readonly index: number;
  readonly destination: Prefix;
  readonly via: Ip | undefined;
  /** Id of the interface that it names. */
  readonly out: string | undefined;
  readonly discards: boolean;
  readonly distance: number;
  readonly metric: number;
}

/** A design with the indexes that checks ask. Made once, never changed. */
export interface DesignView {
  readonly design: Design;
  readonly nodes: readonly Node[];
  readonly node: (id: string) => Node | undefined;
  readonly segment: (id: string) => Segment | undefined;
  readonly zone: (id: string) => TransportZone | undefined;
  readonly hypervisors: readonly Hypervisor[];
  readonly staticRoutes: (node: Node) => readonly StaticRoute[];
  readonly domains: readonly Domain[];
  readonly domainOf: (segment: Segment) => Domain | undefined;
  readonly attachments: readonly Attachment[];
  readonly attachmentsOf: (node: string) => readonly Attachment[];
  /** Those of a node on one network. */
  readonly attachmentsOn: (node: string, domain: Domain) => readonly Attachment[];
  /** Who answers for an address on a domain: interfaces of its own, and those that hold it as a virtual IP. */
  readonly owners: (domain: Domain, address: Ip) => readonly Attachment[];
  /** The same on any domain. */
  readonly ownersAnywhere: (address: Ip) => readonly Attachment[];
  readonly hasInternet: boolean;
}

/** Bytes; Ethernet's payload (RFC 894). */
export const defaultMtu = 1500;

interface OpenDomain {
  readonly index: number;
  readonly ref: EntityRef<'segment' | 'link'>;
  readonly segments: Segment[];
  readonly link: Link | undefined;
  internet: boolean;
  readonly attachments: Attachment[];
  readonly subnets: Subnet[];
}

const byId = <Item extends { readonly id: string }>(items: readonly Item[] | undefined) =>
  new Map((items ?? []).map((item) => [item.id, item]));

export function viewDesign(design: Design): DesignView {
  const nodes = design.nodes ?? [];
  const nodeById = byId(nodes);
  const segmentById = byId(design.segments);
  const zoneById = byId(design.transportZones);

  const { domains, domainOfSegment, domainOfEnd } = openDomains(design);
  const attachments: Attachment[] = [];
  const attachmentsByNode = new Map<string, Attachment[]>();
  nodes.forEach((node, nodeIndex) => {
    const own = (node.interfaces ?? []).map((item, index) => {
      const segment = item.segment === undefined ? undefined : segmentById.get(item.segment);
      const domain = segment
        ? domainOfSegment.get(segment.id)
        : domainOfEnd.get(`${node.id}/${item.id}`);
      const attachment = attach(node, nodeIndex, item, index, domain, segment);
      domain?.attachments.push(attachment);
      return attachment;
    });
    attachments.push(...own);
    attachmentsByNode.set(node.id, own);
  });
  for (const domain of domains) domain.subnets.push(...subnetsOf(domain));

  const attachmentsByNetwork = Map.groupBy(
    attachments,
    ({ node, domain }) => `${domain?.index ?? -1} ${node.id}`,
  );
  const ownersByAddress = Map.groupBy(attachments.flatMap(holdings), ({ address }) => address);
  const ownersByPlace = Map.groupBy(attachments.flatMap(holdings), ({ key }) => key);

  return {
    design,
    nodes,
    node: (id) => nodeById.get(id),
    segment: (id) => segmentById.get(id),
    zone: (id) => zoneById.get(id),
    hypervisors: nodes.filter((node) => node.kind === 'hypervisor'),
    staticRoutes: readRoutes(),
    domains,
    domainOf: (segment) => domainOfSegment.get(segment.id),
    attachments,
    attachmentsOf: (node) => attachmentsByNode.get(node) ?? [],
    attachmentsOn: (node, domain) => attachmentsByNetwork.get(`${domain.index} ${node}`) ?? [],
    owners: (domain, address) =>
      ownersByPlace.get(`${domain.index} ${address.text}`)?.map(({ attachment }) => attachment) ??
      [],
    ownersAnywhere: (address) =>
      ownersByAddress.get(address.text)?.map(({ attachment }) => attachment) ?? [],
    hasInternet: domains.some((domain) => domain.internet),
  };
}

/** Distance of a static route where the design gives none. */
const staticDistance = 1;

/** Reads each node's routes once, when they are first asked for. */
function readRoutes(): DesignView['staticRoutes'] {
  const known = new Map<Node, readonly StaticRoute[]>();
  return (node) => {
    let routes = known.get(node);
    if (!routes) {
      routes = (node.routes ?? []).map((route, index) => ({
        index,
        destination: prefix(route.destination),
        via: route.via === undefined ? undefined : ip(route.via),
        out: route.interface,
        discards: route.action === 'discard',
        distance: route.distance ?? staticDistance,
        metric: route.metric ?? 0,
      }));
      known.set(node, routes);
    }
    return routes;
  };
}

/** The addresses that an interface answers for, each once. */
function holdings(attachment: Attachment) {
  const held = [...attachment.addresses, ...attachment.virtualIps].map(({ ip }) => ip.text);
  return [...new Set(held)].map((address) => ({
    attachment,
    address,
    key: `${attachment.domain?.index ?? -1} ${address}`,
  }));
}

function openDomains(design: Design) {
  const segments = design.segments ?? [];
  const indexOf = new Map(segments.map((segment, index) => [segment.id, index]));
  const joined = new UnionFind(segments.length);
  for (const { a, b } of design.stretches ?? []) {
    const [one, other] = [indexOf.get(a.segment), indexOf.get(b.segment)];
    if (one !== undefined && other !== undefined) joined.join(one, other);
  }
  const isInternet = internetSites(design);
  const domains: OpenDomain[] = [];
  const domainOfSegment = new Map<string, OpenDomain>();
  segments.forEach((segment, index) => {
    const first = segments[joined.find(index)] as Segment;
    let domain = domainOfSegment.get(first.id);
    if (!domain) {
      domain = openDomain(domains.length, entityRef('segment', first.id), undefined);
      domains.push(domain);
    }
    domain.segments.push(segment);
    domain.internet ||= segment.site !== undefined && isInternet(segment.site);
    domainOfSegment.set(segment.id, domain);
  });
  const domainOfEnd = new Map<string, OpenDomain>();
  for (const link of design.links ?? []) {
    const domain = openDomain(domains.length, entityRef('link', link.id), link);
    domains.push(domain);
    for (const end of [link.a, link.b]) domainOfEnd.set(`${end.node}/${end.interface}`, domain);
  }
  return { domains, domainOfSegment, domainOfEnd };
}

function openDomain(index: number, ref: OpenDomain['ref'], link: Link | undefined): OpenDomain {
  return { index, ref, segments: [], link, internet: false, attachments: [], subnets: [] };
}

function internetSites(design: Design): (site: string) => boolean {
  const sites = byId(design.sites);
  return (id) => {
    for (let site = sites.get(id); site; site = sites.get(site.parent ?? '')) {
      if (site.kind === 'internet') return true;
    }
    return false;
  };
}

function attach(
  node: Node,
  nodeIndex: number,
  item: NetworkInterface,
  index: number,
  domain: Domain | undefined,
  segment: Segment | undefined,
): Attachment {
  const virtualIps = 'virtualIps' in node ? (node.virtualIps ?? []) : [];
  return {
    node,
    nodeIndex,
    item,
    index,
    domain,
    segment,
    addresses: (item.addresses ?? []).map(interfaceAddress),
    virtualIps: virtualIps.flatMap((virtualIp, at) =>
      virtualIp.interface === item.id ? [{ ip: ip(virtualIp.address), virtualIp, index: at }] : [],
    ),
    up: node.state !== 'down' && item.state !== 'down' && domain?.link?.state !== 'down',
    mtu: item.mtu ?? segment?.mtu ?? domain?.link?.mtu ?? defaultMtu,
    at: place('node', node.id, 'interfaces', index),
  };
}

function subnetsOf(domain: Domain): Subnet[] {
  const subnets: Subnet[] = domain.segments.flatMap((segment) =>
    (segment.subnets ?? []).map((subnet, index) => ({
      prefix: prefix(subnet.cidr),
      gateway: subnet.gateway === undefined ? undefined : ip(subnet.gateway),
      at: place('segment', segment.id, 'subnets', index),
      segment,
    })),
  );
  const declared = new Set<IpFamily>(subnets.map((subnet) => subnet.prefix.network.family));
  const seen = new Set<string>();
  for (const attachment of domain.attachments) {
    attachment.addresses.forEach((address, index) => {
      const { text, network } = address.prefix;
      if (declared.has(network.family) || seen.has(text)) return;
      seen.add(text);
      subnets.push({
        prefix: address.prefix,
        gateway: undefined,
        at: place('node', attachment.node.id, 'interfaces', attachment.index, 'addresses', index),
        segment: undefined,
      });
    });
  }
  return subnets;
}

/** Whether the node keeps sessions, so that it must see both directions of a connection. */
export function isStateful(node: Node): boolean {
  switch (node.kind) {
    case 'edge-gateway':
      return true;
    case 'router':
    case 'host':
      return (
        node.firewall !== undefined ||
        (node.nat ?? []).some((rule) => rule.enabled !== false) ||
        (node.loadBalancers ?? []).some((balancer) => balancer.enabled !== false)
      );
    case 'distributed-router':
    case 'hypervisor':
    case 'l2-gateway':
      return false;
    default:
      return node satisfies never;
  }
}

/** The member's addresses in its cluster: those given, else the first of each family on its interfaces. */
export function memberAddresses(view: DesignView, member: Cluster['nodes'][number]): readonly Ip[] {
  const given = (member.addresses ?? []).map(ip);
  const own = view.attachmentsOf(member.node).flatMap(({ addresses }) => addresses);
  return ([4, 6] as const).flatMap((family) => {
    const first =
      given.find((address) => address.family === family) ??
      own.find((address) => address.ip.family === family)?.ip;
    return first ? [first] : [];
  });
}
