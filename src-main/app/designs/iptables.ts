import { done, failed, type Answer, type Output } from '../../contract/index.ts';
import { importIptables, type IptablesTarget } from '../../interop/iptables/index.ts';
import type { Design, HostLike, Node } from '../../model/design.ts';

/** The tables of both families as rules of a node. */
export function importRules(
  texts: { readonly ipv4?: string; readonly ipv6?: string },
  target?: IptablesTarget,
): Answer<Output<'iptables.import'>> {
  const { ipv4, ipv6 } = texts;
  const found = importIptables(
    { ...(ipv4 === undefined ? {} : { 4: ipv4 }), ...(ipv6 === undefined ? {} : { 6: ipv6 }) },
    target,
  );
  if (!found.ok) return failed('rules-invalid', { faults: found.issues });
  const { design, node, rules, translations, remarks } = found;
  return done({ design, node, rules, translations, remarks });
}

const filters = (node: Node): node is HostLike =>
  node.kind === 'host' || node.kind === 'router' || node.kind === 'edge-gateway';

/** The node of the design that is to have the rules. */
export function ruleTarget(design: Design, id: string): Answer<IptablesTarget> {
  const nodes = (design.nodes ?? []).filter(filters);
  const node = nodes.find((one) => one.id === id);
  if (node) return done({ design, node });
  return failed('node-unknown', { node: id, known: nodes.map((one) => one.id) });
}
