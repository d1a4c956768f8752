/** What the diagrams of other tools have in common: a design as boxes in boxes, and the lines between them. */
import type {
  Cluster,
  Design,
  Link,
  Node,
  NodeKind,
  Segment,
  Site,
  Stretch,
} from '../model/design.ts';
import { entityRef } from '../model/ids.ts';
import { visibleText } from '../model/visible-text.ts';
import { LeftOutList, type LeftOut } from './exchange.ts';
import { inDesignOrder, otherKeys, withoutPlace } from './left-out.ts';

/** Something that lines end at: a machine, or a segment. */
export interface Shape {
  readonly kind: 'segment' | NodeKind;
  /** The reference of its entity, `node:esg`. */
  readonly id: string;
  /** What is written in it, its name first; texts of people are made visible, none is empty or has a line break. */
  readonly lines: readonly string[];
  readonly isDown: boolean;
}

/** Something that others stand in: a site, the machines of a hypervisor, or the members of a cluster that stand there. */
export interface Box {
  readonly kind: 'site' | 'hypervisor' | 'cluster';
  /** Unique in the drawing: `site:cloud`, `hypervisor:esxi-01`, `cluster:icp hypervisor:esxi-01`. */
  readonly id: string;
  readonly lines: readonly string[];
  readonly inside: readonly (Box | Shape)[];
}

export interface Connection {
  readonly kind: 'interface' | 'link' | 'stretch';
  /** Ids of shapes. */
  readonly from: string;
  readonly to: string;
  readonly lines: readonly string[];
  readonly isDown: boolean;
}

export interface Drawing {
  /** The name of the design. */
  readonly title: string;
  /** What stands nowhere else, in the order of the design: sites, segments, machines. */
  readonly outermost: readonly (Box | Shape)[];
  /** Interfaces, links, stretched networks. */
  readonly connections: readonly Connection[];
  readonly leftOut: readonly LeftOut[];
}

export const isBox = (thing: Box | Shape): thing is Box => 'inside' in thing;

/** Sites hold sites, segments and machines; hypervisors hold their virtual machines; clusters group what stands together. */
export function drawingOf(design: Design): Drawing {
  const places = new Places(design);
  const isKnown = places.shapes;
  return {
    title: shown(design.name),
    outermost: places.inside(undefined),
    connections: connectionsOf(design).filter(
      ({ from, to }) => isKnown.has(from) && isKnown.has(to),
    ),
    leftOut: inDesignOrder(design, [...notDrawn(design), ...places.leftOut.items]),
  };
}

/** Sites inside of sites. Programs that draw have no use for more, and draw some of them badly. */
const deepestSites = 32;

/** Writers end a line where they choose to, never where a name does. */
const shown = (text: string): string =>
  visibleText(text).replace(notInXml, noncharacter).trim() || '‹blank›';

/** https://www.w3.org/TR/xml/#charsets, of what `visibleText` leaves. */
const notInXml = /[\ufffe\uffff]/g;
const noncharacter = (character: string): string =>
  character === '\ufffe' ? '‹U+FFFE›' : '‹U+FFFF›';

const nameOf = ({ id, name }: { readonly id: string; readonly name?: string }): string =>
  name === undefined ? id : shown(name);

class Places {
  readonly shapes = new Set<string>();
  readonly leftOut = new LeftOutList();
  readonly #memberOf = new Map<string, Membership>();
  /** The things that stand in a place, by the place's id; `undefined` is the drawing itself. */
  readonly #contents = new Map<string | undefined, Place>();

  constructor(design: Design) {
    for (const cluster of design.clusters ?? []) this.#takeMembers(cluster);
    const sites = new Map((design.sites ?? []).map((site) => [site.id, site]));
    const siteId = (id: string | undefined) =>
      id !== undefined && sites.has(id) ? entityRef('site', id) : undefined;
    for (const site of design.sites ?? []) {
      const isDeep = depthOf(site, sites) > deepestSites;
      this.#place(isDeep ? undefined : siteId(site.parent)).sites.push(site);
      if (!isDeep) continue;
      this.leftOut.add(entityRef('site', site.id), 'parent', {
        code: 'site-too-deep',
        detail: { most: deepestSites },
      });
    }
    for (const segment of design.segments ?? []) {
      this.shapes.add(entityRef('segment', segment.id));
      this.#place(siteId(segment.site)).segments.push(segment);
    }
    const hosts = new Map((design.nodes ?? []).map((node) => [node.id, node]));
    const occupied = new Set((design.nodes ?? []).map((node) => hypervisorOf(node)));
    for (const node of design.nodes ?? []) {
      this.shapes.add(entityRef('node', node.id));
      const hypervisor = hosts.get(hypervisorOf(node) ?? '');
      if (hypervisor && node.site !== undefined && node.site !== hypervisor.site) {
        const ref = entityRef('node', node.id);
        this.leftOut.add(ref, 'site', 'drawn-at-hypervisor');
      }
      if (occupied.has(node.id)) this.#place(siteId(node.site)).hypervisors.push(node);
      const host = hypervisor ?? (occupied.has(node.id) ? node : undefined);
      this.#place(host ? hypervisorId(host.id) : siteId(node.site)).nodes.push(node);
    }
  }

