import type { CalicoPolicy, Cluster, Design, HostEndpoint, Workload } from '../../model/design.ts';
import { interfaceOf, deviceOf, type Draft, type DraftCluster } from './draft.ts';
import { asksForServiceAccounts, calicoPolicy, selectableHost } from './policies-calico.ts';
import { hostPolicies } from './policies-hosts.ts';
import { kubernetesPolicy } from './policies-kubernetes.ts';
import {
  EndpointSets,
  namespaceLabels,
  selectablePods,
  type Selectable,
} from './policy-endpoints.ts';
import type {
  ClusterPolicies,
  PodPolicies,
  PolicyDirection,
  PolicyList,
  PolicyRule,
} from './policy-tables.ts';

/** A policy, its rules compiled, before it is known what it selects. */
export interface SourcePolicy {
  readonly id: string;
  readonly isKubernetes: boolean;
  readonly order: number;
  /** Breaks ties of the order. */
  readonly sortName: string;
  readonly types: readonly PolicyDirection[];
  /** When felix looks at it. Pods know the normal ones alone. */
  readonly stage: 'normal' | 'pre-dnat' | 'untracked';
  readonly applyOnForward: boolean;
  readonly selects: (endpoint: Selectable) => boolean;
  readonly ingress: readonly PolicyRule[];
  readonly egress: readonly PolicyRule[];
}

/** A cluster's policies in the order that felix looks at them. */
export function policiesInOrder(
  design: Design,
  cluster: Cluster,
  workloads: readonly Workload[],
): {
  readonly policies: readonly SourcePolicy[];
  readonly sets: EndpointSets;
  readonly calicoPolicies: readonly CalicoPolicy[];
  readonly hostEndpoints: readonly HostEndpoint[];
} {
  const { networkPolicies, calicoPolicies, hostEndpoints } = ofCluster(design, cluster.id);
  const namespaces = namespaceLabels(cluster, new Set(workloads.map((one) => one.namespace)));
  const sets = new EndpointSets([
    ...selectablePods(workloads),
    ...hostEndpoints.map(selectableHost),
  ]);
  const policies = [
    ...networkPolicies.map((policy) => kubernetesPolicy(policy, sets, namespaces)),
    ...calicoPolicies.map((policy) => calicoPolicy(policy, sets, namespaces)),
  ].sort(beforeInFelix);
  return { policies, sets, calicoPolicies, hostEndpoints };
}

/** Null where the cluster has neither policies nor host endpoints. */
export function compilePolicies(
  draft: Draft,
  { cluster, workloads }: DraftCluster,
): ClusterPolicies | null {
  const { policies, sets, calicoPolicies, hostEndpoints } = policiesInOrder(
    draft.design,
    cluster,
    workloads,
  );
  if (policies.length + hostEndpoints.length === 0) return null;
  const pods = new Map<number, PodPolicies>();
  for (const workload of workloads) addPods(draft, workload, policies, pods);
  return {
    slots: sets.slots,
    sets: sets.sets,
    namedPorts: sets.namedPorts,
    pods,
    hosts: hostPolicies(draft, hostEndpoints, policies),
    byServiceAccount: calicoPolicies.filter(asksForServiceAccounts).map(({ id }) => id),
  };
}

function ofCluster(design: Design, id: string) {
  const here = <T extends { readonly cluster: string }>(list: readonly T[] | undefined) =>
    (list ?? []).filter(({ cluster }) => cluster === id);
  return {
    networkPolicies: here(design.networkPolicies),
    calicoPolicies: here(design.calicoPolicies),
    hostEndpoints: here(design.hostEndpoints),
  };
}

/** felix, `calc/policy_sorter.go`, `PolKVLess`: by order, then by name. */
function beforeInFelix(a: SourcePolicy, b: SourcePolicy): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1;
  return a.sortName < b.sortName ? -1 : a.sortName > b.sortName ? 1 : 0;
}

function addPods(
  draft: Draft,
  workload: Workload,
  policies: readonly SourcePolicy[],
  pods: Map<number, PodPolicies>,
): void {
  const [endpoint] = selectablePods([workload]);
  if (!endpoint) return;
  const selecting = policies.filter(
    (policy) => policy.stage === 'normal' && policy.selects(endpoint),
  );
  const ingress = policyList(selecting, 'ingress');
  const egress = policyList(selecting, 'egress');
  if (!ingress && !egress) return;
  for (const { id } of workload.pods) {
    const device = draft.deviceByPod.get(id);
    if (device === undefined) continue;
    const inside = interfaceOf(draft, deviceOf(draft, device).interfaces[0] as number);
    const outside = draft.segments[inside.segment]?.members.find((at) => at !== inside.index);
    if (outside === undefined) continue;
    pods.set(outside, { pod: id, namespace: workload.namespace, ingress, egress });
  }
}

/** The policies of one direction; null where there are none. */
export function policyList(
  policies: readonly SourcePolicy[],
  direction: PolicyDirection,
): PolicyList | null {
  const ofType = policies.filter(({ types }) => types.includes(direction));
  if (ofType.length === 0) return null;
  return {
    policies: ofType.map(({ id }) => id),
    rules: ofType.flatMap((policy) => policy[direction]),
    hasKubernetes: ofType.some(({ isKubernetes }) => isKubernetes),
  };
}
