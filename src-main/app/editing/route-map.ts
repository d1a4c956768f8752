import type { Node, Route } from '../../model/design.ts';
import { forwards } from '../../model/forwarding.ts';
import { entityRef } from '../../model/ids.ts';
import {
  familyBits,
  parseInterfaceAddress,
  parseIp,
  parsePrefix,
  prefixContains,
  prefixCovers,
  type InterfaceAddress,
  type Ip,
  type IpFamily,
  type Prefix,
} from '../../model/ip.ts';
import { isPrivate } from '../../sim/stages/neighbor.ts';
import { isOnInternet } from './sites.ts';
import { firstFree } from './names.ts';
import type { WorkingCopy } from './working-copy.ts';

/** An interface on something that connects: a segment, several that are stretched into one, or a link. */
export interface Attachment {
  readonly node: string;
  readonly interface: string;
  readonly addresses: readonly InterfaceAddress[];
}

/** Routers that are told of a new prefix at the most: a gesture stays quick on the largest design. */
const routersTold = 200;

export const defaultRouteOf = (family: IpFamily): string => (family === 4 ? '0.0.0.0/0' : '::/0');

export const defaultRoute = (node: Node, family: IpFamily): Route | undefined =>
  node.routes?.find(({ destination }) => destination === defaultRouteOf(family));

/** Which routers are connected to which, and where the routes of each lead. Of other nodes only those that are named. */
export class RouteMap {
  readonly #copy: WorkingCopy;
  readonly #media = new Map<string, Attachment[]>();
  /** By `node/interface`. */
  readonly #attached = new Map<string, Attachment & { readonly medium: string }>();
  /** Of a medium the routers on it. */
  readonly #routers = new Map<string, string[]>();
  readonly #prefixes = new Map<string, Prefix | undefined>();

