import type { Cluster, LayoutItem, Node, Site } from '../../model/design.ts';
import { entityRef, parseEntityRef, type EntityKind, type EntityRef } from '../../model/ids.ts';
import { designIssue, type DesignIssue, type Path } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { clusterOf, joinCluster, leaveCluster, mayJoin } from './cluster-members.ts';
import { planned, refused, type Planned } from './outcome.ts';
import { memberOf, movePod } from './pods.ts';
import { defaultSize } from './sizes.ts';
import type { WorkingCopy } from './working-copy.ts';

/** A thing on the canvas: an entity, or a pod of a workload. */
export interface Thing {
  readonly kind: EntityKind | 'pod';
  readonly id: string;
}

/** Reads `kind:id`, pods included; nothing says that it exists. */
export function parseThing(text: string): Thing | undefined {
  if (text.startsWith('pod:')) return { kind: 'pod', id: text.slice(4) };
  return parseEntityRef(text);
}

/** The things of these references, each once; or what stands there instead. */
export function knownThings(
  copy: WorkingCopy,
  refs: readonly string[],
  path: Path,
): { readonly ok: true; readonly things: readonly Thing[] } | Extract<Planned, { ok: false }> {
  const things = new Map<string, Thing>();
  const issues: DesignIssue[] = [];
  for (const [at, ref] of refs.entries()) {
    const thing = parseThing(ref);
    if (thing && isThere(copy, thing)) things.set(ref, thing);
    else if (issues.length < limits.errorsListed) {
      const expected = 'the reference of an entity of this design';
      issues.push(designIssue('dangling-id', [...path, at], expected, ref));
    }
  }
  return issues.length > 0 ? { ok: false, issues } : { ok: true, things: [...things.values()] };
}

export const isThere = (copy: WorkingCopy, { kind, id }: Thing): boolean =>
  kind === 'pod' ? podOf(copy, id) !== undefined : copy.has(kind, id);

export function podOf(copy: WorkingCopy, id: string) {
  for (const workload of copy.all('workload')) {
    const pod = workload.pods.find((one) => one.id === id);
    if (pod) return { workload, pod };
  }
  return undefined;
}

/** Kinds that can be virtual machines. */
export const mayRunOnHypervisor = (
  node: Node,
): node is Exclude<Node, { kind: 'hypervisor' | 'distributed-router' }> =>
  node.kind !== 'hypervisor' && node.kind !== 'distributed-router';

export const hostOf = (node: Node): string | undefined =>
  'runsOn' in node ? node.runsOn : undefined;

/** The site that a container is, stands in, or is drawn in. */
export function siteOf(copy: WorkingCopy, container: Thing): string | undefined {
  switch (container.kind) {
    case 'site':
      return container.id;
    case 'node': {
      const node = copy.get('node', container.id);
      return node && (node.site ?? copy.get('node', hostOf(node))?.site);
    }
    case 'segment':
      return copy.get('segment', container.id)?.site;
    case 'cluster':
      return siteOfCluster(copy, container.id);
    default:
      return undefined;
  }
}

