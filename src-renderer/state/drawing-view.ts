import type { Point, Rectangle } from '../geometry/scene.ts';
import type { Size } from '../geometry/sizes.ts';

/** Where a drawing is looked at from: `pixels = units * scale + offset`. */
export interface Viewport extends Point {
  readonly scale: number;
}

/** Pixels that what is brought into view keeps from the view's edges. */
const margin = 48;
/** Under this scale the names on the drawing are too small to be read with ease. */
const legibleScale = 0.6;

/** What is in view, in canvas units. */
export const seenFrom = ({ scale, x, y }: Viewport, { width, height }: Size): Rectangle => ({
  x: -x / scale,
  y: -y / scale,
  width: width / scale,
  height: height / scale,
});

export const lies = (inner: Rectangle, outer: Rectangle): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** A place in the middle of a view of a size in pixels. */
export const centredOn = (at: Point, { width, height }: Size, scale: number): Viewport => ({
  scale,
  x: width / 2 - at.x * scale,
  y: height / 2 - at.y * scale,
});

/** Zoomed about the middle of the view. */
export function zoomed(from: Viewport, size: Size, scale: number): Viewport {
  const { x, y, width, height } = seenFrom(from, size);
  return centredOn({ x: x + width / 2, y: y + height / 2 }, size, scale);
}

/** Moved just so far that a box lies in view; the same where it does. */
export function movedTo(from: Viewport, size: Size, box: Rectangle): Viewport {
  const { scale, x, y } = from;
  const dx = shift(box.x * scale + x, box.width * scale, size.width);
  const dy = shift(box.y * scale + y, box.height * scale, size.height);
  return dx === 0 && dy === 0 ? from : { scale, x: x + dx, y: y + dy };
}

/**
 * Brings a box into view: moved just so far where its name can be read and all of it has room, else in the middle, at a
 * scale at which it can be read, or smaller where it is larger than the view.
 */
export function broughtTo(from: Viewport, size: Size, box: Rectangle): Viewport {
  const most = Math.min(
    (size.width - 2 * margin) / Math.max(box.width, 1),
    (size.height - 2 * margin) / Math.max(box.height, 1),
  );
  if (from.scale >= legibleScale && from.scale <= most) return movedTo(from, size, box);
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  return centredOn(middle, size, Math.min(1, Math.max(most, 0)));
}

/** Pixels that a stretch has to be moved by to lie within a view, with a margin; 0 where it does or is larger. */
function shift(start: number, length: number, view: number): number {
  if (length > view - 2 * margin) {
    return start > view - margin || start + length < margin ? view / 2 - start - length / 2 : 0;
  }
  if (start < margin) return margin - start;
  return Math.min(0, view - margin - (start + length));
}
