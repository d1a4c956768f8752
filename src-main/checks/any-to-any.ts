import type { FirewallRule, HostLike } from '../model/design.ts';
import { hostPrefix, prefixRange, sameIp, type IpRange } from '../model/ip.ts';
import { mergeRanges } from '../sim/compile/matches.ts';
import { finding, place, type Found } from './finding.ts';
import { acceptors, byDefault } from './space/acceptors.ts';
import { addressesOf, everyService, everyTcpPort, servicesNamed } from './space/rule-regions.ts';
import type { Attachment, DesignView } from './view/design-view.ts';
import { openAttachments } from './view/internet.ts';
import type { Survey } from './view/survey.ts';

/**
 * Rules that accept everything from anywhere to anywhere, or a default that accepts, where packets from the internet
 * come in: only if they let something in to what lies behind the firewall that no earlier rule has decided on.
 */
export function* anyToAny(survey: Survey): Generator<Found> {
  const open = openAttachments(survey);
  for (const node of survey.nodes) {
    if (!('firewall' in node)) continue;
    const own = survey.attachmentsOf(node.id);
    const facing = own.filter((attachment) => open.has(attachment));
    const [first] = facing;
    if (!first) continue;
    const accepting = acceptors(node, {
      destinations: behind(survey, node, own, open),
      services: [everyService],
      inInterfaces: facing.map(({ item }) => item.id),
    });
    for (const index of accepting) {
      const rule = node.firewall.rules[index];
      if (index !== byDefault && !(rule && isAnyToAny(rule))) continue;
      if (rule?.outInterface !== undefined && isOpen(facing, rule.outInterface)) continue;
      const path = index === byDefault ? (['defaultAction'] as const) : (['rules', index] as const);
      yield finding(
        'any-to-any-from-internet',
        place('node', node.id, 'firewall', ...path),
        {
          node: node.id,
          rule: rule?.name ?? rule?.id ?? 'default',
          number: index + 1,
          interface: (facing.find(({ item }) => item.id === rule?.inInterface) ?? first).item.id,
        },
        facing.map(({ at }) => at),
      );
    }
  }
}

const isOpen = (facing: readonly Attachment[], id: string) =>
  facing.some(({ item }) => item.id === id);

/** The node itself, the networks on its other interfaces, and what its routes lead to over them. */
function behind(
  view: DesignView,
  node: HostLike,
  own: readonly Attachment[],
  open: ReadonlySet<Attachment>,
): readonly IpRange[] {
  const inner = own.filter((attachment) => !open.has(attachment));
  const addresses = own.flatMap((attachment) =>
    [...attachment.addresses, ...attachment.virtualIps].map((held) => hostPrefix(held.ip)),
  );
  const subnets = inner.flatMap(({ domain }) =>
    (domain?.subnets ?? []).map((subnet) => subnet.prefix),
  );
  const routed = view.staticRoutes(node).flatMap(({ destination, via, out }) => {
    const leavesInside = inner.some(
      ({ item, domain }) =>
        item.id === out || (via && domain && view.owners(domain, via).length > 0),
    );
    return leavesInside && destination.length > 0 ? [destination] : [];
  });
  return mergeRanges([...addresses, ...subnets, ...routed].map(prefixRange));
}

function isAnyToAny(rule: FirewallRule): boolean {
  const services = servicesNamed(rule.services);
  const everything = services.some(
    ([from, to]) => from <= everyTcpPort[0] && to >= everyTcpPort[1],
  );
  return (
    rule.action === 'accept' &&
    everything &&
    isAnywhere(rule.sources) &&
    isAnywhere(rule.destinations)
  );
}

/** Whether a rule's list of addresses holds all of a family. */
export function isAnywhere(texts: readonly string[] | undefined): boolean {
  const all = addressesOf(undefined);
  return mergeRanges(addressesOf(texts)).some((range) =>
    all.some(({ from, to }) => sameIp(from, range.from) && sameIp(to, range.to)),
  );
}
