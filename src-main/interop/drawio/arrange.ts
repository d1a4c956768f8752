import type { Contents, Item } from './contents.ts';
import { layers } from './contents.ts';

/** Canvas units; y grows downwards. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const nodeSize: Size = { width: 160, height: 56 };
const podSize: Size = { width: 144, height: 32 };
const segmentSize: Size = { width: 320, height: 32 };
const emptySize: Size = { width: 320, height: 120 };
/** Between things in a row, and from the edge of a container to what stands in it. */
const gap = 24;
/** Height of the strip at a container's top that has its name. */
const header = 40;

/** Where everything is drawn, absolute, by reference: as given, and in plain rows where nothing is given. */
export function arrange(
  contents: Contents,
  given: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Box> {
  const places = new Map<string, Box>();
  const roots = layers.flatMap((layer) => contents[layer]);
  settleAll(roots, undefined, given, places);
  return places;
}

/** A place and size as they are given, if they can be drawn at all. */
function givenBox(ref: string, given: ReadonlyMap<string, Box>): Box | undefined {
  const box = given.get(ref);
  if (!box) return undefined;
  const { x, y, width, height } = box;
  const drawable = [x, y, width, height].every((value) => Math.abs(value) <= 1e9);
  return drawable && width >= 0 && height >= 0 ? { x, y, width, height } : undefined;
}

/** Places siblings. Loose ones come in rows below those that have a place; answers what all of them take. */
function settleAll(
  items: readonly Item[],
  within: Box | undefined,
  given: ReadonlyMap<string, Box>,
  places: Map<string, Box>,
): Box | undefined {
  const loose: [Item, Size][] = [];
  let taken: Box | undefined;
  for (const item of items) {
    const box = settle(item, given, places);
    if (hasPlace(item, given)) taken = taken ? around(taken, box) : box;
    else loose.push([item, box]);
  }
  if (loose.length === 0) return taken;
  const left = within ? within.x + gap : (taken?.x ?? 0);
  const inner = within ? within.y + header : 0;
  const top = taken ? Math.max(inner, taken.y + taken.height + gap) : inner;
  const rows = inRows(loose, Math.max(taken?.width ?? 0, within ? within.width - 2 * gap : 0));
  for (const [item, { x, y }] of rows) {
    move(item, left + x, top + y, places);
    const box = places.get(item.ref);
    if (box) taken = taken ? around(taken, box) : box;
  }
  return taken;
}

/** Whether it, or something in it, is somewhere already. */
const hasPlace = (item: Item, given: ReadonlyMap<string, Box>): boolean =>
  givenBox(item.ref, given) !== undefined || item.children.some((child) => hasPlace(child, given));

function settle(item: Item, given: ReadonlyMap<string, Box>, places: Map<string, Box>): Box {
  const own = givenBox(item.ref, given);
  const size = sizeOf(item);
  const held = settleAll(item.children, own, given, places);
  let box = own ?? { x: 0, y: 0, ...size };
  if (held) {
    const needs = {
      x: held.x - gap,
      y: held.y - header,
      width: Math.max(held.width + 2 * gap, size.width),
      height: held.height + header + gap,
    };
    // Whoever has drawn the container may let things touch its edge; it grows for what was put in just now.
    if (!own) box = needs;
    else if (!item.children.every((child) => hasPlace(child, given))) {
      const width = Math.max(own.width, needs.x + needs.width - own.x);
      const height = Math.max(own.height, needs.y + needs.height - own.y);
      box = { ...own, width, height };
    }
  }
  places.set(item.ref, box);
  return box;
}

function sizeOf({ subject, children }: Item): Size {
  switch (subject.is) {
    case 'site':
    case 'cluster':
      return children.length > 0 ? nodeSize : emptySize;
    case 'node':
      return subject.node.kind === 'hypervisor' && children.length === 0 ? emptySize : nodeSize;
    case 'segment':
      return segmentSize;
    case 'pod':
      return podSize;
    default:
      return subject satisfies never;
  }
}

/** Rows from the origin, at most so wide, or about twice as wide as high together. */
function inRows(
  items: readonly (readonly [Item, Size])[],
  wanted: number,
): readonly (readonly [Item, { readonly x: number; readonly y: number }])[] {
  let area = 0;
  let widest = 0;
  for (const [, { width, height }] of items) {
    area += (width + gap) * (height + gap);
    widest = Math.max(widest, width);
  }
  const limit = Math.max(wanted, Math.ceil(Math.sqrt(2 * area)), widest);
  let x = 0;
  let y = 0;
  let tallest = 0;
  return items.map(([item, { width, height }]) => {
    if (x > 0 && x + width > limit) {
      x = 0;
      y += tallest + gap;
      tallest = 0;
    }
    const at = { x, y };
    x += width + gap;
    tallest = Math.max(tallest, height);
    return [item, at] as const;
  });
}

function move(item: Item, x: number, y: number, places: Map<string, Box>): void {
  const box = places.get(item.ref);
  if (box) shift(item, x - box.x, y - box.y, places);
}

function shift(item: Item, dx: number, dy: number, places: Map<string, Box>): void {
  const box = places.get(item.ref);
  if (box) places.set(item.ref, { ...box, x: box.x + dx, y: box.y + dy });
  for (const child of item.children) shift(child, dx, dy, places);
}

function around(a: Box, b: Box): Box {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}