  constructor(copy: WorkingCopy, others: readonly string[] = []) {
    this.#copy = copy;
    const name = mediumNames(copy);
    const linked = new Map<string, string>();
    for (const { id, a, b } of copy.all('link')) {
      for (const end of [a, b]) linked.set(`${end.node}/${end.interface}`, `link:${id}`);
    }
    for (const node of copy.all('node')) {
      if (!forwards(node) && !others.includes(node.id)) continue;
      for (const item of node.interfaces ?? []) {
        const key = `${node.id}/${item.id}`;
        const medium = item.segment === undefined ? linked.get(key) : name(item.segment);
        if (medium === undefined) continue;
        const addresses = (item.addresses ?? []).flatMap(
          (text) => parseInterfaceAddress(text) ?? [],
        );
        const one = { node: node.id, interface: item.id, addresses, medium };
        this.#attached.set(key, one);
        listIn(this.#media, medium).push(one);
        if (forwards(node)) listIn(this.#routers, medium).push(node.id);
      }
    }
  }

  mediumOf(node: string, item: string): string | undefined {
    return this.#attached.get(`${node}/${item}`)?.medium;
  }

  /** The other routers on a medium, each once. */
  routersOn(medium: string, except: string): readonly Node[] {
    const ids = new Set(this.#routers.get(medium));
    ids.delete(except);
    return [...ids].flatMap((id) => {
      const node = this.#copy.get('node', id);
      return node ? [node] : [];
    });
  }

  /** Which router answers for an address on a medium. */
  ownerOf(medium: string, address: Ip): string | undefined {
    for (const { node, interface: on, addresses } of this.#media.get(medium) ?? []) {
      if (addresses.some(({ ip }) => ip.text === address.text)) return node;
      const holder = this.#copy.get('node', node);
      const shared = holder && 'virtualIps' in holder ? holder.virtualIps : undefined;
      const isShared = shared?.some(
        (one) => one.interface === on && parseIp(one.address)?.text === address.text,
      );
      if (isShared) return node;
    }
    return undefined;
  }

  attachmentsOf(node: Node): readonly (Attachment & { readonly medium: string })[] {
    return (node.interfaces ?? []).flatMap(
      ({ id }) => this.#attached.get(`${node.id}/${id}`) ?? [],
    );
  }

  /** Whether a packet that the node sends to the prefix gets to a router that is connected to it. */
  delivers(id: string, target: Prefix, seen = new Set<string>()): boolean {
    const node = this.#copy.get('node', id);
    if (!node || seen.has(id)) return false;
    seen.add(id);
    const attachments = this.attachmentsOf(node);
    const isConnected = attachments.some(({ addresses }) =>
      addresses.some(({ prefix }) => prefixCovers(prefix, target)),
    );
    if (isConnected) return true;
    const route = this.#longest(node.routes ?? [], target);
    if (route?.via === undefined) return false;
    const via = parseIp(route.via);
    const next = via && this.#nextRouter(attachments, via);
    return next !== undefined && this.delivers(next, target, seen);
  }

  #nextRouter(
    attachments: readonly (Attachment & { readonly medium: string })[],
    via: Ip,
  ): string | undefined {
    const out = attachments.find(({ addresses }) => addresses.some((one) => isNeighbour(one, via)));
    return out && this.ownerOf(out.medium, via);
  }

  /** The route that takes a packet to the prefix. */
  #longest(routes: readonly Route[], target: Prefix): Route | undefined {
    let best: { readonly route: Route; readonly length: number } | undefined;
    for (const route of routes) {
      const destination = this.#prefix(route.destination);
      if (!destination || !prefixCovers(destination, target)) continue;
      if (!best || destination.length > best.length) best = { route, length: destination.length };
    }
    return best?.route;
  }

  #prefix(text: string): Prefix | undefined {
    if (!this.#prefixes.has(text)) this.#prefixes.set(text, parsePrefix(text));
    return this.#prefixes.get(text);
  }

  /** The prefixes that a router has on its other sides, or knows a way to there. */
  behind(node: Node, medium: string): readonly Prefix[] {
    const attachments = this.attachmentsOf(node);
    const connected = attachments
      .filter((one) => one.medium !== medium)
      .flatMap(({ addresses }) => addresses.map(({ prefix }) => prefix))
      .filter(({ network, length }) => length < familyBits(network.family));
    const near = attachments.filter((one) => one.medium === medium);
    const known = (node.routes ?? []).flatMap(({ destination, via, interface: out, action }) => {
      const target = this.#prefix(destination);
      if (!target || target.length === 0 || action === 'discard') return [];
      const hop = via === undefined ? undefined : parseIp(via);
      const isNear = near.some(
        (one) =>
          one.interface === out ||
          (hop !== undefined && one.addresses.some((address) => isNeighbour(address, hop))),
      );
      return isNear ? [] : [target];
    });
    return uniquePrefixes([...connected, ...known]);
  }

  /** Whether a router has a default route, and one that does not leave by this medium. */
  leavesElsewhere(node: Node, medium: string, family: IpFamily): boolean {
    const route = defaultRoute(node, family);
    if (!route || route.action === 'discard') return false;
    const via = route.via === undefined ? undefined : parseIp(route.via);
    return !this.attachmentsOf(node).some(
      (one) =>
        one.medium === medium &&
        (one.interface === route.interface ||
          (via !== undefined && one.addresses.some((address) => isNeighbour(address, via)))),
    );
  }

  /** Whether the medium belongs to an internet site. */
  isInternet(medium: string): boolean {
    if (!medium.startsWith('segment:')) return false;
    return isOnInternet(this.#copy, this.#copy.get('segment', medium.slice(8))?.site);
  }

  /**
   * Tells the routers around of prefixes that lie behind a router: those that do not get there yet are given a static
   * route, and those behind them as well. `first` narrows whom the router itself tells.
   */
  announce(
    from: Node,
    medium: string,
    prefixes: readonly Prefix[],
    first?: string,
    told = new Set<string>([from.id]),
  ): void {
    const isPublic = this.isInternet(medium);
    const wanted = isPublic ? prefixes.filter(({ network }) => !isPrivate(network)) : prefixes;
    if (wanted.length === 0) return;
    for (const router of this.routersOn(medium, from.id)) {
      if (told.has(router.id) || told.size > routersTold) continue;
      if (first !== undefined && router.id !== first) continue;
      told.add(router.id);
      const known = wanted.filter((target) => this.#tell(router.id, from, medium, target));
      const now = this.#copy.get('node', router.id);
      if (!now || known.length === 0) continue;
      const others = new Set(this.attachmentsOf(now).map((one) => one.medium));
      others.delete(medium);
      for (const other of others) this.announce(now, other, known, undefined, told);
    }
  }

  /** Gives a router a route unless it gets there already; says whether it gets there now. */
  #tell(id: string, from: Node, medium: string, target: Prefix): boolean {
    if (this.delivers(id, target)) return true;
    const router = this.#copy.get('node', id);
    if (!router) return false;
    const held = this.#longest(router.routes ?? [], target);
    // A route of its own that leads elsewhere is somebody's decision.
    if (held && held.destination !== defaultRouteOf(target.network.family)) return false;
    const via = this.addressTowards(from, router, medium, target.network.family);
    if (!via) return false;
    this.addRoute(id, target, via);
    return true;
  }

  /** An address of one node that another reaches directly. */
  addressTowards(of: Node, other: Node, medium: string, family: IpFamily): Ip | undefined {
    const there = this.attachmentsOf(other).filter((one) => one.medium === medium);
    return this.attachmentsOf(of)
      .filter((one) => one.medium === medium)
      .flatMap(({ addresses }) => addresses.map(({ ip }) => ip))
      .find(
        (address) =>
          address.family === family &&
          there.some(({ addresses }) => addresses.some((one) => isNeighbour(one, address))),
      );
  }

  addRoute(id: string, target: Prefix, via: Ip): void {
    const node = this.#copy.get('node', id);
    if (!node) return;
    const route = {
      id: routeId(this.#copy, node, target),
      destination: target.text,
      via: via.text,
    };
    this.#copy.put('node', { ...node, routes: [...(node.routes ?? []), route] });
    this.#copy.tellChanged(entityRef('node', id), {
      code: 'route-added',
      detail: { destination: target.text, via: via.text },
    });
  }
}

const isNeighbour = ({ ip, prefix }: InterfaceAddress, other: Ip): boolean =>
  prefix.length < familyBits(ip.family) && prefixContains(prefix, other) && ip.text !== other.text;

function listIn<T>(lists: Map<string, T[]>, key: string): T[] {
  let list = lists.get(key);
  if (!list) lists.set(key, (list = []));
  return list;
}

const uniquePrefixes = (prefixes: readonly Prefix[]): Prefix[] => [
  ...new Map(prefixes.map((one) => [one.text, one])).values(),
];

/** Segments that are stretched into one have one name. */
function mediumNames(copy: WorkingCopy): (segment: string) => string {
  const parent = new Map<string, string>();
  const top = (segment: string): string => {
    const up = parent.get(segment);
    return up === undefined ? segment : top(up);
  };
  for (const { a, b } of copy.all('stretch')) {
    const [one, other] = [top(a.segment), top(b.segment)];
    if (one !== other) parent.set(other, one);
  }
  return (segment) => `segment:${top(segment)}`;
}

/** `default`, `to-segment-2`, `to-10.0.0.0`, or a number. */
export function routeId(copy: WorkingCopy, node: Node, target: Prefix): string {
  const taken = new Set((node.routes ?? []).map(({ id }) => id));
  const isTaken = (id: string) => taken.has(id);
  if (target.length === 0) {
    const plain = target.network.family === 4 ? 'default' : 'default6';
    return isTaken(plain) ? firstFree(plain, isTaken, 2) : plain;
  }
  let named: string | undefined;
  for (const segment of copy.all('segment')) {
    if (segment.subnets?.some(({ cidr }) => cidr === target.text)) named ??= segment.id;
  }
  const word = named ?? (target.network.family === 4 ? target.network.text : 'network');
  const id = `to-${word}`.slice(0, 63);
  return isTaken(id) ? firstFree(id, isTaken, 2) : id;
}
