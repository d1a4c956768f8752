import type { Cluster, Design, Workload } from '../model/design.ts';
import { compareIp, familyBits, ip, ipPlus, prefix, type Ip, type IpFamily } from '../model/ip.ts';
import type { CompiledCluster, Network } from '../sim/compile/network.ts';
import type { PodPolicies } from '../sim/compile/policy-tables.ts';

/** One address of a pod, as policies see it. */
export interface PodEnd {
  readonly workload: Workload;
  readonly pod: string;
  /** Id of the node that it runs on. */
  readonly node: string;
  readonly address: Ip;
  /** Null where no policy selects it, and on the host network. */
  readonly policies: PodPolicies | null;
}

/** How Kubernetes writes the kinds. */
const kindNames: Readonly<Record<Workload['kind'], string>> = {
  deployment: 'Deployment',
  'stateful-set': 'StatefulSet',
  'daemon-set': 'DaemonSet',
  'replica-set': 'ReplicaSet',
  job: 'Job',
  'cron-job': 'CronJob',
  pod: 'Pod',
};

/** RFC 1123 subdomain, as Kubernetes has its names; what else a workload is called is for people. */
const objectNamePattern = /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/;

/** `default/web[Deployment]` */
export function workloadTitle({ id, name, namespace, kind }: Workload): string {
  const own = name !== undefined && objectNamePattern.test(name) ? name : id;
  return `${namespace}/${own}[${kindNames[kind]}]`;
}

/** All pods of a cluster, by each of their addresses in the family. */
export function podEnds(network: Network, compiled: CompiledCluster, family: IpFamily): PodEnd[] {
  return [...compiled.pods].flatMap(([id, { pod, workload }]) => {
    const device = network.devices[network.deviceByPod.get(id) ?? -1];
    if (!device) return [];
    const common = { workload, pod: id, node: pod.node };
    if (workload.hostNetwork) {
      const address = family === 4 ? device.kubeNode?.address4 : device.kubeNode?.address6;
      return address ? [{ ...common, address, policies: null }] : [];
    }
    const inside = network.interfaces[device.interfaces[0] ?? -1];
    // The node's end of the veth pair follows the pod's.
    const policies = (inside && compiled.policies?.pods.get(inside.index + 1)) ?? null;
    return (inside?.addresses ?? [])
      .filter((address) => address.family === family)
      .map((address) => ({ ...common, address, policies }));
  });
}

/** The workload that stands for an ingress controller where the design has none. */
export const controllerId = '{ingress-controller}';

/**
 * With a controller that nobody drew, as any pod without labels in a namespace of its own: what policies let through from
 * it, they let through from every controller. Undefined where the cluster has one, or no ingress, or no node.
 */
export function withController(design: Design, cluster: Cluster): Design | undefined {
  const [member] = cluster.nodes;
  if (cluster.ingressController || cluster.otherIngressControllers?.length || !member)
    return undefined;
  if (!design.ingresses?.some((ingress) => ingress.cluster === cluster.id)) return undefined;
  const addresses = cluster.podCidrs.flatMap((text) => unusedAddress(design, text));
  if (addresses.length === 0) return undefined;
  const workload: Workload = {
    id: controllerId,
    kind: 'deployment',
    cluster: cluster.id,
    namespace: controllerId,
    pods: [{ id: controllerId, node: member.node, addresses }],
  };
  return { ...design, workloads: [...(design.workloads ?? []), workload] };
}

/** The last address of a range that no pod has. */
function unusedAddress(design: Design, cidr: string): string[] {
  const { network, length } = prefix(cidr);
  const used = new Set(
    (design.workloads ?? []).flatMap(({ pods }) =>
      pods.flatMap((pod) => (pod.addresses ?? []).map((text) => ip(text).text)),
    ),
  );
  const size = 1n << BigInt(familyBits(network.family) - length);
  let candidate = ipPlus(network, size - 1n);
  while (compareIp(candidate, network) > 0 && used.has(candidate.text)) {
    candidate = ipPlus(candidate, -1n);
  }
  return used.has(candidate.text) ? [] : [candidate.text];
}