  #place(id: string | undefined): Place {
    const known = this.#contents.get(id);
    if (known) return known;
    const place: Place = { sites: [], segments: [], hypervisors: [], nodes: [] };
    this.#contents.set(id, place);
    return place;
  }

  /** A machine is drawn in one cluster alone. */
  #takeMembers(cluster: Cluster): void {
    cluster.nodes.forEach(({ node, roles }, at) => {
      const other = this.#memberOf.get(node)?.cluster;
      if (!other) this.#memberOf.set(node, { cluster, roles });
      else if (other !== cluster) {
        this.leftOut.add(entityRef('cluster', cluster.id), `nodes[${at}]`, {
          code: 'drawn-in-other-cluster',
          detail: { node, cluster: other.id },
        });
      }
    });
  }

  inside(id: string | undefined): (Box | Shape)[] {
    const { sites, segments, hypervisors, nodes } = this.#place(id);
    return [
      ...sites.map((site): Box => {
        const ref = entityRef('site', site.id);
        return {
          kind: 'site',
          id: ref,
          lines: [nameOf(site), site.kind],
          inside: this.inside(ref),
        };
      }),
      ...segments.map(segmentShape),
      ...hypervisors.map((node): Box => {
        const own = hypervisorId(node.id);
        const lines = [nameOf(node), 'hypervisor'];
        return { kind: 'hypervisor', id: own, lines, inside: this.inside(own) };
      }),
      ...this.#grouped(nodes, id),
    ];
  }

  #grouped(nodes: readonly Node[], place: string | undefined): (Box | Shape)[] {
    const alone: Shape[] = [];
    const members = new Map<Cluster, Shape[]>();
    for (const node of nodes) {
      const membership = this.#memberOf.get(node.id);
      const shape = nodeShape(node, membership?.roles);
      if (!membership) alone.push(shape);
      else if (members.has(membership.cluster)) members.get(membership.cluster)?.push(shape);
      else members.set(membership.cluster, [shape]);
    }
    const boxes = [...members].map(([cluster, inside]): Box => {
      const own = entityRef('cluster', cluster.id);
      const id = place === undefined ? own : `${own} ${place}`;
      return { kind: 'cluster', id, lines: clusterLines(cluster), inside };
    });
    return [...alone, ...boxes];
  }
}

interface Membership {
  readonly cluster: Cluster;
  readonly roles: readonly string[];
}

interface Place {
  readonly sites: Site[];
  readonly segments: Segment[];
  /** Hypervisors that are boxes here, since machines run on them. */
  readonly hypervisors: Node[];
  readonly nodes: Node[];
}

/** How many sites the site stands in; no more than the deepest and one, in a circle of sites as well. */
function depthOf(site: Site, sites: ReadonlyMap<string, Site>): number {
  let depth = 0;
  for (let up = site.parent; up !== undefined && depth <= deepestSites; depth += 1) {
    up = sites.get(up)?.parent;
  }
  return depth;
}

const hypervisorOf = (node: Node): string | undefined =>
  'runsOn' in node ? node.runsOn : undefined;
const hypervisorId = (id: string): string => `hypervisor:${id}`;

function segmentShape(segment: Segment): Shape {
  const subnets = (segment.subnets ?? []).map(({ cidr, gateway, name }) =>
    [cidr, gateway && `gateway ${gateway}`, name !== undefined && shown(name)]
      .filter(Boolean)
      .join(', '),
  );
  const lines = [nameOf(segment), segmentKind(segment), ...subnets];
  if (segment.mtu !== undefined) lines.push(`MTU ${segment.mtu}`);
  return { kind: 'segment', id: entityRef('segment', segment.id), lines, isDown: false };
}

function segmentKind(segment: Segment): string {
  switch (segment.kind) {
    case 'lan':
      return 'LAN';
    case 'vlan':
      return `VLAN ${segment.vlan}`;
    case 'vxlan':
      return `VXLAN, VNI ${segment.vni}`;
  }
}

const nodeKinds: { readonly [Kind in NodeKind]: string } = {
  host: 'host',
  router: 'router',
  'edge-gateway': 'edge gateway',
  'distributed-router': 'distributed router',
  hypervisor: 'hypervisor',
  'l2-gateway': 'layer-2 gateway',
};

