import type { Change } from '../../contract/changes.ts';
import type { NetworkInterface, Node, Segment } from '../../model/design.ts';
import { forwards } from '../../model/forwarding.ts';
import { entityRef, parseEntityRef } from '../../model/ids.ts';
import { familyBits, ipFromBigInt, parsePrefix, prefixOf, type Ip } from '../../model/ip.ts';
import { addressUse, hostRange, subnetsOf } from './addresses.ts';
import { clusterOf, joinCluster, mayJoin } from './cluster-members.ts';
import { hostOf } from './containers.ts';
import { freshId, plainOrNumbered } from './names.ts';
import { planned, refused, titleOf, unknown, type Planned } from './outcome.ts';
import { defaultRoute, defaultRouteOf, RouteMap, routeId } from './route-map.ts';
import { isOnInternet } from './sites.ts';
import { joinZone, keepsUsualMtu, proposeVtep, usualMtuBytes } from './transport-zones.ts';
import { linkSubnets, unusedPrefix } from './unused-subnets.ts';
import type { WorkingCopy } from './working-copy.ts';

type Connect = Extract<Change, { kind: 'connect' }>;

const expectedEnds =
  'a node and a segment, two nodes, two layer-2 gateways, or a cluster and a node';

export function connect(copy: WorkingCopy, { from, to }: Connect): Planned {
  const [a, b] = [parseEntityRef(from), parseEntityRef(to)];
  if (!a || !copy.has(a.kind, a.id)) return unknown(['from'], 'the reference of an entity', from);
  if (!b || !copy.has(b.kind, b.id)) return unknown(['to'], 'the reference of an entity', to);
  if (from === to) return refused(['to'], 'another end than the one it comes from', to);
  const nodeA = a.kind === 'node' ? copy.get('node', a.id) : undefined;
  const nodeB = b.kind === 'node' ? copy.get('node', b.id) : undefined;
  if (nodeA && nodeB) return connectNodes(copy, nodeA, nodeB);
  const node = nodeA ?? nodeB;
  const other = nodeA ? b : a;
  const path = [nodeA ? 'to' : 'from'];
  if (node && other.kind === 'segment') {
    const segment = copy.get('segment', other.id);
    if (segment) return attach(copy, node, segment, path);
  }
  if (node && other.kind === 'cluster') return join(copy, node, other.id, path);
  if (a.kind === 'segment' && b.kind === 'segment') {
    return refused(
      ['to'],
      'a node: segments are joined by a router between them, or stretched by two layer-2 gateways',
      to,
    );
  }
  return refused(
    [a.kind === 'node' || a.kind === 'segment' ? 'to' : 'from'],
    expectedEnds,
    a.kind === 'node' || a.kind === 'segment' ? to : from,
  );
}

function join(copy: WorkingCopy, node: Node, cluster: string, path: readonly string[]): Planned {
  if (!mayJoin(node)) {
    return refused(
      path,
      `a host or a router as node of a cluster; ${node.id} is a ${node.kind}`,
      node.id,
    );
  }
  const held = clusterOf(copy, node.id);
  if (held)
    return refused(path, `a node of no cluster; ${node.id} is one of ${held.id} already`, node.id);
  joinCluster(copy, cluster, node.id);
  const joined = copy.get('cluster', cluster);
  return planned(`Add ${titleOf(node)} to ${joined ? titleOf(joined) : cluster}`);
}

/** An interface on the segment, under the next free address of each of its subnets. */
function attach(copy: WorkingCopy, node: Node, segment: Segment, path: readonly string[]): Planned {
  const isThere = node.interfaces?.some((item) => item.segment === segment.id);
  if (isThere && node.kind !== 'hypervisor') {
    return refused(path, `a segment that ${node.id} is not connected to yet`, segment.id);
  }
  const overlay = checkOverlay(copy, node, segment, path);
  if (overlay) return overlay;
  const isTrunk = node.kind === 'l2-gateway' && isStretchSide(node, segment);
  const taken = isTrunk ? { addresses: [], gateways: [] } : allocate(copy, node, segment);
  const item: NetworkInterface = {
    id: interfaceId(node, isTrunk),
    segment: segment.id,
    ...(taken.addresses.length > 0 ? { addresses: taken.addresses } : {}),
    ...(keepsUsualMtu(node.kind) && (segment.mtu ?? 0) > usualMtuBytes
      ? { mtu: usualMtuBytes }
      : {}),
  };
  copy.put('node', { ...node, interfaces: [...(node.interfaces ?? []), item] });
  if (segment.kind === 'vxlan') joinOverlay(copy, node, segment);
  addDefaultRoutes(copy, node.id, item.id, segment, taken.gateways);
  if (forwards(node)) exchangeRoutes(copy, node.id, item.id, segment);
  if (node.kind === 'hypervisor') proposeVtep(copy, node.id);
  return planned(`Connect ${titleOf(node)} to ${titleOf(segment)}`);
}

