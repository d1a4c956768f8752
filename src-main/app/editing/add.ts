import type { Change, NewThing } from '../../contract/changes.ts';
import type { LayoutItem, Node, NodeKind, Segment, Site } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import { ipFromBigInt, ipToBigInt } from '../../model/ip.ts';
import { addCluster, addWorkload } from './cluster-parts.ts';
import { knownThings, parseThing, putInto, siteOf, type Thing } from './containers.ts';
import { freshId, numberedName } from './names.ts';
import { planned, refused, titleOf, unknown, type Planned } from './outcome.ts';
import { isOnInternet } from './sites.ts';
import { defaultSize, type Size } from './sizes.ts';
import { onlyZone, unusedVlan, unusedVni, zoneForNew } from './transport-zones.ts';
import { privateSubnets, publicSubnets, unusedPrefix } from './unused-subnets.ts';
import type { WorkingCopy } from './working-copy.ts';

type Add = Extract<Change, { kind: 'add' }>;
type Purpose = NonNullable<Extract<NewThing, { entity: 'node' }>['as']>;

const siteWords: Readonly<Record<Site['kind'], readonly [base: string, name: string]>> = {
  internet: ['internet', 'Internet'],
  cloud: ['cloud', 'Cloud'],
  'data-centre': ['data-centre', 'Data centre'],
  office: ['office', 'Office'],
  other: ['site', 'Site'],
};
const nodeWords: Readonly<Record<NodeKind, readonly [base: string, name: string]>> = {
  host: ['host', 'Host'],
  router: ['router', 'Router'],
  'edge-gateway': ['edge', 'Edge'],
  'distributed-router': ['dlr', 'DLR'],
  hypervisor: ['hypervisor', 'Hypervisor'],
  'l2-gateway': ['concentrator', 'L2 concentrator'],
};
const purposeWords: Readonly<Record<Purpose, readonly [base: string, name: string]>> = {
  client: ['client', 'Client'],
  server: ['server', 'Server'],
  vm: ['vm', 'VM'],
  dns: ['dns', 'DNS server'],
  proxy: ['proxy', 'Proxy'],
  mirror: ['mirror', 'Mirror'],
};

export function add(copy: WorkingCopy, { thing, into, at, inView }: Add): Planned {
  const container = into === undefined ? undefined : parseThing(into);
  if (into !== undefined) {
    const known = knownThings(copy, [into], ['into']);
    if (!known.ok) return unknown(['into'], 'the reference of a container', into);
    const holds = container && holdsThings(copy, container);
    if (!holds) return refused(['into'], 'a site, a hypervisor, a cluster or a node', into);
  }
  const made = make(copy, thing, container);
  if ('ok' in made) return made;
  if (made.kind !== 'pod') copy.leadWith(entityRef(made.kind, made.id));
  if (container && made.kind !== 'workload') {
    const placed = putInto(copy, made, container, ['into']);
    if (!placed.ok) return placed;
  }
  if (at && made.kind !== 'workload') place(copy, made, at, inView);
  const entity = made.kind === 'pod' ? undefined : copy.get(made.kind, made.id);
  return planned(`Add ${wordFor(thing)} ${entity ? titleOf(entity) : made.id}`);
}

const holdsThings = (copy: WorkingCopy, { kind, id }: Thing): boolean =>
  kind === 'site' || kind === 'cluster' || (kind === 'node' && copy.has('node', id));

/** What stands before the name in the history: nothing that the name says already. */
function wordFor(thing: NewThing): string {
  return thing.entity === 'node' ? thing.kind.replace('-', ' ') : thing.entity;
}

function make(copy: WorkingCopy, thing: NewThing, container: Thing | undefined): Thing | Planned {
  switch (thing.entity) {
    case 'site': {
      const [base, name] = siteWords[thing.kind];
      const isFirst = thing.kind === 'internet' && !copy.has('site', base);
      const id = isFirst ? base : freshId(copy, 'site', base);
      copy.create('site', { id, kind: thing.kind, name: numberedName(name, id) });
      return { kind: 'site', id };
    }
    case 'segment':
      return { kind: 'segment', id: addSegment(copy, thing.kind, container) };
    case 'node': {
      const node = withoutClashes(newNode(copy, thing.kind, thing.as), container);
      copy.create('node', node);
      return { kind: 'node', id: node.id };
    }
    case 'cluster':
      return { kind: 'cluster', id: addCluster(copy, thing.flavour) };
    case 'workload': {
      const cluster = copy.get('cluster', thing.cluster);
      if (!cluster) return unknown(['thing', 'cluster'], 'the id of a cluster', thing.cluster);
      const ingress = thing.ingress ?? false;
      const service = thing.service ?? false;
      const node = container?.kind === 'node' ? container.id : undefined;
      return { kind: 'workload', id: addWorkload(copy, cluster, { service, ingress, node }) };
    }
    default:
      return thing satisfies never;
  }
}

