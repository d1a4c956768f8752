import type { Cluster, Design, Node, Segment, Site } from '../../src-main/contract/index.ts';
import type { ViewChoice, ViewKind } from './scene.ts';
import { nodeRef, ref } from './thing.ts';

export interface Survey {
  readonly sites: readonly Site[];
  readonly segments: readonly Segment[];
  readonly nodes: readonly Node[];
  readonly clusters: readonly Cluster[];
  readonly hiddenClusters: ReadonlySet<string>;
  readonly memberOf: ReadonlyMap<string, Cluster>;
  /** Ref → ref of the container that is drawn around it. */
  readonly parentOf: ReadonlyMap<string, string>;
  readonly emptySites: boolean;
}

export const isHidden = (
  { tags }: { readonly tags?: readonly string[] },
  hidden: ReadonlySet<string>,
): boolean => hidden.size > 0 && (tags ?? []).some((tag) => hidden.has(tag));

/** Which things a view has and what they stand in. What is hidden takes along what stands in it. */
export function survey(design: Design, { view, hiddenTags }: ViewChoice): Survey {
  const hidden = new Set(hiddenTags);
  const sites = sitesInOrder(design, hidden);
  const siteIds = new Set(sites.map(({ id }) => id));
  const inHiddenSite = (site: string | undefined): boolean =>
    site !== undefined && !siteIds.has(site);

  const hypervisors = new Map<string, Node>();
  for (const node of design.nodes ?? []) {
    if (node.kind === 'hypervisor' && !isHidden(node, hidden)) hypervisors.set(node.id, node);
  }
  const nodes = (design.nodes ?? []).filter((node) => {
    const host = runsOn(node);
    if (isHidden(node, hidden) || (host !== undefined && !hypervisors.has(host))) return false;
    return !inHiddenSite(host === undefined ? node.site : hypervisors.get(host)?.site);
  });
  const segments = (design.segments ?? []).filter(
    (segment) => !isHidden(segment, hidden) && !inHiddenSite(segment.site),
  );

  const clusters = (design.clusters ?? []).filter((cluster) => !isHidden(cluster, hidden));
  const shownClusters = new Set(clusters);
  const hiddenClusters = new Set(
    (design.clusters ?? []).filter((one) => !shownClusters.has(one)).map(({ id }) => id),
  );
  const memberOf = new Map<string, Cluster>();
  for (const cluster of clusters) {
    for (const { node } of cluster.nodes) memberOf.set(node, cluster);
  }

  const parts = shownIn(view, design, nodes, segments, memberOf);
  const parentOf = new Map<string, string>();
  const within = (key: string, kind: 'site' | 'node' | 'cluster', id: string | undefined): void => {
    if (id !== undefined) parentOf.set(key, ref(kind, id));
  };
  const nested = view === 'all' || view === 'underlay';
  const located = view !== 'kubernetes';
  if (located) {
    for (const site of sites) within(ref('site', site.id), 'site', site.parent);
    for (const segment of parts.segments) within(ref('segment', segment.id), 'site', segment.site);
  }
  const boxed = new Map<string, (string | undefined)[]>();
  for (const node of parts.nodes) {
    const key = nodeRef(node);
    const host = runsOn(node);
    const member = memberOf.get(node.id);
    const site = node.site ?? (host === undefined ? undefined : hypervisors.get(host)?.site);
    if (nested && host !== undefined) within(key, 'node', host);
    else if (member && view !== 'overlay') {
      within(key, 'cluster', member.id);
      const others = boxed.get(member.id);
      if (others) others.push(site);
      else boxed.set(member.id, [site]);
    } else if (located) within(key, 'site', site);
  }
  const drawn = clusters.filter(
    ({ id, nodes: members }) =>
      view !== 'overlay' && (boxed.has(id) || (members.length === 0 && view !== 'underlay')),
  );
  if (located) {
    for (const { id } of drawn) {
      within(ref('cluster', id), 'site', commonSite(boxed.get(id) ?? [], sites));
    }
  }
  return {
    sites: located ? sites : [],
    segments: parts.segments,
    nodes: parts.nodes,
    clusters: drawn,
    hiddenClusters,
    memberOf,
    parentOf,
    emptySites: view === 'all' || view === 'underlay',
  };
}

