import type {
  Cluster,
  Design,
  Flow,
  Hop,
  Node,
  Step,
  Workload,
} from '../../../src-main/contract/index.ts';
import { refOfHop, refOfNode } from '../../state/follow-place.ts';
import type { PlacedStep } from '../../state/reading.svelte.ts';

/** An entity, and the part of it that is meant: `firewall.rules[4]`. */
export interface StepPlace {
  readonly ref: string;
  readonly part?: string;
}

/** What a step speaks of: the rule that decided, the route that was taken, the tunnel's segment. */
export function placeOfStep(design: Design, flow: Flow, at: PlacedStep): StepPlace | undefined {
  return placeIn(new Finder(design, flow, at.hop), at.step) ?? whole(refOfHop(at.hop));
}

/** What ended a trace: the last step before the drop that names a rule, a route or a service; else where it was. */
export function decider(steps: readonly PlacedStep[]): PlacedStep | undefined {
  const drop = steps.at(-1);
  if (drop?.step.kind !== 'drop') return undefined;
  for (let at = drop.index - 1; steps[at]?.hop === drop.hop; at--) {
    const before = steps[at];
    if (before && isVerdict(before.step)) return before;
  }
  return drop;
}

const verdicts: ReadonlySet<string> = new Set([
  'firewall/deny',
  'firewall/reject',
  'route/none',
  'route/discard',
  'neighbor/none',
  'load-balance/no-member',
  'service/no-endpoints',
  'service/no-local-endpoints',
  'service/refuse-source',
  'network-policy/deny',
  'ingress-rule/none',
  'ingress-rule/no-endpoints',
  'proxy/refuse',
  'resolve-name/unknown',
  'resolve-name/no-answer',
]);
const isVerdict = ({ kind, action }: Step): boolean => verdicts.has(`${kind}/${action}`);

const whole = (ref: string | undefined): StepPlace | undefined => (ref ? { ref } : undefined);
const item = (ref: string | undefined, list: string, at: number): StepPlace | undefined =>
  ref === undefined ? undefined : at < 0 ? { ref } : { ref, part: `${list}[${at}]` };
const part = (ref: string | undefined, name: string): StepPlace | undefined =>
  ref === undefined ? undefined : { ref, part: name };

type PolicyStep = Extract<Step, { kind: 'network-policy' }>;
const hostEndpointOf = (verdict: PolicyStep['detail']): StepPlace | undefined =>
  'hostEndpoint' in verdict ? { ref: `host-endpoint:${verdict.hostEndpoint}` } : undefined;

/** A rule is named by its place in the policy, as parts are. */
const policyRule = (ref: string, rule: string | undefined): StepPlace =>
  rule === undefined ? { ref } : { ref, part: rule };

/** Looks up what a step names, from where it was taken. */
class Finder {
  readonly design: Design;
  readonly flow: Flow;
  readonly ref: string | undefined;
  readonly node: Node | undefined;
  readonly workload: Workload | undefined;

  constructor(design: Design, flow: Flow, hop: Hop) {
    this.design = design;
    this.flow = flow;
    this.ref = refOfHop(hop);
    this.workload =
      hop.nodeKind === 'pod'
        ? design.workloads?.find(({ pods }) => pods.some(({ id }) => id === hop.node))
        : undefined;
    this.node = this.workload ? undefined : design.nodes?.find(({ id }) => id === hop.node);
  }

  get cluster(): Cluster | undefined {
    return this.design.clusters?.find(
      ({ id, nodes }) =>
        id === this.workload?.cluster || nodes.some(({ node }) => node === this.node?.id),
    );
  }

  interface(id: string): StepPlace | undefined {
    const at = this.node?.interfaces?.findIndex((one) => one.id === id) ?? -1;
    return at < 0 ? undefined : item(this.ref, 'interfaces', at);
  }

  segment(id: string): StepPlace | undefined {
    return this.design.segments?.some((one) => one.id === id)
      ? { ref: `segment:${id}` }
      : undefined;
  }

