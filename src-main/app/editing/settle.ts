import type { ChangeSaying, Loss, TakenWhy } from '../../contract/change-words.ts';
import type { Entity, EntityOf, Node } from '../../model/design.ts';
import { entityKinds, entityRef, parseEntityRef, type EntityKind } from '../../model/ids.ts';
import { parseIp } from '../../model/ip.ts';
import type { Thing } from './containers.ts';
import { addressesOf, withoutInterfaces } from './interfaces.ts';
import { titleOf } from './outcome.ts';
import { backendOf, followed, isSame } from './references.ts';
import type { WorkingCopy } from './working-copy.ts';

/** What is taken away: entities, pods, and interfaces of nodes that stay. */
export class Gone {
  readonly #copy: WorkingCopy;
  readonly #refs = new Set<string>();
  readonly #interfaces = new Map<string, Set<string>>();

  constructor(copy: WorkingCopy) {
    this.#copy = copy;
  }

  has(kind: EntityKind | 'pod', id: string): boolean {
    return this.#refs.has(`${kind}:${id}`);
  }

  hasInterface(node: string, item: string): boolean {
    return this.#interfaces.get(node)?.has(item) ?? false;
  }

  /** Takes a thing; false where it is taken already. */
  add(thing: Thing): boolean {
    const ref = `${thing.kind}:${thing.id}`;
    if (this.#refs.has(ref)) return false;
    this.#refs.add(ref);
    if (thing.kind === 'link') this.#freeLink(thing.id);
    return true;
  }

  /** The ends of a link are of no use without it. */
  #freeLink(id: string): void {
    const link = this.#copy.get('link', id);
    if (!link) return;
    for (const { node, interface: item } of [link.a, link.b])
      this.takeInterfaces(node, new Set([item]));
  }

  takeInterfaces(node: string, items: ReadonlySet<string>): void {
    const held = this.#interfaces.get(node) ?? new Set();
    items.forEach((item) => held.add(item));
    this.#interfaces.set(node, held);
  }

  get size(): number {
    return this.#refs.size + [...this.#interfaces.values()].reduce((sum, set) => sum + set.size, 0);
  }

  get refs(): ReadonlySet<string> {
    return this.#refs;
  }

  get interfaces(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#interfaces;
  }
}

/** Follows the consequences until there are no more, then writes what is left of everything. */
export function settle(copy: WorkingCopy, gone: Gone): void {
  for (let size = -1; size !== gone.size;) {
    size = gone.size;
    for (const { id, interfaces } of copy.all('node')) {
      if (gone.has('node', id)) continue;
      const lost = (interfaces ?? []).filter(
        ({ segment }) => segment !== undefined && gone.has('segment', segment),
      );
      if (lost.length > 0) gone.takeInterfaces(id, new Set(lost.map((item) => item.id)));
    }
    for (const kind of entityKinds) {
      if (kind === 'layout') continue;
      for (const entity of copy.all(kind)) {
        if (gone.has(kind, entity.id)) continue;
        if (left(copy, gone, kind, entity) !== undefined) continue;
        gone.add({ kind, id: entity.id });
        const detail = { kind, title: titleOf(entity), why: whyTaken(kind) };
        copy.tellTaken(entityRef(kind, entity.id), { code: 'taken', detail });
      }
    }
    for (const workload of copy.all('workload')) {
      for (const { id, node } of workload.pods) {
        const goes = gone.has('workload', workload.id) || gone.has('node', node);
        if (goes) gone.add({ kind: 'pod', id });
      }
    }
  }
  for (const kind of entityKinds) {
    for (const entity of copy.list(kind)) {
      if (gone.has(kind, entity.id)) {
        copy.remove(kind, entity.id);
        continue;
      }
      const now = left(copy, gone, kind, entity);
      if (now === undefined) {
        copy.remove(kind, entity.id);
      } else if (!isSame(now, entity)) {
        copy.put(kind, now);
        if (kind !== 'layout')
          copy.tellChanged(entityRef(kind, entity.id), whatChanged(kind, entity, now, gone));
      }
    }
  }
}

/** What is left of an entity that itself stays; undefined where it cannot be without what is gone. */
function left(copy: WorkingCopy, gone: Gone, kind: EntityKind, entity: Entity): Entity | undefined {
  const follow = (of: EntityKind | 'pod', id: string) => (gone.has(of, id) ? undefined : id);
  const followInterface = (node: string, item: string) =>
    gone.hasInterface(node, item) ? undefined : item;
  if (kind === 'layout') {
    const placed = parseEntityRef(entity.id);
    return placed && gone.has(placed.kind, placed.id) ? undefined : entity;
  }
  const followBackend = (ingress: EntityOf<'ingress'>, name: string) => {
    const service = backendOf(copy.all('service'), ingress, name);
    return service && gone.has('service', service.id) ? undefined : name;
  };
  const value = entity as EntityOf<typeof kind>;
  const now = followed(kind, value, follow, followInterface, followBackend);
  if (now === undefined) return undefined;
  if (kind === 'node') {
    const items = gone.interfaces.get(entity.id);
    return items ? withoutInterfaces(now as Node, items).node : now;
  }
  if (kind === 'stretch')
    return hasItsSegments(copy, gone, now as EntityOf<'stretch'>) ? now : undefined;
  if (kind === 'flow') return withOwnSource(copy, gone, now as EntityOf<'flow'>);
  if (kind === 'cluster') return withOwnAddresses(copy, gone, now as EntityOf<'cluster'>);
  return now;
}

