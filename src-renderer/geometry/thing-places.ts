import type { Design, LayoutItem } from '../../src-main/contract/index.ts';
import type { ViewKind } from './scene.ts';
import type { Placed } from './thing.ts';

/** What the layout places otherwise than before, and where. */
export function movedIn(
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

export function layoutOf(design: Design, view: ViewKind): ReadonlyMap<string, Placed> {
  const places = new Map<string, Placed>();
  const own = hasOwnPlaces(design, view);
  for (const item of design.layout ?? []) {
    const placed = placedIn(item, view, own);
    if (placed) places.set(item.id, placed);
  }
  return places;
}

/** Whether somebody has drawn this view: something has a place of its own in it. */
export const hasOwnPlaces = ({ layout }: Design, view: ViewKind): boolean =>
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
