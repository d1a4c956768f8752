import type { HostLike } from '../model/design.ts';
import { forwards } from '../model/forwarding.ts';
import {
  familyBits,
  ip,
  prefixContains,
  prefixRange,
  rangeContains,
  sameIp,
  type Ip,
  type IpRange,
  type Prefix,
} from '../model/ip.ts';
import { ownRanges } from './edge-addresses.ts';
import type { AddressHolder } from './facts.ts';
import { finding, place, type Found, type Place } from './finding.ts';
import { type Attachment, type Subnet } from './view/design-view.ts';
import type { Survey } from './view/survey.ts';

type Reserved = 'address-is-network' | 'address-is-broadcast' | 'address-is-router-anycast';

/**
 * Addresses that their subnet keeps for itself: its first, which names the subnet (IPv4) or is the anycast address of
 * its routers (RFC 4291 §2.6.1), and its last, the IPv4 broadcast. Neither is kept back where a subnet has only two
 * addresses (RFC 3021, RFC 6164) or one.
 */
export function* reservedAddresses(survey: Survey): Generator<Found> {
  for (const attachment of survey.attachments) yield* onInterface(attachment);
  for (const { ref, subnets } of survey.domains) {
    for (const { prefix, gateway, segment, at } of subnets) {
      if (!gateway || !segment) continue;
      const where = place('segment', segment.id, ...at.segments, 'gateway');
      // The routers' anycast address is a gateway that IPv6 hosts may well use.
      yield* told(gateway, [prefix], where, { kind: 'gateway', network: ref }, true);
    }
  }
  for (const node of survey.nodes) {
    if ('nat' in node || 'loadBalancers' in node) yield* ofFunctions(survey, node);
  }
}

function* onInterface(attachment: Attachment): Generator<Found> {
  const { node, item, addresses, virtualIps, at } = attachment;
  const holder = { node: node.id, interface: item.id } as const;
  const around = subnetsOf(attachment);
  for (const [index, address] of addresses.entries()) {
    const where = place('node', node.id, ...at.segments, 'addresses', index);
    const own = [address.prefix, ...around];
    yield* told(address.ip, own, where, { kind: 'interface', ...holder }, forwards(node));
  }
  for (const { ip: address, index } of virtualIps) {
    const where = place('node', node.id, 'virtualIps', index);
    yield* told(address, around, where, { kind: 'virtual-ip', ...holder }, forwards(node));
  }
}

function* ofFunctions(survey: Survey, node: HostLike): Generator<Found> {
  const attachments = survey.attachmentsOf(node.id);
  for (const [index, balancer] of (node.loadBalancers ?? []).entries()) {
    if (balancer.enabled === false) continue;
    const at = place('node', node.id, 'loadBalancers', index, 'address');
    const name = balancer.name ?? balancer.id;
    const holder = { kind: 'balancer', node: node.id, balancer: name } as const;
    yield* told(ip(balancer.address), attachments.flatMap(subnetsOf), at, holder, forwards(node));
  }
  for (const [index, rule] of (node.nat ?? []).entries()) {
    if (rule.enabled === false) continue;
    const facing = attachments.filter(
      ({ item }) => rule.interface === undefined || rule.interface === item.id,
    );
    const subnets = facing.flatMap(subnetsOf);
    const key = rule.kind === 'snat' ? 'translated' : 'original';
    const at = place('node', node.id, 'nat', index, key);
    const facts = { node: node.id, rule: rule.name ?? rule.id, number: index + 1 };
    const ranges = ownRanges(rule) ?? [];
    const [first] = subnets.flatMap((subnet) => reservedIn(subnet, ranges));
    if (first) yield* told(first, subnets, at, { kind: 'nat', ...facts }, true);
  }
}

/** The prefixes of an interface, and the subnets of its network. */
const subnetsOf = ({ addresses, domain }: Attachment): readonly Prefix[] => [
  ...addresses.map(({ prefix }) => prefix),
  ...(domain?.subnets ?? []).map((subnet: Subnet) => subnet.prefix),
];

/** The addresses that an IPv4 subnet keeps for itself and that the ranges hold. */
function reservedIn(subnet: Prefix, ranges: readonly IpRange[]): readonly Ip[] {
  if (subnet.network.family === 6 || !keepsAny(subnet)) return [];
  const { from, to } = prefixRange(subnet);
  return [from, to].filter((address) => ranges.some((range) => rangeContains(range, address)));
}

function* told(
  address: Ip,
  subnets: readonly Prefix[],
  at: Place,
  holder: AddressHolder,
  isRouter: boolean,
): Generator<Found> {
  for (const subnet of subnets) {
    const code = reservedAs(address, subnet);
    if (code === undefined || (code === 'address-is-router-anycast' && isRouter)) continue;
    yield finding(code, at, { address: address.text, subnet: subnet.text, holder });
    return;
  }
}

function reservedAs(address: Ip, subnet: Prefix): Reserved | undefined {
  if (!prefixContains(subnet, address) || !keepsAny(subnet)) return undefined;
  const { from, to } = prefixRange(subnet);
  if (sameIp(address, from)) {
    return address.family === 4 ? 'address-is-network' : 'address-is-router-anycast';
  }
  return address.family === 4 && sameIp(address, to) ? 'address-is-broadcast' : undefined;
}

/** Of two addresses or one nothing is kept back. The prefix of all addresses is no subnet. */
const keepsAny = ({ length, network }: Prefix): boolean =>
  length > 0 && length < familyBits(network.family) - 1;