/** A gateway has to have an interface on the segment that it stretches. */
function hasItsSegments(copy: WorkingCopy, gone: Gone, { a, b }: EntityOf<'stretch'>): boolean {
  return [a, b].every(({ gateway, segment }) =>
    copy
      .get('node', gateway)
      ?.interfaces?.some(
        (item) => item.segment === segment && !gone.hasInterface(gateway, item.id),
      ),
  );
}

/** A node sends from the addresses that it still has. */
function withOwnSource(copy: WorkingCopy, gone: Gone, flow: EntityOf<'flow'>): EntityOf<'flow'> {
  const { from } = flow;
  if (from.kind !== 'node' || from.address === undefined || !gone.interfaces.has(from.node))
    return flow;
  const { address, ...rest } = from;
  return keepsAddress(copy, gone, from.node, address) ? flow : { ...flow, from: rest };
}

function withOwnAddresses(
  copy: WorkingCopy,
  gone: Gone,
  cluster: EntityOf<'cluster'>,
): EntityOf<'cluster'> {
  const nodes = cluster.nodes.map((member) => {
    if (!member.addresses || !gone.interfaces.has(member.node)) return member;
    const { addresses, ...rest } = member;
    const kept = addresses.filter((text) => keepsAddress(copy, gone, member.node, text));
    return kept.length === addresses.length
      ? member
      : kept.length > 0
        ? { ...rest, addresses: kept }
        : rest;
  });
  return { ...cluster, nodes };
}

/** Whether an address of a node is not among those that go with its interfaces. */
function keepsAddress(copy: WorkingCopy, gone: Gone, id: string, text: string): boolean {
  const node = copy.get('node', id);
  const items = gone.interfaces.get(id);
  const wanted = parseIp(text)?.text ?? text;
  if (!node || !items || !addressesOf(node).has(wanted)) return true;
  return addressesOf(withoutInterfaces(node, items).node).has(wanted);
}

function whyTaken(kind: EntityKind): TakenWhy {
  switch (kind) {
    case 'link':
      return 'loses-end';
    case 'stretch':
      return 'loses-gateway';
    case 'workload':
    case 'service':
    case 'network-policy':
    case 'calico-policy':
      return 'of-cluster';
    case 'host-endpoint':
      return 'loses-node';
    case 'ingress':
      return 'leads-nowhere';
    case 'flow':
      return 'flow-loses-end';
    case 'intent':
      return 'nothing-to-say';
    case 'segment':
    case 'node':
      return 'of-zone';
    case 'site':
    case 'transport-zone':
    case 'cluster':
    case 'group':
    case 'install-scenario':
    case 'layout':
      return 'cannot-be-without';
    default:
      return kind satisfies never;
  }
}

const namesNoLonger = { code: 'names-no-longer', detail: {} } as const;

function whatChanged(kind: EntityKind, before: Entity, now: Entity, gone: Gone): ChangeSaying {
  switch (kind) {
    case 'node':
      return lossesOf(before as Node, now as Node, gone);
    case 'workload': {
      const pods = (before as EntityOf<'workload'>).pods
        .map(({ id }) => id)
        .filter((id) => gone.has('pod', id));
      return { code: 'loses-pods', detail: { pods } };
    }
    case 'cluster': {
      const nodes = (before as EntityOf<'cluster'>).nodes
        .map(({ node }) => node)
        .filter((node) => gone.has('node', node));
      return nodes.length > 0 ? { code: 'loses-nodes', detail: { nodes } } : namesNoLonger;
    }
    case 'group': {
      const members =
        (before as EntityOf<'group'>).members.length - (now as EntityOf<'group'>).members.length;
      return { code: 'loses-members', detail: { members } };
    }
    case 'ingress':
      return { code: 'loses-paths', detail: {} };
    default:
      return namesNoLonger;
  }
}

function lossesOf(before: Node, now: Node, gone: Gone): ChangeSaying {
  const items = gone.interfaces.get(before.id);
  const losses: Loss[] = [
    ...[...(items ?? [])].map((id) => ({ code: 'interface', detail: { interface: id } }) as const),
    ...(items ? withoutInterfaces(before, items).lost : []),
  ];
  if ('runsOn' in before && !('runsOn' in now)) losses.push({ code: 'hypervisor', detail: {} });
  if (
    before.kind === 'hypervisor' &&
    now.kind === 'hypervisor' &&
    before.transportZones?.length !== now.transportZones?.length
  ) {
    losses.push({ code: 'transport-zone', detail: {} });
  }
  return losses.length > 0 ? { code: 'loses', detail: { losses } } : namesNoLonger;
}
