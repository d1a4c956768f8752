import type { Rectangle } from '../geometry/scene.ts';
import type { Viewport } from './types.ts';
import { scaleLimits } from './pan-zoom.ts';

/** Pixels of the page around what is made to fit, clear of the tools above it; and how large it may become. */
const margin = { top: 60, side: 40 } as const;
const largest = 1.5;

/** The view in which all of it is seen in a canvas of this size (pixels of the page), clear of the tools. */
export function viewportFor(rectangle: Rectangle, width: number, height: number): Viewport {
  const wide = Math.max(width - 2 * margin.side, 1);
  const high = Math.max(height - margin.top - margin.side, 1);
  const scale = Math.max(
    Math.min(wide / Math.max(rectangle.width, 1), high / Math.max(rectangle.height, 1), largest),
    scaleLimits[0],
  );
  return {
    scale,
    x: width / 2 - (rectangle.x + rectangle.width / 2) * scale,
    y: margin.top + high / 2 - (rectangle.y + rectangle.height / 2) * scale,
  };
}

export const isSameView = (a: Viewport, b: Viewport): boolean =>
  a.scale === b.scale && a.x === b.x && a.y === b.y;
