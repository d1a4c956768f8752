import type { Cluster, Workload } from '../../model/design.ts';
import {
  familyBits,
  hostPrefix,
  ip,
  ipPlus,
  ipToBigInt,
  lastAddress,
  prefix,
  prefixContains,
  prefixOf,
  type Ip,
  type IpFamily,
  type Prefix,
} from '../../model/ip.ts';
import { defaultMtu, deviceOf, interfaceOf, type Draft, type DraftDevice } from './draft.ts';
import { headerBytes } from '../vocabulary/packet.ts';
import { buildAddressIndex, type AddressIndex } from './address-index.ts';
import { macOf } from './hash.ts';
import type { RouteTable, TunnelKind } from './network.ts';
import { buildRouteTable, firstRoute } from './route-table.ts';

/** Calico's block size: a /26, or a /122 (IPPool `blockSize`). */
const defaultBlockLength: Record<IpFamily, number> = { 4: 26, 6: 122 };

type EncapsulationMode = 'always' | 'cross-subnet' | 'never';
export interface Pool {
  readonly prefix: Prefix;
  readonly ipInIp: EncapsulationMode;
  readonly vxlan: EncapsulationMode;
  readonly natOutgoing: boolean;
  readonly blockLength: number;
  readonly disabled: boolean;
}
export interface Block {
  readonly node: string;
  readonly prefix: Prefix;
  readonly pool: Pool | undefined;
}
export interface Member {
  readonly node: string;
  readonly device: DraftDevice;
  readonly address: Record<IpFamily, Ip | null>;
  /** MTU in bytes of the link that the node address is on. */
  readonly linkMtu: number;
  /** Subnet of each of its node addresses: what `cross-subnet` looks at. */
  readonly subnets: readonly Prefix[];
  /** Its routes before Calico adds any. */
  readonly underlay: Record<IpFamily, RouteTable>;
}

export function poolsOf(cluster: Cluster): Pool[] {
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
      vxlan: ('vxlan' in pool ? pool.vxlan : undefined) ?? 'never',
      natOutgoing: pool.natOutgoing ?? false,
      blockLength:
        ('blockLength' in pool ? pool.blockLength : undefined) ?? defaultBlockLength[family],
      disabled: ('disabled' in pool ? pool.disabled : undefined) ?? false,
    };
  });
}

export function membersOf(draft: Draft, cluster: Cluster): Map<string, Member> {
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
    const subnets = device.interfaces
      .flatMap((index) => interfaceOf(draft, index).addresses)
      .filter(({ ip: own }) => own.text === address[own.family]?.text)
      .map(({ prefix: subnet }) => subnet);
    const underlay = {
      4: buildRouteTable(4, device.routes),
      6: buildRouteTable(6, device.routes),
    };
    members.set(member.node, { node: member.node, device, address, linkMtu, subnets, underlay });
  }
  return members;
}

