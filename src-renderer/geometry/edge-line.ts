import { bottom, right } from './rectangle.ts';
import type { Rectangle, SceneEdge } from './scene.ts';

/** The corners of the edges' lines, from the `from` end to the `to` end, in one array. */
export interface EdgeRoutes {
  /** x, y, x, y, …; edge `i` has the numbers from `start[i]` up to `start[i + 1]`. */
  readonly points: Float64Array;
  readonly start: Uint32Array;
  /** Of the edges that leave one side of a box, the how-manieth it is: labels step aside by it. */
  readonly rank: Uint8Array;
}

export type Side = 'top' | 'bottom' | 'left' | 'right';

/** How a line that is not straight turns: levelled first or upright first, and where its middle part runs. */
export type Bend =
  | { readonly kind: 'straight' }
  /** Level, then upright. */
  | { readonly kind: 'corner' }
  /** Two corners: the middle part at a share of the way. */
  | { readonly kind: 'step'; readonly share: number }
  /** Out, aside into the gap at `x`, along it past what is in the way, and then as a step. */
  | { readonly kind: 'detour'; readonly share: number; readonly x: number };

export interface Line {
  readonly from: Rectangle;
  readonly to: Rectangle;
  readonly fromSide: Side;
  readonly toSide: Side;
  /** Where the end may slide along its side. */
  readonly fromRange: Range;
  readonly toRange: Range;
  readonly bend: Bend;
  readonly toBar: boolean;
  fromAt: number;
  toAt: number;
  rank: number;
  /** Where boxes were looked for to choose between ways. */
  readonly sought?: Rectangle;
  corners: readonly number[];
  /** Where boxes were looked for in a straight line's way, and the gap that it takes where there were some. */
  looked?: Rectangle;
  lane?: number;
}

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** From a box's corner to the first line that leaves it. */
export const cornerInset = 12;

/** How far a line goes before it turns aside for a box that is in its way. */
export const stepOut = 12;

/** Between a line that turns aside and the box that it passes, and between two such lines. */
export const clearance = 9;

export type Lines = (Line | undefined)[];

export type EdgeAt = (line: number) => SceneEdge | undefined;

export const middleOf = ({ low, high }: Range): number => (low + high) / 2;

export function inset(low: number, high: number, by = cornerInset): Range {
  const room = Math.min(by, (high - low) / 2);
  return { low: low + room, high: high - room };
}

export const sideNumber = { top: 0, right: 1, bottom: 2, left: 3 } as const;

export const isLevel = (side: Side): boolean => side === 'left' || side === 'right';

function place(box: Rectangle, side: Side, at: number): readonly [number, number] {
  switch (side) {
    case 'top':
      return [at, box.y];
    case 'bottom':
      return [at, bottom(box)];
    case 'left':
      return [box.x, at];
    case 'right':
      return [right(box), at];
    default:
      return side satisfies never;
  }
}

export function cornersOf(line: Line): number[] {
  const [x0, y0] = place(line.from, line.fromSide, line.fromAt);
  const [x1, y1] = place(line.to, line.toSide, line.toAt);
  const level = isLevel(line.fromSide);
  switch (line.bend.kind) {
    case 'straight':
      return [x0, y0, x1, y1];
    case 'corner':
      return level ? [x0, y0, x1, y0, x1, y1] : [x0, y0, x0, y1, x1, y1];
    case 'step': {
      const x = x0 + (x1 - x0) * line.bend.share;
      const y = y0 + (y1 - y0) * line.bend.share;
      return level ? [x0, y0, x, y0, x, y1, x1, y1] : [x0, y0, x0, y, x1, y, x1, y1];
    }
    case 'detour': {
      const { share, x } = line.bend;
      const out = y1 > y0 ? y0 + stepOut : y0 - stepOut;
      const y = y0 + (y1 - y0) * share;
      return [x0, y0, x0, out, x, out, x, y, x1, y, x1, y1];
    }
    default:
      return line.bend satisfies never;
  }
}
