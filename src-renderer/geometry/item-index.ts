import Flatbush from 'flatbush';
import type { Rectangle, SceneItem } from './scene.ts';

/** Finds the boxes in a rectangle without looking at all of them. */
export interface BoxIndex {
  /** Indexes of the boxes that touch it, ascending: containers before what they hold. */
  search(box: Rectangle): readonly number[];
  /** Whether any box of these touches it. */
  some(box: Rectangle, test: (index: number) => boolean): boolean;
}

const none: BoxIndex = { search: () => [], some: () => false };
const known = new WeakMap<readonly SceneItem[], BoxIndex>();

export function indexOfItems(items: readonly SceneItem[]): BoxIndex {
  let index = known.get(items);
  if (!index) {
    index = indexOfBoxes(items.length, (at) => items[at] ?? empty);
    known.set(items, index);
  }
  return index;
}

const empty: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

export function indexOfBoxes(count: number, boxAt: (index: number) => Rectangle): BoxIndex {
  if (count === 0) return none;
  const tree = new Flatbush(count);
  for (let at = 0; at < count; at += 1) {
    const { x, y, width, height } = boxAt(at);
    tree.add(x, y, x + width, y + height);
  }
  tree.finish();
  return {
    search: ({ x, y, width, height }) =>
      tree.search(x, y, x + width, y + height).sort((a, b) => a - b),
    some: ({ x, y, width, height }, test) => tree.collides(x, y, x + width, y + height, test),
  };
}
