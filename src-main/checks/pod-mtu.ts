import type { Cluster } from '../model/design.ts';
import { prefix, sameIp, type IpFamily } from '../model/ip.ts';
import { headerBytes } from '../sim/vocabulary/packet.ts';
import { finding, place, type Found } from './finding.ts';
import { vxlanOverheadBytes } from './underlay-mtu.ts';
import { memberAddresses, type Attachment } from './view/design-view.ts';
import type { Survey } from './view/survey.ts';

/** An MTU given to pods that, with Calico's tunnel around, is more than the nodes' links carry. */
export function* podMtus(survey: Survey): Generator<Found> {
  for (const cluster of survey.design.clusters ?? []) {
    const podBytes = cluster.calico?.mtu;
    if (podBytes === undefined) continue;
    const links = linksOf(survey, cluster);
    if (links.length < 2) continue;
    const overheadBytes = tunnelBytes(cluster, links);
    const narrowest = links.reduce((least, link) => (link.mtu < least.mtu ? link : least));
    if (podBytes + overheadBytes <= narrowest.mtu) continue;
    yield finding(
      'pod-mtu-too-large',
      place('cluster', cluster.id, 'calico', 'mtu'),
      {
        cluster: cluster.id,
        podBytes,
        overheadBytes,
        node: narrowest.node.id,
        linkBytes: narrowest.mtu,
      },
      [narrowest.at],
    );
  }
}

/** Interfaces with the members' cluster addresses. */
function linksOf(survey: Survey, cluster: Cluster): Attachment[] {
  return cluster.nodes.flatMap((member) => {
    const own = memberAddresses(survey, member);
    return survey
      .attachmentsOf(member.node)
      .filter(({ addresses }) =>
        addresses.some((address) => own.some((known) => sameIp(known, address.ip))),
      );
  });
}

/** The most that a tunnel of the cluster's pools adds between these nodes. */
function tunnelBytes(cluster: Cluster, links: readonly Attachment[]): number {
  const networks = new Set(links.flatMap(({ addresses }) => addresses[0]?.prefix.text ?? []));
  const isUsed = (mode: 'always' | 'cross-subnet' | 'never' | undefined) =>
    mode === 'always' || (mode === 'cross-subnet' && networks.size > 1);
  const outer: IpFamily = links.some(({ addresses }) => addresses[0]?.ip.family === 4) ? 4 : 6;
  // Where no pool is given, pods have IP-in-IP; Calico has none for IPv6.
  const pools =
    cluster.calico?.ipPools ??
    cluster.podCidrs.map((cidr) => ({ cidr, ipInIp: 'always' as const, vxlan: 'never' as const }));
  const added = pools.map((pool) => {
    if (isUsed(pool.vxlan)) return vxlanOverheadBytes[outer];
    return isUsed(pool.ipInIp) && prefix(pool.cidr).network.family === 4 ? headerBytes.ipv4 : 0;
  });
  return Math.max(0, ...added);
}