/** Blocks as given; every other member gets the next free block of each pool, in member order. */
export function allotBlocks(cluster: Cluster, pools: readonly Pool[]): Block[] {
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

/** What a tunnel of the pool adds to a packet; 0 where it has none. Bytes. */
function overheadOf(pool: Pool): number {
  const outer = pool.prefix.network.family === 4 ? headerBytes.ipv4 : headerBytes.ipv6;
  if (pool.vxlan !== 'never') {
    return headerBytes.ethernet + headerBytes.vxlan + headerBytes.udp + outer;
  }
  return pool.ipInIp === 'never' ? 0 : outer;
}

/** What the links' MTU is lessened by where the design gives none: for the largest of all tunnels (felix, `mtuFile`). */
export const podOverhead = (pools: readonly Pool[]): number =>
  Math.max(0, ...pools.map(overheadOf));

interface Tunnel {
  readonly id: string;
  readonly kind: TunnelKind;
  readonly family: IpFamily;
}
const ipInIpTunnel: Tunnel = { id: 'tunl0', kind: 'ip-in-ip', family: 4 };
const vxlanTunnels: Record<IpFamily, Tunnel> = {
  4: { id: 'vxlan.calico', kind: 'vxlan', family: 4 },
  6: { id: 'vxlan-v6.calico', kind: 'vxlan', family: 6 },
};

const usesTunnel = ({ kind, family }: Tunnel, pool: Pool): boolean =>
  pool.prefix.network.family === family &&
  (kind === 'vxlan' ? pool.vxlan : pool.ipInIp) !== 'never';

/** Gives a node the ends of the tunnels that the pools ask for, and the cluster's view of it. */
export function addTunnels(
  draft: Draft,
  member: Member,
  pools: readonly Pool[],
  own: readonly Block[],
  mtu: number | undefined,
): void {
  const add = (tunnel: Tunnel): number => {
    const pool = pools.find((candidate) => usesTunnel(tunnel, candidate));
    return pool
      ? addTunnel(draft, member, tunnel, own, mtu ?? member.linkMtu - overheadOf(pool))
      : -1;
  };
  member.device.kubeNode = {
    address4: member.address[4],
    address6: member.address[6],
    ipInIpInterface: add(ipInIpTunnel),
    vxlanInterface4: add(vxlanTunnels[4]),
    vxlanInterface6: add(vxlanTunnels[6]),
  };
}

/** Its address is the first of the node's first block in a pool with such a tunnel. */
function addTunnel(
  draft: Draft,
  { node, device }: Member,
  tunnel: Tunnel,
  own: readonly Block[],
  mtu: number,
): number {
  const block = own.find((candidate) => candidate.pool && usesTunnel(tunnel, candidate.pool));
  const address = block?.prefix.network;
  const index = draft.interfaces.length;
  draft.interfaces.push({
    index,
    id: tunnel.id,
    device: device.index,
    segment: -1,
    addresses: address ? [{ ip: address, prefix: hostPrefix(address) }] : [],
    mtu,
    mac: tunnel.kind === 'vxlan' ? macOf(node, tunnel.id) : '00:00:00:00:00:00',
    up: device.up,
    vlan: 0,
    tunnel: tunnel.kind,
    proxyArp: false,
  });
  device.interfaces.push(index);
  return index;
}

/** All ends of VXLAN tunnels, by their addresses. */
export function vtepsOf(draft: Draft, members: ReadonlyMap<string, Member>): AddressIndex {
  return buildAddressIndex(
    [...members.values()].flatMap(({ device }) =>
      device.interfaces
        .map((index) => interfaceOf(draft, index))
        .filter((item) => item.tunnel === 'vxlan')
        .flatMap((item) =>
          item.addresses.map((address) => ({ ip: address.ip, value: item.index })),
        ),
    ),
  );
}

export function addRoutesToBlocks(
  draft: Draft,
  members: ReadonlyMap<string, Member>,
  blocks: readonly Block[],
): void {
  for (const member of members.values()) {
    for (const block of blocks) {
      const peer = members.get(block.node);
      if (!peer || peer === member) continue;
      addRouteToPeer(draft, member, peer, block.prefix, block.pool);
    }
  }
}

function addRouteToPeer(
  draft: Draft,
  member: Member,
  peer: Member,
  destination: Prefix,
  pool: Pool | undefined,
): void {
  const { family } = destination.network;
  const via = peer.address[family];
  if (!via) return;
  const base = { prefix: destination, origin: 'calico' as const, id: '', distance: 20, metric: 0 };
  const inOwnSubnet = member.subnets.some((subnet) => prefixContains(subnet, via));
  const isUsed = (mode: EncapsulationMode | undefined) =>
    mode === 'always' || (mode === 'cross-subnet' && !inOwnSubnet);
  const { device } = member;
  if (isUsed(pool?.vxlan)) {
    const [mine, theirs] = [vxlanOf(device, family), vxlanOf(peer.device, family)];
    const [vtep] = theirs < 0 ? [] : interfaceOf(draft, theirs).addresses;
    if (mine < 0 || !vtep) return;
    device.routes.push({ ...base, interface: mine, via: vtep.ip, kind: 'tunnel' });
    return;
  }
  const ipInIp = device.kubeNode?.ipInIpInterface ?? -1;
  if (isUsed(pool?.ipInIp) && ipInIp >= 0) {
    device.routes.push({ ...base, interface: ipInIp, via, kind: 'tunnel' });
    return;
  }
  // BIRD resolves the peer's address in the node's own table (`gateway recursive`).
  const towards = firstRoute(member.underlay[family], via);
  if (towards?.kind !== 'forward') return;
  device.routes.push({
    ...base,
    interface: towards.interface,
    via: towards.via ?? via,
    kind: 'forward',
  });
}

const vxlanOf = ({ kubeNode }: DraftDevice, family: IpFamily): number =>
  (family === 4 ? kubeNode?.vxlanInterface4 : kubeNode?.vxlanInterface6) ?? -1;

/** A pod outside its node's blocks: Calico announces the single address. */
export function addBorrowedAddresses(
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
        for (const member of members.values()) {
          if (member === home) continue;
          addRouteToPeer(draft, member, home, hostPrefix(address), own?.pool);
        }
      }
    }
  }
}
