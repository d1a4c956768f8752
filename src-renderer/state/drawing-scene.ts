import { containerPadding, gridUnit, headerHeight, sizeOf, type Size } from '../geometry/sizes.ts';
import type { ItemKind, Point, Rectangle, Scene, SceneItem } from '../geometry/scene.ts';

/** Questions about a scene that drawing asks: what lies in what, what is next to what, what may stand where. */

export const centre = (box: Rectangle): Point => ({
  x: box.x + box.width / 2,
  y: box.y + box.height / 2,
});

export const contains = (box: Rectangle, at: Point): boolean =>
  at.x >= box.x && at.y >= box.y && at.x <= box.x + box.width && at.y <= box.y + box.height;

export const overlaps = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

export const onGrid = (value: number): number => Math.round(value / gridUnit) * gridUnit;

/** The smallest rectangle around all of them; undefined around nothing. */
export function around(boxes: readonly Rectangle[]): Rectangle | undefined {
  const [first] = boxes;
  if (!first) return undefined;
  let { x: left, y: top } = first;
  let [right, bottom] = [left + first.width, top + first.height];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.width);
    bottom = Math.max(bottom, box.y + box.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The item that a reference is drawn as; undefined where it is hidden in a folded container or not drawn at all. */
export function itemOf(scene: Scene, ref: string): SceneItem | undefined {
  const item = scene.items[scene.indexOf.get(ref) ?? -1];
  return item?.ref === ref ? item : undefined;
}

export function isInside(scene: Scene, index: number, of: ReadonlySet<number>): boolean {
  for (let at = scene.items[index]?.parent ?? -1; at >= 0; at = scene.items[at]?.parent ?? -1) {
    if (of.has(at)) return true;
  }
  return false;
}

/** Indexes of the things without those that lie in another one of them. */
export function topmost(scene: Scene, refs: Iterable<string>): readonly number[] {
  const indexes = new Set<number>();
  for (const ref of refs) {
    const index = scene.indexOf.get(ref);
    if (index !== undefined && scene.items[index]?.ref === ref) indexes.add(index);
  }
  return [...indexes].filter((index) => !isInside(scene, index, indexes));
}

/** The things with everything that is drawn inside them. */
export function withContents(scene: Scene, indexes: readonly number[]): readonly number[] {
  const inside = new Set(indexes);
  // Containers stand before what they hold.
  scene.items.forEach((item, index) => {
    if (item.parent >= 0 && inside.has(item.parent)) inside.add(index);
  });
  return [...inside].sort((a, b) => a - b);
}

/** Where something was left, until the design says so itself. */
export interface Held extends Point {
  readonly width?: number;
  readonly height?: number;
}

/** The scene with things where they were dropped. Items that stay are the same objects. */
export function heldScene(scene: Scene, held: ReadonlyMap<string, Held>): Scene {
  const by: (Point | undefined)[] = new Array<Point | undefined>(scene.items.length);
  const items = scene.items.map((item, index): SceneItem => {
    const wanted = held.get(item.ref);
    const carried = item.parent >= 0 ? by[item.parent] : undefined;
    if (!wanted && !carried) return item;
    const x = wanted?.x ?? item.x + (carried?.x ?? 0);
    const y = wanted?.y ?? item.y + (carried?.y ?? 0);
    const { width = item.width, height = item.height } = wanted ?? {};
    const moved = x !== item.x || y !== item.y;
    if (moved && wanted?.width === undefined) by[index] = { x: x - item.x, y: y - item.y };
    if (!moved && width === item.width && height === item.height) return item;
    return { ...item, x, y, width, height };
  });
  return items.some((item, index) => item !== scene.items[index]) ? { ...scene, items } : scene;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The neighbour that lies in a direction: near, and not far off to the side. What a thing lies in is no neighbour of it;
 * what lies in a container is one of the container's.
 */
export function neighbour(
  scene: Scene,
  from: Rectangle,
  direction: Direction,
  except?: string,
  suits: (item: SceneItem) => boolean = () => true,
): SceneItem | undefined {
  const start = centre(from);
  const [alongX, alongY] = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] }[
    direction
  ] as [number, number];
  let best: SceneItem | undefined;
  let bestCost = Infinity;
  for (const item of scene.items) {
    if (item.ref === except || (contains(item, start) && item.container && !contains(from, item)))
      continue;
    const end = centre(item);
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const ahead = dx * alongX + dy * alongY;
    const aside = Math.abs(dx * alongY) + Math.abs(dy * alongX);
    if (ahead <= 0 || aside > ahead * 3) continue;
    const cost = ahead + aside * 2;
    if (cost < bestCost && suits(item)) [best, bestCost] = [item, cost];
  }
  return best;
}

/** What is put somewhere: a drawn thing, or something of the palette that has no drawing yet. */
export type Placeable = ItemKind | { readonly is: 'workload' };

/** Whether a container takes a thing in. */
export function accepts(container: SceneItem, thing: Placeable): boolean {
  const { kind } = container;
  if (thing.is === 'workload') return kind.is === 'cluster';
  if (thing.is === 'pod') return kind.is === 'node';
  if (kind.is === 'site') return true;
  if (kind.is === 'node') {
    if (kind.kind !== 'hypervisor' || thing.is !== 'node') return false;
    return thing.kind !== 'hypervisor' && thing.kind !== 'distributed-router';
  }
  return kind.is === 'cluster' && thing.is === 'node' && thing.kind === 'host';
}

/** The innermost container at a place that takes all of the things in. */
export function containerAt(
  scene: Scene,
  at: Point,
  things: readonly Placeable[],
  except: ReadonlySet<number> = new Set(),
): SceneItem | undefined {
  for (let index = scene.items.length - 1; index >= 0; index--) {
    const item = scene.items[index];
    if (!item || !contains(item, at)) continue;
    if (except.has(index) || isInside(scene, index, except)) continue;
    if (things.every((thing) => accepts(item, thing))) return item;
  }
  return undefined;
}

