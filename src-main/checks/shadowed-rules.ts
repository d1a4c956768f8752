import type { FirewallRule, HostLike, NatRule } from '../model/design.ts';
import { finding, place, type Found } from './finding.ts';
import { firewallLayers, natLayers } from './space/rule-regions.ts';
import { findShadows } from './space/shadows.ts';
import type { Survey } from './view/survey.ts';

/** Firewall and NAT rules that never match, since the rules before them together take all that they name. */
export function* shadowedRules({ nodes }: Survey): Generator<Found> {
  for (const node of nodes) {
    if (!('firewall' in node || 'nat' in node)) continue;
    yield* shadowedFilters(node);
    for (const kind of ['snat', 'dnat'] as const) yield* shadowedNats(node, kind);
  }
}

function* shadowedFilters(node: HostLike): Generator<Found> {
  const rules = node.firewall?.rules ?? [];
  if (rules.length < 2) return;
  const at = (index: number) => place('node', node.id, 'firewall', 'rules', index);
  for (const { index, by } of findShadows(firewallLayers(node, rules))) {
    const rule = rules[index];
    if (!rule) continue;
    const detail = {
      ...shadowed(node, rules, index, by),
      conflicts: by.some((earlier) => rules[earlier]?.action !== rule.action),
    };
    yield finding('rule-shadowed', at(index), detail, by.map(at));
  }
}

/** The rule, and those before it that take all that it names. */
const shadowed = (
  node: HostLike,
  rules: readonly (FirewallRule | NatRule)[],
  index: number,
  by: readonly number[],
) => ({
  node: node.id,
  rule: nameAt(rules, index),
  number: index + 1,
  by: by.map((earlier) => `${earlier + 1} ${nameAt(rules, earlier)}`),
});

const nameAt = (rules: readonly (FirewallRule | NatRule)[], index: number) =>
  rules[index]?.name ?? rules[index]?.id ?? '';

function* shadowedNats(node: HostLike, kind: NatRule['kind']): Generator<Found> {
  const rules = node.nat ?? [];
  if (rules.length < 2) return;
  const at = (index: number) => place('node', node.id, 'nat', index);
  for (const { index, by } of findShadows(natLayers(node, rules, kind))) {
    yield finding('nat-shadowed', at(index), shadowed(node, rules, index, by), by.map(at));
  }
}