export const runsOn = (node: Node): string | undefined =>
  'runsOn' in node ? node.runsOn : undefined;

/** Parents before what they hold, without those that are hidden or stand in what is hidden. */
function sitesInOrder(design: Design, hidden: ReadonlySet<string>): readonly Site[] {
  const byId = new Map((design.sites ?? []).map((site) => [site.id, site]));
  const order: Site[] = [];
  const state = new Map<string, boolean>();
  const visit = (site: Site): boolean => {
    const known = state.get(site.id);
    if (known !== undefined) return known;
    // Should sites ever contain one another in a circle, none of them is drawn.
    state.set(site.id, false);
    const parent = site.parent === undefined ? undefined : byId.get(site.parent);
    const shown = !isHidden(site, hidden) && (parent === undefined || visit(parent));
    state.set(site.id, shown);
    if (shown) order.push(site);
    return shown;
  };
  for (const site of byId.values()) visit(site);
  return order;
}

/** The innermost site that all of them stand in. */
function commonSite(
  of: readonly (string | undefined)[],
  sites: readonly Site[],
): string | undefined {
  const parent = new Map(sites.map(({ id, parent }) => [id, parent]));
  const chain = (id: string | undefined): string[] => {
    const up: string[] = [];
    for (let at = id; at !== undefined; at = parent.get(at)) up.push(at);
    return up;
  };
  const [first, ...others] = of;
  return chain(first).find((id) => others.every((other) => chain(other).includes(id)));
}

interface Parts {
  readonly nodes: readonly Node[];
  readonly segments: readonly Segment[];
}

function shownIn(
  view: ViewKind,
  design: Design,
  nodes: readonly Node[],
  segments: readonly Segment[],
  memberOf: ReadonlyMap<string, Cluster>,
): Parts {
  switch (view) {
    case 'all':
      return { nodes, segments };
    case 'underlay': {
      const physical = segments.filter(({ kind }) => kind !== 'vxlan');
      const standsOn = attachedTo(new Set(physical.map(({ id }) => id)));
      const linked = new Set((design.links ?? []).flatMap(({ a, b }) => [a.node, b.node]));
      return {
        segments: physical,
        nodes: nodes.filter(
          (node) =>
            node.kind !== 'distributed-router' &&
            (runsOn(node) === undefined || standsOn(node) || linked.has(node.id)),
        ),
      };
    }
    case 'overlay': {
      const stretched = new Set(
        (design.stretches ?? []).flatMap(({ a, b }) => [a.segment, b.segment]),
      );
      const virtual = segments.filter(({ kind, id }) => kind === 'vxlan' || stretched.has(id));
      const standsOn = attachedTo(new Set(virtual.map(({ id }) => id)));
      return {
        segments: virtual,
        nodes: nodes.filter(
          (node) =>
            node.kind !== 'hypervisor' &&
            (node.kind === 'distributed-router' || node.kind === 'l2-gateway' || standsOn(node)),
        ),
      };
    }
    case 'kubernetes': {
      const members = nodes.filter(({ id }) => memberOf.has(id));
      const near = new Set(
        members.flatMap(({ interfaces }) => (interfaces ?? []).map(({ segment }) => segment)),
      );
      const standsOn = attachedTo(near);
      return {
        segments: segments.filter(({ id }) => near.has(id)),
        nodes: nodes.filter((node) => memberOf.has(node.id) || (isGateway(node) && standsOn(node))),
      };
    }
    default:
      return view satisfies never;
  }
}

const isGateway = ({ kind }: Node): boolean =>
  kind === 'router' || kind === 'edge-gateway' || kind === 'distributed-router';

function attachedTo(segments: ReadonlySet<string | undefined>): (node: Node) => boolean {
  return ({ interfaces }) =>
    (interfaces ?? []).some(({ segment }) => segment !== undefined && segments.has(segment));
}
