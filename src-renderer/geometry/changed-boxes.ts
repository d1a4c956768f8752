import type { Rectangle, Scene, SceneItem } from './scene.ts';

export const isBar = (item: SceneItem | undefined): boolean => item?.kind.is === 'segment';

/** Whether lines go around it: a card or what is folded. */
export const isWall = (item: SceneItem | undefined): boolean =>
  item !== undefined && !isBar(item) && (!item.container || item.collapsed);

/** A place where something stood or stands that is there no longer, or was not. */
export interface ChangedBox extends Rectangle {
  readonly wall: boolean;
  /** Its index now, where it still stands in the same thing. */
  readonly item?: number;
}

/** How the boxes and edges of a scene came from those of another. */
export interface Changes {
  /** Index of an item of before, -1 when it is gone. */
  readonly itemNow: (was: number) => number;
  /** Index that an edge had, -1 when it is new. */
  readonly edgeBefore: (now: number) => number;
  /** Items that are new, or have another rectangle or nature. */
  readonly altered: ReadonlySet<number>;
  readonly boxes: readonly ChangedBox[];
}

/** With more changes than these it is quicker to begin anew. */
const mostBoxes = 400;

/** What differs between two scenes; undefined where it is too much, or things stand in another order. */
export function changesBetween(before: Scene, now: Scene): Changes | undefined {
  const items = matched(before.items, now.items, ({ ref }) => ref, before.indexOf);
  const edges = matched(before.edges, now.edges, ({ id }) => id, before.edgeIndexOf);
  if (!items || !edges) return undefined;
  const altered = new Set<number>();
  const boxes: ChangedBox[] = [];
  const change = ({ x, y, width, height }: SceneItem, wall: boolean, item?: number): void => {
    boxes.push({ x, y, width, height, wall, ...(item !== undefined && { item }) });
  };
  const itemNow = new Int32Array(before.items.length).fill(-1);
  for (let at = 0; at < now.items.length; at += 1) {
    const was = items[at] ?? -1;
    const item = now.items[at];
    const old = before.items[was];
    if (old) itemNow[was] = at;
    if (!item) continue;
    const moved =
      old !== undefined && before.items[old.parent]?.ref !== now.items[item.parent]?.ref;
    // What else stands in it would stand in something else, too.
    if (moved && item.container && !item.collapsed) return undefined;
    if (old && !moved && (old === item || sameBox(old, item))) continue;
    altered.add(at);
    const stays = old && !moved ? at : undefined;
    if (old) change(old, isWall(old), stays);
    change(item, isWall(item), stays);
    if (boxes.length > mostBoxes) return undefined;
  }
  for (let was = 0; was < itemNow.length; was += 1) {
    const old = before.items[was];
    if (itemNow[was] === -1 && old) change(old, isWall(old));
    if (boxes.length > mostBoxes) return undefined;
  }
  return {
    itemNow: (was) => itemNow[was] ?? -1,
    edgeBefore: (at) => edges[at] ?? -1,
    altered,
    boxes,
  };
}

const sameBox = (a: SceneItem, b: SceneItem): boolean =>
  a.x === b.x &&
  a.y === b.y &&
  a.width === b.width &&
  a.height === b.height &&
  a.kind.is === b.kind.is &&
  a.container === b.container &&
  a.collapsed === b.collapsed;

/** Of each, its index before, -1 where it was not there; undefined where they are in another order. */
export function matched<One>(
  before: readonly One[],
  now: readonly One[],
  key: (one: One) => string,
  indexOf: ReadonlyMap<string, number>,
): Int32Array | undefined {
  const was = new Int32Array(now.length);
  let last = -1;
  for (let at = 0; at < now.length; at += 1) {
    const one = now[at];
    if (one === undefined) continue;
    const next = before[last + 1];
    let index = -1;
    if (next !== undefined && (next === one || key(next) === key(one))) index = last + 1;
    else {
      const found = indexOf.get(key(one));
      const old = found === undefined ? undefined : before[found];
      if (found !== undefined && old !== undefined && key(old) === key(one)) {
        if (found < last) return undefined;
        index = found;
      }
    }
    was[at] = index;
    if (index >= 0) last = index;
  }
  return was;
}
