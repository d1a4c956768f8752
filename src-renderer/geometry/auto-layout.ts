/**
 * Arranging a drawing: which things of a scene are to be arranged in which container, as graphs for a layout engine, and
 * what comes back as places. Each container is arranged by itself, the innermost first, so that a container is as large
 * as what it holds, progress can be told, and twenty thousand things are as easy as twenty.
 */
import type { NodeKind } from '../../src-main/contract/index.ts';
import { withLeafGrids } from './leaf-grids.ts';
import type { ItemKind, Rectangle, Scene } from './scene.ts';

/** One container's contents, for the engine: boxes with sizes, and lines between them. */
export interface LayoutTask {
  /** Index of the container's item, -1 for the canvas itself. */
  readonly container: number;
  readonly boxes: readonly LayoutBox[];
  readonly lines: readonly LayoutLine[];
}

export interface LayoutBox {
  readonly index: number;
  readonly width: number;
  readonly height: number;
}

/** Between two boxes of one task: a line of the drawing, seen from the container that holds both of its ends. */
export interface LayoutLine {
  readonly from: number;
  readonly to: number;
}

export interface PlacedBox {
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/** Arranges the boxes of one task; places count from 0, 0 at the top left. */
export type Arrange = (task: LayoutTask) => Promise<readonly PlacedBox[]>;

export interface AutoLayoutOptions {
  /** What has a place already stays where it is; what has none is put beside it. Containers only grow. */
  readonly keepPlaced: boolean;
  /** Whether the user, or the design, gave the thing its place. */
  readonly isPlaced: (ref: string) => boolean;
  /** Only what is inside these, or these themselves when they hold nothing; everything when absent. */
  readonly only?: ReadonlySet<number>;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Canvas units. */
const padding = { left: 24, top: 48, right: 24, bottom: 24 } as const;
const besideGap = 40;
/** Segments are bars: long enough for what hangs on them. */
const barWidthPerLine = 96;
const barWidth = { least: 240, most: 960 } as const;

/** The places and sizes of everything that was arranged, by the item's index. */
export async function arrangeScene(
  scene: Scene,
  arrange: Arrange,
  options: AutoLayoutOptions,
): Promise<ReadonlyMap<number, Rectangle>> {
  const children = childrenOf(scene);
  const lines = linesByContainer(scene);
  const sizes = startSizes(scene, children, options);
  const inside = new Map<number, readonly PlacedBox[]>();
  const order = containersInnermostFirst(scene, children);
  const wanted = order.filter((container) => isWanted(scene, container, options.only));

  let done = 0;
  for (const container of wanted) {
    const boxes = (children.get(container) ?? []).map((index) => ({
      index,
      ...(sizes.get(index) ?? { width: 0, height: 0 }),
    }));
    const kept = options.keepPlaced
      ? boxes.filter(({ index }) => options.isPlaced(scene.items[index]?.ref ?? ''))
      : [];
    const keptIndexes = new Set(kept.map(({ index }) => index));
    const free = boxes.filter(({ index }) => !keptIndexes.has(index));
    const placed = await arrangeFree(
      free,
      downwards(scene, free, lines.get(container) ?? []),
      container,
      withLeafGrids(arrange),
    );
    const all =
      kept.length === 0 ? placed : besideKept(scene, container, kept, free, placed, sizes);
    inside.set(container, all);
    const isTouched = free.length > 0 || kept.some((box) => hasGrown(scene, box));
    if (container >= 0 && isTouched) {
      sizes.set(container, sizeAround(scene, container, all, sizes, options));
    }
    options.onProgress?.(++done, wanted.length);
  }
  return absolutePlaces(scene, inside, sizes, options);
}

async function arrangeFree(
  boxes: readonly LayoutBox[],
  lines: readonly LayoutLine[],
  container: number,
  arrange: Arrange,
): Promise<readonly PlacedBox[]> {
  if (boxes.length === 0) return [];
  const known = new Set(boxes.map(({ index }) => index));
  const among = lines.filter(({ from, to }) => known.has(from) && known.has(to));
  return arrange({ container, boxes, lines: among });
}

/** What was kept, in places relative to the container, and the rest as a block to its right or below, whichever is shorter. */
function besideKept(
  scene: Scene,
  container: number,
  kept: readonly LayoutBox[],
  free: readonly LayoutBox[],
  placed: readonly PlacedBox[],
  sizes: ReadonlyMap<number, Size>,
): readonly PlacedBox[] {
  const origin = contentOrigin(scene, container);
  const stays = kept.map(({ index }) => {
    const item = scene.items[index];
    return { index, x: (item?.x ?? 0) - origin.x, y: (item?.y ?? 0) - origin.y };
  });
  if (free.length === 0) return stays;
  const right = Math.max(...stays.map(({ index, x }) => x + (sizes.get(index)?.width ?? 0)));
  const bottom = Math.max(...stays.map(({ index, y }) => y + (sizes.get(index)?.height ?? 0)));
  const left = Math.min(...stays.map(({ x }) => x));
  const top = Math.min(...stays.map(({ y }) => y));
  const by =
    right - left > bottom - top
      ? { x: left, y: bottom + besideGap }
      : { x: right + besideGap, y: top };
  return [...stays, ...placed.map(({ index, x, y }) => ({ index, x: x + by.x, y: y + by.y }))];
}

/** Who stands above whom, where lines join them: the way from the internet to the machines. */
const nodeRanks: Readonly<Record<NodeKind, number>> = {
  router: 1,
  'edge-gateway': 2,
  'distributed-router': 3,
  'l2-gateway': 4,
  host: 6,
  hypervisor: 6,
};

function rankOf(kind: ItemKind | undefined): number {
  if (kind?.is === 'site') return kind.kind === 'internet' ? 0 : 4;
  return kind?.is === 'node' ? nodeRanks[kind.kind] : 5;
}

/** The lines of a task, each from the end that is nearer to the top of its network to the one further away. */
function downwards(
  scene: Scene,
  boxes: readonly LayoutBox[],
  lines: readonly LayoutLine[],
): readonly LayoutLine[] {
  const neighbours = new Map<number, number[]>(boxes.map(({ index }) => [index, []]));
  for (const { from, to } of lines) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  const roots = boxes
    .map(({ index }) => index)
    .sort((a, b) => rankOf(scene.items[a]?.kind) - rankOf(scene.items[b]?.kind) || a - b);
  const distance = new Map<number, number>();
  for (const root of roots) {
    if (distance.has(root)) continue;
    distance.set(root, 0);
    const queue = [root];
    for (const at of queue) {
      for (const next of neighbours.get(at) ?? []) {
        if (distance.has(next)) continue;
        distance.set(next, (distance.get(at) ?? 0) + 1);
        queue.push(next);
      }
    }
  }
  return lines.map(({ from, to }) => {
    const [above, below] = [distance.get(from) ?? 0, distance.get(to) ?? 0];
    return above < below || (above === below && from < to) ? { from, to } : { from: to, to: from };
  });
}

/** Whether it is larger than it is drawn now, since something new came into it. */
const hasGrown = (scene: Scene, { index, width, height }: LayoutBox): boolean =>
  width > (scene.items[index]?.width ?? 0) || height > (scene.items[index]?.height ?? 0);

interface Size {
  readonly width: number;
  readonly height: number;
}

function childrenOf(scene: Scene): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  scene.items.forEach(({ parent, kind }, index) => {
    // Pods have no place of their own: they are drawn in rows inside their node.
    if (kind.is === 'pod') return;
    const siblings = children.get(parent);
    if (siblings) siblings.push(index);
    else children.set(parent, [index]);
  });
  return children;
}

/** Items stand after their containers, so going backwards meets the innermost first; the canvas itself is last. */
function containersInnermostFirst(
  scene: Scene,
  children: ReadonlyMap<number, readonly number[]>,
): readonly number[] {
  const order: number[] = [];
  for (let index = scene.items.length - 1; index >= 0; index--) {
    if (children.has(index)) order.push(index);
  }
  return children.has(-1) ? [...order, -1] : order;
}

function isWanted(scene: Scene, container: number, only: ReadonlySet<number> | undefined): boolean {
  if (!only) return true;
  for (let at = container; at >= 0; at = scene.items[at]?.parent ?? -1) {
    if (only.has(at)) return true;
  }
  return false;
}

/** Every line of the drawing, told of the two boxes that its innermost common container holds. */
function linesByContainer(scene: Scene): ReadonlyMap<number, readonly LayoutLine[]> {
  const lines = new Map<number, LayoutLine[]>();
  const seen = new Set<string>();
  for (const edge of scene.edges) {
    const common = inCommonContainer(scene, edge.from, edge.to);
    if (!common) continue;
    const { container, from, to } = common;
    const key = `${from} ${to}`;
    if (from === to || seen.has(key)) continue;
    seen.add(key);
    const known = lines.get(container);
    if (known) known.push({ from, to });
    else lines.set(container, [{ from, to }]);
  }
  return lines;
}

function inCommonContainer(scene: Scene, from: number, to: number) {
  let [a, b] = [from, to];
  const depth = (index: number) => scene.items[index]?.depth ?? 0;
  const up = (index: number) => scene.items[index]?.parent ?? -1;
  while (depth(a) > depth(b)) a = up(a);
  while (depth(b) > depth(a)) b = up(b);
  while (a !== b && up(a) !== up(b)) {
    a = up(a);
    b = up(b);
  }
  return a === b ? undefined : { container: up(a), from: a, to: b };
}

function startSizes(
  scene: Scene,
  children: ReadonlyMap<number, readonly number[]>,
  { keepPlaced, isPlaced }: AutoLayoutOptions,
): Map<number, Size> {
  const lineCount = new Map<number, number>();
  for (const { from, to } of scene.edges) {
    for (const end of [from, to]) lineCount.set(end, (lineCount.get(end) ?? 0) + 1);
  }
  const sizes = new Map<number, Size>();
  scene.items.forEach(({ ref, kind, width, height }, index) => {
    if (children.has(index) || (keepPlaced && isPlaced(ref))) {
      sizes.set(index, { width, height });
      return;
    }
    const wanted = (lineCount.get(index) ?? 0) * barWidthPerLine;
    const size =
      kind.is === 'segment'
        ? { width: Math.min(barWidth.most, Math.max(barWidth.least, wanted)), height }
        : { width, height };
    sizes.set(index, size);
  });
  return sizes;
}

function contentOrigin(
  scene: Scene,
  container: number,
): { readonly x: number; readonly y: number } {
  const item = scene.items[container];
  return item ? { x: item.x + padding.left, y: item.y + padding.top } : { x: 0, y: 0 };
}

function sizeAround(
  scene: Scene,
  container: number,
  boxes: readonly PlacedBox[],
  sizes: ReadonlyMap<number, Size>,
  { keepPlaced }: AutoLayoutOptions,
): Size {
  const ends = boxes.map(({ index, x, y }) => {
    const size = sizes.get(index) ?? { width: 0, height: 0 };
    return { right: x + size.width, bottom: y + size.height };
  });
  const width = padding.left + Math.max(120, ...ends.map(({ right }) => right)) + padding.right;
  const height = padding.top + Math.max(0, ...ends.map(({ bottom }) => bottom)) + padding.bottom;
  const item = scene.items[container];
  if (!keepPlaced || !item) return { width, height };
  return { width: Math.max(width, item.width), height: Math.max(height, item.height) };
}

/** From places inside containers to places on the canvas, the outermost first. */
function absolutePlaces(
  scene: Scene,
  inside: ReadonlyMap<number, readonly PlacedBox[]>,
  sizes: ReadonlyMap<number, Size>,
  options: AutoLayoutOptions,
): ReadonlyMap<number, Rectangle> {
  const places = new Map<number, Rectangle>();
  /** How far a container that is not arranged by its own container has been carried along. */
  const visit = (container: number, origin: { readonly x: number; readonly y: number }) => {
    for (const { index, x, y } of inside.get(container) ?? []) {
      const size = sizes.get(index) ?? { width: 0, height: 0 };
      const place = { x: Math.round(origin.x + x), y: Math.round(origin.y + y), ...size };
      places.set(index, place);
      visit(index, { x: place.x + padding.left, y: place.y + padding.top });
    }
  };
  if (!options.only) {
    visit(-1, { x: 0, y: 0 });
    return places;
  }
  for (const container of inside.keys()) {
    const item = scene.items[container];
    if (!item || inside.has(item.parent)) continue;
    places.set(container, { x: item.x, y: item.y, ...(sizes.get(container) ?? item) });
    visit(container, contentOrigin(scene, container));
  }
  return places;
}
