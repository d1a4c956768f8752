import { counted } from '../../sim/vocabulary/counted.ts';
import type { Change } from '../../contract/changes.ts';
import type { Entity, EntityOf, Workload } from '../../model/design.ts';
import {
  clusterContentKinds,
  entityKinds,
  entityRef,
  parseEntityRef,
  type EntityKind,
  type EntityRef,
} from '../../model/ids.ts';
import { formatPath, type DesignIssue } from '../../model/issue.ts';
import { parseEntity } from '../../model/validate.ts';
import { clusterOf, joinCluster } from './cluster-members.ts';
import {
  containerOf,
  contentsOf,
  hostOf,
  isThere,
  knownThings,
  parseThing,
  podOf,
  putInto,
  type Thing,
} from './containers.ts';
import { Readdressing } from './copy-addresses.ts';
import { firstFree, numberedName, plainOrNumbered, podIds, stem } from './names.ts';
import { planned, refused, titleOf, unknown, type Planned } from './outcome.ts';
import { addPod, leastLoaded, memberOf, nextPodAddresses, nextServiceAddresses } from './pods.ts';
import { backendOf, followed, type Follow } from './references.ts';
import { shift } from './move.ts';
import type { WorkingCopy } from './working-copy.ts';

type Shift = Extract<Change, { kind: 'duplicate' }>['by'];

/** An entity that is to be copied, under its old id. */
export interface Original {
  readonly kind: EntityKind;
  readonly value: Entity;
}

/** Copies with what is inside them and what joins them to each other. */
export function duplicate(
  copy: WorkingCopy,
  { refs, by }: Extract<Change, { kind: 'duplicate' }>,
): Planned {
  const known = knownThings(copy, refs, ['refs']);
  if (!known.ok) return known;
  const things = known.things.filter(({ kind }) => kind !== 'layout');
  const originals = originalsOf(copy, things);
  const pods = things.filter(({ kind }) => kind === 'pod');
  if (originals.length === 0 && pods.length === 0) {
    return refused(['refs'], 'things that can be copied', refs[0]);
  }
  const label = `Duplicate ${whatOf(copy, things)}`;
  const copying = new Copying(copy, originals, { keepsIds: false });
  copying.write(by);
  for (const { id } of pods) {
    const workload = podOf(copy, id)?.workload;
    const cluster = copy.get('cluster', workload?.cluster);
    const [node] = cluster ? leastLoaded(copy, cluster, 1) : [];
    const isCopied = workload && originals.some(({ value }) => value.id === workload.id);
    if (workload && node !== undefined && !isCopied) addPod(copy, workload.id, node);
  }
  return planned(label);
}

/** Copies from the clipboard: what they refer to and is not here is left out. */
export function paste(
  copy: WorkingCopy,
  { entities, by, into }: Extract<Change, { kind: 'paste' }>,
): Planned {
  const container = into === undefined ? undefined : parseThing(into);
  if (into !== undefined && !(container && isThere(copy, container))) {
    return unknown(['into'], 'the reference of a container', into);
  }
  const read = readOriginals(entities);
  if (!read.ok) return read;
  const originals = read.originals;
  const layout = originals.filter(({ kind }) => kind === 'layout');
  if (layout.length === originals.length) {
    return refused(['entities'], 'something that can be pasted', entities[0]?.ref);
  }
  const copying = new Copying(copy, originals, { keepsIds: true });
  copying.write(by);
  if (container) {
    for (const thing of copying.outermost()) {
      const placed = putInto(copy, thing, container, ['into']);
      if (!placed.ok) return placed;
    }
  }
  const pasted = originals.filter(({ kind }) => kind !== 'layout');
  const [only] = pasted;
  return planned(
    `Paste ${pasted.length === 1 && only ? titleOf(only.value) : counted(pasted.length, 'thing')}`,
  );
}

function whatOf(copy: WorkingCopy, things: readonly Thing[]): string {
  const [only] = things;
  if (things.length !== 1 || !only) return counted(things.length, 'thing');
  const entity = only.kind === 'pod' ? undefined : copy.get(only.kind, only.id);
  return entity ? titleOf(entity) : only.id;
}

function readOriginals(
  entities: Extract<Change, { kind: 'paste' }>['entities'],
):
  { readonly ok: true; readonly originals: readonly Original[] } | Extract<Planned, { ok: false }> {
  const originals = new Map<string, Original>();
  const issues: DesignIssue[] = [];
  for (const [at, { ref, value }] of entities.entries()) {
    const kind = parseEntityRef(ref)?.kind;
    if (kind === undefined) continue;
    const parsed = parseEntity(kind, value);
    if (parsed.ok) {
      const key = `${kind}:${parsed.value.id}`;
      if (!originals.has(key)) originals.set(key, { kind, value: parsed.value });
      continue;
    }
    for (const issue of parsed.issues) {
      const segments = ['entities', at, 'value', ...issue.segments];
      issues.push({ ...issue, segments, path: formatPath(segments) });
    }
  }
  return issues.length > 0
    ? { ok: false, issues }
    : { ok: true, originals: [...originals.values()] };
}

