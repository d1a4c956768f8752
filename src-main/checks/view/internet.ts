import type { Node } from '../../model/design.ts';
import { forwards } from '../../model/forwarding.ts';
import { prefixContains } from '../../model/ip.ts';
import { isPrivatePrefix } from './address-kinds.ts';
import { type Attachment, type DesignView, type Domain } from './design-view.ts';

/**
 * Interfaces that packets from the internet come in by before any filter has seen them. They spread from the internet
 * segments over routers without firewall, to networks that have public addresses: nobody outside can send to the others.
 * A design that draws no internet is taken to have it where a default route leaves by a public network.
 */
export function openAttachments(view: DesignView): ReadonlySet<Attachment> {
  const reached = new Set<Domain>();
  const open = new Set<Attachment>();
  const queue = view.hasInternet
    ? view.domains.filter((domain) => domain.internet)
    : view.domains.filter(
        (domain) => hasPublicAddresses(domain) && takesDefaultRoute(view, domain),
      );
  for (const domain of queue) reached.add(domain);
  for (const domain of queue) {
    for (const attachment of domain.attachments) {
      open.add(attachment);
      if (!forwards(attachment.node) || isFiltering(attachment.node)) continue;
      for (const { domain: next } of view.attachmentsOf(attachment.node.id)) {
        if (!next || reached.has(next) || !hasPublicAddresses(next)) continue;
        reached.add(next);
        queue.push(next);
      }
    }
  }
  return open;
}

const isFiltering = (node: Node): boolean => node.kind === 'edge-gateway' || 'firewall' in node;

const hasPublicAddresses = (domain: Domain): boolean =>
  domain.subnets.some((subnet) => subnet.prefix.length > 0 && !isPrivatePrefix(subnet.prefix));

function takesDefaultRoute(view: DesignView, domain: Domain): boolean {
  return domain.attachments.some(
    ({ node, addresses, item }) =>
      forwards(node) &&
      view.staticRoutes(node).some(({ destination, discards, via, out }) => {
        if (discards || destination.length > 0) return false;
        if (out !== undefined) return out === item.id;
        return via !== undefined && addresses.some((own) => prefixContains(own.prefix, via));
      }),
  );
}