  ofCluster(name: string): StepPlace | undefined {
    return this.cluster && part(`cluster:${this.cluster.id}`, name);
  }

  /** Services and ingresses are told by namespace and name. */
  service(told: string): StepPlace | undefined {
    const found = this.design.services?.find(
      ({ id, name, namespace }) =>
        id === told || [name, id].some((one) => told === `${namespace}/${one ?? ''}`),
    );
    return found && { ref: `service:${found.id}` };
  }

  owner(id: string): string | undefined {
    return refOfNode(this.design, id);
  }
}

function placeIn(find: Finder, step: Step): StepPlace | undefined {
  const { node, ref } = find;
  switch (step.kind) {
    case 'resolve-name':
      return nameStep(find, step);
    case 'route':
      return routeStep(find, step);
    case 'neighbor':
      if (step.action === 'resolve' && step.detail.virtualIp !== undefined) {
        const owner = find.design.nodes?.find(({ id }) => id === step.detail.owner);
        const virtualIps = owner && 'virtualIps' in owner ? owner.virtualIps : undefined;
        const at = virtualIps?.findIndex(({ id }) => id === step.detail.virtualIp) ?? -1;
        return item(find.owner(step.detail.owner), 'virtualIps', at);
      }
      return find.segment(step.detail.segment);
    case 'firewall': {
      if (step.action === 'established') return part(ref, 'firewall');
      const { rule } = step.detail;
      if (!rule) return part(ref, 'firewall.defaultAction');
      const rules = node && 'firewall' in node ? node.firewall.rules : [];
      const at = rules.findIndex(({ id }) => id === rule.id);
      return item(ref, 'firewall.rules', at);
    }
    case 'nat':
      return natStep(find, step);
    case 'load-balance': {
      const balancers = node && 'loadBalancers' in node ? node.loadBalancers : [];
      const at = balancers.findIndex(({ id }) => id === step.detail.balancer);
      return item(ref, 'loadBalancers', at);
    }
    case 'service':
      return find.service(step.detail.service);
    case 'network-policy': {
      if (step.action === 'failsafe') return hostEndpointOf(step.detail);
      const { detail } = step;
      const id = 'policy' in detail ? detail.policy : detail.policies[0];
      if (id === undefined) return hostEndpointOf(detail);
      const isKubernetes = find.design.networkPolicies?.some((one) => one.id === id);
      return policyRule(`${isKubernetes ? 'network-policy' : 'calico-policy'}:${id}`, detail.rule);
    }
    case 'ingress-rule':
      return ingressStep(find, step);
    case 'proxy':
      if (step.action === 'use' || step.action === 'bypass') {
        const known = find.design.flows?.some(({ id }) => id === find.flow.id);
        return known ? part(`flow:${find.flow.id}`, 'proxy') : undefined;
      }
      return part(ref, 'httpProxy');
    case 'encapsulate':
    case 'decapsulate':
      if (step.action === 'vxlan') return find.segment(step.detail.segment);
      if (step.action === 'ip-in-ip') return find.ofCluster('calico');
      if (step.action === 'ipsec') {
        const tunnels = node && 'ipsecTunnels' in node ? node.ipsecTunnels : undefined;
        const { tunnel } = step.detail;
        return item(ref, 'ipsecTunnels', tunnels?.findIndex(({ id }) => id === tunnel) ?? -1);
      }
      return { ref: `stretch:${step.detail.stretch}` };
    case 'switch':
      return find.segment(step.detail.segment);
    case 'transmit':
    case 'receive':
    case 'fragment':
      return find.interface(step.detail.interface);
    case 'deliver': {
      if (step.action !== 'listener') return undefined;
      const listeners = node?.kind === 'distributed-router' ? undefined : listenersOf(node);
      const { destinationPort, protocol } = step.detail;
      const at =
        listeners?.findIndex((one) => one.port === destinationPort && one.protocol === protocol) ??
        -1;
      return item(ref, 'listeners', at);
    }
    case 'drop':
    case 'originate':
      return undefined;
    default:
      return step satisfies never;
  }
}

