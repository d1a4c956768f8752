import type { Design, Node } from '../../src-main/contract/index.ts';
import { visibleText } from '../i18n/visible-text.ts';
import type { Changed } from './changed-entities.ts';
import type { ViewChoice } from './scene.ts';
import {
  folded,
  nodeRef,
  nodeThing,
  ref,
  roleOf,
  sameThing,
  segmentThing,
  type Placed,
  type Thing,
} from './thing.ts';
import { runsOn } from './view-contents.ts';

/** How things of entities that have changed look now. */
export function redrawing(
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
export function transplanted(
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
export function replanted(
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
