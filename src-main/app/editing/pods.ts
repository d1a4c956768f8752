import type { Cluster, Node, Pod, Workload } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import { ipFromBigInt, ipToBigInt, parseIp, prefix, type IpFamily } from '../../model/ip.ts';
import { allotBlocks, poolsOf } from '../../sim/compile/calico.ts';
import { AddressUse, hostRange } from './addresses.ts';
import { firstFree, podIds } from './names.ts';
import type { WorkingCopy } from './working-copy.ts';

type Member = Cluster['nodes'][number];

/** Where Kubernetes puts pods that ask for no node in particular. */
export const runsPods = ({ roles }: Member): boolean => roles.includes('worker');

export const memberOf = (cluster: Cluster, node: string): Member | undefined =>
  cluster.nodes.find((member) => member.node === node);

/** The first address of each family that the node's pod block has free; none where it has no block. */
export function nextPodAddresses(copy: WorkingCopy, cluster: Cluster, node: string): string[] {
  const use = podAddressUse(copy, cluster);
  const families = new Set<number>();
  return allotBlocks(cluster, poolsOf(cluster))
    .filter((block) => block.node === node)
    .flatMap(({ prefix: block }) => {
      const { family } = block.network;
      if (families.has(family)) return [];
      const free = use.next(block);
      if (!free) return [];
      families.add(family);
      return [free.text];
    });
}

function podAddressUse(copy: WorkingCopy, cluster: Cluster): AddressUse {
  return useOf(
    [...copy.all('workload')]
      .filter((workload) => workload.cluster === cluster.id)
      .flatMap(({ pods }) =>
        pods.flatMap(({ id, addresses }) => (addresses ?? []).map((text) => [text, id])),
      ),
  );
}

const useOf = (taken: readonly (readonly string[])[]): AddressUse =>
  new AddressUse(
    taken.flatMap(([text = '', who = '']) => {
      const address = parseIp(text);
      if (!address) return [];
      const at = ipToBigInt(address);
      return [{ family: address.family, from: at, to: at, who, owned: true }];
    }),
  );

/** The next free service address of each family, from the tenth on: the first ones are kept for the cluster's own. */
export function nextServiceAddresses(copy: WorkingCopy, cluster: Cluster): string[] {
  const taken = [...copy.all('service')]
    .filter((service) => service.cluster === cluster.id)
    .flatMap(({ id, clusterIps }) => (clusterIps ?? []).map((text) => [text, id]));
  const families = new Set<number>();
  return cluster.serviceCidrs.flatMap((cidr) => {
    const range = prefix(cidr);
    const { family } = range.network;
    if (families.has(family)) return [];
    families.add(family);
    const [first, last] = hostRange(range);
    const kept = last - first > 32n ? reserved(first, family) : [];
    const free = useOf([...taken, ...kept]).next(range);
    return free ? [free.text] : [];
  });
}

/** The API's address and DNS's, and a few more as distributions keep them. */
const reserved = (first: bigint, family: IpFamily): readonly (readonly string[])[] =>
  Array.from({ length: 10 }, (_, at) => [
    ipFromBigInt(family, first + BigInt(at)).text,
    'the cluster',
  ]);

/** Adds a pod on a node; says whether there was an address for it. */
export function addPod(copy: WorkingCopy, workloadId: string, node: string): boolean {
  const workload = copy.get('workload', workloadId);
  const cluster = copy.get('cluster', workload?.cluster);
  if (!workload || !cluster) return false;
  const taken = podIds(copy);
  const addresses = workload.hostNetwork ? [] : nextPodAddresses(copy, cluster, node);
  if (!workload.hostNetwork && addresses.length === 0) {
    copy.tellLeftOut({ code: 'pod-range-full', detail: { workload: workload.id, node } });
    return false;
  }
  const pod: Pod = {
    id: firstFree(workload.id, (id) => taken.has(id)),
    node,
    ...(workload.hostNetwork ? {} : { addresses }),
  };
  copy.put('workload', { ...workload, pods: [...workload.pods, pod] });
  return true;
}

