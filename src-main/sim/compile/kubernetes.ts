import type { Cluster, Pod, Service, Workload } from '../../model/design.ts';
import {
  familyBits,
  hostPrefix,
  ip,
  ipFromWords,
  ipPlus,
  ipToBigInt,
  lastAddress,
  prefix,
  prefixContains,
  prefixOf,
  prefixRange,
  type Ip,
  type IpFamily,
  type Prefix,
} from '../../model/ip.ts';
import { headerBytes } from '../vocabulary/packet.ts';
import { buildAddressIndex } from './address-index.ts';
import { defaultMtu, deviceOf, interfaceOf, type Draft, type DraftDevice } from './draft.ts';
import { macOf } from './hash.ts';
import { compileProtocol } from './matches.ts';
import type { CompiledCluster, CompiledListener, Endpoint, ServicePort } from './network.ts';
import { buildRouteTable, firstRoute } from './route-table.ts';

/** Calico's fixed address of the node's end of every pod's veth pair (felix, `endpoint_mgr.go`). */
const caliMac = 'ee:ee:ee:ee:ee:ee';
/** What pods use as next hop: answered by proxy ARP, or by the veth's link-local address (Calico FAQ). */
const podGateway: Record<IpFamily, Ip> = {
  4: ip('169.254.1.1'),
  6: ip('fe80::ecee:eeff:feee:eeee'),
};
const everywhere: Record<IpFamily, Prefix> = {
  4: prefixOf(ipFromWords(4, 0, 0, 0, 0), 0),
  6: prefixOf(ipFromWords(6, 0, 0, 0, 0), 0),
};
/** Calico's block size: a /26, or a /122 (IPPool `blockSize`). */
const defaultBlockLength: Record<IpFamily, number> = { 4: 26, 6: 122 };

type EncapsulationMode = 'always' | 'cross-subnet' | 'never';
interface Pool {
  readonly prefix: Prefix;
  readonly ipInIp: EncapsulationMode;
  readonly natOutgoing: boolean;
  readonly blockLength: number;
  readonly disabled: boolean;
}
interface Block {
  readonly node: string;
  readonly prefix: Prefix;
  readonly pool: Pool | undefined;
}
interface Member {
  readonly node: string;
  readonly device: DraftDevice;
  readonly address: Record<IpFamily, Ip | null>;
  /** MTU in bytes of the link that the node address is on. */
  readonly linkMtu: number;
}

export interface DraftCluster {
  readonly cluster: Cluster;
  readonly index: number;
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
}

