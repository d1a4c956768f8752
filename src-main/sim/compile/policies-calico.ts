import type { CalicoPolicy, CalicoRule, HostEndpoint } from '../../model/design.ts';
import { calicoSelector, labelsOf, selectorMatches } from '../../model/calico-selector.ts';
import { ip, type IpFamily } from '../../model/ip.ts';
import { compileAddresses } from './matches.ts';
import { anyProtocol } from './network.ts';
import { anyEnd } from './policies-kubernetes.ts';
import type { SourcePolicy } from './policies.ts';
import type { EndpointSets, Labels, Selectable } from './policy-endpoints.ts';
import type {
  IcmpMatch,
  PolicyAction,
  PolicyDirection,
  PolicyRule,
  PortsMatch,
  RuleEnd,
} from './policy-tables.ts';

type EntityRule = NonNullable<CalicoRule['source']>;
type Ports = NonNullable<EntityRule['ports']>;

/** IANA. */
const protocolNumbers = {
  ICMP: 1,
  TCP: 6,
  UDP: 17,
  ICMPv6: 58,
  SCTP: 132,
  UDPLite: 136,
} as const;

const actions: Record<Exclude<CalicoRule['action'], 'Log'>, PolicyAction> = {
  Allow: 'allow',
  Deny: 'deny',
  Pass: 'pass',
};

/**
 * A policy of projectcalico.org/v3 as libcalico-go hands it to felix (`syncersv1/updateprocessors`). Without an order it
 * comes last (felix, `policy_sorter.go`).
 */
export function calicoPolicy(
  policy: CalicoPolicy,
  sets: EndpointSets,
  namespaces: ReadonlyMap<string, Labels>,
): SourcePolicy {
  const { namespace, order, doNotTrack = false, preDNAT = false, applyOnForward = false } = policy;
  const name = policy.name ?? policy.id;
  const ofNamespaces = policy.namespaceSelector;
  const own = calicoSelector(policy.selector ?? '');
  const rules = (direction: PolicyDirection) =>
    (policy[direction] ?? []).flatMap((rule, at) =>
      // Log writes a line and goes on.
      rule.action === 'Log'
        ? []
        : [compileRule(policy, rule, rule.action, `${direction}[${at}]`, sets, namespaces)],
    );
  return {
    id: policy.id,
    isKubernetes: false,
    order: order ?? Infinity,
    sortName: namespace === undefined ? name : `${namespace}/${name}`,
    types: policyTypes(policy),
    stage: doNotTrack ? 'untracked' : preDNAT ? 'pre-dnat' : 'normal',
    applyOnForward,
    selects: (endpoint) =>
      (namespace === undefined || endpoint.namespace === namespace) &&
      (ofNamespaces === undefined || inNamespaces(ofNamespaces, endpoint, namespaces)) &&
      selectorMatches(own, calicoLabels(endpoint)),
    ingress: rules('ingress'),
    egress: rules('egress'),
  };
}

/** By default the directions that it has rules of, and Ingress where it has none (libcalico-go, `clientv3`). */
function policyTypes({
  types,
  ingress = [],
  egress = [],
}: CalicoPolicy): readonly PolicyDirection[] {
  if (types && types.length > 0) {
    return types.map((type) => (type === 'Ingress' ? 'ingress' : 'egress'));
  }
  if (egress.length === 0) return ['ingress'];
  return ingress.length === 0 ? ['egress'] : ['ingress', 'egress'];
}

/** The labels of an endpoint, and those that Calico puts on every pod (libcalico-go, `conversion/constants.go`). */
function calicoLabels({ namespace, labels }: Selectable): Labels {
  if (namespace === null) return labels;
  const given = {
    'projectcalico.org/namespace': namespace,
    'projectcalico.org/orchestrator': 'k8s',
  };
  return { ...labels, ...given };
}

/**
 * A selector of namespaces is held against the labels of the endpoint's own. all() is every namespace, global() what is
 * in none; host endpoints have no namespace, so that a negation picks them too (`rules.go`, `getEndpointSelector`).
 */
function inNamespaces(
  text: string,
  { namespace }: Selectable,
  namespaces: ReadonlyMap<string, Labels>,
): boolean {
  const labels =
    namespace === null ? {} : { ...namespaces.get(namespace), 'projectcalico.org/name': namespace };
  return selectorMatches(calicoSelector(text), labels, namespace !== null);
}