/** The pod on another node of its cluster, under an address of that node's block. */
export function movePod(copy: WorkingCopy, workload: Workload, pod: Pod, node: string): boolean {
  const cluster = copy.get('cluster', workload.cluster);
  if (!cluster) return false;
  const addresses = workload.hostNetwork ? undefined : nextPodAddresses(copy, cluster, node);
  if (addresses?.length === 0) return false;
  const { addresses: _, ...rest } = pod;
  const moved: Pod = { ...rest, node, ...(addresses ? { addresses } : {}) };
  copy.put('workload', {
    ...workload,
    pods: workload.pods.map((one) => (one.id === pod.id ? moved : one)),
  });
  return true;
}

/** Nodes for so many pods: those with the fewest pods of the cluster first. */
export function leastLoaded(copy: WorkingCopy, cluster: Cluster, count: number): string[] {
  const load = new Map<string, number>(cluster.nodes.filter(runsPods).map(({ node }) => [node, 0]));
  for (const workload of copy.all('workload')) {
    if (workload.cluster !== cluster.id || workload.hostNetwork) continue;
    for (const { node } of workload.pods) {
      const pods = load.get(node);
      if (pods !== undefined) load.set(node, pods + 1);
    }
  }
  const nodes: string[] = [];
  while (nodes.length < count && load.size > 0) {
    const [least] = [...load].reduce((a, b) => (b[1] < a[1] ? b : a));
    nodes.push(least);
    load.set(least, (load.get(least) ?? 0) + 1);
  }
  return nodes;
}

/** Whether the workload, which runs one pod a node, has one on this node. */
function belongsOn(cluster: Cluster, workload: Workload, member: Member): boolean {
  if (workload.kind !== 'daemon-set') return false;
  const isIngress = cluster.ingressController?.workload === workload.id;
  if (isIngress && cluster.flavour === 'icp') return member.roles.includes('proxy');
  return isIngress ? runsPods(member) : true;
}

/** Pods that come with a node: one of each daemon set, and one of what has waited for a node to run on. */
export function startPods(copy: WorkingCopy, clusterId: string, node: string): void {
  const cluster = copy.get('cluster', clusterId);
  const member = cluster && memberOf(cluster, node);
  if (!member) return;
  for (const workload of copy.list('workload')) {
    if (workload.cluster !== clusterId) continue;
    const waits = workload.kind !== 'daemon-set' && workload.pods.length === 0 && runsPods(member);
    if (!waits && !belongsOn(cluster, workload, member)) continue;
    if (!workload.pods.some((pod) => pod.node === node)) addPod(copy, workload.id, node);
  }
  yieldIngressPorts(copy, cluster, node);
}

/** Where the ingress controller listens on a node's own addresses, nothing else can on the same ports. */
function yieldIngressPorts(copy: WorkingCopy, cluster: Cluster, nodeId: string): void {
  const controller = copy.get('workload', cluster.ingressController?.workload);
  const node: Node | undefined = copy.get('node', nodeId);
  if (!controller?.hostNetwork || !node || !('listeners' in node)) return;
  if (!controller.pods.some((pod) => pod.node === nodeId)) return;
  const ports = new Set((controller.ports ?? []).map(({ port }) => port));
  const clashes = node.listeners.filter(
    ({ protocol, port, address }) => protocol === 'tcp' && address === undefined && ports.has(port),
  );
  if (clashes.length === 0) return;
  const { listeners, ...rest } = node;
  const kept = listeners.filter((listener) => !clashes.includes(listener));
  copy.put('node', kept.length > 0 ? { ...rest, listeners: kept } : rest);
  copy.tellChanged(entityRef('node', nodeId), {
    code: 'listens-no-longer',
    detail: { ports: clashes.map(({ port }) => port), cluster: cluster.id },
  });
}
