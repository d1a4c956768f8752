import type { Node } from '../../model/design.ts';
import { familyBits, prefixContains, type Ip, type Prefix } from '../../model/ip.ts';
import type { Attachment, DesignView, StaticRoute } from './design-view.ts';
import { PrefixIndex } from './prefix-index.ts';

/** One way out of a node. */
export type Way =
  | { readonly kind: 'connected'; readonly out: Attachment }
  | { readonly kind: 'via'; readonly out: Attachment; readonly via: Ip }
  | { readonly kind: 'discard' };

interface Candidate {
  readonly prefix: Prefix;
  readonly way: Way;
  readonly distance: number;
  readonly metric: number;
}

/** Ways by which a node sends what is for an address: the longest prefix, the least distance, the least metric. */
export type RoutesOf = (node: Node) => (address: Ip) => readonly Way[];

/** A connected subnet comes before every static route to it, as the engine has it. */
const connectedDistance = 0;

export function findRoutes(view: DesignView): RoutesOf {
  const tables = new Map<string, PrefixIndex<Candidate>>();
  return (node) => {
    let table = tables.get(node.id);
    if (!table) {
      const candidates = candidatesOf(view, node);
      table = new PrefixIndex(candidates.map((value) => ({ prefix: value.prefix, value })));
      tables.set(node.id, table);
    }
    const found = table;
    return (address) => best(found.longest(address));
  };
}

function best(candidates: readonly Candidate[]): Way[] {
  const order = (a: Candidate, b: Candidate) => a.distance - b.distance || a.metric - b.metric;
  const [first] = [...candidates].sort(order);
  if (!first) return [];
  return candidates.filter((one) => order(one, first) === 0).map((one) => one.way);
}

function candidatesOf(view: DesignView, node: Node): Candidate[] {
  const attachments = view.attachmentsOf(node.id).filter((one) => one.up && one.domain);
  const candidates: Candidate[] = [];
  for (const out of attachments) {
    for (const address of out.addresses) {
      // A host prefix connects to nobody.
      if (address.prefix.length === familyBits(address.ip.family)) continue;
      const way = { kind: 'connected', out } as const;
      candidates.push({ prefix: address.prefix, way, distance: connectedDistance, metric: 0 });
    }
  }
  for (const route of view.staticRoutes(node)) {
    const way = wayOf(route, attachments);
    if (!way) continue;
    const { destination, distance, metric } = route;
    candidates.push({ prefix: destination, way, distance, metric });
  }
  return candidates;
}

function wayOf(route: StaticRoute, attachments: readonly Attachment[]): Way | undefined {
  const { via, discards } = route;
  if (discards) return { kind: 'discard' };
  const out =
    route.out === undefined
      ? via && attachmentTowards(attachments, via)
      : attachments.find((attachment) => attachment.item.id === route.out);
  if (!out) return undefined;
  return via ? { kind: 'via', out, via } : { kind: 'connected', out };
}

/** The interface whose subnet holds a next hop; the narrowest subnet where several do. */
export function attachmentTowards(
  attachments: readonly Attachment[],
  via: Ip,
): Attachment | undefined {
  let found: { readonly attachment: Attachment; readonly length: number } | undefined;
  for (const attachment of attachments) {
    for (const { prefix: subnet } of attachment.addresses) {
      if (subnet.length === familyBits(via.family)) continue;
      if (!prefixContains(subnet, via) || (found && found.length >= subnet.length)) continue;
      found = { attachment, length: subnet.length };
    }
  }
  return found?.attachment;
}
