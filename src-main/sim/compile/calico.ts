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
import type { RouteTable } from './network.ts';
import { buildRouteTable, firstRoute } from './route-table.ts';

/** Calico's block size: a /26, or a /122 (IPPool `blockSize`). */
const defaultBlockLength: Record<IpFamily, number> = { 4: 26, 6: 122 };

type EncapsulationMode = 'always' | 'cross-subnet' | 'never';
export interface Pool {
  readonly prefix: Prefix;
  readonly ipInIp: EncapsulationMode;
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
  /** Subnets of its own interfaces. */
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
      .filter(({ ip: own, prefix: subnet }) => subnet.length < familyBits(own.family))
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

/** `tunl0`: its address is the first of the node's first block in a pool with IP-in-IP. */
export function addTunnel(
  draft: Draft,
  device: DraftDevice,
  own: readonly Block[],
  mtu: number,
): number {
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

export function addRoutesToBlocks(
  members: ReadonlyMap<string, Member>,
  blocks: readonly Block[],
): void {
  for (const member of members.values()) {
    for (const block of blocks) {
      const peer = members.get(block.node);
      if (!peer || peer === member) continue;
      addRouteToPeer(member, peer, block.prefix, block.pool);
    }
  }
}

function addRouteToPeer(
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
  const mode = pool?.ipInIp ?? 'never';
  const tunnel = member.device.kubeNode?.tunnelInterface ?? -1;
  if (tunnel >= 0 && (mode === 'always' || (mode === 'cross-subnet' && !inOwnSubnet))) {
    member.device.routes.push({ ...base, interface: tunnel, via, kind: 'tunnel' });
    return;
  }
  // BIRD resolves the peer's address in the node's own table (`gateway recursive`).
  const towards = firstRoute(member.underlay[family], via);
  if (towards?.kind !== 'forward') return;
  member.device.routes.push({
    ...base,
    interface: towards.interface,
    via: towards.via ?? via,
    kind: 'forward',
  });
}

/** A pod outside its node's blocks: Calico announces the single address. */
export function addBorrowedAddresses(
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
          addRouteToPeer(member, home, hostPrefix(address), own?.pool);
        }
      }
    }
  }
}