function addSegment(
  copy: WorkingCopy,
  kind: Segment['kind'],
  container: Thing | undefined,
): string {
  const id = freshId(copy, 'segment', 'segment');
  const site = container && siteOf(copy, container);
  const isPublic = kind !== 'vxlan' && isOnInternet(copy, site);
  const subnet = unusedPrefix(copy, isPublic ? publicSubnets : privateSubnets);
  const common = {
    id,
    name: numberedName('Segment', id),
    ...(site === undefined ? {} : { site }),
    ...(subnet && {
      subnets: [
        { cidr: subnet.text, gateway: ipFromBigInt(4, ipToBigInt(subnet.network) + 1n).text },
      ],
    }),
  };
  if (kind === 'vxlan') {
    const zone = zoneForNew(copy);
    copy.create('segment', { ...common, kind, vni: unusedVni(copy, zone), transportZone: zone.id });
  } else if (kind === 'vlan') {
    copy.create('segment', { ...common, kind, vlan: unusedVlan(copy) });
  } else copy.create('segment', { ...common, kind });
  return id;
}

const tcp = (port: number, name: string) => ({ protocol: 'tcp', port, name }) as const;
const udp = (port: number, name: string) => ({ protocol: 'udp', port, name }) as const;

/** Set up so that it does what it is for; addresses come with its connections. */
function newNode(copy: WorkingCopy, kind: NodeKind, purpose: Purpose | undefined): Node {
  const isHost = kind === 'host';
  const [base, word] = isHost && purpose ? purposeWords[purpose] : nodeWords[kind];
  const id = freshId(copy, 'node', base);
  const common = { id, name: numberedName(word, id) };
  switch (kind) {
    case 'host':
      return { ...common, kind, ...functionsOf(purpose) };
    case 'router':
    case 'l2-gateway':
      return { ...common, kind };
    case 'edge-gateway':
      return { ...common, kind, firewall: { defaultAction: 'deny', rules: [] } };
    case 'distributed-router':
      return { ...common, kind, transportZone: zoneForNew(copy).id };
    case 'hypervisor': {
      const zones = onlyZone(copy);
      return {
        ...common,
        kind,
        listeners: [tcp(443, 'HTTPS')],
        ...(zones ? { transportZones: zones } : {}),
      };
    }
    default:
      return kind satisfies never;
  }
}

function functionsOf(purpose: Purpose | undefined) {
  switch (purpose) {
    case undefined:
    case 'client':
      return {};
    case 'server':
      return { listeners: [tcp(80, 'HTTP'), tcp(443, 'HTTPS')] };
    case 'vm':
      return { listeners: [tcp(22, 'SSH'), tcp(443, 'HTTPS')] };
    case 'dns':
      return {
        listeners: [udp(53, 'DNS'), tcp(53, 'DNS')],
        dnsServer: { zones: [{ name: 'corp.example', records: [] }] },
      };
    case 'proxy':
      return { listeners: [tcp(3128, 'Proxy')], httpProxy: { port: 3128 } };
    case 'mirror':
      return {
        listeners: [tcp(443, 'HTTPS')],
        artifactMirror: {
          kinds: ['images', 'charts', 'terraform', 'packages', 'binaries'] as const,
          scheme: 'https' as const,
          port: 443,
        },
      };
    default:
      return purpose satisfies never;
  }
}

/** A machine that is put straight into a cluster leaves the web's ports to the ingress controller. */
function withoutClashes(node: Node, container: Thing | undefined): Node {
  if (container?.kind !== 'cluster' || node.kind !== 'host' || !node.listeners) return node;
  const { listeners, ...rest } = node;
  const kept = listeners.filter(({ port }) => port !== 80 && port !== 443);
  return kept.length > 0 ? { ...rest, listeners: kept } : rest;
}

function place(
  copy: WorkingCopy,
  thing: Thing,
  at: NonNullable<Add['at']>,
  inView: Add['inView'],
): void {
  if (thing.kind === 'pod') return;
  const node = thing.kind === 'node' ? copy.get('node', thing.id) : undefined;
  const isContainer =
    thing.kind === 'site' || thing.kind === 'cluster' || node?.kind === 'hypervisor';
  const kind = thing.kind === 'site' || thing.kind === 'cluster' ? thing.kind : 'hypervisor';
  const size = isContainer ? defaultSize(kind) : {};
  const item: LayoutItem = {
    id: entityRef(thing.kind, thing.id),
    ...size,
    ...at,
    ...(inView && { views: viewPlace(size, inView) }),
  };
  copy.put('layout', item);
}

function viewPlace(
  size: Partial<Size>,
  { view, ...at }: NonNullable<Add['inView']>,
): NonNullable<LayoutItem['views']> {
  return { [view]: { ...size, ...at } };
}
