import type {
  Cluster,
  Design,
  EntityRef,
  LayoutItem,
  Node,
  Segment,
  Site,
} from '../../src-main/contract/index.ts';
import { changedEntities, type Changed } from './changed-entities.ts';
import type { ItemKind, ItemRef, NodeRole, ViewChoice, ViewKind } from './scene.ts';
import { visibleText } from '../i18n/visible-text.ts';

/** Something to draw and what is drawn inside it, before it has a place. */
export interface Thing {
  readonly ref: ItemRef;
  readonly kind: ItemKind;
  readonly label: string;
  readonly detail: string;
  readonly tag?: string;
  readonly cluster?: string;
  readonly down: boolean;
  /** Containers may be empty; a node is one when it has pods. */
  readonly container: boolean;
  readonly collapsed: boolean;
  readonly children: readonly Thing[];
  readonly layout?: Placed;
}

/** Where the layout puts something in the view that is drawn. */
export interface Placed {
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly height?: number;
  readonly collapsed?: boolean;
}

const ref = (kind: 'site' | 'node' | 'segment' | 'cluster', id: string): EntityRef =>
  `${kind}:${id}` as EntityRef;

const nodeRefs = new WeakMap<Node, EntityRef>();

/** The same string for the same node: to make and hash it anew is most of what a large design costs. */
function nodeRef(node: Node): EntityRef {
  let key = nodeRefs.get(node);
  if (key === undefined) nodeRefs.set(node, (key = ref('node', node.id)));
  return key;
}

/** The things of a design as they were drawn before. */
export interface Grown {
  readonly design: Design;
  readonly choice: ViewChoice;
  readonly things: readonly Thing[];
}

const known = new WeakMap<Design, readonly Grown[]>();

/** What a view of a design was made to be; undefined where nobody has asked yet. */
export const grownOf = (design: Design, choice: ViewChoice): Grown | undefined =>
  known.get(design)?.find((one) => sameChoice(one.choice, choice));

/**
 * The things of a view as trees: what stands in what; made once for whoever asks. Of those before, what has not changed
 * stays the same objects, with all that is in it.
 */
export function thingsOf(design: Design, choice: ViewChoice, before?: Grown): readonly Thing[] {
  const last = grownOf(design, choice);
  if (last) return last.things;
  const things = grow(design, choice, before);
  known.set(design, [...(known.get(design) ?? []), { design, choice, things }]);
  return things;
}

function grow(design: Design, choice: ViewChoice, before: Grown | undefined): readonly Thing[] {
  const changed =
    before &&
    sameChoice(before.choice, choice) &&
    hasOwnPlaces(before.design, choice.view) === hasOwnPlaces(design, choice.view) &&
    changedEntities(before.design, design);
  const planted = changed && transplanted(before.things, design, choice, changed);
  if (planted) {
    const moved = movedIn(before.design, design, choice.view);
    return replanted(planted, moved, redrawing(changed, choice), choice);
  }
  const again = reusing(before?.things);
  const seen = survey(design, choice);
  const places = layoutOf(design, choice.view);
  const inside = new Map<string | undefined, Thing[]>();
  const put = (parent: string | undefined, thing: Thing): void => {
    const siblings = inside.get(parent);
    if (siblings) siblings.push(again(thing));
    else inside.set(parent, [again(thing)]);
  };
  const take = (parent: string): readonly Thing[] => inside.get(parent) ?? [];

  for (const segment of seen.segments) {
    const key = ref('segment', segment.id);
    put(seen.parentOf.get(key), segmentThing(segment, key, places.get(key)));
  }
  const pods = podsOf(design, seen, choice, again);
  // Hypervisors last: they hold other nodes.
  const inOrder = [
    ...seen.nodes.filter(({ kind }) => kind !== 'hypervisor'),
    ...seen.nodes.filter(({ kind }) => kind === 'hypervisor'),
  ];
  for (const node of inOrder) {
    const key = nodeRef(node);
    const held = node.kind === 'hypervisor' ? take(key) : (pods.get(node.id) ?? []);
    const member = seen.memberOf.get(node.id);
    const boxed = member !== undefined && seen.parentOf.get(key) === ref('cluster', member.id);
    put(
      seen.parentOf.get(key),
      nodeThing(node, held, places.get(key), {
        ...(member && !boxed && { cluster: visibleText(member.name ?? member.id) }),
        role: roleOf(node, member !== undefined),
        collapsed: choice.view !== 'kubernetes',
      }),
    );
  }
  for (const cluster of seen.clusters) {
    const key = ref('cluster', cluster.id);
    put(seen.parentOf.get(key), {
      ref: key,
      kind: { is: 'cluster' },
      label: visibleText(cluster.name ?? cluster.id),
      detail: cluster.podCidrs.join(', '),
      down: false,
      container: true,
      children: take(key),
      ...folded(places.get(key), false),
    });
  }
  for (const site of [...seen.sites].reverse()) {
    const key = ref('site', site.id);
    const thing: Thing = {
      ref: key,
      kind: { is: 'site', kind: site.kind },
      label: visibleText(site.name ?? site.id),
      detail: '',
      down: false,
      container: true,
      children: take(key),
      ...folded(places.get(key), false),
    };
    if (seen.emptySites || thing.children.length > 0) put(seen.parentOf.get(key), thing);
  }
  return inside.get(undefined) ?? [];
}