/** Why two things cannot be joined by a line. */
export type ConnectRefusal =
  | 'itself'
  | 'site'
  | 'pod'
  | 'two-segments'
  | 'two-clusters'
  | 'cluster-and-segment'
  | 'hypervisor-and-vxlan'
  | 'connected-already';

/** Whether a line may be drawn from one to the other; the reason where it may not. */
export function connectRefusal(from: SceneItem, to: SceneItem): ConnectRefusal | undefined {
  if (from.ref === to.ref) return 'itself';
  const kinds = [from.kind.is, to.kind.is];
  if (kinds.includes('site')) return 'site';
  if (kinds.includes('pod')) return 'pod';
  if (kinds.includes('node')) {
    const ends = [from.kind, to.kind];
    const isHypervisor = ends.some((end) => end.is === 'node' && end.kind === 'hypervisor');
    const isVxlan = ends.some((end) => end.is === 'segment' && end.kind === 'vxlan');
    return isHypervisor && isVxlan ? 'hypervisor-and-vxlan' : undefined;
  }
  if (kinds[0] === kinds[1]) return kinds[0] === 'segment' ? 'two-segments' : 'two-clusters';
  return 'cluster-and-segment';
}

/** What a place outside of the container is worth less than one inside, as units of distance. */
const outsideCost = 600;

/** A free place for a box of a size near a point, among what stands in the same container; rather inside of it. */
export function freePlace(
  scene: Scene,
  parent: number,
  size: { readonly width: number; readonly height: number },
  near: Point,
  gap: number,
): Point {
  const siblings = scene.items.filter((item) => item.parent === parent);
  const isFree = (x: number, y: number) =>
    !siblings.some((item) =>
      overlaps(item, {
        x: x - gap / 2,
        y: y - gap / 2,
        width: size.width + gap,
        height: size.height + gap,
      }),
    );
  const container = scene.items[parent];
  const cost = (at: Point): number => {
    const apart = Math.hypot(at.x - near.x, at.y - near.y);
    if (!container) return apart;
    const fits = standIn(container, { ...at, ...size }, containerInset);
    return apart + (fits.x === at.x && fits.y === at.y ? 0 : outsideCost);
  };
  const [stepX, stepY] = [(size.width + gap) / 2, (size.height + gap) / 2];
  let best: Point | undefined;
  for (let ring = 0; ring < 40; ring++) {
    const places: Point[] = best ? [best] : [];
    for (let column = -ring; column <= ring; column++) {
      for (let row = -ring; row <= ring; row++) {
        if (Math.max(Math.abs(column), Math.abs(row)) !== ring) continue;
        places.push({ x: onGrid(near.x + column * stepX), y: onGrid(near.y + row * stepY) });
      }
    }
    best = places.filter(({ x, y }) => isFree(x, y)).sort((a, b) => cost(a) - cost(b))[0];
    // Rings further out are worse, unless they are inside where this one is not.
    if (best && (cost(best) < outsideCost || ring > 8)) return best;
  }
  return best ?? { x: onGrid(near.x), y: onGrid(near.y) };
}

/** Room that a container keeps around what is dropped into it. */
export const containerInset = { top: headerHeight + gridUnit, side: containerPadding } as const;

/** Canvas units between which new containers are made, and how much of the view they may take. */
const newContainers = {
  site: { least: { width: 272, height: 184 }, most: { width: 560, height: 400 }, share: 0.42 },
  cluster: { least: { width: 256, height: 176 }, most: { width: 424, height: 264 }, share: 0.4 },
  hypervisor: {
    least: { width: 208, height: 136 },
    most: { width: 240, height: 176 },
    share: 0.28,
  },
} as const;
const shortestBar = 160;

/**
 * How large a new thing is: a container with room for what will be put into it, of which several fit into what is in
 * view; a bar no longer than what it is put into.
 */
export function newSize(thing: Placeable, seen?: Size, into?: SceneItem): Size {
  if (thing.is === 'workload') return { width: 0, height: 0 };
  if (thing.is === 'segment') {
    const { width, height } = sizeOf(thing);
    const room = into ? downToGrid(into.width - 2 * containerPadding) : width;
    return { width: Math.min(width, Math.max(shortestBar, room)), height };
  }
  const container = containerKind(thing);
  if (!container) return sizeOf(thing);
  const { least, most, share } = newContainers[container];
  const along = (side: 'width' | 'height') =>
    Math.max(least[side], Math.min(most[side], downToGrid((seen?.[side] ?? Infinity) * share)));
  return { width: along('width'), height: along('height') };
}

function containerKind(thing: ItemKind): keyof typeof newContainers | undefined {
  if (thing.is === 'site' || thing.is === 'cluster') return thing.is;
  return thing.is === 'node' && thing.kind === 'hypervisor' ? 'hypervisor' : undefined;
}

const downToGrid = (value: number): number => Math.floor(value / gridUnit) * gridUnit;

/** Where a box of a size has to stand to lie in a container, as near as can be to where it was dropped. */
export function standIn(
  container: Rectangle,
  box: Rectangle,
  inset: { readonly top: number; readonly side: number },
): Point {
  const clamp = (value: number, from: number, to: number) =>
    Math.max(from, Math.min(value, Math.max(from, to)));
  const right = container.x + container.width - inset.side - box.width;
  const bottom = container.y + container.height - inset.side - box.height;
  return {
    x: clamp(box.x, container.x + inset.side, right),
    y: clamp(box.y, container.y + inset.top, bottom),
  };
}
