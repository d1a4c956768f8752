import type { FirewallRule, HostLike } from '../model/design.ts';
import {
  compareIp,
  hostPrefix,
  ip,
  parseAddressMatch,
  prefix,
  prefixRange,
  rangeContains,
  type Ip,
  type IpRange,
} from '../model/ip.ts';
import { mergeRanges } from '../sim/compile/matches.ts';
import type { Unmatched } from './facts.ts';
import { finding, place, type Found } from './finding.ts';
import { isVoid } from './space/flow-space.ts';
import { addressesOf, filtersFirst, firewallLayers } from './space/rule-regions.ts';
import { isPublic } from './view/address-kinds.ts';
import type { Survey } from './view/survey.ts';
import { WaysTo } from './view/ways.ts';

/**
 * Firewall rules that no packet can match, and rules that are switched off without a word why. A rule counts as unused
 * only for one of these reasons: it asks for the interface out where that is not known yet; its interface is connected
 * to nothing; its sources and destinations are of different families; or all of its sources (or destinations) are
 * private addresses that nothing in the design has, names or routes to, and that the node itself has no way to.
 */
export function* unusedRules(survey: Survey): Generator<Found> {
  let known: readonly IpRange[] | undefined;
  for (const node of survey.nodes) {
    if (!('firewall' in node)) continue;
    const { rules } = node.firewall;
    const layers = firewallLayers(node, rules);
    for (const [index, rule] of rules.entries()) {
      const at = place('node', node.id, 'firewall', 'rules', index);
      const detail = { node: node.id, rule: rule.name ?? rule.id, number: index + 1 };
      if (rule.enabled === false) {
        if (rule.notes === undefined) yield finding('rule-disabled', at, detail);
        continue;
      }
      known ??= knownAddresses(survey);
      const matchesNothing = layers.every(({ regions }) => isVoid(regions[index] ?? [[]]));
      const reason = unusedBecause(survey, node, rule, matchesNothing, known);
      if (reason !== undefined) yield finding('rule-never-used', at, { ...detail, reason });
    }
  }
}

function unusedBecause(
  survey: Survey,
  node: HostLike,
  rule: FirewallRule,
  matchesNothing: boolean,
  known: readonly IpRange[],
): Unmatched | undefined {
  if (rule.outInterface !== undefined && filtersFirst(node)) {
    return { kind: 'interface-out', interface: rule.outInterface };
  }
  if (matchesNothing) return { kind: 'families' };
  for (const id of [rule.inInterface, rule.outInterface]) {
    const attachment = survey.attachmentsOf(node.id).find(({ item }) => item.id === id);
    if (attachment && !attachment.domain) {
      return { kind: 'not-connected', interface: attachment.item.id };
    }
  }
  if (areNowhere(survey, node, rule.sources, known)) {
    return { kind: 'sources', addresses: rule.sources ?? [] };
  }
  if (areNowhere(survey, node, rule.destinations, known)) {
    return { kind: 'destinations', addresses: rule.destinations ?? [] };
  }
  return undefined;
}

function areNowhere(
  survey: Survey,
  node: HostLike,
  texts: readonly string[] | undefined,
  known: readonly IpRange[],
): boolean {
  if (!texts || texts.length === 0) return false;
  return addressesOf(texts).every((range) => {
    if (isPublic(range.from) || isPublic(range.to) || meetsAny(known, range)) return false;
    const { end } = new WaysTo(survey, survey.routesOf, range.from).firstWay(node);
    // Behind a next hop that is not drawn there may be anything.
    return end?.kind === 'no-route' || end?.kind === 'internet' || end?.kind === 'discarded';
  });
}

function meetsAny(sorted: readonly IpRange[], range: IpRange): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareIp((sorted[middle] as IpRange).to, range.from) < 0) low = middle + 1;
    else high = middle;
  }
  const next = sorted[low];
  return next !== undefined && compareIp(next.from, range.to) <= 0;
}

/** Every address that the design has on an interface, routes to, hands out, translates or sends from; sorted. */
function knownAddresses({
  design,
  nodes,
  domains,
  attachments,
  staticRoutes,
}: Survey): readonly IpRange[] {
  const one = (address: Ip) => prefixRange(hostPrefix(address));
  const ranges: IpRange[] = [
    ...domains.flatMap(({ subnets }) => subnets.map((subnet) => prefixRange(subnet.prefix))),
    ...attachments.flatMap(({ addresses, virtualIps }) =>
      [...addresses, ...virtualIps].map((held) => one(held.ip)),
    ),
  ];
  for (const node of nodes) {
    for (const { destination } of staticRoutes(node)) {
      if (destination.length > 0) ranges.push(prefixRange(destination));
    }
    for (const rule of 'nat' in node ? (node.nat ?? []) : []) {
      for (const text of [rule.original, rule.translated]) {
        if (text !== 'any' && text !== 'interface') ranges.push(...(parseAddressMatch(text) ?? []));
      }
    }
  }
  for (const { podCidrs, serviceCidrs, calico } of design.clusters ?? []) {
    const pools = (calico?.ipPools ?? []).map((pool) => pool.cidr);
    for (const cidr of [...podCidrs, ...serviceCidrs, ...pools])
      ranges.push(prefixRange(prefix(cidr)));
  }
  for (const { from, to } of design.flows ?? []) {
    if (from.kind === 'address') ranges.push(one(ip(from.address)));
    if (to.kind === 'address') ranges.push(one(ip(to.address)));
  }
  for (const { members } of design.groups ?? []) {
    for (const member of members)
      if (member.kind === 'address') ranges.push(one(ip(member.address)));
  }
  const everywhere = addressesOf(undefined);
  const isEverything = (range: IpRange) =>
    everywhere.some((all) => rangeContains(range, all.from) && rangeContains(range, all.to));
  return mergeRanges(ranges.filter((range) => !isEverything(range)));
}
