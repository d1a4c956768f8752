import { prefixCovers, prefixesOverlap, type Prefix } from '../model/ip.ts';
import { clash, type Found } from './finding.ts';
import { isLinkLocalPrefix, isPrivatePrefix } from './view/address-kinds.ts';
import type { Domain, Subnet } from './view/design-view.ts';
import { comparePrefix, PrefixIndex } from './view/prefix-index.ts';
import type { Survey } from './view/survey.ts';

interface Use {
  readonly prefix: Prefix;
  readonly subnet: Subnet;
  readonly domain: Domain;
}

/**
 * Subnets of two networks that share addresses. Private ranges have to differ within a realm, and on networks that one
 * node is on; others everywhere. What a stretch joins is one network.
 */
export function* overlappingSubnets(survey: Survey): Generator<Found> {
  const told = new Set<string>();
  const once = function* (inner: Use, outer: Use): Generator<Found> {
    const key = [inner.domain.index, outer.domain.index].sort((a, b) => a - b).join(' ');
    const pair = `${key} ${inner.prefix.text} ${outer.prefix.text}`;
    if (told.has(pair)) return;
    told.add(pair);
    yield overlap(inner, outer);
  };
  const uses = survey.domains.flatMap((domain) =>
    domain.subnets
      .filter(({ prefix }) => prefix.length > 0 && !isLinkLocalPrefix(prefix))
      .map((subnet) => ({ prefix: subnet.prefix, subnet, domain })),
  );
  for (const same of Map.groupBy(uses, (use) => scopeOf(survey, use)).values()) {
    for (const [inner, outer] of nestedPairs(same)) yield* once(inner, outer);
  }
  for (const [inner, outer] of pairsAtOneNode(survey)) yield* once(inner, outer);
  for (const [inner, outer] of pairsOfEmptyNetworks(uses)) yield* once(inner, outer);
}

function overlap(inner: Use, outer: Use): Found {
  return clash(
    'overlapping-subnets',
    inner.subnet.at,
    {
      subnet: inner.prefix.text,
      network: inner.domain.ref,
      other: outer.prefix.text,
      otherNetwork: outer.domain.ref,
    },
    [outer.subnet.at],
  );
}

/** Uses of one scope have to be apart. */
function scopeOf({ realm }: Survey, { prefix, domain }: Use): string {
  if (!isPrivatePrefix(prefix)) return 'public';
  return `realm ${realm(prefix.network.family, domain)}`;
}

/** Each subnet with the nearest one of another domain around it. Prefixes nest, so one pass with a stack finds them. */
function* nestedPairs(uses: readonly Use[]): Generator<readonly [inner: Use, outer: Use]> {
  const open: Use[] = [];
  for (const use of [...uses].sort((a, b) => comparePrefix(a.prefix, b.prefix))) {
    for (let top = open.at(-1); top && !prefixCovers(top.prefix, use.prefix); top = open.at(-1)) {
      open.pop();
    }
    const outer = open.findLast((other) => other.domain !== use.domain);
    if (outer) yield [use, outer];
    open.push(use);
  }
}

/** A node on two networks needs them apart even where nothing is routed between them. */
function* pairsAtOneNode(survey: Survey): Generator<readonly [inner: Use, outer: Use]> {
  for (const node of survey.nodes) {
    const uses: Use[] = [];
    for (const { domain, addresses } of survey.attachmentsOf(node.id)) {
      if (!domain) continue;
      const own = domain.subnets.filter(({ prefix }) =>
        addresses.some((address) => prefix.length > 0 && prefixesOverlap(prefix, address.prefix)),
      );
      uses.push(
        ...own
          .filter(({ prefix }) => !isLinkLocalPrefix(prefix))
          .map((subnet) => ({ prefix: subnet.prefix, subnet, domain })),
      );
    }
    yield* nestedPairs(uses);
  }
}

/** A network that nobody is on yet may come to be routed to any other. */
function* pairsOfEmptyNetworks(uses: readonly Use[]): Generator<readonly [inner: Use, outer: Use]> {
  const all = new PrefixIndex(uses.map((use) => ({ prefix: use.prefix, value: use })));
  for (const use of uses) {
    if (use.domain.attachments.length > 0) continue;
    for (const other of all.overlapping(use.prefix)) {
      if (other.domain === use.domain) continue;
      yield [use, other];
      break;
    }
  }
}
