import type { HostLike, NatRule } from '../model/design.ts';
import {
  compareIp,
  ip,
  ipPlus,
  parseAddressMatch,
  prefixContains,
  sameIp,
  type Ip,
  type IpRange,
} from '../model/ip.ts';
import { finding, place, type Found } from './finding.ts';
import type { Attachment, DesignView } from './view/design-view.ts';
import { PrefixIndex } from './view/prefix-index.ts';
import type { Survey } from './view/survey.ts';

/**
 * Addresses that a node translates to or from, or balances, and that have to be its own: on the interface that the
 * rule names, secondary and virtual addresses included. The one exception is an address in none of the interface's
 * subnets that a neighbour's route leads to the node: there nobody asks by ARP. A default route counts only towards an
 * interface that the rule names, since some network behind the node nearly always has one.
 */
export function* edgeAddresses(survey: Survey): Generator<Found> {
  const routed = routesTowards(survey);
  for (const node of survey.nodes) {
    if (!('nat' in node || 'loadBalancers' in node)) continue;
    for (const [index, rule] of (node.nat ?? []).entries()) {
      if (rule.enabled !== false) yield* natFault(survey, routed, node, rule, index);
    }
    for (const [index, balancer] of (node.loadBalancers ?? []).entries()) {
      const address = ip(balancer.address);
      if (balancer.enabled === false) continue;
      const attachments = survey.attachmentsOf(node.id);
      if (holds(attachments, address) || isRouted(routed, attachments, address, false)) continue;
      yield finding(
        'balancer-address-not-on-node',
        place('node', node.id, 'loadBalancers', index, 'address'),
        { node: node.id, balancer: balancer.name ?? balancer.id, address: address.text },
      );
    }
  }
}

function* natFault(
  view: DesignView,
  routed: RoutedTo,
  node: HostLike,
  rule: NatRule,
  index: number,
): Generator<Found> {
  const facing = view
    .attachmentsOf(node.id)
    .filter(({ item }) => rule.interface === undefined || item.id === rule.interface);
  const ranges = ownRanges(rule);
  const missing =
    ranges &&
    firstMissing(ranges, facing, (address) =>
      isRouted(routed, facing, address, rule.interface !== undefined),
    );
  if (missing === undefined) return;
  const facts = { node: node.id, rule: rule.name ?? rule.id, number: index + 1, address: missing };
  const detail = rule.interface === undefined ? facts : { ...facts, interface: rule.interface };
  const related = facing.map(({ at }) => at);
  yield rule.kind === 'snat'
    ? finding(
        'snat-address-not-on-edge',
        place('node', node.id, 'nat', index, 'translated'),
        detail,
        related,
      )
    : finding(
        'dnat-address-not-on-edge',
        place('node', node.id, 'nat', index, 'original'),
        detail,
        related,
      );
}

/** What the rule needs to be its node's own; undefined where it takes whatever comes by or is there. */
export function ownRanges(rule: NatRule): readonly IpRange[] | undefined {
  const text = rule.kind === 'snat' ? rule.translated : rule.original;
  if (text === 'interface' || (rule.kind === 'dnat' && text === 'any')) return undefined;
  return parseAddressMatch(text);
}

/** The first address of the ranges that is not the node's, or undefined. */
function firstMissing(
  ranges: readonly IpRange[],
  facing: readonly Attachment[],
  routed: (address: Ip) => boolean,
): string | undefined {
  for (const { from, to } of ranges) {
    // One step an address that the node holds: the first that it does not hold ends the search.
    for (let address: Ip = from; compareIp(address, to) <= 0; address = ipPlus(address, 1n)) {
      if (holds(facing, address)) {
        if (sameIp(address, to)) break;
        continue;
      }
      if (routed(address)) return undefined;
      return address.text;
    }
  }
  return undefined;
}

const holds = (attachments: readonly Attachment[], address: Ip): boolean =>
  attachments.some(({ addresses, virtualIps }) =>
    [...addresses, ...virtualIps].some((own) => sameIp(own.ip, address)),
  );

/** Static routes of all nodes, by destination, with their next hops. */
type RoutedTo = PrefixIndex<{
  readonly node: string;
  readonly via: string;
  readonly isDefault: boolean;
}>;

function routesTowards({ nodes, staticRoutes }: DesignView): RoutedTo {
  return new PrefixIndex(
    nodes.flatMap((node) =>
      staticRoutes(node).flatMap(({ destination, via }) =>
        via
          ? [
              {
                prefix: destination,
                value: { node: node.id, via: via.text, isDefault: destination.length === 0 },
              },
            ]
          : [],
      ),
    ),
  );
}

/** Whether another node sends what is for the address to one of these interfaces by a route. */
function isRouted(
  routed: RoutedTo,
  facing: readonly Attachment[],
  address: Ip,
  byDefault: boolean,
): boolean {
  const connected = facing.some(({ domain, addresses }) =>
    [...addresses, ...(domain?.subnets ?? [])].some((one) => prefixContains(one.prefix, address)),
  );
  if (connected) return false;
  const own = new Set(
    facing.flatMap(({ addresses, virtualIps }) =>
      [...addresses, ...virtualIps].map((held) => held.ip.text),
    ),
  );
  const self = facing[0]?.node.id;
  for (const { node, via, isDefault } of routed.holdingAddress(address)) {
    if (own.has(via) && node !== self && (byDefault || !isDefault)) return true;
  }
  return false;
}