/** Adds pods, veth pairs, tunnels and Calico's routes to the draft, and compiles services to tables. */
export function addCluster(draft: Draft, source: DraftCluster): CompiledCluster {
  const { cluster, index } = source;
  const pools = poolsOf(cluster);
  const members = membersOf(draft, cluster);
  const blocks = allotBlocks(cluster, pools);
  const encapsulates = pools.some((pool) => pool.ipInIp !== 'never');
  const workloads = source.workloads;

  for (const member of members.values()) {
    const { device } = member;
    device.forwards = true;
    device.cluster = index;
    const own = blocks.filter((block) => block.node === member.node);
    const mtu = cluster.calico?.mtu ?? member.linkMtu - (encapsulates ? headerBytes.ipv4 : 0);
    const tunnelInterface = encapsulates ? addTunnel(draft, device, own, mtu) : -1;
    device.kubeNode = { address4: member.address[4], address6: member.address[6], tunnelInterface };
    for (const block of own) {
      device.routes.push({
        prefix: block.prefix,
        interface: -1,
        via: null,
        kind: 'discard',
        origin: 'calico',
        id: '',
        distance: 0,
        metric: 0,
      });
    }
  }
  const podDevices = addPods(draft, source, members);
  addRoutesToBlocks(draft, members, blocks);
  addBorrowedAddresses(draft, members, blocks, workloads);

  const endpointsOf = (service: Service, port: ServiceSpecPort, family: IpFamily) =>
    serviceEndpoints(service, port, family, workloads, members, podDevices);
  const services = new Map<string, readonly ServicePort[]>();
  for (const service of source.services) {
    const ports = (service.ports ?? []).map((port) => ({
      service,
      protocol: compileProtocol(port.protocol ?? 'TCP'),
      port: port.port,
      endpoints4: endpointsOf(service, port, 4),
      endpoints6: endpointsOf(service, port, 6),
    }));
    services.set(service.id, ports);
  }
  const serviceAddresses: (readonly ServicePort[])[] = [];
  const serviceIndex = buildAddressIndex(
    source.services.flatMap((service) =>
      (service.clusterIps ?? []).map((text) => {
        serviceAddresses.push(services.get(service.id) ?? []);
        return { ip: ip(text), value: serviceAddresses.length - 1 };
      }),
    ),
  );

  const dnsService = source.services.find((service) => service.id === cluster.dns?.service);
  const dnsAddresses = (dnsService?.clusterIps ?? []).map(ip);
  const dnsDevices = new Set<number>();
  for (const port of (dnsService && services.get(dnsService.id)) ?? []) {
    for (const endpoint of [...port.endpoints4, ...port.endpoints6]) {
      if (endpoint.device < 0) continue;
      dnsDevices.add(endpoint.device);
      markDnsListener(deviceOf(draft, endpoint.device), port.protocol, endpoint.port);
    }
  }
  const domain = cluster.dns?.domain ?? 'cluster.local';
  for (const workload of workloads) {
    if (workload.hostNetwork) continue;
    const searchDomains = [`${workload.namespace}.svc.${domain}`, `svc.${domain}`, domain];
    for (const pod of workload.pods) {
      const device = deviceOf(draft, podDevices.get(pod.id) ?? -1);
      device.resolvers = dnsAddresses;
      device.searchDomains = searchDomains;
    }
  }
  const ingressDevices = addIngressListeners(draft, source, podDevices);

  return {
    index,
    cluster,
    domain,
    pools: pools.map((pool) => ({
      range: prefixRange(pool.prefix),
      natOutgoing: pool.natOutgoing && !pool.disabled,
    })),
    podRanges: cluster.podCidrs.map((text) => prefixRange(prefix(text))),
    serviceIndex,
    serviceAddresses,
    services,
    dnsAddresses,
    dnsDevices,
    dnsForwarders: cluster.dns?.forwarders?.map(ip) ?? null,
    ingressDevices,
    pods: new Map(
      workloads.flatMap((workload) => workload.pods.map((pod) => [pod.id, { pod, workload }])),
    ),
  };
}

function poolsOf(cluster: Cluster): Pool[] {
  const pools =
    cluster.calico?.ipPools ??
    cluster.podCidrs.map((cidr) => ({
      id: cidr,
      cidr,
      ipInIp: 'always' as const,
      natOutgoing: true,
    }));
  return pools.map((pool) => {
    const network = prefix(pool.cidr);
    const { family } = network.network;
    return {
      prefix: network,
      // Calico has no IP-in-IP for IPv6 pools (IPPool `ipipMode`).
      ipInIp: family === 6 ? 'never' : (('ipInIp' in pool ? pool.ipInIp : undefined) ?? 'never'),
      natOutgoing: pool.natOutgoing ?? false,
      blockLength:
        ('blockLength' in pool ? pool.blockLength : undefined) ?? defaultBlockLength[family],
      disabled: ('disabled' in pool ? pool.disabled : undefined) ?? false,
    };
  });
}

function membersOf(draft: Draft, cluster: Cluster): Map<string, Member> {
  const members = new Map<string, Member>();
  for (const member of cluster.nodes) {
    const device = deviceOf(draft, draft.deviceByNode.get(member.node) ?? -1);
    const given = member.addresses?.map(ip) ?? [];
    const addresses = device.interfaces.flatMap((at) =>
      interfaceOf(draft, at).addresses.map((address) => ({ ip: address.ip, at })),
    );
    const pick = (family: IpFamily) =>
      given.find((address) => address.family === family) ??
      addresses.find((address) => address.ip.family === family)?.ip ??
      null;
    const address = { 4: pick(4), 6: pick(6) };
    const primary = address[4] ?? address[6];
    const at = addresses.find((candidate) => candidate.ip.text === primary?.text)?.at;
    const linkMtu = at === undefined ? defaultMtu : interfaceOf(draft, at).mtu;
    members.set(member.node, { node: member.node, device, address, linkMtu });
  }
  return members;
}

