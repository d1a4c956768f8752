import type { Design, Node, Segment } from '../../model/design.ts';
import { forwards } from '../../model/forwarding.ts';
import {
  compareIp,
  interfaceAddress,
  ip,
  prefix,
  prefixRange,
  rangeContains,
  type Ip,
} from '../../model/ip.ts';
import { AddressPoolBuilder } from './address-index.ts';
import {
  defaultMtu,
  deviceOf,
  interfaceOf,
  type Draft,
  type DraftDevice,
  type DraftInterface,
  type DraftSegment,
} from './draft.ts';
import { compileFunctions } from './functions.ts';
import { macOf } from './hash.ts';
import { addIpsecRoutes, compileIpsec } from './ipsec.ts';
import { addCluster } from './kubernetes.ts';
import type { CompiledStretch, Device, L2Segment, Network, StretchEnd } from './network.ts';
import { RoutePoolBuilder } from './route-table.ts';
import { addLocalRoutes, addNodeRoutes, buildTables, type RoutePools } from './routes.ts';

/** UDP port of VXLAN (RFC 7348 §5, IANA). */
const vxlanPort = 4789;
/** UDP port of IPsec NAT traversal (RFC 3948), which HCX's network extension uses. */
export const stretchPort = 4500;
/** See the schema of a stretch. Bytes. */
export const stretchOverheadBytes = 98;

/** Indexes a valid design for simulation. Everything in it is frozen data; nothing refers back to the editor. */
export function compile(design: Design): Network {
  const draft: Draft = {
    design,
    devices: [],
    interfaces: [],
    segments: [],
    deviceByNode: new Map(),
    deviceByPod: new Map(),
    segmentById: new Map(),
  };
  const sitesOf = siteChains(design);
  addSegments(draft, sitesOf);
  addNodes(draft, sitesOf);
  addLinks(draft);
  for (const device of [...draft.devices]) {
    addNodeRoutes(draft, device);
    addIpsecRoutes(device);
  }
  const clusters = (design.clusters ?? []).map((cluster, index) =>
    addCluster(draft, {
      cluster,
      index,
      workloads: (design.workloads ?? []).filter((workload) => workload.cluster === cluster.id),
      services: (design.services ?? []).filter((service) => service.cluster === cluster.id),
    }),
  );
  const virtualIps = activeVirtualIps(draft);
  for (const device of draft.devices) {
    const own = virtualIps.filter((active) => active.device === device.index);
    addLocalRoutes(
      draft,
      device,
      own.map((active) => active.address.text),
    );
  }
  const stretches = compileStretches(draft);
  const ipsecTunnels = compileIpsec(draft);
  const pools = { 4: new RoutePoolBuilder(4), 6: new RoutePoolBuilder(6) };
  const owners = new AddressPoolBuilder();
  const devices = draft.devices.map((device) => ({
    ...freezeDevice(draft, device, pools),
    ipsecTunnels: ipsecTunnels.flatMap((end) => (end.device === device.index ? [end.index] : [])),
  }));
  const segments = draft.segments.map((segment) =>
    freezeSegment(draft, segment, virtualIps, stretches, owners),
  );
  pools[4].finish();
  pools[6].finish();
  owners.finish();
  return Object.freeze({
    design,
    devices,
    interfaces: draft.interfaces.map(({ addresses, ...rest }) => ({
      ...rest,
      guestTag: guestTag(design, rest),
      addresses: addresses.map((address) => address.ip),
      prefixLengths: addresses.map((address) => address.prefix.length),
    })),
    segments,
    stretches,
    ipsecTunnels,
    clusters,
    deviceByNode: draft.deviceByNode,
    deviceByPod: draft.deviceByPod,
    segmentById: draft.segmentById,
  });
}

/** For each site its own id and those of all sites around it. */
function siteChains(design: Design): (site: string | undefined) => readonly string[] {
  const parents = new Map((design.sites ?? []).map((site) => [site.id, site.parent]));
  const chains = new Map<string, readonly string[]>();
  return (site) => {
    if (site === undefined) return [];
    let chain = chains.get(site);
    if (!chain) {
      const found: string[] = [];
      for (let at: string | undefined = site; at !== undefined; at = parents.get(at))
        found.push(at);
      chain = found;
      chains.set(site, chain);
    }
    return chain;
  };
}