/** The things, what is in them, what belongs to their clusters, what joins them, and where they are drawn. */
function originalsOf(copy: WorkingCopy, things: readonly Thing[]): Original[] {
  const chosen = new Map<EntityRef, Original>();
  const choose = (kind: EntityKind, id: string) => {
    const value = copy.get(kind, id);
    if (value) chosen.set(entityRef(kind, id), { kind, value });
  };
  const has = (kind: EntityKind, id: string) => chosen.has(entityRef(kind, id));
  for (const { kind, id } of [...things, ...contentsOf(copy, things)]) {
    if (kind !== 'pod') choose(kind, id);
  }
  for (const kind of clusterContentKinds) {
    for (const { id, cluster } of copy.all(kind)) if (has('cluster', cluster)) choose(kind, id);
  }
  for (const { id, a, b } of copy.all('link')) {
    if (has('node', a.node) && has('node', b.node)) choose('link', id);
  }
  for (const { id, a, b } of copy.all('stretch')) {
    const isWhole = [a, b].every((end) => has('segment', end.segment) && has('node', end.gateway));
    if (isWhole) choose('stretch', id);
  }
  for (const { kind, value } of [...chosen.values()]) {
    const item = copy.get('layout', entityRef(kind, value.id));
    if (item) chosen.set(entityRef('layout', item.id), { kind: 'layout', value: item });
  }
  return [...chosen.values()];
}

/** One act of copying: from old ids to new ones, and the rest follows. */
class Copying {
  readonly #copy: WorkingCopy;
  readonly #originals: readonly Original[];
  readonly #ids = new Map<string, string>();
  readonly #pods = new Map<string, string>();

