import type { Cluster, HostLike, NatRule } from '../model/design.ts';
import { parseAddressMatch, prefix, prefixRange, rangeContains, type Ip } from '../model/ip.ts';
import { finding, place, type Found } from './finding.ts';
import type { Survey } from './view/survey.ts';
import { WaysTo } from './view/ways.ts';

/** DNATs that lead to a service's cluster IP: broken, unless a route leads on to a node of the cluster. */
export function* dnatToClusterIp(survey: Survey): Generator<Found> {
  const clusters = survey.design.clusters ?? [];
  if (clusters.length === 0) return;
  for (const node of survey.nodes) {
    if (!('nat' in node)) continue;
    for (const [index, rule] of (node.nat ?? []).entries()) {
      if (rule.kind !== 'dnat' || rule.enabled === false) continue;
      const target = parseAddressMatch(rule.translated)?.[0]?.from;
      if (!target || survey.ownersAnywhere(target).length > 0) continue;
      const cluster = clusters.find((candidate) => hasServiceAddress(candidate, target));
      if (cluster) yield tell(survey, node, rule, index, cluster, target);
    }
  }
}

const hasServiceAddress = (cluster: Cluster, address: Ip): boolean =>
  cluster.serviceCidrs.some((cidr) => rangeContains(prefixRange(prefix(cidr)), address));

function tell(
  survey: Survey,
  node: HostLike,
  rule: NatRule,
  index: number,
  cluster: Cluster,
  target: Ip,
): Found {
  const members = new Set(cluster.nodes.map((member) => member.node));
  const at = place('node', node.id, 'nat', index, 'translated');
  const detail = {
    node: node.id,
    rule: rule.name ?? rule.id,
    number: index + 1,
    address: target.text,
    cluster: cluster.id,
  };
  const range = cluster.serviceCidrs.findIndex((cidr) =>
    rangeContains(prefixRange(prefix(cidr)), target),
  );
  const related = [place('cluster', cluster.id, 'serviceCidrs', range)];
  const ways = new WaysTo(survey, survey.routesOf, target, (candidate) =>
    members.has(candidate.id),
  );
  const { nodes } = ways.firstWay(node);
  const member = nodes.find((candidate) => members.has(candidate.id));
  return member && ways.arrivesFrom(node)
    ? finding('dnat-to-cluster-ip-by-route', at, { ...detail, member: member.id }, related)
    : finding('dnat-to-cluster-ip', at, detail, related);
}
