import type { Design } from '../model/design.ts';
import type { Result, Step } from '../sim/index.ts';
import type { ReportInput } from './input.ts';

type List = 'firewall' | 'nat' | 'balancer';

/** The rules that decided about a flow on any of its ways, as keys. */
export type Met = ReadonlySet<string>;
/** The flows that met a rule, by the key of the rule. */
export type Hits = ReadonlyMap<string, readonly string[]>;

export const metBy = (result: Result): Met => new Set(keysOf(result));

export function hitsOf(flows: ReportInput['flows']): Hits {
  const hits = new Map<string, string[]>();
  for (const { flow, met } of flows) {
    for (const key of met) {
      const list = hits.get(key);
      if (list) list.push(flow.id);
      else hits.set(key, [flow.id]);
    }
  }
  return hits;
}

/** `rule`: absent for what a firewall does by default. */
export const hitKey = (node: string, list: List, rule?: string): string =>
  JSON.stringify([node, list, rule ?? null]);

function* keysOf({ forward, reverse }: Result): Generator<string> {
  for (const { legs } of [...forward, ...reverse]) {
    for (const { hops } of legs) {
      for (const { node, steps } of hops) {
        for (const step of steps) {
          const key = keyOf(node, step);
          if (key !== undefined) yield key;
        }
      }
    }
  }
}

function keyOf(node: string, step: Step): string | undefined {
  switch (step.kind) {
    case 'firewall':
      if (step.action === 'established') return undefined;
      return hitKey(node, 'firewall', step.detail.rule?.id);
    case 'nat':
      if (step.action !== 'dnat' && step.action !== 'snat') return undefined;
      return hitKey(node, 'nat', step.detail.rule.id);
    case 'load-balance':
      return hitKey(node, 'balancer', step.detail.balancer);
    default:
      return undefined;
  }
}

/** A rule of a device, in the device's order, and the flows that met it. */
export interface RuleUse {
  readonly node: string;
  readonly list: List;
  readonly rule: string;
  readonly enabled: boolean;
  readonly flows: readonly string[];
}

export function ruleUse({ nodes = [] }: Design, hits: Hits): readonly RuleUse[] {
  return nodes.flatMap((node) => {
    const use =
      (list: List) =>
      ({ id, enabled = true }: { readonly id: string; readonly enabled?: boolean }): RuleUse => ({
        node: node.id,
        list,
        rule: id,
        enabled,
        flows: hits.get(hitKey(node.id, list, id)) ?? [],
      });
    return [
      ...('firewall' in node ? node.firewall.rules : []).map(use('firewall')),
      ...('nat' in node ? node.nat : []).map(use('nat')),
      ...('loadBalancers' in node ? node.loadBalancers : []).map(use('balancer')),
    ];
  });
}
