import type { Point, Rectangle, SceneItem } from '../geometry/scene.ts';
import { headerHeight, nodeSize } from '../geometry/sizes.ts';
import type { Handle } from './types.ts';

/** Where the parts of a box are, for who draws them and for who is asked what was hit. Canvas units. */

export const isCard = ({ kind, container, collapsed }: SceneItem): boolean =>
  kind.is === 'node' && (kind.kind !== 'hypervisor' || !container || collapsed);

/** A container that shows what it holds. */
export const isOpen = (item: SceneItem): boolean => item.container && !item.collapsed;

export function headerBox(item: SceneItem): Rectangle {
  const height = isCard(item) ? nodeSize.height : headerHeight;
  return { x: item.x, y: item.y, width: item.width, height: Math.min(height, item.height) };
}

/** What folds and unfolds a container: a button in its header, or the chip that counts what is hidden. */
export function toggleBox(item: SceneItem): Rectangle | undefined {
  if (!item.container) return undefined;
  if (item.collapsed) return chipBox(item);
  if (isCard(item)) return { x: item.x + item.width - 25, y: item.y + 7, width: 20, height: 20 };
  return { x: item.x + 10, y: item.y + 9, width: 22, height: 22 };
}

const chipHeight = 18;

/** Hangs on the lower edge of what is folded. */
export function chipBox({ x, y, width, height, hidden }: SceneItem): Rectangle {
  const wide = 30 + String(hidden).length * 7;
  return {
    x: x + width - wide - 10,
    y: y + height - chipHeight / 2,
    width: wide,
    height: chipHeight,
  };
}

/** Middles of the edges: where a line is drawn from. */
export function portsOf(box: Rectangle): readonly Point[] {
  const { x, y, width, height } = box;
  return [
    { x: x + width / 2, y },
    { x: x + width, y: y + height / 2 },
    { x: x + width / 2, y: y + height },
    { x, y: y + height / 2 },
  ];
}

/** Pixels of the page that the ports of a selected box step out, clear of its handles. */
const portStep = 20;

/** Where the ports are shown; `unit` is a pixel of the page in canvas units. */
export function portsFor(box: Rectangle, unit: number, selected: boolean): readonly Point[] {
  if (box.width < 40 * unit || box.height < 20 * unit) return [];
  if (!selected) return portsOf(box);
  const by = portStep * unit;
  return portsOf({
    x: box.x - by,
    y: box.y - by,
    width: box.width + 2 * by,
    height: box.height + 2 * by,
  });
}

export const handles: readonly Handle[] = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];

export function handleAt(box: Rectangle, handle: Handle): Point {
  const west = handle.includes('w');
  const east = handle.includes('e');
  const north = handle.includes('n');
  const south = handle.includes('s');
  return {
    x: box.x + (west ? 0 : east ? box.width : box.width / 2),
    y: box.y + (north ? 0 : south ? box.height : box.height / 2),
  };
}

/** On a small box only the corners have handles: more would hide what they are for. `unit` is a pixel of the page. */
export const hasFewHandles = (
  box: { readonly width: number; readonly height: number },
  unit: number,
): boolean => box.width < 64 * unit || box.height < 44 * unit;
