import { calicoSelector, selectorMatches } from '../model/calico-selector.ts';
import type { CalicoPolicy, CalicoRule, Cluster, Design, HostEndpoint } from '../model/design.ts';
import { hostPrefix, ip, parsePrefix, prefixContains, type Ip } from '../model/ip.ts';
import type { Attachment } from './view/design-view.ts';

/** What comes in from the internet, before kube-proxy: from anybody, to one address and a range of ports. */
export interface Coming {
  readonly to: Ip;
  readonly protocol: 'tcp' | 'udp';
  readonly from: number;
  readonly until: number;
}

/**
 * Whether Calico's policies before DNAT keep everybody from it at this interface (felix: the rules of all policies that
 * select the host endpoint in their order; what none of them matches goes on). A rule for some senders only keeps nobody
 * else away, and lets nobody else in.
 */
export function isClosedBeforeDnat(
  design: Design,
  cluster: Cluster,
  { node, item, addresses }: Attachment,
  coming: Coming,
): boolean {
  const endpoints = (design.hostEndpoints ?? []).filter(
    (one) => one.cluster === cluster.id && one.node === node.id && isAt(one),
  );
  const named = endpoints.filter(({ interfaceName }) => interfaceName !== '*');
  const [endpoint] = named.length > 0 ? named : endpoints;
  if (!endpoint) return false;
  const rules = (design.calicoPolicies ?? [])
    .filter((policy) => policy.preDNAT === true && policy.cluster === cluster.id)
    .filter((policy) => selects(policy, endpoint))
    .sort(byOrder)
    .flatMap(({ ingress = [] }) => ingress);
  for (const rule of rules) {
    if (rule.action === 'Log' || !mayBeFromAnybody(rule)) continue;
    if (rule.action === 'Deny' && coversAll(rule, coming)) return true;
    if (rule.action !== 'Deny' && mayMatch(rule, coming)) return false;
  }
  return false;

  function isAt({ interfaceName, expectedIPs }: HostEndpoint): boolean {
    if (interfaceName !== undefined) return interfaceName === '*' || interfaceName === item.id;
    return addresses.some((held) =>
      (expectedIPs ?? []).some((text) => ip(text).text === held.ip.text),
    );
  }
}

/** Host endpoints are in no namespace. */
const selects = ({ selector = '', namespaceSelector }: CalicoPolicy, { labels }: HostEndpoint) =>
  selectorMatches(calicoSelector(selector), labels ?? {}) &&
  (namespaceSelector === undefined ||
    selectorMatches(calicoSelector(namespaceSelector), {}, false));

/** Equal orders by name (felix, `policy_sorter.go`). */
const byOrder = (a: CalicoPolicy, b: CalicoPolicy): number => {
  const [first, second] = [a.order ?? Infinity, b.order ?? Infinity];
  if (first !== second) return first - second;
  return (a.name ?? a.id) < (b.name ?? b.id) ? -1 : 1;
};

/** Whether anybody may be meant: a rule that names its senders is for those alone. */
function mayBeFromAnybody({ source = {} }: CalicoRule): boolean {
  const { nets = [], selector = '', namespaceSelector = '' } = source;
  const isForAll = nets.some((net) => parsePrefix(net)?.length === 0);
  return (nets.length === 0 || isForAll) && selector === '' && namespaceSelector === '';
}

/** Every packet of it, from whomever. */
function coversAll(rule: CalicoRule, coming: Coming): boolean {
  const { source = {}, destination = {} } = rule;
  const { nets = [], ports = [], ...others } = destination;
  const isPlain = (end: object) => Object.values(end).every((value) => isNothing(value));
  const { nets: _anywhere, ...senders } = source;
  return (
    isPlain(senders) &&
    isPlain(others) &&
    isPlain({ icmp: rule.icmp, notICMP: rule.notICMP, notProtocol: rule.notProtocol }) &&
    isOfProtocol(rule, coming) &&
    (nets.length === 0 || nets.some((net) => isIn(net, coming.to))) &&
    (ports.length === 0 ||
      ports.some((port) => {
        const range = rangeOf(port);
        return range !== undefined && range[0] <= coming.from && coming.until <= range[1];
      }))
  );
}

/** Some packet of it, as far as ports and addresses tell. */
function mayMatch(rule: CalicoRule, coming: Coming): boolean {
  const { nets = [], ports = [] } = rule.destination ?? {};
  return (
    isOfProtocol(rule, coming) &&
    (nets.length === 0 || nets.some((net) => isIn(net, coming.to))) &&
    (ports.length === 0 ||
      ports.some((port) => {
        const range = rangeOf(port);
        return range === undefined || (range[0] <= coming.until && coming.from <= range[1]);
      }))
  );
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function isOfProtocol({ ipVersion, protocol }: CalicoRule, { to, protocol: asked }: Coming) {
  const own = asked === 'tcp' ? ['TCP', 6] : ['UDP', 17];
  return (ipVersion ?? to.family) === to.family && own.includes(protocol ?? (own[0] as string));
}

const isIn = (net: string, address: Ip): boolean =>
  prefixContains(parsePrefix(net) ?? hostPrefix(ip(net)), address);

/** Undefined: the name of a container port, which a host endpoint has none of. */
function rangeOf(port: number | string): readonly [from: number, to: number] | undefined {
  if (typeof port === 'number') return [port, port];
  const [from, to] = port.split(':').map(Number);
  return from === undefined || to === undefined ? undefined : [from, to];
}