/** Gives a thing as it was before where it is the same. */
function reusing(before: readonly Thing[] | undefined): (thing: Thing) => Thing {
  if (!before) return (thing) => thing;
  const byRef = new Map<string, Thing>();
  const note = (things: readonly Thing[]): void => {
    for (const thing of things) {
      byRef.set(thing.ref, thing);
      note(thing.children);
    }
  };
  note(before);
  return (thing) => {
    const old = byRef.get(thing.ref);
    return old && sameThing(old, thing) ? old : thing;
  };
}

function sameThing(a: Thing, b: Thing): boolean {
  return (
    a.label === b.label &&
    a.detail === b.detail &&
    a.tag === b.tag &&
    a.cluster === b.cluster &&
    a.down === b.down &&
    a.container === b.container &&
    a.collapsed === b.collapsed &&
    a.layout === b.layout &&
    sameKind(a.kind, b.kind) &&
    a.children.length === b.children.length &&
    a.children.every((child, index) => child === b.children[index])
  );
}

export function sameKind(a: ItemKind, b: ItemKind): boolean {
  if (a === b) return true;
  if (a.is !== b.is) return false;
  const kindOf = (one: ItemKind): string | undefined => ('kind' in one ? one.kind : undefined);
  const roleOf = (one: ItemKind): string | undefined => (one.is === 'node' ? one.role : undefined);
  return kindOf(a) === kindOf(b) && roleOf(a) === roleOf(b);
}

const sameChoice = (a: ViewChoice, b: ViewChoice): boolean =>
  a.view === b.view &&
  a.hiddenTags.length === b.hiddenTags.length &&
  a.hiddenTags.every((tag, index) => tag === b.hiddenTags[index]);

/** What the layout places otherwise than before, and where. */
function movedIn(
  before: Design,
  design: Design,
  view: ViewKind,
): ReadonlyMap<string, Placed | undefined> {
  const moved = new Map<string, Placed | undefined>();
  const old = before.layout ?? [];
  const now = design.layout ?? [];
  if (old === now) return moved;
  const own = hasOwnPlaces(design, view);
  let same = 0;
  for (; same < now.length && old[same]?.id === now[same]?.id; same += 1) {
    const item = now[same];
    if (item && item !== old[same]) moved.set(item.id, placedIn(item, view, own));
  }
  const rest = new Map(old.slice(same).map((item) => [item.id, item]));
  for (const item of now.slice(same)) {
    if (rest.get(item.id) !== item) moved.set(item.id, placedIn(item, view, own));
    rest.delete(item.id);
  }
  for (const id of rest.keys()) moved.set(id, undefined);
  return moved;
}

/** How things of entities that have changed look now. */
function redrawing(
  { nodes, segments, sites }: Changed,
  { view }: ViewChoice,
): ReadonlyMap<string, (thing: Thing) => Thing> {
  const redraw = new Map<string, (thing: Thing) => Thing>();
  for (const node of nodes) {
    redraw.set(nodeRef(node), ({ kind, children, layout, cluster }) =>
      nodeThing(node, children, layout, {
        ...(cluster !== undefined && { cluster }),
        role: roleOf(node, kind.is === 'node' && kind.role === 'cluster-node'),
        collapsed: view !== 'kubernetes',
      }),
    );
  }
  for (const segment of segments) {
    const key = ref('segment', segment.id);
    redraw.set(key, ({ layout }) => segmentThing(segment, key, layout));
  }
  for (const { id, name, kind } of sites) {
    redraw.set(ref('site', id), (thing) => ({
      ...thing,
      kind: { is: 'site', kind },
      label: visibleText(name ?? id),
    }));
  }
  return redraw;
}

/**
 * The same things with nodes that came, and without those that went, in the drawing of all; undefined where they hold
 * other things or are members of a cluster.
 */
