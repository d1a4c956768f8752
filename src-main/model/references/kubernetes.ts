import type { Cluster, HostEndpoint, IpPool, Workload } from '../design.ts';
import { familyBits, parsePrefix } from '../ip.ts';
import type { Path } from '../issue.ts';
import type { Scope } from './scope.ts';

export function checkKubernetes(scope: Scope): void {
  const { survey } = scope;
  for (const { entity, path } of survey.all('cluster')) checkCluster(scope, entity, path);
  for (const { entity, path } of survey.all('workload')) checkWorkload(scope, entity, path);
  scope.unique(
    survey
      .all('workload')
      .flatMap(({ entity, path }) =>
        entity.pods.map((pod, at) => ({ name: pod.id, path: [...path, 'pods', at, 'id'] })),
      ),
  );
  for (const kind of ['service', 'ingress', 'network-policy', 'calico-policy'] as const) {
    for (const { entity, path } of survey.all(kind)) {
      scope.refer('cluster', entity.cluster, [...path, 'cluster']);
    }
  }
  for (const { entity, path } of survey.all('host-endpoint')) {
    checkHostEndpoint(scope, entity, path);
  }
  for (const { entity: service, path } of survey.all('service')) {
    if (service.type !== 'ExternalName' || service.externalName !== undefined) continue;
    const expected = 'a DNS name, since the type is ExternalName';
    scope.report('missing-key', [...path, 'externalName'], expected);
  }
}

function checkCluster(scope: Scope, cluster: Cluster, path: Path): void {
  cluster.nodes.forEach(({ node }, at) =>
    scope.referNode(node, [...path, 'nodes', at, 'node'], 'host', 'router'),
  );
  scope.uniqueIn(cluster.nodes, [...path, 'nodes'], 'node');
  scope.ascending(cluster.nodePortRange, [...path, 'nodePortRange']);
  const calico = [...path, 'calico'];
  scope.uniqueIn(cluster.calico?.ipPools, [...calico, 'ipPools'], 'id');
  cluster.calico?.ipPools?.forEach((pool, at) =>
    checkBlockLength(scope, pool, [...calico, 'ipPools', at, 'blockLength']),
  );
  cluster.calico?.blocks?.forEach(({ node }, at) =>
    referMember(scope, cluster, node, [...calico, 'blocks', at, 'node']),
  );
  scope.uniqueIn(cluster.namespaces, [...path, 'namespaces'], 'name');
  referOwn(scope, cluster, 'service', cluster.dns?.service, [...path, 'dns', 'service']);
  referOwn(scope, cluster, 'workload', cluster.ingressController?.workload, [
    ...path,
    'ingressController',
    'workload',
  ]);
  cluster.otherIngressControllers?.forEach(({ workload }, at) => {
    const place = [...path, 'otherIngressControllers', at, 'workload'];
    referOwn(scope, cluster, 'workload', workload, place);
  });
}

function checkBlockLength(scope: Scope, pool: IpPool, path: Path): void {
  const prefix = parsePrefix(pool.cidr);
  if (!prefix || pool.blockLength === undefined) return;
  const most = familyBits(prefix.network.family);
  if (pool.blockLength >= prefix.length && pool.blockLength <= most) return;
  const expected = `a prefix length from ${prefix.length} to ${most}, that of a part of ${pool.cidr}`;
  scope.report('inconsistent', path, expected, pool.blockLength);
}

/** A service or workload that belongs to the cluster itself. */
function referOwn(
  scope: Scope,
  cluster: Cluster,
  kind: 'service' | 'workload',
  id: string | undefined,
  path: Path,
): void {
  if (id === undefined) return;
  scope.refer(kind, id, path);
  const found = scope.survey.find(kind, id);
  if (!found || found.cluster === cluster.id) return;
  if (!scope.survey.find('cluster', found.cluster)) return;
  const expected = `a ${kind} of cluster ${cluster.id}; ${id} belongs to ${found.cluster}`;
  scope.report('inconsistent', path, expected, id);
}

function referMember(scope: Scope, cluster: Cluster, node: string, path: Path): void {
  if (cluster.nodes.some((member) => member.node === node)) return;
  scope.report('dangling-id', path, `a member node of cluster ${cluster.id}`, node);
}

function checkHostEndpoint(scope: Scope, endpoint: HostEndpoint, path: Path): void {
  const { node, interfaceName } = endpoint;
  scope.refer('cluster', endpoint.cluster, [...path, 'cluster']);
  scope.refer('node', node, [...path, 'node']);
  const { survey } = scope;
  const cluster = survey.find('cluster', endpoint.cluster);
  const found = survey.find('node', node);
  if (cluster && found) referMember(scope, cluster, node, [...path, 'node']);
  if (interfaceName === '*') return;
  scope.referInterface(found, interfaceName, [...path, 'interfaceName']);
}

function checkWorkload(scope: Scope, workload: Workload, path: Path): void {
  scope.refer('cluster', workload.cluster, [...path, 'cluster']);
  const cluster = scope.survey.find('cluster', workload.cluster);
  workload.pods.forEach((pod, at) => {
    const place = [...path, 'pods', at];
    if (cluster) referMember(scope, cluster, pod.node, [...place, 'node']);
    if (workload.hostNetwork || (pod.addresses?.length ?? 0) > 0) return;
    const expected = 'at least one address, since the workload is not on the host network';
    scope.report('missing-key', [...place, 'addresses'], expected);
  });
}
