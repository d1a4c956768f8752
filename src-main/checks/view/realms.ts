import type { Node } from '../../model/design.ts';
import { forwards } from '../../model/forwarding.ts';
import type { IpFamily } from '../../model/ip.ts';
import { isPrivatePrefix } from './address-kinds.ts';
import { type DesignView, type Domain, type StaticRoute } from './design-view.ts';
import { UnionFind } from './union-find.ts';

/**
 * Private addresses (RFC 1918 and the like) have to be unique only where packets to them can travel. A realm is a part
 * of the design that routers join to one such room. An internet segment does not join, nor does a network of public
 * addresses, unless a node on it has a route that leads private ranges across it.
 */
export type Realms = (family: IpFamily, domain: Domain) => number;

export function findRealms(view: DesignView): Realms {
  const byFamily = { 4: joinedBy(view, 4), 6: joinedBy(view, 6) };
  return (family, domain) => byFamily[family].find(domain.index);
}

function joinedBy(view: DesignView, family: IpFamily): UnionFind {
  const carries = carriers(view, family);
  const realms = new UnionFind(view.domains.length);
  for (const node of view.nodes) {
    if (!forwards(node)) continue;
    let first: Domain | undefined;
    for (const { domain } of view.attachmentsOf(node.id)) {
      if (!domain || !carries.has(domain)) continue;
      if (first) realms.join(first.index, domain.index);
      else first = domain;
    }
  }
  return realms;
}

/** Domains that packets to private addresses of that family cross. */
function carriers(view: DesignView, family: IpFamily): ReadonlySet<Domain> {
  const carrying = new Set<Domain>();
  for (const domain of view.domains) {
    if (domain.internet) continue;
    const isPrivate = domain.subnets.some(
      (subnet) => subnet.prefix.network.family === family && isPrivatePrefix(subnet.prefix),
    );
    if (isPrivate) carrying.add(domain);
  }
  for (const node of view.nodes) {
    for (const route of view.staticRoutes(node)) {
      const { destination, discards } = route;
      if (destination.network.family !== family || !isPrivatePrefix(destination)) continue;
      if (discards) continue;
      for (const domain of outOf(view, node, route)) if (!domain.internet) carrying.add(domain);
    }
  }
  return carrying;
}

/** Networks of the node that a route leaves by: that of its interface, or those where its next hop is. */
function outOf(view: DesignView, node: Node, { out, via }: StaticRoute): Domain[] {
  if (out !== undefined) {
    const leaving = view.attachmentsOf(node.id).find(({ item }) => item.id === out);
    return leaving?.domain ? [leaving.domain] : [];
  }
  if (via === undefined) return [];
  return view
    .ownersAnywhere(via)
    .flatMap(({ domain }) =>
      domain && view.attachmentsOn(node.id, domain).length > 0 ? [domain] : [],
    );
}
