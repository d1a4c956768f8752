import type { NetworkPolicy } from '../../model/design.ts';
import { compileAddresses, compileProtocol } from './matches.ts';
import { anyProtocol } from './network.ts';
import type { EndpointSets, Labels, Selectable } from './policy-endpoints.ts';
import type { PolicyDirection, PolicyRule, PortsMatch, RuleEnd } from './policy-tables.ts';
import type { SourcePolicy } from './policies.ts';

type LabelSelector = NetworkPolicy['podSelector'];
type IngressRule = NonNullable<NetworkPolicy['ingress']>[number];
type Peer = NonNullable<IngressRule['from']>[number];
type Ports = NonNullable<IngressRule['ports']>;

/** Kubernetes' policies among Calico's (libcalico-go, `conversion.go`: `K8sNetworkPolicyToCalico`). */
const order = 1000;
const calicoName = (policy: NetworkPolicy) =>
  `${policy.namespace}/knp.default.${policy.name ?? policy.id}`;

export const anyEnd: RuleEnd = {
  nets: null,
  notNets: null,
  set: -1,
  notSet: -1,
  ports: null,
  notPorts: null,
};

export function kubernetesPolicy(
  policy: NetworkPolicy,
  sets: EndpointSets,
  namespaces: ReadonlyMap<string, Labels>,
): SourcePolicy {
  const rules = (direction: PolicyDirection) =>
    (direction === 'ingress' ? ingressRules(policy) : egressRules(policy)).flatMap(
      ({ peers, ports }, at) =>
        compileRule(policy, direction, at, peerEnds(policy, peers, sets, namespaces), ports, sets),
    );
  return {
    id: policy.id,
    isKubernetes: true,
    order,
    sortName: calicoName(policy),
    types: policyTypes(policy),
    stage: 'normal',
    applyOnForward: false,
    selects: ({ namespace, labels }) =>
      namespace === policy.namespace && matchesLabels(policy.podSelector, labels),
    ingress: rules('ingress'),
    egress: rules('egress'),
  };
}

/** NetworkPolicySpec.policyTypes: by default Ingress, and Egress where there are egress rules. */
function policyTypes({ policyTypes: given, egress }: NetworkPolicy): readonly PolicyDirection[] {
  if (given) return given.map((type) => (type === 'Ingress' ? 'ingress' : 'egress'));
  return (egress ?? []).length > 0 ? ['ingress', 'egress'] : ['ingress'];
}

const ingressRules = (policy: NetworkPolicy) =>
  (policy.ingress ?? []).map(({ from, ports }) => ({ peers: from ?? [], ports: ports ?? [] }));
const egressRules = (policy: NetworkPolicy) =>
  (policy.egress ?? []).map(({ to, ports }) => ({ peers: to ?? [], ports: ports ?? [] }));

/** One rule for each peer and each protocol: every one of them lets through. */
function compileRule(
  policy: NetworkPolicy,
  direction: PolicyDirection,
  at: number,
  peers: readonly RuleEnd[],
  ports: Ports,
  sets: EndpointSets,
): PolicyRule[] {
  return peers.flatMap((peer) =>
    portMatches(ports, sets).map(({ protocol, match }) => {
      const ends =
        direction === 'ingress'
          ? { source: peer, destination: { ...anyEnd, ports: match } }
          : { source: anyEnd, destination: { ...peer, ports: match } };
      return {
        policy: policy.id,
        name: `${direction}[${at}]`,
        isKubernetes: true,
        action: 'allow',
        family: 0,
        protocol,
        notProtocol: 0,
        icmp: null,
        notIcmp: null,
        ...ends,
      };
    }),
  );
}

/** Peers are one of several; none at all is everybody. */
function peerEnds(
  policy: NetworkPolicy,
  peers: readonly Peer[],
  sets: EndpointSets,
  namespaces: ReadonlyMap<string, Labels>,
): RuleEnd[] {
  if (peers.length === 0) return [anyEnd];
  return peers.map((peer) => {
    if ('ipBlock' in peer) {
      const { cidr, except = [] } = peer.ipBlock;
      return { ...anyEnd, nets: compileAddresses([cidr]), notNets: compileAddresses(except) };
    }
    return { ...anyEnd, set: peerSet(policy.namespace, peer, sets, namespaces) };
  });
}

/** Both selectors have to match. Without one of namespaces it is about the policy's own. */
function peerSet(
  own: string,
  { podSelector, namespaceSelector }: Exclude<Peer, { ipBlock: unknown }>,
  sets: EndpointSets,
  namespaces: ReadonlyMap<string, Labels>,
): number {
  const inNamespace = (namespace: string) =>
    namespaceSelector
      ? matchesLabels(namespaceSelector, namespaces.get(namespace) ?? {})
      : namespace === own;
  const key = `kubernetes ${JSON.stringify([namespaceSelector ?? own, podSelector ?? {}])}`;
  return sets.set(
    key,
    ({ namespace, labels }: Selectable) =>
      namespace !== null && inNamespace(namespace) && matchesLabels(podSelector ?? {}, labels),
  );
}

/** LabelSelector: all conditions hold; NotIn and DoesNotExist match where the key is absent. */
export function matchesLabels(selector: LabelSelector, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const valueOf = (key: string) => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  return (
    Object.entries(matchLabels).every(([key, value]) => valueOf(key) === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = valueOf(key);
      switch (operator) {
        case 'In':
          return value !== undefined && values.includes(value);
        case 'NotIn':
          return value === undefined || !values.includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return operator satisfies never;
      }
    })
  );
}

/** No port at all: every protocol. A port entry without number: every port of its protocol. */
function portMatches(
  ports: Ports,
  sets: EndpointSets,
): { readonly protocol: number; readonly match: PortsMatch | null }[] {
  if (ports.length === 0) return [{ protocol: anyProtocol, match: null }];
  const byProtocol = Map.groupBy(ports, ({ protocol = 'TCP' }) => compileProtocol(protocol));
  return [...byProtocol].map(([protocol, entries]) => {
    if (entries.some(({ port }) => port === undefined)) return { protocol, match: null };
    const numbers = entries.flatMap(({ port, endPort }) =>
      typeof port === 'number' ? [port, endPort ?? port] : [],
    );
    const named = entries.flatMap(({ port }) =>
      typeof port === 'string' ? [sets.namedPort(port, protocol)] : [],
    );
    return { protocol, match: { numbers, named } };
  });
}
