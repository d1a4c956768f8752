import type { Point } from '../geometry/scene.ts';
import { write, type Frame } from './brush.ts';
import type { TracePath } from './types.ts';

/** Where a hop is on the drawing. */
export interface HopMark {
  readonly at: Point;
  /** Counted from 1. */
  readonly number: number;
}

/** Canvas units; large enough to be read where the whole drawing is one picture of a page. */
const radius = 17;

/** Numbers of a flow's hops along its way: hops at the same place share a mark, as `2–4` or `2, 7`. */
export function paintHops(frame: Frame, hops: readonly HopMark[], tone: TracePath['tone']): void {
  const { pen, palette, scale } = frame;
  const places = new Map<string, { readonly at: Point; readonly numbers: number[] }>();
  for (const { at, number } of hops) {
    const key = `${Math.round(at.x)} ${Math.round(at.y)}`;
    const place = places.get(key);
    if (place) place.numbers.push(number);
    else places.set(key, { at, numbers: [number] });
  }
  for (const { at, numbers } of places.values()) {
    const text = ranges(numbers);
    const face = { family: palette.textFace, weight: 600, size: 18 };
    const { width } = frame.type.fit(text, face, 200);
    const half = Math.max(radius, width / 2 + 9);
    pen.fillStyle = palette[tone];
    pen.strokeStyle = palette.card;
    pen.lineWidth = 2 * scale;
    pen.beginPath();
    pen.roundRect(
      (at.x - half) * scale + frame.x,
      (at.y - radius) * scale + frame.y,
      2 * half * scale,
      2 * radius * scale,
      radius * scale,
    );
    pen.fill();
    pen.stroke();
    write(frame, {
      text,
      face,
      x: at.x,
      y: at.y + 6.5,
      room: 200,
      color: palette.card,
      align: 'center',
    });
  }
}

/** `1, 3–5`. */
export function ranges(numbers: readonly number[]): string {
  const parts: { from: number; to: number }[] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && number === last.to + 1) last.to = number;
    else if (number !== last?.to) parts.push({ from: number, to: number });
  }
  return parts.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}
