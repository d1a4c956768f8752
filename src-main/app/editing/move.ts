import { counted } from '../../sim/vocabulary/counted.ts';
import type { Change } from '../../contract/changes.ts';
import type { LayoutItem } from '../../model/design.ts';
import { entityRef, parseEntityRef } from '../../model/ids.ts';
import { designIssue, type DesignIssue } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { contentsOf, isThere, knownThings, parseThing, putInto, type Thing } from './containers.ts';
import { planned, refused, titleOf, unknown, type Planned } from './outcome.ts';
import type { WorkingCopy } from './working-copy.ts';

type Move = Extract<Change, { kind: 'move' }>;
type Place = Extract<Change, { kind: 'place' }>;
type View = NonNullable<Place['items'][number]['view']>;

/** Coordinates of the canvas; see the schema of a layout item. */
const farthest = 1e9;
/** A number that the canvas has. */
export const onCanvas = (value: number): number =>
  Math.min(farthest, Math.max(-farthest, value)) + 0;

/** Moves things with everything inside of them, and puts them into another container where one is named. */
export function move(copy: WorkingCopy, { refs, by, into, view }: Move): Planned {
  const known = knownThings(copy, refs, ['refs']);
  if (!known.ok) return known;
  const container = into === undefined || into === null ? undefined : parseThing(into);
  if (into !== undefined && into !== null && !(container && isThere(copy, container))) {
    return unknown(['into'], 'the reference of a container', into);
  }
  const inside = contentsOf(copy, known.things);
  let isMoved = false;
  for (const thing of [...known.things, ...inside]) {
    // What has no place of its own in the view is put in order there, beside what has one.
    const isCarried = !known.things.includes(thing);
    if (
      isCarried &&
      view &&
      hasPlaceIn(copy, known.things, view) &&
      !hasPlaceIn(copy, [thing], view)
    )
      continue;
    isMoved = shift(copy, thing, by, view) || isMoved;
  }
  if (into !== undefined) {
    // What is inside of another thing that is moved stays there.
    const carried = new Set(inside.map(({ kind, id }) => `${kind}:${id}`));
    for (const thing of known.things) {
      if (carried.has(`${thing.kind}:${thing.id}`)) continue;
      const placed = putInto(copy, thing, container, ['into']);
      if (!placed.ok) return placed;
    }
  } else if (!isMoved) {
    return refused(['refs'], 'things that have a place on the canvas: place these first', refs[0]);
  }
  return planned(labelOf(copy, known.things, container));
}

const hasPlaceIn = (copy: WorkingCopy, things: readonly Thing[], view: View): boolean =>
  things.some(({ kind, id }) =>
    kind === 'pod' ? false : copy.get('layout', entityRef(kind, id))?.views?.[view] !== undefined,
  );

function labelOf(copy: WorkingCopy, things: readonly Thing[], into: Thing | undefined): string {
  const title = ({ kind, id }: Thing) => {
    const entity = kind === 'pod' ? undefined : copy.get(kind, id);
    return entity ? titleOf(entity) : id;
  };
  const [only] = things;
  const what = things.length === 1 && only ? title(only) : counted(things.length, 'thing');
  return into ? `Move ${what} into ${title(into)}` : `Move ${what}`;
}

/** Says whether the thing has a place that could be moved. */
export function shift(
  copy: WorkingCopy,
  thing: Thing,
  { dx, dy }: Move['by'],
  view?: View,
): boolean {
  if (thing.kind === 'pod') return false;
  const item = copy.get('layout', entityRef(thing.kind, thing.id));
  if (!item) return false;
  const moved = (place: { readonly x: number; readonly y: number }) => ({
    x: onCanvas(place.x + dx),
    y: onCanvas(place.y + dy),
  });
  if (view === undefined) {
    copy.put('layout', { ...item, ...moved(item) });
    return true;
  }
  const place = item.views?.[view] ?? placeOf(item);
  copy.put('layout', { ...item, views: { ...item.views, [view]: { ...place, ...moved(place) } } });
  return true;
}

type Placed = NonNullable<NonNullable<LayoutItem['views']>[View]>;

function placeOf({ x, y, width, height, collapsed }: LayoutItem): Placed {
  return {
    x,
    y,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(collapsed === undefined ? {} : { collapsed }),
  };
}

const labels: Readonly<Record<Place['label'], string>> = {
  arrange: 'Arrange',
  align: 'Align',
  distribute: 'Distribute',
  resize: 'Resize',
  collapse: 'Collapse',
  expand: 'Expand',
};

/** Writes where things are drawn. What an item does not say stays as it was. */
export function place(copy: WorkingCopy, { label, items }: Place): Planned {
  const issues: DesignIssue[] = [];
  const things = new Set<string>();
  for (const [at, { id, view, ...given }] of items.entries()) {
    const ref = parseEntityRef(id);
    if (!ref || ref.kind === 'layout' || !copy.has(ref.kind, ref.id)) {
      const expected = 'the reference of an entity of this design';
      if (issues.length < limits.errorsListed) {
        issues.push(designIssue('dangling-id', ['items', at, 'id'], expected, id));
      }
      continue;
    }
    things.add(id);
    const held = copy.get('layout', id);
    if (view === undefined) copy.put('layout', merged({ ...held, id, ...given }));
    else {
      const old = held?.views?.[view] ?? (held ? placeOf(held) : undefined);
      const views = { ...held?.views, [view]: merged({ ...old, ...given }) };
      copy.put('layout', { ...(held ?? { id, x: given.x, y: given.y }), views });
    }
  }
  if (issues.length > 0) return { ok: false, issues };
  const [only] = things;
  const ref = only === undefined ? undefined : parseEntityRef(only);
  const entity = ref && things.size === 1 ? copy.get(ref.kind, ref.id) : undefined;
  return planned(`${labels[label]} ${entity ? titleOf(entity) : counted(things.size, 'thing')}`);
}

/** What is not collapsed says nothing of it. */
function merged<T extends { readonly collapsed?: boolean }>(place: T): T {
  if (place.collapsed !== false) return place;
  const { collapsed: _, ...rest } = place;
  return rest as T;
}
