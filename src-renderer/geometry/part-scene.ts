import type { Design } from '../../src-main/contract/index.ts';
import { around } from './rectangle.ts';
import { edgesOf } from './scene-edges.ts';
import type { Scene, SceneItem } from './scene.ts';

export interface PartChoice {
  /** Indexes of what is shown, together with all that it stands in; everything where absent. */
  readonly shown?: ReadonlySet<number>;
  /** Indexes of containers that are drawn as one card, which says how much is in it. */
  readonly folded?: ReadonlySet<number>;
}

const nothing: ReadonlySet<number> = new Set();

/** A scene of some things of another one, with the lines between them, where they are in that one. */
export function partOfScene(
  design: Design,
  { items, faults }: Scene,
  { shown, folded = nothing }: PartChoice,
): Scene {
  const kept = shown && withHolders(items, shown);
  const holderOf = items.map(() => -1);
  const hidden = items.map(() => 0);
  const places = new Map<number, number>();
  const part: SceneItem[] = [];
  const indexOf = new Map<string, number>();
  items.forEach(({ parent }, index) => {
    const above = holderOf[parent] ?? -1;
    holderOf[index] = above >= 0 ? above : folded.has(index) ? index : -1;
    if (above >= 0) hidden[above] = (hidden[above] ?? 0) + 1;
  });
  items.forEach((item, index) => {
    const holder = holderOf[index] ?? -1;
    if (kept && !kept.has(holder < 0 ? index : holder)) return;
    if (holder >= 0 && holder !== index) {
      indexOf.set(item.ref, places.get(holder) ?? -1);
      return;
    }
    const place = part.length;
    places.set(index, place);
    indexOf.set(item.ref, place);
    const parent = places.get(item.parent) ?? -1;
    const isFolded = holder === index;
    part.push({
      ...item,
      parent,
      ...(isFolded ? { collapsed: true, hidden: item.hidden + (hidden[index] ?? 0) } : {}),
    });
  });
  const { edges, edgeIndexOf } = edgesOf(design, part, indexOf);
  return {
    items: part,
    edges,
    indexOf,
    edgeIndexOf,
    faults: part.length === items.length ? faults : [],
    bounds: around(part) ?? { x: 0, y: 0, width: 0, height: 0 },
  };
}

/** The same with everything that they stand in. */
function withHolders(items: Scene['items'], some: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set<number>();
  for (const index of some) {
    for (let at = index; at >= 0 && !all.has(at); at = items[at]?.parent ?? -1) all.add(at);
  }
  return all;
}

/** Everything in one of these, and these themselves. */
export function withContents(items: Scene['items'], some: ReadonlySet<number>): Set<number> {
  const all = new Set(some);
  items.forEach(({ parent }, index) => {
    if (all.has(parent)) all.add(index);
  });
  return all;
}

/** What lines lead to from these. */
export function neighboursOf({ edges }: Scene, some: ReadonlySet<number>): ReadonlySet<number> {
  const near = new Set<number>();
  for (const { from, to } of edges) {
    if (some.has(from) && !some.has(to)) near.add(to);
    if (some.has(to) && !some.has(from)) near.add(from);
  }
  return near;
}