function transplanted(
  things: readonly Thing[],
  design: Design,
  { view, hiddenTags }: ViewChoice,
  { added, removed }: Changed,
): readonly Thing[] | undefined {
  if (added.length + removed.length === 0) return things;
  if (view !== 'all' || hiddenTags.length > 0) return undefined;
  const members = new Set(
    (design.clusters ?? []).flatMap(({ nodes }) => nodes.map(({ node }) => node)),
  );
  const isPlain = ({ id, kind }: Node): boolean => kind !== 'hypervisor' && !members.has(id);
  if (![...added, ...removed].every(isPlain)) return undefined;
  const gone = new Set<string>(removed.map(nodeRef));
  const fresh = Map.groupBy(added, (node): string | undefined => {
    const host = runsOn(node);
    if (host !== undefined) return ref('node', host);
    return node.site === undefined ? undefined : ref('site', node.site);
  });
  let left = added.length;
  const plant = (old: readonly Thing[], parent: string | undefined): readonly Thing[] => {
    let now = old.some((thing) => gone.has(thing.ref))
      ? old.filter((thing) => !gone.has(thing.ref))
      : old;
    now.forEach((thing, index) => {
      if (thing.children.length === 0 && !fresh.has(thing.ref)) return;
      const children = plant(thing.children, thing.ref);
      if (children !== thing.children) now = now.with(index, { ...thing, children });
    });
    for (const node of fresh.get(parent) ?? []) {
      now = now.toSpliced(placeAmong(now, node, design), 0, newThing(node, design));
      left -= 1;
    }
    return now;
  };
  const planted = plant(things, undefined);
  // What they stand in may not be drawn.
  return left === 0 ? planted : undefined;
}

/** Nodes stand as the design has them, before what holds others. */
function placeAmong(siblings: readonly Thing[], node: Node, { nodes = [] }: Design): number {
  const places = new Map<string, number>(siblings.map((thing, index) => [thing.ref, index]));
  for (const later of nodes.slice(nodes.indexOf(node) + 1)) {
    const place = later.kind === 'hypervisor' ? undefined : places.get(nodeRef(later));
    if (place !== undefined) return place;
  }
  const holders = siblings.findIndex(
    ({ kind }) =>
      kind.is === 'cluster' ||
      kind.is === 'site' ||
      (kind.is === 'node' && kind.kind === 'hypervisor'),
  );
  return holders < 0 ? siblings.length : holders;
}

function newThing(node: Node, { layout = [] }: Design): Thing {
  const key = nodeRef(node);
  return nodeThing(
    node,
    [],
    layout.find(({ id }) => id === key),
    { role: roleOf(node, false), collapsed: true },
  );
}

/** The same things in other places: those, and what they stand in, are new objects. */
function replanted(
  things: readonly Thing[],
  moved: ReadonlyMap<string, Placed | undefined>,
  redraw: ReadonlyMap<string, (thing: Thing) => Thing>,
  choice: ViewChoice,
): readonly Thing[] {
  if (moved.size === 0 && redraw.size === 0) return things;
  let changed: Thing[] | undefined;
  things.forEach((thing, index) => {
    let next = thing;
    if (thing.children.length > 0) {
      const children = replanted(thing.children, moved, redraw, choice);
      if (children !== thing.children) next = { ...next, children };
    }
    const drawn = redraw.get(thing.ref)?.(next);
    if (drawn && !sameThing(next, drawn)) next = drawn;
    if (moved.has(thing.ref)) next = putAt(next, moved.get(thing.ref), choice);
    if (next !== thing) (changed ??= [...things])[index] = next;
  });
  return changed ?? things;
}

function putAt(
  { layout: _old, ...thing }: Thing,
  layout: Placed | undefined,
  { view }: ViewChoice,
): Thing {
  const { kind, container } = thing;
  if (kind.is === 'segment') return { ...thing, ...(layout && { layout }) };
  const foldable = kind.is === 'node' && kind.kind !== 'hypervisor';
  const { collapsed, ...place } = folded(layout, foldable && view !== 'kubernetes');
  return { ...thing, collapsed: container && collapsed, ...place };
}

function folded(
  layout: Placed | undefined,
  unlessSaid: boolean,
): { collapsed: boolean; layout?: Placed } {
  return { collapsed: layout?.collapsed ?? unlessSaid, ...(layout && { layout }) };
}

function segmentThing(segment: Segment, key: EntityRef, layout: Placed | undefined): Thing {
  const tag =
    segment.kind === 'vlan'
      ? `VLAN ${segment.vlan}`
      : segment.kind === 'vxlan'
        ? `VNI ${segment.vni}`
        : undefined;
  return {
    ref: key,
    kind: { is: 'segment', kind: segment.kind },
    label: visibleText(segment.name ?? segment.id),
    detail: (segment.subnets ?? []).map(({ cidr }) => cidr).join(', '),
    ...(tag !== undefined && { tag }),
    down: false,
    container: false,
    collapsed: false,
    children: [],
    ...(layout && { layout }),
  };
}