function addSegments(draft: Draft, sitesOf: (site: string | undefined) => readonly string[]): void {
  const { design } = draft;
  const internet = new Set(
    (design.sites ?? []).filter((site) => site.kind === 'internet').map((site) => site.id),
  );
  const ports = new Map((design.transportZones ?? []).map((zone) => [zone.id, zone.udpPort]));
  const overlay = (segment: Segment) => {
    if (segment.kind !== 'vxlan') return { vni: 0, transportZone: '', vxlanPort };
    const { vni, transportZone } = segment;
    return { vni, transportZone, vxlanPort: ports.get(transportZone) ?? vxlanPort };
  };
  for (const segment of design.segments ?? []) {
    const index = draft.segments.length;
    draft.segmentById.set(segment.id, index);
    draft.segments.push({
      index,
      id: segment.id,
      kind: segment.kind,
      mtu: segment.mtu ?? defaultMtu,
      up: true,
      ...overlay(segment),
      internet: sitesOf(segment.site).some((site) => internet.has(site)),
      subnets: (segment.subnets ?? []).map((subnet) => {
        const network = prefix(subnet.cidr);
        const gateway = subnet.gateway === undefined ? null : ip(subnet.gateway);
        return { range: prefixRange(network), gateway, length: network.length };
      }),
      members: [],
    });
  }
}

function addNodes(draft: Draft, sitesOf: (site: string | undefined) => readonly string[]): void {
  const nodes = draft.design.nodes ?? [];
  nodes.forEach((node, index) => draft.deviceByNode.set(node.id, index));
  const hypervisorOf = (node: Node) =>
    'runsOn' in node ? (draft.deviceByNode.get(node.runsOn ?? '') ?? -1) : -1;
  const macs = new Set<string>();
  for (const [index, node] of nodes.entries()) {
    const hypervisor = hypervisorOf(node);
    const up = node.state !== 'down' && nodes[hypervisor]?.state !== 'down';
    const device: DraftDevice = {
      index,
      id: node.id,
      kind: node.kind,
      node,
      up,
      hypervisor,
      interfaces: [],
      routes: [],
      extraListeners: [],
      sites: sitesOf(node.site ?? nodes[hypervisor]?.site),
      forwards: forwards(node),
      cluster: -1,
      kubeNode: null,
      resolvers: ('resolvers' in node ? (node.resolvers ?? []) : []).map(ip),
      searchDomains: 'searchDomains' in node ? (node.searchDomains ?? []) : [],
    };
    draft.devices.push(device);
    for (const item of node.interfaces ?? []) {
      const segment = item.segment === undefined ? -1 : (draft.segmentById.get(item.segment) ?? -1);
      const at = draft.interfaces.length;
      let mac = item.mac?.toLowerCase() ?? macOf(node.id, item.id);
      for (let salt = 1; item.mac === undefined && macs.has(mac); salt += 1) {
        mac = macOf(node.id, `${item.id}#${salt}`);
      }
      macs.add(mac);
      draft.interfaces.push({
        index: at,
        id: item.id,
        device: index,
        segment,
        addresses: (item.addresses ?? []).map(interfaceAddress),
        mtu: item.mtu ?? draft.segments[segment]?.mtu ?? defaultMtu,
        mac,
        up: up && item.state !== 'down',
        vlan: item.vlan ?? 0,
        tunnel: null,
        proxyArp: false,
      });
      device.interfaces.push(at);
      draft.segments[segment]?.members.push(at);
    }
  }
}

/** Interfaces that links may end at, by `node/interface`, with the MTU that the design gives them. */
function linkEnds(draft: Draft) {
  const ends = new Map<
    string,
    { readonly item: DraftInterface; readonly mtu: number | undefined }
  >();
  for (const { id, node, interfaces } of draft.devices) {
    node?.interfaces?.forEach(({ id: interfaceId, mtu }, at) => {
      const item = interfaceOf(draft, interfaces[at] ?? -1);
      ends.set(`${id}/${interfaceId}`, { item, mtu });
    });
  }
  return ends;
}

