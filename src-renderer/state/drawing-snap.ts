import type { Point, Rectangle, Scene } from '../geometry/scene.ts';
import { onGrid } from './drawing-scene.ts';

export interface Snapped {
  /** How far it is moved in the end. */
  readonly by: Point;
  /** The lines that it was drawn to. */
  readonly guides: readonly { readonly from: Point; readonly to: Point }[];
}

/**
 * A box that is moved, drawn to the edges and middles of what stands near it; where none is within reach, to the grid.
 * Of equally near lines the one of the nearest thing is taken.
 */
export function snap(
  scene: Scene,
  moving: ReadonlySet<number>,
  box: Rectangle,
  by: Point,
  reach: number,
): Snapped {
  const moved = { ...box, x: box.x + by.x, y: box.y + by.y };
  const near = neighbours(scene, moving, moved);
  const x = nearest(moved, near, 'x', 'width', reach);
  const y = nearest(moved, near, 'y', 'height', reach);
  const to = {
    x: x ? moved.x + x.shift : onGrid(moved.x),
    y: y ? moved.y + y.shift : onGrid(moved.y),
  };
  const settled = { ...moved, ...to };
  return {
    by: { x: to.x - box.x, y: to.y - box.y },
    guides: [
      ...(x ? [vertical(x.line, settled, x.of)] : []),
      ...(y ? [horizontal(y.line, settled, y.of)] : []),
    ],
  };
}

/** Looking at more would not be seen, and takes time while the pointer moves. */
const mostNeighbours = 200;
/** Canvas units around the box within which things count as standing near it. */
const nearUnits = 1200;

function neighbours(
  scene: Scene,
  moving: ReadonlySet<number>,
  box: Rectangle,
): readonly Rectangle[] {
  const found: { readonly item: Rectangle; readonly far: number }[] = [];
  scene.items.forEach((item, index) => {
    if (moving.has(index)) return;
    const far = Math.max(
      item.x - box.x - box.width,
      box.x - item.x - item.width,
      item.y - box.y - box.height,
      box.y - item.y - item.height,
      0,
    );
    if (far < nearUnits) found.push({ item, far });
  });
  return found
    .sort((a, b) => a.far - b.far)
    .slice(0, mostNeighbours)
    .map(({ item }) => item);
}

interface Line {
  readonly shift: number;
  readonly line: number;
  readonly of: Rectangle;
}

function nearest(
  box: Rectangle,
  near: readonly Rectangle[],
  at: 'x' | 'y',
  size: 'width' | 'height',
  reach: number,
): Line | undefined {
  const own = [box[at], box[at] + box[size] / 2, box[at] + box[size]];
  let best: Line | undefined;
  for (const of of near) {
    for (const line of [of[at], of[at] + of[size] / 2, of[at] + of[size]]) {
      for (const edge of own) {
        const shift = line - edge;
        const better = !best || Math.abs(shift) < Math.abs(best.shift);
        if (Math.abs(shift) <= reach && better) best = { shift, line, of };
      }
    }
  }
  return best;
}

const vertical = (x: number, a: Rectangle, b: Rectangle): Snapped['guides'][number] => ({
  from: { x, y: Math.min(a.y, b.y) },
  to: { x, y: Math.max(a.y + a.height, b.y + b.height) },
});
const horizontal = (y: number, a: Rectangle, b: Rectangle): Snapped['guides'][number] => ({
  from: { x: Math.min(a.x, b.x), y },
  to: { x: Math.max(a.x + a.width, b.x + b.width), y },
});
