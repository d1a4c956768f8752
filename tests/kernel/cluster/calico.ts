/** What Calico puts on a node: routes to the pods of other nodes, the ends of tunnels, and translations on the way out. */
import type { Namespace } from '../../../src-main/interop/linux/index.ts';
import type { Cluster, Design } from '../../../src-main/model/design.ts';
import { interfaceAddress, ip, prefixContains, type IpFamily } from '../../../src-main/model/ip.ts';
import type { TunnelRequest } from '../agent.ts';

const ipInIpDevice = 'tunl0';
/** Of the tunnel, where links take 1500: RFC 2003 puts an IPv4 header of 20 before the packet. */
const ipInIpMtu = 1480;

export const familyOf = (text: string): IpFamily => (text.includes(':') ? 6 : 4);

/** Its own blocks end here but for the pods that there are; those of others are behind their nodes. */
export function blockLines(design: Design, cluster: Cluster, node: string): string[] {
  return (cluster.calico?.blocks ?? []).map(({ node: owner, cidr }) => {
    if (owner === node) return `route add blackhole ${cidr}`;
    const family = familyOf(cidr);
    return isTunnelled(design, cluster, node, owner, cidr)
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

const addressOf = (design: Design, node: string, family: IpFamily): string =>
  addressesOf(design, node, family)[0]?.split('/')[0] ?? '';

const addressesOf = (design: Design, node: string, family: IpFamily): string[] =>
  (design.nodes?.find(({ id }) => id === node)?.interfaces ?? [])
    .flatMap(({ addresses = [] }) => addresses)
    .filter((text) => familyOf(text) === family);

/** Felix's `cali-POSTROUTING`, without its sets. */
export function caliPostRouting(cluster: Cluster, node: string, family: IpFamily): string[] {
  const pools = poolsOf(cluster, family);
  if (pools.length > 1) throw new Error('one pool a family');
  const outgoing = pools
    .filter(({ natOutgoing }) => natOutgoing)
    .map(({ cidr }) => `-s ${cidr} ! -d ${cidr} -j MASQUERADE`);
  const tunnelled = family === 4 && tunnelLines(cluster, node).length > 0;
  return tunnelled ? [...outgoing, ownSourcesIntoTunnel] : outgoing;
}

/** What the node sends into the tunnel with another address of its own would be answered past it. */
const ownSourcesIntoTunnel = `-o ${ipInIpDevice} -m addrtype ! --src-type LOCAL --limit-iface-out -m addrtype --src-type LOCAL -j MASQUERADE`;

const poolsOf = (cluster: Cluster, family: IpFamily) =>
  (cluster.calico?.ipPools ?? []).filter(({ cidr }) => familyOf(cidr) === family);

function isTunnelled(
  design: Design,
  cluster: Cluster,
  node: string,
  owner: string,
  cidr: string,
): boolean {
  const mode = poolsOf(cluster, familyOf(cidr))[0]?.ipInIp ?? 'never';
  if (mode === 'cross-subnet') return !isNear(design, node, owner, familyOf(cidr));
  return mode === 'always';
}

/** The end of the node's tunnels, on the first address of its block; smaller than the link by the outer header. */
export function tunnelLines(
  cluster: Cluster,
  node: string,
  ipInIp: 'program' | 'device' = 'program',
): string[] {
  const [pool] = poolsOf(cluster, 4);
  const own = (cluster.calico?.blocks ?? []).find(
    (block) => block.node === node && familyOf(block.cidr) === 4,
  );
  if ((pool?.ipInIp ?? 'never') === 'never' || !own) return [];
  return [
    // Each namespace has one of its own where the kernel knows the device (net/ipv4/ipip.c).
    ...(ipInIp === 'device' ? [] : [`tuntap add dev ${ipInIpDevice} mode tun`]),
    `link set dev ${ipInIpDevice} mtu ${ipInIpMtu} up`,
    `addr add ${own.cidr.split('/')[0]}/32 dev ${ipInIpDevice}`,
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