function compileRule(
  policy: CalicoPolicy,
  rule: CalicoRule,
  action: Exclude<CalicoRule['action'], 'Log'>,
  name: string,
  sets: EndpointSets,
  namespaces: ReadonlyMap<string, Labels>,
): PolicyRule {
  const protocol = protocolNumber(rule.protocol) ?? anyProtocol;
  const end = (given: EntityRule | undefined) =>
    given ? compileEnd(policy, given, protocol, sets, namespaces) : anyEnd;
  return {
    policy: policy.id,
    name,
    isKubernetes: false,
    action: actions[action],
    family: rule.ipVersion ?? familyOf(rule),
    protocol,
    notProtocol: protocolNumber(rule.notProtocol) ?? 0,
    icmp: icmpMatch(rule.icmp),
    notIcmp: icmpMatch(rule.notICMP),
    source: end(rule.source),
    destination: end(rule.destination),
  };
}

function protocolNumber(given: CalicoRule['protocol']): number | undefined {
  return typeof given === 'string' ? protocolNumbers[given] : given;
}

const icmpMatch = (given: CalicoRule['icmp']): IcmpMatch | null =>
  given ? { type: given.type ?? -1, code: given.code ?? -1 } : null;

/** Rules with addresses are programmed for the family of these alone (felix, `rules/policy.go`, `filterNets`). */
function familyOf({ source, destination }: CalicoRule): IpFamily | 0 {
  for (const end of [source, destination]) {
    const [net] = [...(end?.nets ?? []), ...(end?.notNets ?? [])];
    if (net !== undefined) return net.includes(':') ? 6 : 4;
  }
  return 0;
}

function compileEnd(
  policy: CalicoPolicy,
  end: EntityRule,
  protocol: number,
  sets: EndpointSets,
  namespaces: ReadonlyMap<string, Labels>,
): RuleEnd {
  return {
    nets: compileAddresses(end.nets),
    notNets: compileAddresses(end.notNets),
    set: selectedSet(policy, end, sets, namespaces),
    notSet: (end.notSelector ?? '') === '' ? -1 : notSet(end.notSelector ?? '', sets),
    ports: portsMatch(end.ports, protocol, sets),
    notPorts: portsMatch(end.notPorts, protocol, sets),
  };
}

/** In a policy of a namespace any of the selectors limits the rule to that namespace, if none of namespaces is given. */
function selectedSet(
  { namespace }: CalicoPolicy,
  { selector = '', notSelector = '', namespaceSelector = '' }: EntityRule,
  sets: EndpointSets,
  namespaces: ReadonlyMap<string, Labels>,
): number {
  if (selector === '' && notSelector === '' && namespaceSelector === '') return -1;
  if (selector === '' && namespaceSelector === '' && namespace === undefined) return -1;
  const picks = calicoSelector(selector);
  const own = namespaceSelector === '' ? namespace : undefined;
  return sets.set(
    `calico ${JSON.stringify([own ?? null, namespaceSelector, selector])}`,
    (endpoint) =>
      (own === undefined || endpoint.namespace === own) &&
      (namespaceSelector === '' || inNamespaces(namespaceSelector, endpoint, namespaces)) &&
      selectorMatches(picks, calicoLabels(endpoint)),
  );
}

function notSet(selector: string, sets: EndpointSets): number {
  const picks = calicoSelector(selector);
  return sets.set(`calico ${JSON.stringify([null, '', selector])}`, (endpoint) =>
    selectorMatches(picks, calicoLabels(endpoint)),
  );
}

function portsMatch(
  ports: Ports | undefined,
  protocol: number,
  sets: EndpointSets,
): PortsMatch | null {
  if (!ports || ports.length === 0) return null;
  const numbers: number[] = [];
  const named: number[] = [];
  for (const port of ports) {
    const range = typeof port === 'string' ? /^(\d+):(\d+)$/.exec(port) : null;
    if (typeof port === 'number') numbers.push(port, port);
    else if (range) numbers.push(Number(range[1]), Number(range[2]));
    else named.push(sets.namedPort(port, protocol));
  }
  return { numbers, named };
}

/** Rules know a host endpoint by its expected addresses alone. */
export const selectableHost = ({ labels, expectedIPs }: HostEndpoint): Selectable => ({
  namespace: null,
  labels: labels ?? {},
  addresses: (expectedIPs ?? []).map(ip),
  ports: [],
});

/** Calico makes labels of a pod's service account (libcalico-go, `conversion/constants.go`). */
const isServiceAccountLabel = (key: string): boolean =>
  key === 'projectcalico.org/serviceaccount' || key.startsWith('pcsa.');

export function asksForServiceAccounts({
  selector,
  ingress = [],
  egress = [],
}: CalicoPolicy): boolean {
  const ends = [...ingress, ...egress].flatMap(({ source, destination }) => [source, destination]);
  const texts = [selector, ...ends.flatMap((end) => [end?.selector, end?.notSelector])];
  return texts.some((text) => labelsOf(calicoSelector(text ?? '')).some(isServiceAccountLabel));
}