/** Blocks as given; every other member gets the next free block of each pool, in member order. */
function allotBlocks(cluster: Cluster, pools: readonly Pool[]): Block[] {
  const poolOf = (network: Prefix) =>
    pools.find((pool) => prefixContains(pool.prefix, network.network));
  const blocks: Block[] = (cluster.calico?.blocks ?? []).map((block) => {
    const network = prefix(block.cidr);
    return { node: block.node, prefix: network, pool: poolOf(network) };
  });
  const taken = new Set(blocks.map((block) => block.prefix.text));
  for (const pool of pools) {
    if (pool.disabled || pool.blockLength < pool.prefix.length) continue;
    const { family } = pool.prefix.network;
    const size = 1n << BigInt(familyBits(family) - pool.blockLength);
    const last = ipToBigInt(lastAddress(pool.prefix));
    let next = ipToBigInt(pool.prefix.network);
    for (const { node } of cluster.nodes) {
      if (blocks.some((block) => block.node === node && block.pool === pool)) continue;
      let block: Prefix | undefined;
      while (next <= last && block === undefined) {
        const offset = next - ipToBigInt(pool.prefix.network);
        const candidate = prefixOf(ipPlus(pool.prefix.network, offset), pool.blockLength);
        if (!taken.has(candidate.text)) block = candidate;
        next += size;
      }
      if (!block) break;
      taken.add(block.text);
      blocks.push({ node, prefix: block, pool });
    }
  }
  return blocks;
}

/** `tunl0`: its address is the first of the node's first block in a pool with IP-in-IP. */
function addTunnel(draft: Draft, device: DraftDevice, own: readonly Block[], mtu: number): number {
  const block = own.find((candidate) => candidate.pool && candidate.pool.ipInIp !== 'never');
  const address = block?.prefix.network;
  const index = draft.interfaces.length;
  draft.interfaces.push({
    index,
    id: 'tunl0',
    device: device.index,
    segment: -1,
    addresses: address ? [{ ip: address, prefix: hostPrefix(address) }] : [],
    mtu,
    mac: '00:00:00:00:00:00',
    up: device.up,
    vlan: 0,
    tunnel: true,
    proxyArp: false,
  });
  device.interfaces.push(index);
  return index;
}

function addPods(
  draft: Draft,
  source: DraftCluster,
  members: ReadonlyMap<string, Member>,
): Map<string, number> {
  const devices = new Map<string, number>();
  const encapsulates = poolsOf(source.cluster).some((pool) => pool.ipInIp !== 'never');
  for (const workload of source.workloads) {
    const listeners = podListeners(workload);
    for (const pod of workload.pods) {
      const member = members.get(pod.node);
      if (!member) continue;
      if (workload.hostNetwork) {
        devices.set(pod.id, member.device.index);
        draft.deviceByPod.set(pod.id, member.device.index);
        member.device.extraListeners.push(...listeners);
        continue;
      }
      const mtu =
        source.cluster.calico?.mtu ?? member.linkMtu - (encapsulates ? headerBytes.ipv4 : 0);
      devices.set(pod.id, addPod(draft, source.index, pod, member, mtu, listeners));
    }
  }
  return devices;
}

function podListeners(workload: Workload): CompiledListener[] {
  return (workload.ports ?? []).map((port) => ({
    protocol: compileProtocol(port.protocol ?? 'TCP'),
    port: port.port,
    address: null,
    role: 'plain',
    name: port.name ?? workload.name ?? workload.id,
  }));
}

