import type { Cluster, Node, Pod } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import { allotBlocks, poolsOf } from '../../sim/compile/calico.ts';
import { leastLoaded, memberOf, movePod, startPods } from './pods.ts';
import { Gone, settle } from './settle.ts';
import type { WorkingCopy } from './working-copy.ts';

type Roles = Cluster['nodes'][number]['roles'];

export const mayJoin = (node: Node): boolean => node.kind === 'host' || node.kind === 'router';

/** The first node does everything, so that a cluster of one works; the others work. */
function rolesOf(cluster: Cluster): Roles {
  const isFirst = cluster.nodes.length === 0;
  switch (cluster.flavour) {
    case 'icp':
      return isFirst ? ['master', 'proxy', 'management', 'worker'] : ['worker'];
    case 'kubernetes':
      return isFirst ? ['master', 'worker'] : ['worker'];
    case 'iks':
      // IBM keeps the masters.
      return ['worker'];
    default:
      return cluster.flavour satisfies never;
  }
}

export function clusterOf(copy: WorkingCopy, node: string): Cluster | undefined {
  for (const cluster of copy.all('cluster')) if (memberOf(cluster, node)) return cluster;
  return undefined;
}

/** Makes a node a member, with a pod block of its own and the pods that every node has. */
export function joinCluster(
  copy: WorkingCopy,
  clusterId: string,
  node: string,
  roles?: Roles,
): void {
  const cluster = copy.get('cluster', clusterId);
  if (!cluster || memberOf(cluster, node)) return;
  const joined: Cluster = {
    ...cluster,
    nodes: [...cluster.nodes, { node, roles: roles ?? rolesOf(cluster) }],
  };
  copy.put('cluster', withBlocksOf(joined, node));
  startPods(copy, clusterId, node);
}

/** Its blocks are written down: they stay the same when others come and go. */
function withBlocksOf(cluster: Cluster, node: string): Cluster {
  const blocks = allotBlocks(cluster, poolsOf(cluster)).map((block) => ({
    node: block.node,
    cidr: block.prefix.text,
  }));
  const held = cluster.calico?.blocks ?? [];
  const own = blocks.filter(
    (block) => block.node === node && !held.some(({ cidr }) => cidr === block.cidr),
  );
  if (own.length === 0) return cluster;
  return { ...cluster, calico: { ...cluster.calico, blocks: [...held, ...own] } };
}

/** Takes a node out of a cluster. Its pods start again on other workers; those that cannot, end. */
export function leaveCluster(copy: WorkingCopy, clusterId: string, node: string): void {
  const cluster = copy.get('cluster', clusterId);
  if (!cluster) return;
  const { calico, ...rest } = cluster;
  const blocks = calico?.blocks?.filter((block) => block.node !== node);
  copy.put('cluster', {
    ...rest,
    nodes: cluster.nodes.filter((member) => member.node !== node),
    ...(calico ? { calico: { ...calico, ...(blocks ? { blocks } : {}) } } : {}),
  });
  const gone = new Gone(copy);
  for (const workload of copy.list('workload')) {
    if (workload.cluster !== clusterId) continue;
    for (const pod of workload.pods) {
      if (pod.node === node && !startElsewhere(copy, workload.id, pod)) {
        gone.add({ kind: 'pod', id: pod.id });
      }
    }
  }
  settle(copy, gone);
}

/** Says whether another worker takes the pod. What runs once on every node is there already. */
function startElsewhere(copy: WorkingCopy, workloadId: string, pod: Pod): boolean {
  const workload = copy.get('workload', workloadId);
  const cluster = copy.get('cluster', workload?.cluster);
  if (!workload || !cluster || workload.kind === 'daemon-set') return false;
  const [node] = leastLoaded(copy, cluster, 1);
  if (node === undefined || !movePod(copy, workload, pod, node)) return false;
  copy.tellChanged(entityRef('workload', workloadId), {
    code: 'pod-moved',
    detail: { pod: pod.id, node },
  });
  return true;
}
