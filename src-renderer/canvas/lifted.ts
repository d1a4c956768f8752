import { routeEdges, type EdgeRoutes } from '../geometry/edge-routes.ts';
import { moved } from '../geometry/rectangle.ts';
import type { Point, Rectangle, Scene, SceneItem } from '../geometry/scene.ts';
import type { Frame } from './brush.ts';
import type { CardBitmaps } from './card-bitmaps.ts';
import { paintCard } from './paint-cards.ts';
import { paintContainerHead, paintContainerName } from './paint-containers.ts';
import { paintMovingLabels, paintEdges, paintJunctions } from './paint-edges.ts';
import { markAt, paintMark } from './paint-marks.ts';
import { paintOpen } from './paint-scene.ts';
import { paintSegment, paintSegmentWords } from './paint-segments.ts';
import { isOpen } from './parts.ts';

/** What has been taken out of the static picture: dragged or resized things, and their edges. */
export interface Lifted {
  readonly items: ReadonlySet<number>;
  readonly edges: ReadonlySet<number>;
  boxOf(index: number): Rectangle | undefined;
}

/** The things, all that is inside them, and the edges of all of these. */
export function liftedWith(scene: Scene, indexes: readonly number[], by: () => Point): Lifted {
  const items = new Set(indexes);
  // Containers stand before what they hold.
  scene.items.forEach(({ parent }, index) => {
    if (items.has(parent)) items.add(index);
  });
  return {
    items,
    edges: edgesAt(scene, items),
    boxOf(index) {
      const item = scene.items[index];
      return item && items.has(index) ? moved(item, by()) : item;
    },
  };
}

export function resized(scene: Scene, index: number, rectangle: () => Rectangle): Lifted {
  const items = new Set([index]);
  // What is inside stays where it is, but has to be drawn over its container.
  scene.items.forEach(({ parent }, at) => {
    if (items.has(parent)) items.add(at);
  });
  return {
    items,
    edges: edgesAt(scene, items),
    boxOf: (at) => (at === index ? rectangle() : scene.items[at]),
  };
}

function edgesAt(scene: Scene, items: ReadonlySet<number>): ReadonlySet<number> {
  const edges = new Set<number>();
  scene.edges.forEach(({ from, to }, index) => {
    if (items.has(from) || items.has(to)) edges.add(index);
  });
  return edges;
}

export function paintLifted(frame: Frame, scene: Scene, lifted: Lifted, cards: CardBitmaps): void {
  const edges = [...lifted.edges];
  const slots = new Map(edges.map((edge, slot) => [edge, slot]));
  const slot = (edge: number): number => slots.get(edge) ?? 0;
  const routes: EdgeRoutes = routeEdges(scene, edges, (index) => lifted.boxOf(index), lifted.items);
  const open: SceneItem[] = [];
  const segments: SceneItem[] = [];
  const leaves: [SceneItem, SceneItem][] = [];
  for (const index of lifted.items) {
    const item = scene.items[index];
    const box = lifted.boxOf(index);
    if (!item || !box) continue;
    const there = { ...item, ...rectangleOf(box) };
    if (isOpen(item)) open.push(there);
    else if (item.kind.is === 'segment') segments.push(there);
    else leaves.push([item, there]);
  }
  for (const item of open) paintOpen(frame, item);
  paintEdges(frame, scene, routes, edges, slot);
  for (const item of open) {
    paintContainerHead(frame, item);
    paintContainerName(frame, item);
  }
  for (const item of segments) {
    paintSegment(frame, item);
    paintSegmentWords(frame, item);
  }
  paintJunctions(frame, scene, routes, edges, slot);
  for (const [item, there] of leaves) {
    const same = item.width === there.width && item.height === there.height;
    if (!same) paintCard(frame, there);
    else {
      // The bitmap is that of the item at its old place.
      const by = { x: there.x - item.x, y: there.y - item.y };
      const here = { ...frame, x: frame.x + by.x * frame.scale, y: frame.y + by.y * frame.scale };
      cards.draw(here, item, true);
    }
  }
  paintMovingLabels(frame, scene, routes, edges, slot);
  for (const fault of scene.faults) {
    if (fault.edge !== undefined && lifted.edges.has(fault.edge)) {
      const at = markAt(scene, routes, { ...fault, edge: slot(fault.edge) });
      if (at) paintMark(frame, fault.severity, at);
    } else if (fault.item !== undefined && lifted.items.has(fault.item)) {
      const box = lifted.boxOf(fault.item);
      if (box) paintMark(frame, fault.severity, { x: box.x + box.width - 3, y: box.y + 3 });
    }
  }
}

const rectangleOf = ({ x, y, width, height }: Rectangle): Rectangle => ({ x, y, width, height });
