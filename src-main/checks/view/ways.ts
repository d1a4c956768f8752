import { parseAddressMatch, rangeContains, type Ip } from '../../model/ip.ts';
import type { Node } from '../../model/design.ts';
import { forwards } from '../../model/forwarding.ts';
import { isPublic } from './address-kinds.ts';
import { type Attachment, type DesignView, type Domain } from './design-view.ts';
import type { RoutesOf, Way } from './routes.ts';

/** Where packets to one address end up. */
export type End =
  | { readonly kind: 'reached'; readonly node: Node }
  /** Into an internet segment where the design draws nobody that has the address. */
  | { readonly kind: 'internet' }
  | { readonly kind: 'no-route'; readonly node: Node }
  | { readonly kind: 'discarded'; readonly node: Node }
  /** On a network where nobody answers for the address, or for the next hop. */
  | { readonly kind: 'nobody'; readonly node: Node; readonly domain: Domain; readonly address: Ip };

interface Station {
  readonly next: readonly Node[];
  readonly ends: readonly End[];
}

/**
 * Follows the tables of the whole design towards one address, without rules and rewrites. Equal routes are all
 * followed. `isGoal` ends the way early: at a node that takes the packet over, whatever its tables say.
 */
export class WaysTo {
  readonly #view: DesignView;
  readonly #routesOf: RoutesOf;
  readonly #target: Ip;
  readonly #isGoal: (node: Node) => boolean;
  readonly #stations = new Map<string, Station>();
  /** Node → whether some way from it ends well. Exact, since it is settled for a node with all that follows it. */
  readonly #settled = new Map<string, boolean>();

  constructor(
    view: DesignView,
    routesOf: RoutesOf,
    target: Ip,
    isGoal: (node: Node) => boolean = () => false,
  ) {
    this.#view = view;
    this.#routesOf = routesOf;
    this.#target = target;
    this.#isGoal = isGoal;
  }

  /** Whether any way from the node reaches an owner, the goal, or the internet with an address that may go there. */
  arrivesFrom(node: Node): boolean {
    const known = this.#settled.get(node.id);
    if (known !== undefined) return known;
    const reached = this.#closure(node);
    const before = new Map<string, string[]>();
    const good: string[] = [];
    for (const at of reached) {
      const station = this.#station(at);
      if (station.ends.some((end) => this.#endsWell(end))) good.push(at.id);
      for (const next of station.next) {
        if (this.#settled.get(next.id) === true) good.push(at.id);
        const previous = before.get(next.id);
        if (previous) previous.push(at.id);
        else before.set(next.id, [at.id]);
      }
    }
    for (const at of reached) this.#settled.set(at.id, false);
    for (let id = good.pop(); id !== undefined; id = good.pop()) {
      if (this.#settled.get(id) === true) continue;
      this.#settled.set(id, true);
      good.push(...(before.get(id) ?? []));
    }
    return this.#settled.get(node.id) ?? false;
  }

  /** Nodes of the first way, both ends included, and how it ends; no end where it goes round in a circle. */
  firstWay(start: Node): { readonly nodes: readonly Node[]; readonly end: End | undefined } {
    const nodes = [start];
    const seen = new Set([start.id]);
    for (;;) {
      const station = this.#station(nodes.at(-1) as Node);
      const [end] = station.ends;
      const [next] = station.next;
      if (end?.kind === 'reached' && !seen.has(end.node.id)) nodes.push(end.node);
      if (end || !next || seen.has(next.id)) return { nodes, end };
      seen.add(next.id);
      nodes.push(next);
    }
  }

  /** The nodes of the way where there is only one all along, else undefined. */
  onlyWay(start: Node): readonly Node[] | undefined {
    const { nodes } = this.firstWay(start);
    const single = nodes.every((node) => {
      const { next, ends } = this.#station(node);
      return next.length + ends.length <= 1;
    });
    return single ? nodes : undefined;
  }

  /** Nodes that can be reached and are not settled yet. */
  #closure(start: Node): Node[] {
    const found = [start];
    const seen = new Set([start.id]);
    for (const node of found) {
      for (const next of this.#station(node).next) {
        if (seen.has(next.id) || this.#settled.has(next.id)) continue;
        seen.add(next.id);
        found.push(next);
      }
    }
    return found;
  }

  #endsWell(end: End): boolean {
    return end.kind === 'reached' || (end.kind === 'internet' && isPublic(this.#target));
  }

  #station(node: Node): Station {
    let station = this.#stations.get(node.id);
    if (!station) {
      station = this.#look(node);
      this.#stations.set(node.id, station);
    }
    return station;
  }

  #look(node: Node): Station {
    const own = this.#view.ownersAnywhere(this.#target).some((one) => one.node === node);
    if (own || this.#isGoal(node) || takesOver(node, this.#target)) {
      return { next: [], ends: [{ kind: 'reached', node }] };
    }
    const ways = this.#routesOf(node)(this.#target);
    if (ways.length === 0) {
      const atInternet = this.#view.attachmentsOf(node.id).some((one) => one.domain?.internet);
      return { next: [], ends: [{ kind: atInternet ? 'internet' : 'no-route', node }] };
    }
    const next = new Set<Node>();
    const ends: End[] = [];
    for (const way of ways) this.#follow(node, way, next, ends);
    return { next: [...next], ends };
  }

  #follow(node: Node, way: Way, next: Set<Node>, ends: End[]): void {
    if (way.kind === 'discard') {
      ends.push({ kind: 'discarded', node });
      return;
    }
    const domain = way.out.domain as Domain;
    const address = way.kind === 'via' ? way.via : this.#target;
    const owners = this.#view.owners(domain, address).filter((owner) => owner.node !== node);
    if (owners.length === 0) {
      ends.push(domain.internet ? { kind: 'internet' } : { kind: 'nobody', node, domain, address });
      return;
    }
    for (const owner of owners) {
      if (way.kind === 'connected') ends.push({ kind: 'reached', node: owner.node });
      else if (forwards(owner.node) || this.#accepts(owner)) next.add(owner.node);
      else ends.push({ kind: 'nobody', node, domain, address: this.#target });
    }
  }

  /** A host that does not forward still takes what is for itself. */
  #accepts(owner: Attachment): boolean {
    const { node } = owner;
    const own = this.#view.ownersAnywhere(this.#target).some((one) => one.node === node);
    return own || this.#isGoal(node) || takesOver(node, this.#target);
  }
}

/** Whether the node rewrites packets to that address, so that they go on to somewhere else from here. */
function takesOver(node: Node, address: Ip): boolean {
  const rules = 'nat' in node ? (node.nat ?? []) : [];
  return rules.some(
    (rule) =>
      rule.kind === 'dnat' &&
      rule.enabled !== false &&
      rule.original !== 'any' &&
      (parseAddressMatch(rule.original) ?? []).some((range) => rangeContains(range, address)),
  );
}
