import type { Node, Result, Step, Trace, ReplyTrace } from '../../src-main/contract/index.ts';
import { parsePath } from './inspector-path.ts';

/** What a flow met at a place of a form. */
export interface Hit {
  readonly text: string;
  readonly tone: 'good' | 'bad' | 'plain';
}

type Place = readonly (string | number)[];

const atRule = (
  rules: readonly { readonly id: string }[] | undefined,
  id: string,
): number | undefined => {
  const at = (rules ?? []).findIndex((rule) => rule.id === id);
  return at < 0 ? undefined : at;
};

/** The place in a node that a step speaks of. */
function placeOf(step: Step, node: Node): Place | undefined {
  const found = (list: string, at: number | undefined): Place | undefined =>
    at === undefined ? undefined : [list, at];
  switch (step.kind) {
    case 'firewall': {
      if (step.action === 'established' || !('firewall' in node)) return undefined;
      if (!step.detail.rule) return ['firewall', 'defaultAction'];
      const at = atRule(node.firewall.rules, step.detail.rule.id);
      return at === undefined ? undefined : ['firewall', 'rules', at];
    }
    case 'nat':
      if (step.action !== 'dnat' && step.action !== 'snat') return undefined;
      return 'nat' in node ? found('nat', atRule(node.nat, step.detail.rule.id)) : undefined;
    case 'load-balance':
      return 'loadBalancers' in node
        ? found('loadBalancers', atRule(node.loadBalancers, step.detail.balancer))
        : undefined;
    case 'route': {
      if (step.action !== 'match' && step.action !== 'discard') return undefined;
      const { route, prefix } = step.detail;
      const at = node.routes?.findIndex((one) =>
        route === undefined ? one.destination === prefix : one.id === route,
      );
      return at === undefined || at < 0 ? undefined : ['routes', at];
    }
    case 'encapsulate':
    case 'decapsulate':
      if (step.action !== 'ipsec' || !('ipsecTunnels' in node)) return undefined;
      return found('ipsecTunnels', atRule(node.ipsecTunnels, step.detail.tunnel));
    default:
      return undefined;
  }
}

/** The rule of a policy that decided. */
function ruleOf(step: Step, policy: string): Place | undefined {
  if (step.kind !== 'network-policy' || step.action === 'failsafe') return undefined;
  const { detail } = step;
  const by = 'policy' in detail ? detail.policy : detail.policies[0];
  return by === policy && detail.rule !== undefined ? parsePath(detail.rule) : undefined;
}

const toneOf = (step: Step): Hit['tone'] => {
  if (step.kind !== 'firewall' && step.kind !== 'network-policy') {
    return step.action === 'discard' ? 'bad' : 'plain';
  }
  return step.action === 'accept' ? 'good' : 'bad';
};

/** The rules, translations, routes and tunnels of a node that a flow's packets met, each by its place: `nat/2`. */
export const hitsOn = (result: Result | undefined, node: Node | undefined) =>
  hitsBy(result, (step, at) => (at === node?.id ? placeOf(step, node) : undefined));

/** The rules of a policy that decided about a flow's packets: `ingress/0`. */
export const hitsOnPolicy = (result: Result | undefined, policy: string) =>
  hitsBy(result, (step) => ruleOf(step, policy));

function hitsBy(
  result: Result | undefined,
  where: (step: Step, node: string) => Place | undefined,
): ReadonlyMap<string, Hit> {
  const hits = new Map<string, Hit>();
  if (!result) return hits;
  const traces: readonly (Trace | ReplyTrace)[] = [...result.forward, ...result.reverse];
  for (const { legs } of traces) {
    for (const { hops } of legs) {
      for (const hop of hops) {
        for (const step of hop.steps) {
          const key = where(step, hop.node)?.join('/');
          if (key === undefined) continue;
          const hit: Hit = { text: step.text, tone: toneOf(step) };
          if (!hits.has(key) || hit.tone === 'bad') hits.set(key, hit);
        }
      }
    }
  }
  return hits;
}
