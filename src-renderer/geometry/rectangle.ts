import type { Point, Rectangle } from './scene.ts';

export const right = (box: Rectangle): number => box.x + box.width;
export const bottom = (box: Rectangle): number => box.y + box.height;

export const centreOf = (box: Rectangle): Point => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});

/** The smallest rectangle around all of them; undefined around nothing. */
export function around(boxes: Iterable<Rectangle>): Rectangle | undefined {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (const box of boxes) {
    minX = Math.min(minX, box.x);
    minY = Math.min(minY, box.y);
    maxX = Math.max(maxX, right(box));
    maxY = Math.max(maxY, bottom(box));
  }
  if (minX > maxX) return undefined;
  return { x: minX, y: minY, width: maxX - minX, height: maxY - minY };
}

/** Whether they share more than an edge. */
export function overlaps(a: Rectangle, b: Rectangle): boolean {
  return a.x < right(b) && b.x < right(a) && a.y < bottom(b) && b.y < bottom(a);
}

export function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    right(inner) <= right(outer) &&
    bottom(inner) <= bottom(outer)
  );
}

export function holds(box: Rectangle, point: Point): boolean {
  return point.x >= box.x && point.x <= right(box) && point.y >= box.y && point.y <= bottom(box);
}

export function grown(box: Rectangle, by: number): Rectangle {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}

export function moved<Box extends Rectangle>(box: Box, by: Point): Box {
  return { ...box, x: box.x + by.x, y: box.y + by.y };
}