/** What the overlay demands before anything is connected to it. */
function checkOverlay(
  copy: WorkingCopy,
  node: Node,
  segment: Segment,
  path: readonly string[],
): Planned | undefined {
  if (segment.kind !== 'vxlan') return undefined;
  if (node.kind === 'hypervisor') {
    return refused(
      path,
      'a lan or vlan segment: a hypervisor carries VXLAN segments for its machines and has no interface on them',
      segment.id,
    );
  }
  if (node.kind === 'distributed-router' && node.transportZone !== segment.transportZone) {
    const expected = `a segment of transport zone ${node.transportZone}, which ${node.id} belongs to`;
    return refused(path, expected, segment.id);
  }
  if (node.kind !== 'distributed-router' && hostOf(node) === undefined) {
    copy.tellLeftOut({ code: 'on-no-hypervisor', detail: { node: node.id } });
  }
  return undefined;
}

function joinOverlay(
  copy: WorkingCopy,
  node: Node,
  segment: Extract<Segment, { kind: 'vxlan' }>,
): void {
  const hypervisor = copy.get('node', hostOf(node));
  if (hypervisor?.kind === 'hypervisor') joinZone(copy, hypervisor, segment.transportZone);
}

/** A concentrator has its tunnel's end on its first segment and the segments it carries on the others. */
const isStretchSide = (node: Node, segment: Segment): boolean =>
  segment.kind === 'vxlan' ||
  (node.interfaces ?? []).some((item) => (item.addresses ?? []).length > 0);

const interfaceWords: Readonly<Record<Node['kind'], string>> = {
  host: 'eth',
  router: 'eth',
  'edge-gateway': 'vnic',
  'distributed-router': 'lif',
  hypervisor: 'vmk',
  'l2-gateway': 'uplink',
};

/** `eth0`, `vnic1`, `vmk0`; of a concentrator `uplink` and `trunk`. */
function interfaceId(node: Node, isTrunk = false): string {
  const taken = new Set((node.interfaces ?? []).map(({ id }) => id));
  if (node.kind === 'l2-gateway') {
    return plainOrNumbered(isTrunk ? 'trunk' : 'uplink', (id) => taken.has(id));
  }
  const word = interfaceWords[node.kind];
  for (let number = 0; ; number += 1) if (!taken.has(`${word}${number}`)) return `${word}${number}`;
}

interface Allocated {
  readonly addresses: readonly string[];
  /** Of the subnets' gateways those that the node has not become itself. */
  readonly gateways: readonly Ip[];
}

/** A router takes the gateway's address where nobody has it. */
function allocate(copy: WorkingCopy, node: Node, segment: Segment): Allocated {
  const use = addressUse(copy, segment);
  const addresses: string[] = [];
  const gateways: Ip[] = [];
  // On the internet an edge is a customer: the provider's router need not be drawn.
  const isCustomer = node.kind === 'edge-gateway' && isOnInternet(copy, segment.site);
  const mayBeGateway = forwards(node) && !isCustomer;
  for (const { prefix, gateway } of subnetsOf(segment)) {
    if (mayBeGateway && gateway && !use.isOwned(gateway)) {
      addresses.push(`${gateway.text}/${prefix.length}`);
      continue;
    }
    if (gateway) gateways.push(gateway);
    const free = use.next(prefix);
    if (free) addresses.push(`${free.text}/${prefix.length}`);
    else copy.tellLeftOut({ code: 'prefix-full', detail: { prefix: prefix.text } });
  }
  return { addresses, gateways };
}

/** By the gateway of the segment; on the internet without one, straight to whoever is there. */
function addDefaultRoutes(
  copy: WorkingCopy,
  nodeId: string,
  item: string,
  segment: Segment,
  gateways: readonly Ip[],
): void {
  const isInternet = isOnInternet(copy, segment.site);
  const use = isInternet ? addressUse(copy, segment) : undefined;
  const families = new Set(subnetsOf(segment).map(({ prefix }) => prefix.network.family));
  for (const family of families) {
    const node = copy.get('node', nodeId);
    if (!node || defaultRoute(node, family)) continue;
    const own = node.interfaces?.find(({ id }) => id === item)?.addresses ?? [];
    if (!own.some((text) => text.includes(':') === (family === 6))) continue;
    const gateway = gateways.find((one) => one.family === family);
    const answers = gateway && (use?.isOwned(gateway) ?? true);
    if (!answers && !isInternet) continue;
    const target = parsePrefix(defaultRouteOf(family));
    if (!target) continue;
    const id = routeId(copy, node, target);
    const leads = gateway && answers ? { via: gateway.text } : { interface: item };
    const route = { id, destination: target.text, ...leads };
    copy.put('node', { ...node, routes: [...(node.routes ?? []), route] });
  }
  const node = copy.get('node', nodeId);
  if (isInternet && node && forwards(node)) followGateway(copy, node, item, segment);
}