function nodeThing(
  node: Node,
  children: readonly Thing[],
  layout: Placed | undefined,
  about: { cluster?: string; role: NodeRole | undefined; collapsed: boolean },
): Thing {
  const container = node.kind === 'hypervisor' || children.length > 0;
  const { collapsed, ...place } = folded(
    layout,
    node.kind === 'hypervisor' ? false : about.collapsed,
  );
  return {
    ref: nodeRef(node),
    kind: { is: 'node', kind: node.kind, ...(about.role && { role: about.role }) },
    label: visibleText(node.name ?? node.id),
    detail: mainAddress(node),
    ...(about.cluster !== undefined && { cluster: about.cluster }),
    down: node.state === 'down',
    container,
    collapsed: container && collapsed,
    children,
    ...place,
  };
}

/** An address as it is shown at an edge's end: without the prefix length. */
export const withoutLength = (address: string | undefined): string =>
  address === undefined ? '' : (address.split('/')[0] ?? '');

function mainAddress(node: Node): string {
  const first = node.interfaces?.find(({ addresses }) => (addresses?.length ?? 0) > 0);
  return withoutLength(first?.addresses?.[0]);
}

/** What a host is, by what runs on it: the more telling first. */
function roleOf(node: Node, member: boolean): NodeRole | undefined {
  if (node.kind !== 'host') return undefined;
  if (member) return 'cluster-node';
  if (node.dnsServer) return 'dns';
  if (node.httpProxy) return 'proxy';
  if (node.artifactMirror) return 'mirror';
  if ((node.loadBalancers?.length ?? 0) > 0) return 'load-balancer';
  if ((node.listeners?.length ?? 0) > 0 || node.runsOn !== undefined) return 'server';
  return undefined;
}

function podsOf(
  design: Design,
  seen: Survey,
  { hiddenTags, view }: ViewChoice,
  again: (thing: Thing) => Thing,
): ReadonlyMap<string, readonly Thing[]> {
  const pods = new Map<string, Thing[]>();
  if (view === 'underlay' || view === 'overlay') return pods;
  const hidden = new Set(hiddenTags);
  for (const workload of design.workloads ?? []) {
    if (isHidden(workload, hidden) || seen.hiddenClusters.has(workload.cluster)) continue;
    for (const pod of workload.pods) {
      const thing = again({
        ref: `pod:${pod.id}`,
        kind: { is: 'pod' },
        label: pod.id,
        detail: workload.namespace,
        down: pod.state !== undefined && pod.state !== 'ready',
        container: false,
        collapsed: false,
        children: [],
      });
      const others = pods.get(pod.node);
      if (others) others.push(thing);
      else pods.set(pod.node, [thing]);
    }
  }
  return pods;
}

function layoutOf(design: Design, view: ViewKind): ReadonlyMap<string, Placed> {
  const places = new Map<string, Placed>();
  const own = hasOwnPlaces(design, view);
  for (const item of design.layout ?? []) {
    const placed = placedIn(item, view, own);
    if (placed) places.set(item.id, placed);
  }
  return places;
}

/** Whether somebody has drawn this view: something has a place of its own in it. */
const hasOwnPlaces = ({ layout }: Design, view: ViewKind): boolean =>
  view !== 'all' && (layout ?? []).some(({ views }) => views?.[view] !== undefined);

/**
 * A view that somebody has drawn keeps to its own places. Kubernetes nests otherwise than the drawing of all does, so
 * that it takes no place from there. The overlay takes those of its machines; its sites, which hold less, close around
 * them.
 */
function placedIn(item: LayoutItem, view: ViewKind, own: boolean): Placed | undefined {
  if (view === 'all') return item;
  if (own || view === 'kubernetes') return item.views?.[view];
  if (view === 'overlay' && item.id.startsWith('site:') && item.collapsed !== true)
    return undefined;
  return item;
}

interface Survey {
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

const isHidden = (
  { tags }: { readonly tags?: readonly string[] },
  hidden: ReadonlySet<string>,
): boolean => hidden.size > 0 && (tags ?? []).some((tag) => hidden.has(tag));

/** Which things a view has and what they stand in. What is hidden takes along what stands in it. */
function survey(design: Design, { view, hiddenTags }: ViewChoice): Survey {
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

const runsOn = (node: Node): string | undefined => ('runsOn' in node ? node.runsOn : undefined);

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
