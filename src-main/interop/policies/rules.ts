import type { CalicoPolicy, CalicoRule, NetworkPolicy, Workload } from '../../model/design.ts';
import { hasLabels, hostCidr, labelsOf, type Endpoints, type GovernedPod } from './endpoints.ts';
import type { Direction, Point } from './questions.ts';

type Peer = NonNullable<NonNullable<NetworkPolicy['ingress']>[number]['from']>[number];
type EntityRule = NonNullable<CalicoRule['source']>;

/** The label that Kubernetes puts on every namespace from 1.21 on (`corev1.LabelMetadataName`). */
const namespaceName = 'kubernetes.io/metadata.name';

/** Whom a rule is about at the other end: the pods of a workload, or addresses. */
export type Other =
  | { readonly kind: 'workload'; readonly workload: Workload }
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] };

/** The address of the other end, and of the pod itself, at a point. */
export const otherAddress = ({ direction, source, destination }: Point): string =>
  direction === 'ingress' ? source : destination;
export const ownAddress = ({ direction, source, destination }: Point): string =>
  direction === 'ingress' ? destination : source;

/** The pod at the other end of a point, where there is one that selectors can pick. */
export function selectableOther(point: Point, endpoints: Endpoints): GovernedPod | undefined {
  const pod = endpoints.at(point.cluster, otherAddress(point));
  return pod && hasLabels(pod.workload) ? pod : undefined;
}

/** The other end as widely as it may stand for: all pods of a workload, all places of a controller. */
export function otherOf(point: Point, endpoints: Endpoints): Other {
  const pod = selectableOther(point, endpoints);
  if (pod) return { kind: 'workload', workload: pod.workload };
  return { kind: 'addresses', addresses: endpoints.alike(point.cluster, otherAddress(point)) };
}

/** As peers of Kubernetes' policies, of a namespace. */
export function peersOf(other: Other, namespace: string): readonly Peer[] {
  if (other.kind === 'addresses') {
    return other.addresses.map((address) => ({ ipBlock: { cidr: hostCidr(address) } }));
  }
  const { workload } = other;
  const podSelector = { matchLabels: labelsOf(workload) };
  if (workload.namespace === namespace) return [{ podSelector }];
  return [
    { namespaceSelector: { matchLabels: { [namespaceName]: workload.namespace } }, podSelector },
  ];
}

/** As one end of Calico's rules, of a namespace. */
export function calicoEnd(other: Other, namespace: string): EntityRule {
  if (other.kind === 'addresses') return { nets: other.addresses.map(hostCidr) };
  const { workload } = other;
  const selector = selectorText(workload);
  if (workload.namespace === namespace) return { selector };
  return { selector, namespaceSelector: `projectcalico.org/name == '${workload.namespace}'` };
}

/** Labels hold no quotes; where a workload has none, all pods of its namespace are meant. */
export function selectorText(workload: Workload): string {
  const labels = Object.entries(labelsOf(workload));
  if (labels.length === 0) return 'all()';
  return labels.map(([key, value]) => `${key} == '${value}'`).join(' && ');
}

/** A rule of Calico for what passes a point: its own end, the other, and the port. */
export function calicoRule(
  action: 'Allow' | 'Deny',
  { direction, protocol, port }: Pick<Point, 'direction' | 'protocol' | 'port'>,
  other: EntityRule,
  own: EntityRule,
): CalicoRule {
  const ports = port === 0 ? {} : { ports: [port] };
  const [source, target] = direction === 'ingress' ? [other, own] : [own, other];
  const destination = { ...target, ...ports };
  return {
    action,
    protocol,
    ...(protocol === 'ICMPv6' || protocol === 'ICMP'
      ? { ipVersion: protocol === 'ICMP' ? (4 as const) : (6 as const) }
      : {}),
    ...(Object.keys(source).length > 0 ? { source } : {}),
    ...(Object.keys(destination).length > 0 ? { destination } : {}),
  };
}

/** A namespace, and the way of packets that is denied there unless a rule lets them through. */
export const subjectKey = (cluster: string, namespace: string, direction: Direction): string =>
  `${cluster} ${namespace} ${direction}`;

/** A policy of either kind. */
export type Policy =
  | { readonly kind: 'network-policy'; readonly entity: NetworkPolicy }
  | { readonly kind: 'calico-policy'; readonly entity: CalicoPolicy };