/** Whoever sent straight to the internet goes by the router that has become its gateway. */
function followGateway(copy: WorkingCopy, router: Node, item: string, segment: Segment): void {
  const own = router.interfaces?.find(({ id }) => id === item)?.addresses ?? [];
  const became = subnetsOf(segment).flatMap(({ prefix, gateway }) =>
    gateway && own.includes(`${gateway.text}/${prefix.length}`) ? [gateway] : [],
  );
  if (became.length === 0) return;
  for (const node of copy.list('node')) {
    if (node.id === router.id) continue;
    const here = new Set(
      node.interfaces?.filter((one) => one.segment === segment.id).map(({ id }) => id),
    );
    if (here.size === 0) continue;
    const routes = node.routes?.map((route) => {
      const gateway = became.find((one) => route.destination === defaultRouteOf(one.family));
      const isStraight =
        route.via === undefined && route.interface !== undefined && here.has(route.interface);
      if (!gateway || !isStraight) return route;
      const { interface: _, ...rest } = route;
      return { ...rest, via: gateway.text };
    });
    if (!routes || routes.every((route, at) => route === node.routes?.[at])) continue;
    copy.put('node', { ...node, routes });
    copy.tellChanged(entityRef('node', node.id), {
      code: 'leaves-by',
      detail: { router: router.id },
    });
  }
}

/** What a router and those it can now talk to have to know of each other, where there is one way only. */
function exchangeRoutes(copy: WorkingCopy, nodeId: string, item: string, segment?: Segment): void {
  const map = new RouteMap(copy);
  const node = copy.get('node', nodeId);
  const medium = map.mediumOf(nodeId, item);
  if (!node || medium === undefined) return;
  const others = map.routersOn(medium, nodeId);
  if (!(segment && isOnInternet(copy, segment.site))) {
    for (const family of [4, 6] as const) leadOut(copy, map, nodeId, medium, family);
  }
  const now = copy.get('node', nodeId) ?? node;
  map.announce(now, medium, map.behind(now, medium));
  // The new subnet itself is news to the routers on the node's other sides.
  const here = map
    .attachmentsOf(now)
    .filter((one) => one.medium === medium)
    .flatMap(({ addresses }) => addresses.map(({ prefix }) => prefix))
    .filter(({ network, length }) => length < familyBits(network.family));
  const sides = new Set(map.attachmentsOf(now).map((one) => one.medium));
  sides.delete(medium);
  for (const side of sides) map.announce(now, side, here);
  for (const other of others) {
    const current = copy.get('node', other.id);
    if (current) map.announce(current, medium, map.behind(current, medium), nodeId);
  }
}

/** Of two routers beside each other the one that knows no way out takes the other's, if there is only that one. */
function leadOut(
  copy: WorkingCopy,
  map: RouteMap,
  nodeId: string,
  medium: string,
  family: 4 | 6,
): void {
  const node = copy.get('node', nodeId);
  const target = parsePrefix(defaultRouteOf(family));
  if (!node || !target) return;
  const others = map.routersOn(medium, nodeId);
  // Who leaves by this very medium is no way out for the others on it.
  const [only, ...more] = others.filter((one) => map.leavesElsewhere(one, medium, family));
  if (!defaultRoute(node, family)) {
    const via = only && more.length === 0 && map.addressTowards(only, node, medium, family);
    if (via) map.addRoute(nodeId, target, via);
    return;
  }
  if (only || !map.leavesElsewhere(node, medium, family)) return;
  for (const other of others) {
    if (defaultRoute(other, family)) continue;
    const via = map.addressTowards(node, other, medium, family);
    if (via) map.addRoute(other.id, target, via);
  }
}