/** Where its nodes stand if that is one site; the site that it is drawn in while it has none. */
function siteOfCluster(copy: WorkingCopy, id: string): string | undefined {
  const members = copy.get('cluster', id)?.nodes ?? [];
  const sites = new Set(members.map(({ node }) => copy.get('node', node)?.site));
  if (members.length > 0) return sites.size === 1 ? [...sites][0] : undefined;
  const place = copy.get('layout', entityRef('cluster', id));
  return place && innermostSite(copy, centreOf(place, defaultSize('cluster')));
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function centreOf(item: LayoutItem, size: { width: number; height: number }): Point {
  return {
    x: item.x + (item.width ?? size.width) / 2,
    y: item.y + (item.height ?? size.height) / 2,
  };
}

function innermostSite(copy: WorkingCopy, { x, y }: Point): string | undefined {
  const { width, height } = defaultSize('site');
  let found: { readonly id: string; readonly area: number } | undefined;
  for (const { id } of copy.all('site')) {
    const item = copy.get('layout', entityRef('site', id));
    if (!item) continue;
    const [wide, high] = [item.width ?? width, item.height ?? height];
    const isInside = x >= item.x && y >= item.y && x <= item.x + wide && y <= item.y + high;
    if (isInside && (!found || wide * high < found.area)) found = { id, area: wide * high };
  }
  return found?.id;
}

/** Everything that is drawn inside of these things, at any depth; the things themselves are not among them. */
export function contentsOf(copy: WorkingCopy, things: readonly Thing[]): readonly Thing[] {
  const isContainer = ({ kind, id }: Thing) =>
    kind === 'site' ||
    kind === 'cluster' ||
    (kind === 'node' && copy.get('node', id)?.kind === 'hypervisor');
  if (!things.some(isContainer)) return [];
  const inside = new Map<string, Thing[]>();
  const put = (container: string, thing: Thing) => {
    const list = inside.get(container);
    if (list) list.push(thing);
    else inside.set(container, [thing]);
  };
  const clusterOfNode = new Map<string, string>();
  for (const cluster of copy.all('cluster')) {
    for (const { node } of cluster.nodes) clusterOfNode.set(node, cluster.id);
  }
  for (const site of copy.all('site')) {
    if (site.parent !== undefined) put(`site:${site.parent}`, { kind: 'site', id: site.id });
  }
  for (const segment of copy.all('segment')) {
    if (segment.site !== undefined)
      put(`site:${segment.site}`, { kind: 'segment', id: segment.id });
  }
  for (const node of copy.all('node')) {
    const container = containerOfNode(node, clusterOfNode);
    if (container !== undefined) put(container, { kind: 'node', id: node.id });
  }
  for (const cluster of copy.all('cluster')) {
    const site = siteOf(copy, { kind: 'cluster', id: cluster.id });
    if (site !== undefined) put(`site:${site}`, { kind: 'cluster', id: cluster.id });
  }
  const found = new Map<string, Thing>();
  const visit = (thing: Thing) => {
    for (const one of inside.get(`${thing.kind}:${thing.id}`) ?? []) {
      const ref = `${one.kind}:${one.id}`;
      if (found.has(ref)) continue;
      found.set(ref, one);
      visit(one);
    }
  };
  things.forEach(visit);
  for (const { kind, id } of things) found.delete(`${kind}:${id}`);
  return [...found.values()];
}

/** What a thing is drawn in, as `kind:id`. */
export function containerOf(copy: WorkingCopy, { kind, id }: Thing): string | undefined {
  if (kind === 'node') {
    const node = copy.get('node', id);
    const cluster = node && clusterOf(copy, id);
    return node && containerOfNode(node, new Map(cluster ? [[id, cluster.id]] : []));
  }
  const site = kind === 'site' ? copy.get('site', id)?.parent : siteOf(copy, { kind, id });
  return site === undefined ? undefined : `site:${site}`;
}

/** A virtual machine is drawn in its hypervisor, another member of a cluster in the cluster, the rest in its site. */
function containerOfNode(node: Node, clusterOfNode: ReadonlyMap<string, string>) {
  const host = hostOf(node);
  if (host !== undefined) return `node:${host}`;
  const cluster = clusterOfNode.get(node.id);
  if (cluster !== undefined) return `cluster:${cluster}`;
  return node.site === undefined ? undefined : `site:${node.site}`;
}

/** Puts a thing into a container, or out of any where none is named. */
export function putInto(
  copy: WorkingCopy,
  thing: Thing,
  into: Thing | undefined,
  path: Path,
): Planned {
  const fine = planned('');
  if (into?.kind === thing.kind && into.id === thing.id) {
    return refused(path, 'another container than the thing itself', `${into.kind}:${into.id}`);
  }
  switch (thing.kind) {
    case 'site': {
      const site = copy.get('site', thing.id);
      return site ? putSite(copy, site, into && siteOf(copy, into), path) : fine;
    }
    case 'segment': {
      const segment = copy.get('segment', thing.id);
      if (segment) copy.put('segment', inSite(segment, into && siteOf(copy, into)));
      return fine;
    }
    case 'node': {
      const node = copy.get('node', thing.id);
      return node ? putNode(copy, node, into, path) : fine;
    }
    case 'pod': {
      const found = podOf(copy, thing.id);
      return found ? putPods(copy, found.workload.id, [thing.id], into, path) : fine;
    }
    case 'workload': {
      const pods = copy.get('workload', thing.id)?.pods.map(({ id }) => id) ?? [];
      return putPods(copy, thing.id, pods, into, path);
    }
    case 'cluster':
      // It stands where its nodes stand.
      return fine;
    default:
      return refused(path, 'something that stands in a container', `${thing.kind}:${thing.id}`);
  }
}

function putSite(copy: WorkingCopy, site: Site, parent: string | undefined, path: Path): Planned {
  const seen = new Set<string>();
  for (let up = parent; up !== undefined && !seen.has(up); up = copy.get('site', up)?.parent) {
    seen.add(up);
    if (up !== site.id) continue;
    return refused(path, `a container that is not inside ${site.id} itself`, `site:${parent}`);
  }
  const { parent: _, ...rest } = site;
  copy.put('site', parent === undefined ? rest : { ...rest, parent });
  return planned('');
}

function inSite<T extends { readonly site?: string }>(thing: T, site: string | undefined): T {
  const { site: _, ...rest } = thing;
  return (site === undefined ? rest : { ...rest, site }) as T;
}

function putNode(copy: WorkingCopy, node: Node, into: Thing | undefined, path: Path): Planned {
  const container = into?.kind === 'node' ? copy.get('node', into.id) : undefined;
  if (container && container.kind !== 'hypervisor') {
    return refused(path, 'a site, a hypervisor or a cluster', `node:${container.id}`);
  }
  const site = into && siteOf(copy, into);
  const wasIn = hostOf(node) === undefined ? clusterOf(copy, node.id) : undefined;
  if (into?.kind === 'cluster' && mayJoin(node)) {
    const cluster = copy.get('cluster', into.id);
    if (wasIn && wasIn.id !== into.id) leaveCluster(copy, wasIn.id, node.id);
    if (node.site === undefined && site !== undefined) copy.put('node', inSite(node, site));
    if (cluster && !memberOf(cluster, node.id)) joinCluster(copy, into.id, node.id);
    return planned('');
  }
  if (wasIn && !container) leaveCluster(copy, wasIn.id, node.id);
  const moved = inSite(node, site);
  if (container && mayRunOnHypervisor(moved)) {
    copy.put('node', { ...moved, runsOn: container.id });
  } else if ('runsOn' in moved) {
    const { runsOn: _, ...rest } = moved;
    copy.put('node', rest);
  } else copy.put('node', moved);
  if (node.kind === 'hypervisor') takeMachinesAlong(copy, node.id, site);
  return planned('');
}

function takeMachinesAlong(copy: WorkingCopy, hypervisor: string, site: string | undefined): void {
  for (const node of copy.list('node')) {
    if (hostOf(node) === hypervisor && node.site !== site) copy.put('node', inSite(node, site));
  }
}

function putPods(
  copy: WorkingCopy,
  workloadId: string,
  pods: readonly string[],
  into: Thing | undefined,
  path: Path,
): Planned {
  const cluster: Cluster | undefined = copy.get(
    'cluster',
    copy.get('workload', workloadId)?.cluster,
  );
  const isMember = cluster && into?.kind === 'node' && memberOf(cluster, into.id);
  if (!into || !isMember) {
    return refused(
      path,
      `a node of cluster ${cluster?.id ?? ''}, which the pods belong to`,
      into && `${into.kind}:${into.id}`,
    );
  }
  for (const id of pods) {
    const workload = copy.get('workload', workloadId);
    const pod = workload?.pods.find((one) => one.id === id);
    if (!workload || !pod || pod.node === into.id) continue;
    if (movePod(copy, workload, pod, into.id)) continue;
    return refused(path, 'a node whose pod range has an address left', `node:${into.id}`);
  }
  return planned('');
}

export const refOf = ({ kind, id }: Thing): EntityRef =>
  kind === 'pod' ? (`pod:${id}` as EntityRef) : entityRef(kind, id);