function addPod(
  draft: Draft,
  cluster: number,
  pod: Pod,
  member: Member,
  mtu: number,
  listeners: readonly CompiledListener[],
): number {
  const node = member.device;
  const segment = draft.segments.length;
  const device = draft.devices.length;
  const [inside, outside] = [draft.interfaces.length, draft.interfaces.length + 1];
  const addresses = (pod.addresses ?? []).map((text) => {
    const address = ip(text);
    return { ip: address, prefix: hostPrefix(address) };
  });
  const { up } = node;
  draft.segments.push({
    index: segment,
    id: `veth ${pod.id}`,
    kind: 'veth',
    mtu,
    up: true,
    vni: 0,
    transportZone: '',
    vxlanPort: 0,
    internet: false,
    subnets: [],
    members: [inside, outside],
  });
  const common = { segment, mtu, up, vlan: 0, tunnel: false };
  draft.interfaces.push(
    {
      ...common,
      index: inside,
      id: 'eth0',
      device,
      addresses,
      mac: macOf(pod.id, 'eth0'),
      proxyArp: false,
    },
    {
      ...common,
      index: outside,
      id: `cali-${pod.id}`,
      device: node.index,
      addresses: [],
      mac: caliMac,
      proxyArp: true,
    },
  );
  node.interfaces.push(outside);
  const families = new Set(addresses.map((address) => address.ip.family));
  draft.devices.push({
    index: device,
    id: pod.id,
    kind: 'pod',
    node: null,
    up,
    hypervisor: node.hypervisor,
    interfaces: [inside],
    routes: [...families].map((family) => ({
      prefix: everywhere[family],
      interface: inside,
      via: podGateway[family],
      kind: 'forward',
      origin: 'link-local',
      id: '',
      distance: 0,
      metric: 0,
    })),
    extraListeners: [...listeners],
    sites: node.sites,
    forwards: false,
    cluster,
    kubeNode: null,
    resolvers: [],
    searchDomains: [],
  });
  draft.deviceByPod.set(pod.id, device);
  for (const address of addresses) {
    node.routes.push({
      prefix: address.prefix,
      interface: outside,
      via: null,
      kind: 'forward',
      origin: 'pod',
      id: '',
      distance: 0,
      metric: 0,
    });
  }
  return device;
}

function addRoutesToBlocks(
  draft: Draft,
  members: ReadonlyMap<string, Member>,
  blocks: readonly Block[],
): void {
  const underlay = new Map(
    [...members.values()].map((member) => [
      member.node,
      { 4: buildRouteTable(4, member.device.routes), 6: buildRouteTable(6, member.device.routes) },
    ]),
  );
  for (const member of members.values()) {
    for (const block of blocks) {
      const peer = members.get(block.node);
      if (!peer || peer === member) continue;
      addRouteToPeer(draft, member, peer, block.prefix, block.pool, underlay.get(member.node));
    }
  }
}

function addRouteToPeer(
  draft: Draft,
  member: Member,
  peer: Member,
  destination: Prefix,
  pool: Pool | undefined,
  underlay: Record<IpFamily, ReturnType<typeof buildRouteTable>> | undefined,
): void {
  const { family } = destination.network;
  const via = peer.address[family];
  if (!via || !underlay) return;
  const base = { prefix: destination, origin: 'calico' as const, id: '', distance: 20, metric: 0 };
  const inOwnSubnet = member.device.interfaces.some((at) =>
    interfaceOf(draft, at).addresses.some(
      (address) =>
        address.prefix.length < familyBits(family) && prefixContains(address.prefix, via),
    ),
  );
  const mode = pool?.ipInIp ?? 'never';
  const tunnel = member.device.kubeNode?.tunnelInterface ?? -1;
  if (tunnel >= 0 && (mode === 'always' || (mode === 'cross-subnet' && !inOwnSubnet))) {
    member.device.routes.push({ ...base, interface: tunnel, via, kind: 'tunnel' });
    return;
  }
  // BIRD resolves the peer's address in the node's own table (`gateway recursive`).
  const towards = firstRoute(underlay[family], via);
  if (towards?.kind !== 'forward') return;
  member.device.routes.push({
    ...base,
    interface: towards.interface,
    via: towards.via ?? via,
    kind: 'forward',
  });
}