function connectNodes(copy: WorkingCopy, a: Node, b: Node): Planned {
  if (a.kind === 'l2-gateway' && b.kind === 'l2-gateway') return stretch(copy, a, b);
  for (const [node, path] of [
    [a, 'from'],
    [b, 'to'],
  ] as const) {
    if (node.kind !== 'distributed-router') continue;
    return refused(
      [path],
      'a segment between them: a distributed router has interfaces on segments only',
      node.id,
    );
  }
  if (hostOf(a) === b.id || hostOf(b) === a.id) {
    const guest = hostOf(a) === b.id ? a : b;
    return refused(
      ['to'],
      `a segment or another node: ${guest.id} runs on that hypervisor already`,
      b.id,
    );
  }
  return link(copy, a, b);
}

/** A wire between two new interfaces, under a subnet of two addresses. */
function link(copy: WorkingCopy, a: Node, b: Node): Planned {
  const subnet = unusedPrefix(copy, linkSubnets);
  if (!subnet) copy.tellLeftOut({ code: 'link-subnets-used', detail: {} });
  const [first] = subnet ? hostRange(subnet) : [0n];
  const end = (node: Node, at: bigint) => {
    const address = subnet && `${ipFromBigInt(4, first + at).text}/${subnet.length}`;
    const id = interfaceId(node);
    const item = { id, ...(address === undefined ? {} : { addresses: [address] }) };
    copy.put('node', { ...node, interfaces: [...(node.interfaces ?? []), item] });
    return { node: node.id, interface: id };
  };
  const ends = { a: end(a, 0n), b: end(b, 1n) };
  const id = plainOrNumbered(`${a.id}-${b.id}`.slice(0, 60), (name) => copy.has('link', name));
  copy.create('link', { id: copy.has('link', id) ? freshId(copy, 'link', 'link') : id, ...ends });
  const map = new RouteMap(copy, [a.id, b.id]);
  for (const [near, far] of [
    [ends.a, ends.b],
    [ends.b, ends.a],
  ] as const) {
    const [node, gateway] = [copy.get('node', near.node), copy.get('node', far.node)];
    const medium = map.mediumOf(near.node, near.interface);
    if (!node || !gateway || medium === undefined || !subnet) continue;
    const target = prefixOf(ipFromBigInt(4, 0n), 0);
    const via = map.addressTowards(gateway, node, medium, 4);
    const needsWay = !forwards(node) && forwards(gateway) && !defaultRoute(node, 4);
    if (!needsWay || !via) continue;
    const route = { id: routeId(copy, node, target), destination: target.text, via: via.text };
    copy.put('node', { ...node, routes: [...(node.routes ?? []), route] });
  }
  for (const { node, interface: item } of [ends.a, ends.b]) {
    const now = copy.get('node', node);
    if (now && forwards(now)) exchangeRoutes(copy, node, item);
  }
  return planned(`Link ${titleOf(a)} and ${titleOf(b)}`);
}

function stretch(copy: WorkingCopy, a: Node, b: Node): Planned {
  const ends = [
    [a, 'from'],
    [b, 'to'],
  ] as const;
  const sides: { segment: string; gateway: string; uplink: string }[] = [];
  for (const [node, path] of ends) {
    const side = stretchSide(copy, node);
    if (!side) {
      return refused(
        [path],
        'a layer-2 gateway with two interfaces: one with an address, which ends the tunnel, and one on the segment that is stretched',
        node.id,
      );
    }
    sides.push(side);
  }
  const [one, other] = sides;
  if (!one || !other) return refused(['to'], expectedEnds);
  if (one.segment === other.segment) {
    return refused(['to'], `a gateway on another segment: both carry ${one.segment}`, b.id);
  }
  copy.create('stretch', { id: freshId(copy, 'stretch', 'stretch'), a: one, b: other });
  const [near, far] = [copy.get('segment', one.segment), copy.get('segment', other.segment)];
  return planned(
    `Stretch ${near ? titleOf(near) : one.segment} to ${far ? titleOf(far) : other.segment}`,
  );
}

/** The interface with an address ends the tunnel; of the others the first that carries no stretch yet is carried. */
function stretchSide(copy: WorkingCopy, node: Node) {
  const items = node.interfaces ?? [];
  const uplink = items.find(({ addresses }) => (addresses ?? []).length > 0);
  const carried = new Set<string>();
  for (const { a, b } of copy.all('stretch')) {
    for (const end of [a, b]) if (end.gateway === node.id) carried.add(end.segment);
  }
  const inside = items
    .filter((item) => item !== uplink && item.segment !== undefined && !carried.has(item.segment))
    .toSorted((one, other) => (one.addresses?.length ?? 0) - (other.addresses?.length ?? 0))[0];
  if (!uplink || inside?.segment === undefined) return undefined;
  return { segment: inside.segment, gateway: node.id, uplink: uplink.id };
}