function addLinks(draft: Draft): void {
  const ends = linkEnds(draft);
  for (const link of draft.design.links ?? []) {
    const a = ends.get(`${link.a.node}/${link.a.interface}`);
    const b = ends.get(`${link.b.node}/${link.b.interface}`);
    if (!a || !b) continue;
    const mtus = [a.mtu, b.mtu].filter((mtu) => mtu !== undefined);
    const mtu = link.mtu ?? (mtus.length > 0 ? Math.min(...mtus) : defaultMtu);
    const index = draft.segments.length;
    const segment: DraftSegment = {
      index,
      id: link.id,
      kind: 'link',
      mtu,
      up: link.state !== 'down',
      vni: 0,
      transportZone: '',
      vxlanPort,
      internet: false,
      subnets: [],
      members: [a.item.index, b.item.index],
    };
    draft.segments.push(segment);
    // A dead far end takes the carrier away from the near one.
    const up = segment.up && a.item.up && b.item.up;
    for (const { item, mtu: given } of [a, b]) {
      item.segment = index;
      item.mtu = given ?? mtu;
      item.up = up;
    }
  }
}

interface ActiveVirtualIp {
  readonly address: Ip;
  readonly id: string;
  readonly device: number;
  readonly interface: number;
  readonly segment: number;
}

interface Candidacy {
  readonly priority: number;
  /** The interface's first address of the family. */
  readonly primary: Ip | undefined;
}

/** RFC 9568 §6.4.3: the higher priority, then the higher primary address. */
function outranks(one: Candidacy, other: Candidacy): boolean {
  if (one.priority !== other.priority) return one.priority > other.priority;
  return one.primary !== undefined && other.primary !== undefined
    ? compareIp(one.primary, other.primary) > 0
    : false;
}

/** RFC 9568 §5.2.4: priority 100 where none is configured. */
const defaultVrrpPriority = 100;

/** Of all nodes that share an address on a segment, the one with the highest priority that is up has it. */
function activeVirtualIps(draft: Draft): ActiveVirtualIp[] {
  const best = new Map<string, ActiveVirtualIp & Candidacy>();
  for (const device of draft.devices) {
    const { node } = device;
    if (!node || !('virtualIps' in node)) continue;
    for (const virtualIp of node.virtualIps ?? []) {
      const at = device.interfaces.find(
        (index) => interfaceOf(draft, index).id === virtualIp.interface,
      );
      if (at === undefined || !interfaceOf(draft, at).up) continue;
      const address = ip(virtualIp.address);
      const { segment } = interfaceOf(draft, at);
      const priority = virtualIp.priority ?? defaultVrrpPriority;
      const key = `${segment} ${address.text}`;
      const current = best.get(key);
      const primary = interfaceOf(draft, at).addresses.find(
        (own) => own.ip.family === address.family,
      )?.ip;
      if (current && !outranks({ priority, primary }, current)) continue;
      const { id } = virtualIp;
      const owner = { device: device.index, interface: at, segment };
      best.set(key, { address, id, ...owner, priority, primary });
    }
  }
  return [...best.values()];
}

function compileStretches(draft: Draft): CompiledStretch[] {
  return (draft.design.stretches ?? []).map((stretch, index) => {
    const end = (side: 'a' | 'b'): StretchEnd => {
      const { segment, gateway, uplink } = stretch[side];
      const device = deviceOf(draft, draft.deviceByNode.get(gateway) ?? -1);
      const segmentIndex = draft.segmentById.get(segment) ?? -1;
      const at = (test: (item: { id: string; segment: number }) => boolean) =>
        device.interfaces.find((candidate) => test(interfaceOf(draft, candidate))) ?? -1;
      return {
        segment: segmentIndex,
        device: device.index,
        inside: at((item) => item.segment === segmentIndex),
        uplink: at((item) => item.id === uplink),
      };
    };
    return {
      index,
      id: stretch.id,
      stretch,
      up: stretch.state !== 'down',
      port: stretch.port ?? stretchPort,
      overheadBytes: stretch.overheadBytes ?? stretchOverheadBytes,
      outerDf: stretch.outerDf ?? false,
      proximityRouting: stretch.proximityRouting ?? false,
      ends: [end('a'), end('b')],
    };
  });
}