const listenersOf = (node: Node | undefined) =>
  node && 'listeners' in node ? node.listeners : undefined;

type StepOf<Kind extends Step['kind']> = Extract<Step, { kind: Kind }>;

function nameStep(find: Finder, step: StepOf<'resolve-name'>): StepPlace | undefined {
  const { node, ref } = find;
  const server = node && 'dnsServer' in node ? node.dnsServer : undefined;
  switch (step.action) {
    case 'answer': {
      const at = server?.zones?.findIndex(({ name }) => name === step.detail.zone) ?? -1;
      return server ? item(ref, 'dnsServer.zones', at) : find.ofCluster('dns');
    }
    case 'forward': {
      if (!server) return find.ofCluster('dns');
      const at =
        server.conditionalForwarders?.findIndex(({ servers }) =>
          servers.includes(step.detail.server),
        ) ?? -1;
      return at < 0
        ? part(ref, 'dnsServer.forwarders')
        : item(ref, 'dnsServer.conditionalForwarders', at);
    }
    case 'unknown':
      return server ? part(ref, 'dnsServer') : undefined;
    case 'ask':
    case 'no-answer':
      return node && 'resolvers' in node ? part(ref, 'resolvers') : find.ofCluster('dns');
    case 'literal':
      return undefined;
    default:
      return step satisfies never;
  }
}

function routeStep(find: Finder, step: StepOf<'route'>): StepPlace | undefined {
  const { node, ref } = find;
  switch (step.action) {
    case 'match':
    case 'discard': {
      if (step.action === 'match' && step.detail.origin === 'calico') {
        return find.ofCluster('calico');
      }
      if (step.action === 'match' && step.detail.origin !== 'static') {
        return find.interface(step.detail.interface);
      }
      const { route, prefix } = step.detail;
      const routes = node?.routes ?? [];
      const byId = route === undefined ? -1 : routes.findIndex(({ id }) => id === route);
      const at = byId >= 0 ? byId : routes.findIndex(({ destination }) => destination === prefix);
      return item(ref, 'routes', at);
    }
    case 'none':
      return node ? part(ref, 'routes') : undefined;
    case 'local': {
      const { destination } = step.detail;
      const at =
        node?.interfaces?.findIndex(({ addresses }) =>
          addresses?.some((address) => address.split('/')[0] === destination),
        ) ?? -1;
      return at < 0 ? undefined : item(ref, 'interfaces', at);
    }
    default:
      return step satisfies never;
  }
}

function natStep(find: Finder, step: StepOf<'nat'>): StepPlace | undefined {
  const { node, ref } = find;
  switch (step.action) {
    case 'dnat':
    case 'snat': {
      const rules = node && 'nat' in node ? node.nat : [];
      return item(
        ref,
        'nat',
        rules.findIndex(({ id }) => id === step.detail.rule.id),
      );
    }
    case 'masquerade':
      if (step.detail.reason === 'load-balancer') return part(ref, 'loadBalancers');
      return find.ofCluster(step.detail.reason === 'kube-proxy' ? 'kubeProxyMode' : 'calico');
    case 'restore-source':
    case 'restore-destination':
      return node && 'nat' in node ? part(ref, 'nat') : undefined;
    default:
      return step satisfies never;
  }
}

function ingressStep(find: Finder, step: StepOf<'ingress-rule'>): StepPlace | undefined {
  if (step.action === 'none') return find.ofCluster('ingressController');
  const told = step.detail.ingress;
  const found = find.design.ingresses?.find(
    ({ id, name, namespace }) =>
      id === told || [name, id].some((one) => told === `${namespace}/${one ?? ''}` || told === one),
  );
  if (!found) return undefined;
  const ref = `ingress:${found.id}`;
  if (step.action !== 'match') return { ref };
  const { host } = step.detail;
  const at = found.rules.findIndex((rule) => rule.host === undefined || rule.host === host);
  return item(ref, 'rules', at);
}
