import type { Cluster } from '../model/design.ts';
import { ip } from '../model/ip.ts';
import { finding, place, type Found } from './finding.ts';
import type { Survey } from './view/survey.ts';

/** Cluster nodes without an address, with one that is not theirs, and roles that nobody has. */
export function* clusterMembers(survey: Survey): Generator<Found> {
  for (const cluster of survey.design.clusters ?? []) {
    for (const [index, member] of cluster.nodes.entries()) {
      const own = survey
        .attachmentsOf(member.node)
        .flatMap(({ addresses, virtualIps }) => [...addresses, ...virtualIps])
        .map((address) => address.ip.text);
      const facts = { cluster: cluster.id, node: member.node };
      if (own.length === 0) {
        const at = place('cluster', cluster.id, 'nodes', index);
        yield finding('member-without-address', at, facts, [place('node', member.node)]);
        continue;
      }
      for (const [at, text] of (member.addresses ?? []).entries()) {
        const address = ip(text).text;
        if (own.includes(address)) continue;
        yield finding(
          'member-address-not-on-node',
          place('cluster', cluster.id, 'nodes', index, 'addresses', at),
          { ...facts, address },
          [place('node', member.node)],
        );
      }
    }
    for (const role of rolesNeeded(cluster)) {
      if (cluster.nodes.some((member) => member.roles.includes(role))) continue;
      const at = place('cluster', cluster.id, 'nodes');
      yield finding('cluster-without-role', at, { cluster: cluster.id, role });
    }
  }
}

/** IKS keeps its masters to itself; everywhere else they are nodes of the design. */
function rolesNeeded(cluster: Cluster): readonly ('master' | 'proxy')[] {
  if (cluster.flavour === 'iks' || cluster.nodes.length === 0) return [];
  // ICP's ingress controller listens on the proxy nodes.
  return cluster.flavour === 'icp' && cluster.ingressController ? ['master', 'proxy'] : ['master'];
}
