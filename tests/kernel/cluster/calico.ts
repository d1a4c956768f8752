/** What Calico puts on a node: routes to the pods of other nodes, the ends of tunnels, and translations on the way out. */
import type { Namespace } from '../../../src-main/interop/linux/index.ts';
import type { Cluster, Design, IpPool } from '../../../src-main/model/design.ts';
import { interfaceAddress, ip, prefixContains, type IpFamily } from '../../../src-main/model/ip.ts';
import type { TunnelRequest } from '../agent.ts';

const ipInIpDevice = 'tunl0';
export const vxlanDevices = { 4: 'vxlan.calico', 6: 'vxlan-v6.calico' } as const;
/** Of the tunnel, where links take 1500: RFC 2003 puts an IPv4 header of 20 before the packet. */
const ipInIpMtu = 1480;

export const familyOf = (text: string): IpFamily => (text.includes(':') ? 6 : 4);

/** Its own blocks end here but for the pods that there are; those of others are behind their nodes. */
export function blockLines(design: Design, cluster: Cluster, node: string): string[] {
  return (cluster.calico?.blocks ?? []).map(({ node: owner, cidr }) => {
    if (owner === node) return `route add blackhole ${cidr}`;
    const family = familyOf(cidr);
    const { ipInIp, vxlan } = poolsOf(cluster, family)[0] ?? {};
    const isUsed = (mode: Mode) =>
      mode === 'always' || (mode === 'cross-subnet' && !isNear(design, node, owner, family));
    if (isUsed(vxlan))
      return `route add ${cidr} via ${firstOf(cidr)} dev ${vxlanDevices[family]} onlink`;
    return isUsed(ipInIp)
      ? `route add ${cidr} via ${addressOf(design, owner, family)} dev ${ipInIpDevice} onlink`
      : `route add ${cidr} via ${nextHop(design, node, owner, family)}`;
  });
}

/** The other node where it is near, else the default gateway: what BIRD resolves its next hop to. */
function nextHop(design: Design, node: string, owner: string, family: IpFamily): string {
  if (isNear(design, node, owner, family)) return addressOf(design, owner, family);
  const routes = design.nodes?.find(({ id }) => id === node)?.routes ?? [];
  const everywhere = family === 4 ? '0.0.0.0/0' : '::/0';
  return routes.find(({ destination }) => destination === everywhere)?.via ?? '';
}

/** In a subnet of the node's own. */
const isNear = (design: Design, node: string, other: string, family: IpFamily): boolean =>
  addressesOf(design, node, family).some((text) =>
    prefixContains(interfaceAddress(text).prefix, ip(addressOf(design, other, family))),
  );

export const addressOf = (design: Design, node: string, family: IpFamily): string =>
  addressesOf(design, node, family)[0]?.split('/')[0] ?? '';

const addressesOf = (design: Design, node: string, family: IpFamily): string[] =>
  (design.nodes?.find(({ id }) => id === node)?.interfaces ?? [])
    .flatMap(({ addresses = [] }) => addresses)
    .filter((text) => familyOf(text) === family);

/** Felix's `cali-POSTROUTING`, without its sets. */
export function caliPostRouting(cluster: Cluster, family: IpFamily): string[] {
  const pools = poolsOf(cluster, family);
  if (pools.length > 1) throw new Error('one pool a family');
  const outgoing = pools
    .filter(({ natOutgoing }) => natOutgoing)
    .map(({ cidr }) => `-s ${cidr} ! -d ${cidr} -j MASQUERADE`);
  const isOn = (mode: Mode) => (mode ?? 'never') !== 'never';
  return [
    ...outgoing,
    ...(pools.some(({ ipInIp }) => isOn(ipInIp)) ? [ownSourcesInto(ipInIpDevice)] : []),
    ...(pools.some(({ vxlan }) => isOn(vxlan)) ? [ownSourcesInto(vxlanDevices[family])] : []),
  ];
}

/** What the node sends into a tunnel with another address of its own would be answered past it. */
const ownSourcesInto = (device: string): string =>
  `-o ${device} -m addrtype ! --src-type LOCAL --limit-iface-out -m addrtype --src-type LOCAL -j MASQUERADE`;

export const poolsOf = (cluster: Cluster, family: IpFamily) =>
  (cluster.calico?.ipPools ?? []).filter(({ cidr }) => familyOf(cidr) === family);

type Mode = IpPool['ipInIp'];

/** The first address of a block is that of its node's ends of tunnels. */
export const firstOf = (cidr: string): string => cidr.split('/')[0] ?? '';

export const ownBlock = (cluster: Cluster, node: string, family: IpFamily): string | undefined =>
  (cluster.calico?.blocks ?? []).find(
    (block) => block.node === node && familyOf(block.cidr) === family,
  )?.cidr;

/** The end of the node's tunnels, on the first address of its block; smaller than the link by the outer header. */
export function tunnelLines(
  cluster: Cluster,
  node: string,
  ipInIp: 'program' | 'device' = 'program',
): string[] {
  const [pool] = poolsOf(cluster, 4);
  const own = ownBlock(cluster, node, 4);
  if ((pool?.ipInIp ?? 'never') === 'never' || own === undefined) return [];
  return [
    // Each namespace has one of its own where the kernel knows the device (net/ipv4/ipip.c).
    ...(ipInIp === 'device' ? [] : [`tuntap add dev ${ipInIpDevice} mode tun`]),
    `link set dev ${ipInIpDevice} mtu ${ipInIpMtu} up`,
    `addr add ${firstOf(own)}/32 dev ${ipInIpDevice}`,
  ];
}

export function tunnelOf(
  design: Design,
  cluster: Cluster,
  one: Namespace,
): TunnelRequest | undefined {
  const node = one.node ?? '';
  if (tunnelLines(cluster, node).length === 0) return undefined;
  const blocks = cluster.calico?.blocks ?? [];
  return {
    namespace: one.name,
    device: ipInIpDevice,
    local: addressOf(design, node, 4),
    peers: blocks
      .filter(({ node: owner, cidr }) => familyOf(cidr) === 4 && owner !== node)
      .map(({ node: owner, cidr }) => ({ cidr, node: addressOf(design, owner, 4) })),
  };
}
