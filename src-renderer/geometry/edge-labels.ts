import { routesOf, type EdgeRoutes } from './edge-routes.ts';
import { indexOfItems } from './item-index.ts';
import { overlaps } from './rectangle.ts';
import type { Rectangle, Scene, SceneEdge } from './scene.ts';
import { headerHeight } from './sizes.ts';

/** An address at an edge's end. `x` and `y` are its left end and baseline. */
export interface EdgeLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Size of the letters, and what one of the code face takes of it. */
export const labelSize = 10;
const letterWidth = 0.6;
const lineHeight = 13;
/** How often a label is moved on along its line until it stands clear. */
const tries = 5;

/** What a label covers. */
export const labelBox = ({ text, x, y }: EdgeLabel): Rectangle => ({
  x,
  y: y - lineHeight + 3,
  width: text.length * labelSize * letterWidth,
  height: lineHeight,
});

const known = new WeakMap<EdgeRoutes, ReadonlyMap<number, readonly EdgeLabel[]>>();

/**
 * The addresses of a scene where none covers another, a box or a container's name; one that finds no such place is left
 * out. An address that stands on the card already is not said twice.
 */
export function labelsOf(scene: Scene): ReadonlyMap<number, readonly EdgeLabel[]> {
  const routes = routesOf(scene);
  let labels = known.get(routes);
  if (!labels) {
    labels = placeLabels(scene, routes);
    known.set(routes, labels);
  }
  return labels;
}

/** What an edge says at its ends. */
export function wordsOf(
  scene: Scene,
  edge: SceneEdge,
): { readonly from: string; readonly to: string } {
  const item = scene.items[edge.from];
  const onCard = edge.fromLabel === item?.detail;
  // A router's main address is one of several, so that it is worth saying which line has it.
  const kind = item?.kind.is === 'node' ? item.kind.kind : undefined;
  const single = kind === 'host' || kind === 'hypervisor';
  return { from: onCard && single ? '' : edge.fromLabel, to: edge.toLabel };
}

function placeLabels(
  scene: Scene,
  { points, start }: EdgeRoutes,
): ReadonlyMap<number, readonly EdgeLabel[]> {
  const taken = createTaken();
  const boxes = indexOfItems(scene.items);
  const placed = new Map<number, readonly EdgeLabel[]>();

  const covers = (box: Rectangle): boolean =>
    taken.some(box) ||
    boxes.some(box, (index) => {
      const item = scene.items[index];
      if (!item) return false;
      if (!item.container || item.collapsed) return overlaps(item, box);
      return overlaps({ ...item, height: headerHeight }, box);
    });

  const place = (
    text: string,
    x: number,
    y: number,
    dx: number,
    dy: number,
  ): EdgeLabel | undefined => {
    const width = text.length * labelSize * letterWidth;
    const upright = Math.abs(dy) >= Math.abs(dx);
    const reach = Math.max(Math.abs(dx), Math.abs(dy));
    for (let step = 0; step < tries; step += 1) {
      const on = 3 + step * lineHeight;
      if (step > 0 && on + lineHeight > reach) break;
      for (const side of [1, -1]) {
        const left = upright
          ? side > 0
            ? x + 5
            : x - 5 - width
          : dx > 0
            ? x + 7 + step * 12
            : x - 7 - width - step * 12;
        const top = upright
          ? dy > 0
            ? y + on
            : y - on - lineHeight
          : side > 0
            ? y - lineHeight - 1
            : y + 3;
        const box = { x: left, y: top, width, height: lineHeight };
        if (covers(box)) continue;
        taken.add(box);
        return { text, x: left, y: top + lineHeight - 3 };
      }
    }
    return undefined;
  };

  scene.edges.forEach((edge, index) => {
    const words = wordsOf(scene, edge);
    const first = start[index] ?? 0;
    const last = (start[index + 1] ?? first) - 2;
    if (last - first < 2 || (words.from === '' && words.to === '')) return;
    const at = (offset: number): number => points[offset] ?? 0;
    const labels: EdgeLabel[] = [];
    for (const [text, end, next] of [
      [words.from, first, first + 2],
      [words.to, last, last - 2],
    ] as const) {
      if (text === '') continue;
      const x = at(end);
      const y = at(end + 1);
      const label = place(text, x, y, at(next) - x, at(next + 1) - y);
      if (label) labels.push(label);
    }
    if (labels.length > 0) placed.set(index, labels);
  });
  return placed;
}

/** Rectangles by the squares of a grid that they touch. */
function createTaken(): { add(box: Rectangle): void; some(box: Rectangle): boolean } {
  const side = 128;
  const squares = new Map<number, Rectangle[]>();
  const keysOf = function* ({ x, y, width, height }: Rectangle): Generator<number> {
    for (let column = Math.floor(x / side); column <= Math.floor((x + width) / side); column += 1) {
      for (let row = Math.floor(y / side); row <= Math.floor((y + height) / side); row += 1) {
        yield column * 0x100_0000 + row;
      }
    }
  };
  return {
    add(box) {
      for (const key of keysOf(box)) {
        const others = squares.get(key);
        if (others) others.push(box);
        else squares.set(key, [box]);
      }
    },
    some(box) {
      for (const key of keysOf(box)) {
        if (squares.get(key)?.some((other) => overlaps(other, box))) return true;
      }
      return false;
    },
  };
}