function nodeShape(node: Node, roles: readonly string[] = []): Shape {
  const addresses = (node.interfaces ?? []).flatMap((item) => item.addresses ?? []);
  const virtualIps = ('virtualIps' in node ? node.virtualIps : undefined) ?? [];
  const lines = [
    nameOf(node),
    [nodeKinds[node.kind], ...roles].join(', '),
    ...addresses,
    ...virtualIps.map(({ address, interface: on, protocol }) =>
      ['virtual IP', address, 'on', on, protocol && `(${protocol})`].filter(Boolean).join(' '),
    ),
  ];
  const isDown = node.state === 'down';
  if (isDown) lines.push('down');
  return { kind: node.kind, id: entityRef('node', node.id), lines, isDown };
}

const clusterLines = (cluster: Cluster): string[] => [
  nameOf(cluster),
  `cluster, ${cluster.flavour}`,
  ...cluster.podCidrs.map((cidr) => `pods ${cidr}`),
  ...cluster.serviceCidrs.map((cidr) => `services ${cidr}`),
];

function connectionsOf(design: Design): Connection[] {
  const attached = (design.nodes ?? []).flatMap((node) =>
    (node.interfaces ?? []).flatMap((item): Connection[] => {
      if (item.segment === undefined) return [];
      const lines = [item.id, ...(item.addresses ?? [])];
      if (item.vlan !== undefined) lines.push(`tag ${item.vlan}`);
      if (item.state === 'down') lines.push('down');
      const from = entityRef('node', node.id);
      const to = entityRef('segment', item.segment);
      return [{ kind: 'interface', from, to, lines, isDown: item.state === 'down' }];
    }),
  );
  const nodes = new Map((design.nodes ?? []).map((node) => [node.id, node]));
  return [
    ...attached,
    ...(design.links ?? []).map((link) => linkConnection(link, nodes)),
    ...(design.stretches ?? []).map(stretchConnection),
  ];
}

function linkConnection(link: Link, nodes: ReadonlyMap<string, Node>): Connection {
  const ends = [link.a, link.b].map(({ node, interface: id }) => {
    const item = nodes.get(node)?.interfaces?.find((one) => one.id === id);
    const states = item?.state === 'down' ? ['down'] : [];
    return [`${node} ${id}`, ...(item?.addresses ?? []), ...states].join(', ');
  });
  const lines = [nameOf(link), ...ends];
  if (link.mtu !== undefined) lines.push(`MTU ${link.mtu}`);
  const isDown = link.state === 'down';
  if (isDown) lines.push('down');
  const from = entityRef('node', link.a.node);
  return { kind: 'link', from, to: entityRef('node', link.b.node), lines, isDown };
}

function stretchConnection(stretch: Stretch): Connection {
  const { a, b } = stretch;
  const gateways = `${a.gateway} ${a.uplink} – ${b.gateway} ${b.uplink}`;
  const lines = [nameOf(stretch), `stretched over UDP ${stretch.port ?? 4500}`, gateways];
  const isDown = stretch.state === 'down';
  if (isDown) lines.push('down');
  const from = entityRef('segment', a.segment);
  return { kind: 'stretch', from, to: entityRef('segment', b.segment), lines, isDown };
}

const format = 'diagram';

function notDrawn(design: Design): LeftOut[] {
  const found = withoutPlace(design, drawn, format);
  for (const node of design.nodes ?? []) {
    const ref = entityRef('node', node.id);
    node.interfaces?.forEach((item, at) =>
      found.push(...otherKeys(ref, item, drawnOfInterface, format, `interfaces[${at}].`)),
    );
    const virtualIps = ('virtualIps' in node ? node.virtualIps : undefined) ?? [];
    virtualIps.forEach((item, at) =>
      found.push(...otherKeys(ref, item, drawnOfVirtualIp, format, `virtualIps[${at}].`)),
    );
  }
  for (const cluster of design.clusters ?? []) {
    const ref = entityRef('cluster', cluster.id);
    cluster.nodes.forEach((item, at) =>
      found.push(...otherKeys(ref, item, ['node', 'roles'], format, `nodes[${at}].`)),
    );
  }
  return found;
}

const drawn = {
  site: ['id', 'kind', 'name', 'parent'],
  segment: ['id', 'kind', 'name', 'site', 'mtu', 'subnets', 'vlan', 'vni'],
  node: ['id', 'kind', 'name', 'site', 'state', 'interfaces', 'runsOn', 'virtualIps'],
  link: ['id', 'name', 'a', 'b', 'mtu', 'state'],
  stretch: ['id', 'name', 'a', 'b', 'protocol', 'port', 'state'],
  cluster: ['id', 'name', 'flavour', 'nodes', 'podCidrs', 'serviceCidrs'],
} as const;
const drawnOfInterface = ['id', 'segment', 'addresses', 'state', 'vlan'] as const;
const drawnOfVirtualIp = ['id', 'address', 'interface', 'protocol'] as const;
