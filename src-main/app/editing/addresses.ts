import type { Node, Segment } from '../../model/design.ts';
import {
  familyBits,
  ipFromBigInt,
  ipToBigInt,
  lastAddress,
  parseAddressMatch,
  parseInterfaceAddress,
  parseIp,
  parsePrefix,
  type Ip,
  type IpFamily,
  type Prefix,
} from '../../model/ip.ts';
import type { WorkingCopy } from './working-copy.ts';

/** From a first to a last address, as numbers of one family, and who has them. */
interface Use {
  readonly family: IpFamily;
  readonly from: bigint;
  readonly to: bigint;
  readonly who: string;
  /** An owner answers for the address; a gateway that nobody is yet does not. */
  readonly owned: boolean;
}

/** Which addresses of one layer-2 domain are taken, and by whom. */
export class AddressUse {
  readonly #uses: Use[];

  constructor(uses: readonly Use[]) {
    this.#uses = [...uses];
  }

  /** Takes one more. */
  take(address: Ip, who = 'a new interface'): void {
    const at = ipToBigInt(address);
    this.#uses.push({ family: address.family, from: at, to: at, who, owned: true });
  }

  /** Who has the address; an owner before the subnet that names it as gateway. */
  holder(address: Ip): string | undefined {
    const value = ipToBigInt(address);
    const holds = this.#uses.filter(
      ({ family, from, to }) => family === address.family && from <= value && value <= to,
    );
    return (holds.find(({ owned }) => owned) ?? holds[0])?.who;
  }

  isOwned(address: Ip): boolean {
    const value = ipToBigInt(address);
    return this.#uses.some(
      ({ owned, family, from, to }) =>
        owned && family === address.family && from <= value && value <= to,
    );
  }

  /** The first address of the subnet that hosts may have and nobody has. */
  next(subnet: Prefix): Ip | undefined {
    const { family } = subnet.network;
    const [first, last] = hostRange(subnet);
    const uses = this.#within(subnet).toSorted((a, b) => (a.from < b.from ? -1 : 1));
    let candidate = first;
    for (const { from, to } of uses) {
      if (from > candidate) break;
      if (to >= candidate) candidate = to + 1n;
    }
    return candidate <= last ? ipFromBigInt(family, candidate) : undefined;
  }

  /** How many addresses of the subnet are taken. */
  count(subnet: Prefix): number {
    const [first, last] = hostRange(subnet);
    let counted = 0n;
    let behind = first;
    for (const { from, to } of this.#within(subnet).toSorted((a, b) =>
      a.from < b.from ? -1 : 1,
    )) {
      const start = from > behind ? from : behind;
      const end = to < last ? to : last;
      if (end < start) continue;
      counted += end - start + 1n;
      behind = end + 1n;
    }
    return Number(counted);
  }

  #within(subnet: Prefix): Use[] {
    const { family } = subnet.network;
    const [first, last] = hostRange(subnet);
    return this.#uses.filter((use) => use.family === family && use.to >= first && use.from <= last);
  }
}

/**
 * First and last address that an interface may have: not the network's own, nor IPv4's broadcast address
 * (RFC 1122 §3.2.1.3), nor IPv6's subnet-router anycast address (RFC 4291 §2.6.1); both of a /31 (RFC 3021) or /127
 * (RFC 6164).
 */
export function hostRange(subnet: Prefix): readonly [first: bigint, last: bigint] {
  const bits = familyBits(subnet.network.family);
  const [first, last] = [ipToBigInt(subnet.network), ipToBigInt(lastAddress(subnet))];
  if (subnet.length >= bits - 1) return [first, last];
  return subnet.network.family === 4 ? [first + 1n, last - 1n] : [first + 1n, last];
}

/** The segments that are one layer-2 domain with this one: itself, and what it is stretched to. */
export function joinedSegments(copy: WorkingCopy, segment: string): ReadonlySet<string> {
  const joined = new Set([segment]);
  const stretches = copy.list('stretch');
  for (let before = 0; before < joined.size;) {
    before = joined.size;
    for (const { a, b } of stretches) {
      if (joined.has(a.segment)) joined.add(b.segment);
      if (joined.has(b.segment)) joined.add(a.segment);
    }
  }
  return joined;
}

/** What is taken on a segment: by interfaces, shared addresses, edges that answer for more, and as gateway. */
export function addressUse(copy: WorkingCopy, segment: Segment): AddressUse {
  const joined = joinedSegments(copy, segment.id);
  const uses: Use[] = [];
  const take = (text: string, who: string, owned = true) => {
    for (const range of parseAddressMatch(text) ?? []) {
      const { family } = range.from;
      uses.push({ family, from: ipToBigInt(range.from), to: ipToBigInt(range.to), who, owned });
    }
  };
  for (const node of copy.all('node')) {
    const here = (node.interfaces ?? []).filter(
      (item) => item.segment !== undefined && joined.has(item.segment),
    );
    if (here.length > 0) takeOfNode(node, here, take);
  }
  for (const id of joined) {
    for (const { cidr, gateway } of copy.get('segment', id)?.subnets ?? []) {
      if (gateway !== undefined) take(gateway, `the gateway of ${cidr}`, false);
    }
  }
  for (const flow of copy.all('flow')) {
    const { from } = flow;
    if (from.kind === 'address' && joined.has(from.segment)) take(from.address, `flow ${flow.id}`);
  }
  for (const group of copy.all('group')) {
    for (const member of group.members) {
      if (member.kind !== 'address' || !joined.has(member.segment)) continue;
      take(member.address, `group ${group.id}`);
    }
  }
  for (const service of copy.all('service')) {
    for (const text of [...(service.loadBalancerIps ?? []), ...(service.externalIps ?? [])]) {
      take(text, `service ${service.id}`);
    }
  }
  return new AddressUse(uses);
}

function takeOfNode(
  node: Node,
  here: NonNullable<Node['interfaces']>,
  take: (text: string, who: string) => void,
): void {
  for (const item of here) {
    for (const text of item.addresses ?? []) {
      const address = parseInterfaceAddress(text)?.ip.text;
      if (address !== undefined) take(address, `interface ${item.id} of ${node.id}`);
    }
  }
  if (!('nat' in node || 'loadBalancers' in node || 'virtualIps' in node)) return;
  for (const { id, address, interface: on } of node.virtualIps ?? []) {
    if (here.some((item) => item.id === on)) take(address, `virtual IP ${id} of ${node.id}`);
  }
  for (const rule of node.nat ?? []) {
    const text = rule.kind === 'dnat' ? rule.original : rule.translated;
    const isWide = text === 'any' || text === 'interface' || text.includes('/');
    if (!isWide) take(text, `NAT ${rule.id} of ${node.id}`);
  }
  for (const { id, address } of node.loadBalancers ?? []) {
    take(address, `load balancer ${id} of ${node.id}`);
  }
}

export interface SubnetOf {
  readonly prefix: Prefix;
  readonly gateway: Ip | undefined;
}

export function subnetsOf(segment: Segment): readonly SubnetOf[] {
  return (segment.subnets ?? []).flatMap(({ cidr, gateway }) => {
    const prefix = parsePrefix(cidr);
    return prefix
      ? [{ prefix, gateway: gateway === undefined ? undefined : parseIp(gateway) }]
      : [];
  });
}