  constructor(
    copy: WorkingCopy,
    originals: readonly Original[],
    options: { readonly keepsIds: boolean },
  ) {
    this.#copy = copy;
    this.#originals = originals.toSorted(
      (a, b) => entityKinds.indexOf(a.kind) - entityKinds.indexOf(b.kind),
    );
    this.#giveIds(options.keepsIds);
    this.#leaveOutHalves();
  }

  #giveIds(keepsIds: boolean): void {
    const given = new Set<string>();
    for (const { kind, value } of this.#originals) {
      if (kind === 'layout') continue;
      const isTaken = (id: string) => this.#copy.has(kind, id) || given.has(`${kind}:${id}`);
      const id = keepsIds ? plainOrNumbered(value.id, isTaken) : nextOf(value.id, isTaken);
      given.add(`${kind}:${id}`);
      this.#ids.set(`${kind}:${value.id}`, id);
    }
    const pods = podIds(this.#copy);
    for (const { kind, value } of this.#originals) {
      if (kind !== 'workload') continue;
      const workload = this.#ids.get(`workload:${value.id}`) ?? value.id;
      for (const pod of (value as Workload).pods) {
        const isTaken = (id: string) => pods.has(id);
        const id = keepsIds && !isTaken(pod.id) ? pod.id : firstFree(workload, isTaken);
        pods.add(id);
        this.#pods.set(pod.id, id);
      }
    }
  }

  /** Whether the entity itself is among the copies. */
  has(kind: EntityKind, id: string): boolean {
    return this.#ids.has(`${kind}:${id}`);
  }

  /** A copy where there is one, the thing itself where it is in the design. */
  readonly follow: Follow = (kind, id) => {
    if (kind === 'pod') return this.#pods.get(id) ?? (podOf(this.#copy, id) ? id : undefined);
    return this.#ids.get(`${kind}:${id}`) ?? (this.#copy.has(kind, id) ? id : undefined);
  };

  /** Pods that found no place have no copies; what names them names the originals. */
  #keepPods(before: Workload, written: Workload): void {
    const kept = new Set(written.pods.map(({ id }) => id));
    for (const { id } of before.pods) {
      if (!kept.has(this.#pods.get(id) ?? '')) this.#pods.delete(id);
    }
  }

  #leaveOut(kind: EntityKind, value: Entity): void {
    this.#ids.delete(`${kind}:${value.id}`);
    if (kind === 'workload') (value as Workload).pods.forEach(({ id }) => this.#pods.delete(id));
    const detail = { kind, title: titleOf(value) };
    this.#copy.tellLeftOut({ code: 'refers-elsewhere', detail });
  }

  /** What cannot be without something that is neither copied nor here. */
  #leaveOutHalves(): void {
    for (let before = -1; before !== this.#ids.size;) {
      before = this.#ids.size;
      for (const { kind, value } of this.#originals) {
        if (kind === 'layout' || !this.has(kind, value.id)) continue;
        if (!this.#isWhole(kind, value)) this.#leaveOut(kind, value);
      }
    }
  }

  #isWhole(kind: EntityKind, value: Entity): boolean {
    if (followed(kind, value as EntityOf<typeof kind>, this.follow) === undefined) return false;
    // Ends of links and stretches are interfaces, and these come with their nodes.
    if (kind === 'link') {
      const { a, b } = value as EntityOf<'link'>;
      return this.has('node', a.node) && this.has('node', b.node);
    }
    if (kind !== 'stretch') return true;
    const { a, b } = value as EntityOf<'stretch'>;
    return [a, b].every((end) => this.has('node', end.gateway) && this.has('segment', end.segment));
  }

  /** Things that stand in none of the others. */
  outermost(): readonly Thing[] {
    const made: Thing[] = this.#originals.flatMap(({ kind, value }) => {
      const id = this.#ids.get(`${kind}:${value.id}`);
      const isPlaced = kind === 'site' || kind === 'segment' || kind === 'node';
      return isPlaced && id !== undefined ? [{ kind, id }] : [];
    });
    const refs = new Set(made.map(({ kind, id }) => `${kind}:${id}`));
    const clusters = new Set(
      this.#originals.flatMap(({ kind, value }) =>
        kind === 'cluster' ? [this.#ids.get(`cluster:${value.id}`)] : [],
      ),
    );
    return made.filter((thing) => {
      const container = containerOf(this.#copy, thing);
      if (container === undefined) return true;
      return !refs.has(container) && !clusters.has(container.replace(/^cluster:/, ''));
    });
  }

  write(by: Shift): void {
    const joining = this.#memberships();
    const readdressing = new Readdressing(this.#copy, this.#originals, (kind, id) =>
      this.has(kind, id),
    );
    for (const { kind, value } of this.#originals) {
      const id = this.#ids.get(`${kind}:${value.id}`);
      if (id === undefined) continue;
      // Pods run on members: the nodes, which come first, join before.
      if (entityKinds.indexOf(kind) > entityKinds.indexOf('cluster')) {
        for (const { cluster, node, roles } of joining.splice(0)) {
          joinCluster(this.#copy, cluster, node, roles);
        }
      }
      const whole = this.#withoutStrangers(kind, value);
      const readdressed = readdressing.of(kind, whole);
      const now = this.#followed(kind, readdressed);
      if (!now) {
        this.#leaveOut(kind, value);
        continue;
      }
      const written = this.#inOldCluster(kind, titled({ ...now, id }, value.id, id));
      this.#copy.create(kind, written);
      if (kind === 'workload') this.#keepPods(value as Workload, written as Workload);
    }
    for (const { cluster, node, roles } of joining) {
      joinCluster(this.#copy, cluster, node, roles);
    }
    for (const { kind, value } of this.#originals) {
      if (kind === 'layout') this.#place(value as EntityOf<'layout'>, by);
    }
  }

  #followed(kind: EntityKind, value: Entity): Entity | undefined {
    const services = this.#originals.flatMap((one) =>
      one.kind === 'service' ? [one.value as EntityOf<'service'>] : [],
    );
    const followBackend = (ingress: EntityOf<'ingress'>, name: string) => {
      const service = backendOf(services, ingress, name);
      const isNamed = service?.name !== undefined && this.has('cluster', service.cluster);
      return service && !isNamed ? (this.#ids.get(`service:${service.id}`) ?? name) : name;
    };
    const now = followed(
      kind,
      value as EntityOf<typeof kind>,
      this.follow,
      undefined,
      followBackend,
    );
    if (kind === 'node' && now) this.#tellLost(value as EntityOf<'node'>, now as EntityOf<'node'>);
    return now;
  }

  #tellLost(before: EntityOf<'node'>, now: EntityOf<'node'>): void {
    if (before.site !== undefined && now.site === undefined) {
      this.#copy.tellLeftOut({
        code: 'site-elsewhere',
        detail: { id: before.id, site: before.site },
      });
    }
    const host = hostOf(before);
    if (host !== undefined && hostOf(now) === undefined) {
      this.#copy.tellLeftOut({
        code: 'hypervisor-elsewhere',
        detail: { id: before.id, hypervisor: host },
      });
    }
  }

  /** Machines that belong to one cluster only: a copy of the cluster has the copies of its nodes, and no others. */
  #withoutStrangers(kind: EntityKind, value: Entity): Entity {
    if (kind === 'cluster') {
      const cluster = value as EntityOf<'cluster'>;
      const isCopied = ({ node }: { readonly node: string }) => this.has('node', node);
      const blocks = cluster.calico?.blocks?.filter(isCopied);
      const { dns, ingressController, otherIngressControllers, ...rest } = cluster;
      const hasDns = dns && this.has('service', dns.service);
      const hasController = ingressController && this.has('workload', ingressController.workload);
      const others = otherIngressControllers?.filter(({ workload }) =>
        this.has('workload', workload),
      );
      return {
        ...rest,
        ...(hasDns ? { dns } : {}),
        ...(hasController ? { ingressController } : {}),
        ...(others && others.length > 0 ? { otherIngressControllers: others } : {}),
        nodes: cluster.nodes.filter(isCopied),
        ...(blocks && { calico: { ...cluster.calico, blocks } }),
      };
    }
    if (kind !== 'workload') return value;
    const workload = value as Workload;
    const isNew = this.has('cluster', workload.cluster);
    const pods = workload.pods.filter(({ node }) => {
      if (isNew) return this.has('node', node);
      const cluster = this.#copy.get('cluster', workload.cluster);
      return cluster && memberOf(cluster, node) !== undefined;
    });
    if (pods.length < workload.pods.length) {
      this.#copy.tellLeftOut({
        code: 'pods-without-node',
        detail: { pods: workload.pods.length - pods.length, workload: workload.id },
      });
    }
    return { ...workload, pods };
  }

  /** What is copied within a cluster gets addresses of its own there. */
  #inOldCluster(kind: EntityKind, value: Entity): Entity {
    if (kind === 'service') {
      const service = value as EntityOf<'service'>;
      const cluster = this.#copy.get('cluster', service.cluster);
      if (!cluster || this.#isCopyOfCluster(service.cluster)) return value;
      const { name: _, clusterIps, loadBalancerIps: _ips, ...rest } = service;
      return {
        ...rest,
        ...(clusterIps ? { clusterIps: nextServiceAddresses(this.#copy, cluster) } : {}),
        ...(service.ports && { ports: service.ports.map(({ nodePort: _port, ...port }) => port) }),
      };
    }
    if (kind !== 'workload') return value;
    const workload = value as Workload;
    if (workload.hostNetwork || this.#isCopyOfCluster(workload.cluster)) return value;
    // Written pod by pod, so that the next one finds what the last one took.
    let now: Workload = { ...workload, pods: [] };
    for (const pod of workload.pods) {
      this.#copy.put('workload', now);
      const cluster = this.#copy.get('cluster', workload.cluster);
      const addresses = cluster ? nextPodAddresses(this.#copy, cluster, pod.node) : [];
      if (addresses.length > 0) now = { ...now, pods: [...now.pods, { ...pod, addresses }] };
      else
        this.#copy.tellLeftOut({
          code: 'pod-without-address',
          detail: { workload: workload.id, node: pod.node },
        });
    }
    return now;
  }

  #isCopyOfCluster(id: string): boolean {
    return this.#originals.some(
      ({ kind, value }) => kind === 'cluster' && this.#ids.get(`cluster:${value.id}`) === id,
    );
  }

  /** Copies of a cluster's nodes join the cluster, unless it is copied with them. */
  #memberships() {
    return this.#originals.flatMap(({ kind, value }) => {
      const node = this.#ids.get(`node:${value.id}`);
      if (kind !== 'node' || node === undefined || !this.#copy.has('node', value.id)) return [];
      const cluster = clusterOf(this.#copy, value.id);
      const member = cluster && memberOf(cluster, value.id);
      if (!member || this.has('cluster', cluster.id)) return [];
      return [{ cluster: cluster.id, node, roles: member.roles }];
    });
  }

  #place(item: EntityOf<'layout'>, by: Shift): void {
    const placed = parseEntityRef(item.id);
    const id = placed && this.#ids.get(`${placed.kind}:${placed.id}`);
    if (!placed || id === undefined) return;
    this.#copy.put('layout', { ...item, id: entityRef(placed.kind, id) });
    shift(this.#copy, { kind: placed.kind, id }, by);
    for (const view of Object.keys(item.views ?? {}) as (keyof NonNullable<typeof item.views>)[]) {
      shift(this.#copy, { kind: placed.kind, id }, by, view);
    }
  }
}

/** The next number of the same series. */
const nextOf = (id: string, isTaken: (id: string) => boolean): string =>
  firstFree(stem(id), isTaken, stem(id) === id ? 2 : 1);

/** A name that ends in a number takes the new id's; another one gets it. */
function titled(entity: Entity, from: string, to: string): Entity {
  if (from === to || !('name' in entity)) return entity;
  return { ...entity, name: numberedName(entity.name.replace(/ \d+$/, ''), to) };
}
