import { indexOfRoutes, type EdgeRoutes } from '../geometry/edge-routes.ts';
import { indexOfItems } from '../geometry/item-index.ts';
import { contains, grown, holds } from '../geometry/rectangle.ts';
import type { Point, Rectangle, Scene } from '../geometry/scene.ts';
import type { Hit } from './canvas.ts';
import type { Overlay, Viewport } from './types.ts';
import { handleSize, portSize } from './paint-overlay.ts';
import {
  handleAt,
  handles,
  hasFewHandles,
  headerBox,
  isOpen,
  portsFor,
  toggleBox,
} from './parts.ts';

/** Pixels of the page around a line that still count as on it, and around handles and ports. */
const nearLine = 6;
const nearHandle = 3;

/** The topmost thing at a point: handles and ports, then cards, bars and lines, then containers from the inside out. */
export function hitAt(
  scene: Scene,
  routes: EdgeRoutes,
  overlay: Overlay,
  viewport: Viewport,
  at: Point,
): Hit {
  const point = {
    x: (at.x - viewport.x) / viewport.scale,
    y: (at.y - viewport.y) / viewport.scale,
  };
  const unit = 1 / viewport.scale;
  return (
    hitHandle(scene, overlay, point, unit) ??
    hitPort(scene, overlay, point, unit) ??
    hitItem(scene, point, false) ??
    hitEdge(scene, routes, point, nearLine * unit) ??
    hitItem(scene, point, true) ?? { kind: 'ground' }
  );
}

function singleSelected(scene: Scene, overlay: Overlay): number | undefined {
  const [only] = overlay.selected;
  return overlay.selected.size === 1 && only !== undefined ? scene.indexOf.get(only) : undefined;
}

const near = (a: Point, b: Point, by: number): boolean =>
  Math.abs(a.x - b.x) <= by && Math.abs(a.y - b.y) <= by;

function hitHandle(scene: Scene, overlay: Overlay, point: Point, unit: number): Hit | undefined {
  const index = singleSelected(scene, overlay);
  const item = index === undefined ? undefined : scene.items[index];
  if (index === undefined || !item) return undefined;
  const box = grown(item, 3 * unit);
  const few = hasFewHandles(box, unit);
  const by = (handleSize / 2 + nearHandle) * unit;
  for (const handle of handles) {
    if (few && handle.length === 1) continue;
    if (near(point, handleAt(box, handle), by)) return { kind: 'handle', index, handle };
  }
  return undefined;
}

function hitPort(scene: Scene, overlay: Overlay, point: Point, unit: number): Hit | undefined {
  const by = (portSize / 2 + nearHandle) * unit;
  const selected = singleSelected(scene, overlay);
  const hovered = overlay.hovered === undefined ? undefined : scene.indexOf.get(overlay.hovered);
  for (const index of [hovered, selected]) {
    const item = index === undefined ? undefined : scene.items[index];
    if (index === undefined || !item) continue;
    const ports = portsFor(item, unit, index === selected);
    if (ports.some((port) => near(point, port, by))) return { kind: 'port', index };
  }
  return undefined;
}

function hitItem(scene: Scene, point: Point, open: boolean): Hit | undefined {
  const around = indexOfItems(scene.items).search({
    x: point.x - 12,
    y: point.y - 12,
    width: 24,
    height: 24,
  });
  for (const index of around.toReversed()) {
    const item = scene.items[index];
    if (!item || isOpen(item) !== open) continue;
    const toggle = toggleBox(item);
    if (toggle && holds(toggle, point)) return { kind: 'item', index, part: 'toggle' };
    if (!holds(item, point)) continue;
    const header = item.container && holds(headerBox(item), point);
    return { kind: 'item', index, part: header ? 'header' : 'body' };
  }
  return undefined;
}

function hitEdge(scene: Scene, routes: EdgeRoutes, point: Point, by: number): Hit | undefined {
  const around = indexOfRoutes(routes).search(grown({ ...point, width: 0, height: 0 }, by));
  let best: { readonly index: number; readonly distance: number } | undefined;
  for (const index of around) {
    if (!scene.edges[index]) continue;
    const distance = distanceTo(routes, index, point);
    if (distance <= by && (!best || distance < best.distance)) best = { index, distance };
  }
  return best && { kind: 'edge', index: best.index, end: endAt(routes, best.index, point) };
}

/** Canvas units from an end that still belong to it. */
const endReach = 40;

function endAt(
  { points, start }: EdgeRoutes,
  edge: number,
  point: Point,
): 'from' | 'to' | 'middle' {
  const first = start[edge] ?? 0;
  const last = (start[edge + 1] ?? first + 2) - 2;
  const toFrom = Math.hypot((points[first] ?? 0) - point.x, (points[first + 1] ?? 0) - point.y);
  const toTo = Math.hypot((points[last] ?? 0) - point.x, (points[last + 1] ?? 0) - point.y);
  if (Math.min(toFrom, toTo) > endReach) return 'middle';
  return toFrom <= toTo ? 'from' : 'to';
}

function distanceTo({ points, start }: EdgeRoutes, edge: number, { x, y }: Point): number {
  let best = Infinity;
  for (let at = start[edge] ?? 0; at + 3 < (start[edge + 1] ?? 0); at += 2) {
    const ax = points[at] ?? 0;
    const ay = points[at + 1] ?? 0;
    const dx = (points[at + 2] ?? 0) - ax;
    const dy = (points[at + 3] ?? 0) - ay;
    const length = dx * dx + dy * dy;
    const share =
      length === 0 ? 0 : Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / length, 0), 1);
    best = Math.min(best, Math.hypot(x - ax - share * dx, y - ay - share * dy));
  }
  return best;
}

export function itemsWithin(scene: Scene, rectangle: Rectangle): readonly number[] {
  return indexOfItems(scene.items)
    .search(rectangle)
    .filter((index) => {
      const item = scene.items[index];
      return item !== undefined && contains(rectangle, item);
    });
}
