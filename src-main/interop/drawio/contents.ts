import type { Cluster, Design, Node, Segment, Site, Workload } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';

/** What is drawn as a box. */
export type Subject =
  | { readonly is: 'site'; readonly site: Site }
  | { readonly is: 'node'; readonly node: Node; readonly membership?: Membership }
  | { readonly is: 'segment'; readonly segment: Segment }
  | { readonly is: 'cluster'; readonly cluster: Cluster }
  | { readonly is: 'pod'; readonly workload: Workload; readonly pod: string };

/** A node's place in a cluster. */
export interface Membership {
  readonly cluster: Cluster;
  readonly roles: readonly string[];
}

/** The layers of the drawing, from below; each shows what a view of the design adds. */
export const layers = ['underlay', 'overlay', 'kubernetes'] as const;
export type Layer = (typeof layers)[number];

/** A box, and what stands in it. */
export interface Item {
  readonly ref: string;
  readonly subject: Subject;
  readonly children: Item[];
}

/** The trees of boxes, by the layer that they stand on. */
export type Contents = Readonly<Record<Layer, readonly Item[]>>;

/**
 * What stands in what. Machines stand in their hypervisor, else in their cluster, else in their site. Overlay segments,
 * distributed routers and clusters stand on layers of their own, so that these can be hidden; what they say of their site
 * is a fact of theirs. Pods are drawn where `isPlaced` says that they have a place.
 */
export function contentsOf(design: Design, isPlaced: (ref: string) => boolean): Contents {
  const items = new Map<string, Item>();
  const trees: Record<Layer, Item[]> = { underlay: [], overlay: [], kubernetes: [] };
  const make = (ref: string, subject: Subject): Item => {
    const item = { ref, subject, children: [] };
    items.set(ref, item);
    return item;
  };
  const put = (item: Item, holder: string | undefined, layer: Layer): void => {
    const within = holder === undefined ? undefined : items.get(holder);
    (within ? within.children : trees[layer]).push(item);
  };

  const sites = (design.sites ?? []).map((site) =>
    make(entityRef('site', site.id), { is: 'site', site }),
  );
  const clusters = (design.clusters ?? []).map((cluster) =>
    make(entityRef('cluster', cluster.id), { is: 'cluster', cluster }),
  );
  const members = membersOf(design);
  const nodes = (design.nodes ?? []).map((node) => {
    const membership = members.get(node.id);
    const subject = { is: 'node' as const, node, ...(membership && { membership }) };
    return [node, make(entityRef('node', node.id), subject)] as const;
  });

  for (const item of sites) {
    const { parent } = (item.subject as { site: Site }).site;
    put(item, siteRef(parent), 'underlay');
  }
  for (const segment of design.segments ?? []) {
    const item = make(entityRef('segment', segment.id), { is: 'segment', segment });
    if (segment.kind === 'vxlan') put(item, undefined, 'overlay');
    else put(item, siteRef(segment.site), 'underlay');
  }
  for (const item of clusters) put(item, undefined, 'kubernetes');
  for (const [node, item] of nodes) put(item, holderOf(node, members), layerOf(node));
  for (const workload of design.workloads ?? []) {
    for (const { id, node } of workload.pods) {
      const ref = `pod:${id}`;
      const holder = items.get(entityRef('node', node));
      if (!holder || !isPlaced(ref)) continue;
      holder.children.push({ ref, subject: { is: 'pod', workload, pod: id }, children: [] });
    }
  }
  return trees;
}

const siteRef = (id: string | undefined) => (id === undefined ? undefined : entityRef('site', id));

const layerOf = (node: Node): Layer =>
  node.kind === 'distributed-router' ? 'overlay' : 'underlay';

function holderOf(node: Node, members: ReadonlyMap<string, Membership>): string | undefined {
  if (node.kind === 'distributed-router') return undefined;
  if ('runsOn' in node) return entityRef('node', node.runsOn);
  const member = members.get(node.id);
  return member ? entityRef('cluster', member.cluster.id) : siteRef(node.site);
}

/** Of a node that several clusters name, the first counts. */
function membersOf({ clusters = [] }: Design): ReadonlyMap<string, Membership> {
  const members = new Map<string, Membership>();
  for (const cluster of clusters) {
    for (const { node, roles } of cluster.nodes) {
      if (!members.has(node)) members.set(node, { cluster, roles });
    }
  }
  return members;
}
