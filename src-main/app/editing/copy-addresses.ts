import type { Entity, EntityOf, NetworkInterface, Node, Segment } from '../../model/design.ts';
import type { EntityKind } from '../../model/ids.ts';
import {
  familyBits,
  parseInterfaceAddress,
  parseIp,
  parsePrefix,
  prefixContains,
  type Ip,
  type Prefix,
} from '../../model/ip.ts';
import type { AddressUse } from './addresses.ts';
import { addressUse } from './addresses.ts';
import type { Original } from './copies.ts';
import { withoutInterfaces } from './interfaces.ts';
import { NewAddresses, readdressed, shifted } from './readdress.ts';
import { unusedVlan, unusedVni } from './transport-zones.ts';
import { likeSubnets, usedPrefixes, type UsedPrefixes } from './unused-subnets.ts';
import type { WorkingCopy } from './working-copy.ts';

interface Moved {
  readonly from: Prefix;
  readonly to: Prefix;
}

/**
 * Addresses of copies. Subnets of copied segments, links and clusters move as a whole to where nothing is yet; on a
 * segment that is not copied each address is the next free one of its subnet. What names an address that has another one
 * now follows.
 */
export class Readdressing {
  readonly #copy: WorkingCopy;
  readonly #has: (kind: EntityKind, id: string) => boolean;
  readonly #used: UsedPrefixes;
  readonly #uses = new Map<string, AddressUse>();
  readonly #moved = new Map<string, readonly Moved[]>();
  readonly #new = new NewAddresses();
  readonly #nodes = new Map<string, Node>();

  constructor(
    copy: WorkingCopy,
    originals: readonly Original[],
    has: (kind: EntityKind, id: string) => boolean,
  ) {
    this.#copy = copy;
    this.#has = has;
    this.#used = usedPrefixes(copy, false);
    const nodes = originals.flatMap(({ kind, value }) =>
      kind === 'node' && has(kind, value.id) ? [value as Node] : [],
    );
    const links = originals.flatMap(({ kind, value }) =>
      kind === 'link' && has(kind, value.id) ? [value as EntityOf<'link'>] : [],
    );
    for (const { kind, value } of originals) {
      if (!has(kind, value.id)) continue;
      if (kind === 'segment') this.#moveSegment(value as Segment);
      if (kind === 'cluster') this.#moveCluster(value as EntityOf<'cluster'>);
    }
    const ends = new Map(
      links.flatMap(({ id, a, b }) =>
        [a, b].map((end) => [`${end.node}/${end.interface}`, id] as const),
      ),
    );
    for (const node of nodes) {
      const items = this.#keptInterfaces(node, ends);
      const kept = this.#withoutOthers(node, items);
      this.#nodes.set(node.id, { ...kept, ...this.#interfaces(kept, ends) });
    }
    for (const node of nodes) this.#shareAddresses(node, nodes);
  }

