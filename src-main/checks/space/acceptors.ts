import type { HostLike } from '../../model/design.ts';
import { isVoid, regionMinus, regionsMeet, type Region } from './flow-space.ts';
import { queryLayers, type Query } from './rule-regions.ts';

/** The place of a firewall's default among its rules. */
export const byDefault = -1;

/** Parts of a query that are followed through a rule list; lists that cut it into more are left alone. */
const partsFollowed = 10_000;

/**
 * Rules that let some packet of the query in, by their index, and {@link byDefault} where the default does. First match
 * wins: what an earlier rule takes does not get to a later one. Sources are everybody.
 */
export function acceptors(node: HostLike, query: Query): readonly number[] {
  const rules = node.firewall?.rules ?? [];
  const accepting = new Set<number>();
  for (const { regions } of queryLayers(node, query)) {
    const asked = regions.at(-1);
    let open: Region[] = asked && !isVoid(asked) ? [asked] : [];
    for (let at = 0; at < rules.length && open.length > 0; at += 1) {
      const region = regions[at];
      if (!region || isVoid(region)) continue;
      const met = open.filter((part) => regionsMeet(part, region));
      if (met.length === 0) continue;
      if (rules[at]?.action === 'accept') accepting.add(at);
      open = open.flatMap((part) => (met.includes(part) ? regionMinus(part, region) : [part]));
      if (open.length > partsFollowed) return [...accepting];
    }
    if (open.length > 0 && defaultAction(node) === 'accept') accepting.add(byDefault);
  }
  return [...accepting].sort((a, b) => a - b);
}

/** An edge gateway without rules denies; other nodes without a firewall filter nothing. */
function defaultAction(node: HostLike): 'accept' | 'deny' | 'reject' {
  if (node.firewall) return node.firewall.defaultAction ?? 'deny';
  return node.kind === 'edge-gateway' ? 'deny' : 'accept';
}
