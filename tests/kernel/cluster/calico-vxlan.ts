/** The ends of Calico's VXLAN tunnels on a node, as felix makes them (vxlan_mgr.go): everything known beforehand. */
import type { Cluster, Design } from '../../../src-main/model/design.ts';
import type { IpFamily } from '../../../src-main/model/ip.ts';
import { addressOf, familyOf, firstOf, ownBlock, poolsOf, vxlanDevices } from './calico.ts';

/** What links of 1500 bytes leave: RFC 7348 takes 50 over IPv4, 70 over IPv6. */
const mtus = { 4: 1450, 6: 1430 } as const;

export interface VxlanLines {
  readonly ip: readonly string[];
  readonly bridge: readonly string[];
}

export function vxlanLines(
  design: Design,
  cluster: Cluster,
  node: string,
  macOf: (node: string, device: string) => string,
): VxlanLines {
  const ends = ([4, 6] as const).filter(
    (family) => (poolsOf(cluster, family)[0]?.vxlan ?? 'never') !== 'never',
  );
  const all = ends.map((family) => endOf(design, cluster, node, family, macOf));
  return { ip: all.flatMap((one) => one.ip), bridge: all.flatMap((one) => one.bridge) };
}

function endOf(
  design: Design,
  cluster: Cluster,
  node: string,
  family: IpFamily,
  macOf: (node: string, device: string) => string,
): VxlanLines {
  const device = vxlanDevices[family];
  const own = firstOf(ownBlock(cluster, node, family) ?? '');
  const local = addressOf(design, node, family);
  const peers = (cluster.calico?.blocks ?? [])
    .filter((block) => block.node !== node && familyOf(block.cidr) === family)
    .map((block) => ({
      vtep: firstOf(block.cidr),
      mac: macOf(block.node, device),
      node: addressOf(design, block.node, family),
    }));
  return {
    ip: [
      `link add name ${device} mtu ${mtus[family]} address ${macOf(node, device)} type vxlan id 4096 dstport 4789 local ${local} nolearning`,
      `link set dev ${device} addrgenmode none`,
      `link set dev ${device} up`,
      family === 4 ? `addr add ${own}/32 dev ${device}` : `addr add ${own}/128 dev ${device} nodad`,
      ...peers.map(
        ({ vtep, mac }) => `neigh add ${vtep} lladdr ${mac} dev ${device} nud permanent`,
      ),
    ],
    bridge: peers.map(
      (peer) => `fdb add ${peer.mac} dev ${device} dst ${peer.node} self permanent`,
    ),
  };
}