function freezeDevice(
  draft: Draft,
  device: DraftDevice,
  pools: RoutePools,
): Omit<Device, 'ipsecTunnels'> {
  const { node } = device;
  const byId = (id: string | undefined) =>
    id === undefined
      ? -1
      : (device.interfaces.find((index) => interfaceOf(draft, index).id === id) ?? -1);
  const functions = node
    ? compileFunctions(node, byId)
    : { firewall: null, dnat: [], snat: [], balancers: [], listeners: [] };
  const zones =
    node?.kind === 'hypervisor'
      ? (node.transportZones ?? [])
      : node?.kind === 'distributed-router'
        ? [node.transportZone]
        : [];
  const defaultOrder = node?.kind === 'edge-gateway' ? 'nsx-v' : 'linux';
  const stageOrder = (node && 'stageOrder' in node ? node.stageOrder : undefined) ?? defaultOrder;
  return {
    index: device.index,
    id: device.id,
    kind: device.kind,
    up: device.up,
    hypervisor: device.hypervisor,
    interfaces: device.interfaces,
    forwards: device.forwards,
    firewallFirst: stageOrder === 'nsx-v',
    stateful:
      functions.firewall !== null ||
      functions.dnat.length > 0 ||
      functions.snat.length > 0 ||
      functions.balancers.length > 0 ||
      device.kubeNode !== null,
    ...buildTables(draft, device.index, pools),
    firewall: functions.firewall,
    dnat: functions.dnat,
    snat: functions.snat,
    balancers: functions.balancers,
    listeners: [...functions.listeners, ...device.extraListeners],
    resolvers: device.resolvers,
    searchDomains: device.searchDomains,
    transportZones: zones,
    vteps: node?.kind === 'hypervisor' ? (node.vteps ?? []).map(byId) : [],
    cluster: device.cluster,
    kubeNode: device.kubeNode,
    sites: device.sites,
  };
}

function freezeSegment(
  draft: Draft,
  segment: DraftSegment,
  virtualIps: readonly ActiveVirtualIp[],
  stretches: readonly CompiledStretch[],
  pool: AddressPoolBuilder,
): L2Segment {
  const here = virtualIps.filter((active) => active.segment === segment.index);
  const members = segment.members.map((index) => interfaceOf(draft, index));
  const owned = (up: boolean) =>
    members
      .filter((item) => item.up === up)
      .flatMap((item) => item.addresses.map((address) => ({ ip: address.ip, value: item.index })));
  const joined = stretches.filter((stretch) =>
    stretch.ends.some((end) => end.segment === segment.index),
  );
  const { members: _, ...rest } = segment;
  return {
    ...rest,
    owners: pool.add([
      ...owned(true),
      ...here.map((active) => ({ ip: active.address, value: active.interface })),
    ]),
    downOwners: pool.add(owned(false)),
    virtualIps: new Map(here.map((active) => [active.address.text, active.id])),
    stretch: joined[0]?.index ?? -1,
    otherStretches: Math.max(0, joined.length - 1),
  };
}

/** The addresses of a subnet that a host at `address` on the segment would use: its gateway and prefix length. */
export function subnetOf(
  segment: L2Segment,
  address: Ip,
): { readonly gateway: Ip | null; readonly length: number } | undefined {
  return segment.subnets.find((subnet) => rangeContains(subnet.range, address));
}

function guestTag(
  design: Design,
  item: { readonly segment: number; readonly vlan: number },
): number {
  const segment = design.segments?.[item.segment];
  return segment?.kind === 'vlan' && segment.vlan === item.vlan ? 0 : item.vlan;
}