  of(kind: EntityKind, value: Entity): Entity {
    if (kind === 'segment') return this.#segment(value as Segment);
    const known = kind === 'node' ? (this.#nodes.get(value.id) ?? value) : value;
    return readdressed(kind, known as EntityOf<typeof kind>, this.#new);
  }

  #move(from: Prefix): Moved | undefined {
    if (!this.#used.overlaps(from)) {
      this.#used.add(from);
      return undefined;
    }
    for (const to of likeSubnets(from)) {
      if (this.#used.overlaps(to)) continue;
      this.#used.add(to);
      this.#new.setPrefix(from, to);
      return { from, to };
    }
    return undefined;
  }

  #moveSegment(segment: Segment): void {
    const moved = (segment.subnets ?? []).flatMap(({ cidr }) => {
      const prefix = parsePrefix(cidr);
      return (prefix && this.#move(prefix)) ?? [];
    });
    this.#moved.set(`segment:${segment.id}`, moved);
  }

  #moveCluster(cluster: EntityOf<'cluster'>): void {
    for (const text of [...cluster.podCidrs, ...cluster.serviceCidrs]) {
      const prefix = parsePrefix(text);
      if (prefix) this.#move(prefix);
    }
  }

  #segment(segment: Segment): Segment {
    const moved = this.#moved.get(`segment:${segment.id}`) ?? [];
    const subnets = segment.subnets?.map((subnet) => {
      const move = moved.find(({ from }) => from.text === parsePrefix(subnet.cidr)?.text);
      if (!move) return subnet;
      const gateway = subnet.gateway === undefined ? undefined : parseIp(subnet.gateway);
      const isInside = gateway && prefixContains(move.from, gateway);
      return {
        ...subnet,
        cidr: move.to.text,
        ...(isInside ? { gateway: shifted(gateway, move).text } : {}),
      };
    });
    const now: Segment = { ...segment, ...(subnets ? { subnets } : {}) };
    const isTaken = (test: (other: Segment) => boolean) =>
      [...this.#copy.all('segment')].some(test);
    if (now.kind === 'vlan') {
      const clashes = isTaken((other) => other.kind === 'vlan' && other.vlan === now.vlan);
      return clashes ? { ...now, vlan: unusedVlan(this.#copy) } : now;
    }
    if (now.kind !== 'vxlan') return now;
    const clashes = isTaken((other) => other.kind === 'vxlan' && other.vni === now.vni);
    const zone = this.#copy.get('transport-zone', now.transportZone) ?? { id: now.transportZone };
    return clashes ? { ...now, vni: unusedVni(this.#copy, zone) } : now;
  }

  /** Interfaces whose other end is not copied and not here are left out; those that never had one stay. */
  #keptInterfaces(node: Node, ends: ReadonlyMap<string, string>): ReadonlySet<string> {
    const linked = new Set<string>();
    for (const { a, b } of this.#copy.all('link')) {
      for (const end of [a, b]) if (end.node === node.id) linked.add(end.interface);
    }
    const kept = (node.interfaces ?? []).filter(({ id, segment }) => {
      if (segment !== undefined) {
        return this.#has('segment', segment) || this.#copy.has('segment', segment);
      }
      return ends.has(`${node.id}/${id}`) || !linked.has(id);
    });
    return new Set(kept.map(({ id }) => id));
  }

  #withoutOthers(node: Node, kept: ReadonlySet<string>): Node {
    const gone = (node.interfaces ?? []).filter(({ id }) => !kept.has(id)).map(({ id }) => id);
    if (gone.length === 0) return node;
    this.#copy.tellLeftOut({
      code: 'other-end-not-copied',
      detail: { interfaces: gone, node: node.id },
    });
    return withoutInterfaces(node, new Set(gone)).node;
  }

  #interfaces(node: Node, ends: ReadonlyMap<string, string>): Pick<Node, 'interfaces'> {
    const interfaces = node.interfaces?.map(({ mac: _, ...item }): NetworkInterface => {
      if (!item.addresses) return item;
      const place = this.#placeOf(node, item, ends);
      return { ...item, addresses: item.addresses.flatMap((text) => this.#address(text, place)) };
    });
    return interfaces ? { interfaces } : {};
  }

  #placeOf(node: Node, item: NetworkInterface, ends: ReadonlyMap<string, string>) {
    if (item.segment !== undefined) return { kind: 'segment', id: item.segment } as const;
    const link = ends.get(`${node.id}/${item.id}`);
    return link === undefined ? undefined : ({ kind: 'link', id: link } as const);
  }

  /** None where its subnet is full. */
  #address(text: string, place: { kind: 'segment' | 'link'; id: string } | undefined): string[] {
    const address = parseInterfaceAddress(text);
    if (!address || !place) return [text];
    const { ip, prefix } = address;
    const isAlone = prefix.length === familyBits(ip.family);
    if (place.kind === 'link' || this.#has('segment', place.id)) {
      const key = `${place.kind}:${place.id}`;
      const known = this.#moved.get(key) ?? [];
      let move = known.find(({ from }) => prefixContains(from, ip));
      if (!move && place.kind === 'link' && !isAlone && !this.#isKept(key, prefix)) {
        move = this.#move(prefix);
        if (move) this.#moved.set(key, [...known, move]);
        else this.#keep(key, prefix);
      }
      if (!move) return [text];
      const now = shifted(ip, move);
      this.#new.setAddress(ip, now);
      return [`${now.text}/${prefix.length}`];
    }
    const use = this.#useOf(place.id);
    if (!use?.isOwned(ip)) {
      use?.take(ip);
      return [text];
    }
    const free = use.next(this.#subnetAround(place.id, ip) ?? prefix);
    if (!free) {
      this.#copy.tellLeftOut({
        code: 'no-address-at',
        detail: { place: place.id, prefix: prefix.text },
      });
      return [];
    }
    use.take(free);
    this.#new.setAddress(ip, free);
    return [`${free.text}/${prefix.length}`];
  }

  readonly #keptPrefixes = new Set<string>();

  #isKept(key: string, prefix: Prefix): boolean {
    return this.#keptPrefixes.has(`${key} ${prefix.text}`);
  }

  #keep(key: string, prefix: Prefix): void {
    this.#keptPrefixes.add(`${key} ${prefix.text}`);
  }

  #useOf(id: string): AddressUse | undefined {
    const known = this.#uses.get(id);
    if (known) return known;
    const segment = this.#copy.get('segment', id);
    if (!segment) return undefined;
    const use = addressUse(this.#copy, segment);
    this.#uses.set(id, use);
    return use;
  }

  #subnetAround(segment: string, ip: Ip): Prefix | undefined {
    for (const { cidr } of this.#copy.get('segment', segment)?.subnets ?? []) {
      const prefix = parsePrefix(cidr);
      if (prefix && prefixContains(prefix, ip)) return prefix;
    }
    return undefined;
  }

  /** A shared address whose owners are all copied is shared by the copies under another one; else they join in. */
  #shareAddresses(node: Node, copied: readonly Node[]): void {
    if (!('virtualIps' in node)) return;
    for (const { address, interface: on } of node.virtualIps ?? []) {
      const segment = node.interfaces?.find(({ id }) => id === on)?.segment;
      const ip = parseIp(address);
      if (segment === undefined || !ip || this.#has('segment', segment)) continue;
      if (this.#new.address(address) !== address) continue;
      const isShared = [...this.#copy.all('node')].some(
        (other) =>
          'virtualIps' in other &&
          !copied.some(({ id }) => id === other.id) &&
          other.virtualIps.some((one) => parseIp(one.address)?.text === ip.text),
      );
      const use = this.#useOf(segment);
      const subnet = this.#subnetAround(segment, ip);
      const free = subnet && !isShared && use?.isOwned(ip) ? use.next(subnet) : undefined;
      if (!free) continue;
      use?.take(free);
      this.#new.setAddress(ip, free);
    }
  }
}
