import type { Result, Step } from '../sim/index.ts';
import type { ReportInput } from './input.ts';

/** How many flows of the design met a rule: `esg firewall 4`, `esg firewall` for the default, `esg nat 1`, `esg balancer x`. */
export type Hits = ReadonlyMap<string, number>;

export function hitsOf(flows: ReportInput['flows']): Hits {
  const hits = new Map<string, number>();
  for (const { result } of flows) {
    for (const key of new Set(keysOf(result))) hits.set(key, (hits.get(key) ?? 0) + 1);
  }
  return hits;
}

export const hitKey = (
  node: string,
  list: 'firewall' | 'nat' | 'balancer',
  rule?: string,
): string => JSON.stringify([node, list, rule ?? null]);

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
