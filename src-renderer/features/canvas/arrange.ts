import type { Rectangle, SceneItem } from '../../geometry/scene.ts';
import { around } from '../../state/drawing-scene.ts';

export const arrangements = [
  'align-left',
  'align-centre',
  'align-right',
  'align-top',
  'align-middle',
  'align-bottom',
  'distribute-horizontally',
  'distribute-vertically',
] as const;
export type Arrangement = (typeof arrangements)[number];

/** How many things an arrangement needs to mean something. */
export const leastThings = (arrangement: Arrangement): number =>
  arrangement.startsWith('distribute') ? 3 : 2;

/** Where the things stand when they are arranged; only those that move. */
export function arranged(
  items: readonly SceneItem[],
  arrangement: Arrangement,
): ReadonlyMap<string, Rectangle> {
  const box = around(items);
  const places = new Map<string, Rectangle>();
  if (!box || items.length < leastThings(arrangement)) return places;
  const put = (item: SceneItem, x: number, y: number) => {
    if (x === item.x && y === item.y) return;
    places.set(item.ref, { x, y, width: item.width, height: item.height });
  };
  switch (arrangement) {
    case 'align-left':
      for (const item of items) put(item, box.x, item.y);
      break;
    case 'align-centre':
      for (const item of items) put(item, box.x + (box.width - item.width) / 2, item.y);
      break;
    case 'align-right':
      for (const item of items) put(item, box.x + box.width - item.width, item.y);
      break;
    case 'align-top':
      for (const item of items) put(item, item.x, box.y);
      break;
    case 'align-middle':
      for (const item of items) put(item, item.x, box.y + (box.height - item.height) / 2);
      break;
    case 'align-bottom':
      for (const item of items) put(item, item.x, box.y + box.height - item.height);
      break;
    case 'distribute-horizontally':
      spread(items, box.x, box.width, 'x', 'width').forEach((x, item) => put(item, x, item.y));
      break;
    case 'distribute-vertically':
      spread(items, box.y, box.height, 'y', 'height').forEach((y, item) => put(item, item.x, y));
      break;
    default:
      arrangement satisfies never;
  }
  return places;
}

/** Equal gaps between things in the order in which they stand; the outermost stay. */
function spread(
  items: readonly SceneItem[],
  start: number,
  length: number,
  at: 'x' | 'y',
  size: 'width' | 'height',
): ReadonlyMap<SceneItem, number> {
  const ordered = [...items].sort((a, b) => a[at] + a[size] / 2 - (b[at] + b[size] / 2));
  const filled = ordered.reduce((sum, item) => sum + item[size], 0);
  const gap = (length - filled) / (ordered.length - 1);
  const places = new Map<SceneItem, number>();
  let next = start;
  for (const item of ordered) {
    places.set(item, Math.round(next));
    next += item[size] + gap;
  }
  return places;
}