/** A pod outside its node's blocks: Calico announces the single address. */
function addBorrowedAddresses(
  draft: Draft,
  members: ReadonlyMap<string, Member>,
  blocks: readonly Block[],
  workloads: readonly Workload[],
): void {
  for (const workload of workloads) {
    if (workload.hostNetwork) continue;
    for (const pod of workload.pods) {
      const home = members.get(pod.node);
      for (const address of (pod.addresses ?? []).map(ip)) {
        const own = blocks.find((block) => prefixContains(block.prefix, address));
        if (!home || own?.node === pod.node) continue;
        const { family } = address;
        for (const member of members.values()) {
          if (member === home) continue;
          const table = buildRouteTable(family, member.device.routes);
          addRouteToPeer(draft, member, home, hostPrefix(address), own?.pool, {
            4: table,
            6: table,
          });
        }
      }
    }
  }
}

type ServiceSpecPort = NonNullable<Service['ports']>[number];

/** Ready pods; those that are terminating but still serving only where none is ready (KEP-1669). */
function serviceEndpoints(
  service: Service,
  port: ServiceSpecPort,
  family: IpFamily,
  workloads: readonly Workload[],
  members: ReadonlyMap<string, Member>,
  podDevices: ReadonlyMap<string, number>,
): Endpoint[] {
  if (service.endpoints) {
    return service.endpoints
      .map((endpoint) => ({
        address: ip(endpoint.address),
        port: endpoint.port,
        pod: '',
        device: -1,
      }))
      .filter((endpoint) => endpoint.address.family === family);
  }
  const ready: Endpoint[] = [];
  const draining: Endpoint[] = [];
  for (const workload of workloads) {
    if (workload.namespace !== service.namespace || !selects(service.selector, workload)) continue;
    const target = targetPort(port, workload);
    if (target === undefined) continue;
    for (const pod of workload.pods) {
      const member = members.get(pod.node);
      const address = workload.hostNetwork
        ? member?.address[family]
        : pod.addresses?.map(ip).find((candidate) => candidate.family === family);
      if (!address || !member?.device.up) continue;
      const endpoint = { address, port: target, pod: pod.id, device: podDevices.get(pod.id) ?? -1 };
      const state = pod.state ?? 'ready';
      if (state === 'ready' || (service.publishNotReadyAddresses && state === 'not-ready')) {
        ready.push(endpoint);
      } else if (state === 'terminating-serving') draining.push(endpoint);
    }
  }
  return ready.length > 0 ? ready : draining;
}

function selects(selector: Service['selector'], workload: Workload): boolean {
  const wanted = Object.entries(selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => workload.labels?.[key] === value);
}

function targetPort(port: ServiceSpecPort, workload: Workload): number | undefined {
  const target = port.targetPort ?? port.port;
  if (typeof target === 'number') return target;
  const protocol = port.protocol ?? 'TCP';
  return workload.ports?.find(
    (candidate) => candidate.name === target && (candidate.protocol ?? 'TCP') === protocol,
  )?.port;
}

function addIngressListeners(
  draft: Draft,
  source: DraftCluster,
  podDevices: ReadonlyMap<string, number>,
): Set<number> {
  const controller = source.cluster.ingressController;
  const devices = new Set<number>();
  const workload = source.workloads.find((candidate) => candidate.id === controller?.workload);
  if (!controller || !workload) return devices;
  for (const pod of workload.pods) {
    const index = podDevices.get(pod.id);
    if (index === undefined || (pod.state !== undefined && pod.state !== 'ready')) continue;
    devices.add(index);
    const common = { protocol: compileProtocol('tcp'), address: null };
    const name = workload.name ?? workload.id;
    deviceOf(draft, index).extraListeners.unshift(
      { ...common, port: controller.httpPort ?? 80, role: 'ingress-http', name },
      { ...common, port: controller.httpsPort ?? 443, role: 'ingress-https', name },
    );
  }
  return devices;
}

function markDnsListener(device: DraftDevice, protocol: number, port: number): void {
  device.extraListeners.forEach((listener, at) => {
    if (listener.protocol !== protocol || listener.port !== port) return;
    device.extraListeners[at] = { ...listener, role: 'dns', name: 'cluster DNS' };
  });
}
