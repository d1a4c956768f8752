import { labelBox, labelsOf } from '../geometry/edge-labels.ts';
import { overlaps } from '../geometry/rectangle.ts';
import type { Point, Rectangle, Scene, SceneItem } from '../geometry/scene.ts';
import { write, type Frame } from './brush.ts';
import { headBox, nameBox } from './name-boxes.ts';
import { isOpen } from './parts.ts';
import type { TracePath } from './types.ts';

/** The box that shows a hop. */
export interface HopMark {
  /** Index of an item of the scene. */
  readonly box: number;
  /** Counted from 1. */
  readonly number: number;
}

export interface HopBadge extends Rectangle {
  readonly text: string;
}

/** Canvas units. */
const high = 20;
const inset = 6;

/**
 * Numbers of a flow's hops, beside the boxes that show them: hops in one box share a badge, as `2–4` or `2, 7`. A badge
 * hides neither a name nor an address, nor another badge.
 */
export function badgesOf(
  frame: Pick<Frame, 'type' | 'palette'>,
  scene: Scene,
  hops: readonly HopMark[],
): readonly HopBadge[] {
  const numbers = new Map<number, number[]>();
  for (const { box, number } of hops) {
    const others = numbers.get(box);
    if (others) others.push(number);
    else numbers.set(box, [number]);
  }
  const taken: Rectangle[] = [
    ...[...labelsOf(scene).values()].flat().map(labelBox),
    ...scene.items.map((item) => nameBox(frame, item)),
  ];
  const walls = scene.items.filter((item) => !isOpen(item));
  const badges: HopBadge[] = [];
  for (const [index, counted] of numbers) {
    const item = scene.items[index];
    if (!item) continue;
    const text = ranges(counted);
    const width = Math.max(high, frame.type.fit(text, faceOf(frame), 400).width + 12);
    const free = placesAround(item, width).find(
      (place) =>
        !taken.some((one) => overlaps(one, place)) &&
        !walls.some((wall) => wall !== item && overlaps(wall, place)),
    );
    const clear = placesAround(item, width).find(
      (place) => !taken.some((one) => overlaps(one, place)),
    );
    const place = free ?? clear ?? aside(item, width, taken);
    taken.push(place);
    badges.push({ ...place, text });
  }
  return badges;
}

/** On the corners of the box, out of it as far as its words need. */
function placesAround(item: SceneItem, width: number): readonly Rectangle[] {
  const box = isOpen(item) ? headBox(item) : item;
  const left = box.x - inset;
  const right = box.x + box.width + inset - width;
  const middle = box.x + (box.width - width) / 2;
  const top = box.y - high + inset;
  const bottom = box.y + box.height - inset;
  const level = box.y + (box.height - high) / 2;
  const size = { width, height: high };
  return [
    { x: left, y: top, ...size },
    { x: right, y: top, ...size },
    { x: middle, y: top, ...size },
    ...(isOpen(item)
      ? []
      : [
          { x: left, y: bottom, ...size },
          { x: right, y: bottom, ...size },
          { x: middle, y: bottom, ...size },
        ]),
    { x: box.x - width + inset, y: level, ...size },
    { x: box.x + box.width - inset, y: level, ...size },
  ];
}

/** Further and further above the box, where everything about it is taken. */
function aside(item: SceneItem, width: number, taken: readonly Rectangle[]): Rectangle {
  let place = { x: item.x - inset, y: item.y - high + inset, width, height: high };
  while (taken.some((one) => overlaps(one, place))) place = { ...place, y: place.y - 4 };
  return place;
}

const faceOf = ({ palette }: Pick<Frame, 'palette'>) => ({
  family: palette.textFace,
  weight: 600,
  size: 12,
});

export function paintHops(
  frame: Frame,
  scene: Scene,
  hops: readonly HopMark[],
  tone: TracePath['tone'],
): void {
  for (const badge of badgesOf(frame, scene, hops)) paintBadge(frame, badge, tone);
}

export function paintBadge(
  frame: Frame,
  { text, x, y, width, height }: HopBadge,
  tone: TracePath['tone'],
): void {
  const { pen, palette, scale } = frame;
  const at: Point = { x: x * scale + frame.x, y: y * scale + frame.y };
  pen.fillStyle = palette[tone];
  pen.strokeStyle = palette.card;
  pen.lineWidth = 2 * scale;
  pen.beginPath();
  pen.roundRect(at.x, at.y, width * scale, height * scale, (height / 2) * scale);
  pen.fill();
  pen.stroke();
  write(frame, {
    text,
    face: faceOf(frame),
    x: x + width / 2,
    y: y + height / 2 + 4.3,
    room: 400,
    color: palette.card,
    align: 'center',
  });
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
