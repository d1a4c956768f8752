/** Whether two designs that differ in the rules of edges alone do the same with a packet. */
import type { Design, FirewallRule, Flow, NatRule } from '../../../src-main/model/design.ts';
import type { LeftOut } from '../../../src-main/interop/exchange.ts';
import { compile, simulate } from '../../../src-main/sim/index.ts';

/** The rules of one edge as another format has them. */
export interface EdgeRules {
  readonly defaultAction: 'accept' | 'deny' | 'reject';
  readonly rules: readonly FirewallRule[];
  readonly nat: readonly NatRule[];
}

/** The design with the edges' rules replaced. */
export function withRules(design: Design, edges: ReadonlyMap<string, EdgeRules>): Design {
  const nodes = (design.nodes ?? []).map((node) => {
    const own = edges.get(node.id);
    if (!own || node.kind !== 'edge-gateway') return node;
    const { defaultAction, rules, nat } = own;
    return { ...node, firewall: { defaultAction, rules }, nat };
  });
  return { ...design, nodes };
}

/** The design without the rules that an export says it leaves out as a whole. */
export function withoutLeftOut(design: Design, leftOut: readonly LeftOut[]): Design {
  const gone = new Set(
    leftOut
      .filter(({ text }) => text.includes('rule is left out'))
      .map(({ ref, path }) => `${ref} ${path}`),
  );
  const nodes = (design.nodes ?? []).map((node) => {
    if (node.kind !== 'edge-gateway') return node;
    const stays = (path: string) => (_: unknown, at: number) =>
      !gone.has(`node:${node.id} ${path}[${at}]`);
    return {
      ...node,
      ...(node.firewall
        ? {
            firewall: {
              ...node.firewall,
              rules: node.firewall.rules.filter(stays('firewall.rules')),
            },
          }
        : {}),
      ...(node.nat ? { nat: node.nat.filter(stays('nat')) } : {}),
    };
  });
  return { ...design, nodes };
}

/** Whether a rule does another thing than in the design, which an export tells of it. */
export const isChanged = ({ path, text }: LeftOut): boolean =>
  /^(firewall|nat)/.test(path) && !/rule is left out|range|icmp is that of IPv4/.test(text);

/** All that happens to a flow, but for the names and numbers of rules. */
export function waysOf(design: Design, flows: readonly Flow[]): readonly string[] {
  const network = compile(design);
  const told = new Set(['rule', 'reason', 'text', 'warnings', 'assumptions', 'assumed']);
  return flows.map((flow) =>
    JSON.stringify(simulate(network, flow), (key, value: unknown) =>
      told.has(key) ? undefined : value,
    ),
  );
}
