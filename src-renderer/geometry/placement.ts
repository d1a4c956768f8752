import { around, bottom, overlaps, right } from './rectangle.ts';
import type { Rectangle, SceneItem } from './scene.ts';
import {
  collapsedSize,
  containerPadding,
  headerHeight,
  nodeSize,
  placementGap,
  podGap,
  sizeOf,
  type Size,
} from './sizes.ts';
import type { Thing } from './thing.ts';

/** A thing with its rectangle, absolute once it is settled. */
export interface Box {
  readonly thing: Thing;
  x: number;
  y: number;
  width: number;
  height: number;
  readonly children: readonly Box[];
  /** Whether the layout, its own or that of something in it, says where it is. */
  readonly fixed: boolean;
  /** A bar that takes the width of the row that it is put in. */
  readonly stretches: boolean;
  /** What is drawn of it, as it was last. */
  item?: SceneItem;
}

const placedBefore = new WeakMap<readonly Thing[], readonly Box[]>();

/** Gives everything a rectangle: as the layout has it, and tidily where it has none. */
export function placed(things: readonly Thing[]): readonly Box[] {
  let boxes = placedBefore.get(things);
  if (!boxes) placedBefore.set(things, (boxes = place(things)));
  return boxes;
}

function place(things: readonly Thing[]): readonly Box[] {
  const boxes = things.map(settle);
  const fixed = boxes.filter((box) => box.fixed);
  const loose = boxes.filter((box) => !box.fixed);
  const taken = around(fixed);
  const size = arrange(loose, taken ? taken.width : undefined);
  if (taken && size.height > 0) {
    for (const box of loose) shift(box, taken.x, bottom(taken) + 2 * placementGap);
  }
  return boxes;
}

function settle(thing: Thing): Box {
  const before = thing.container ? enclosed.get(thing) : undefined;
  if (before) return before;
  const { layout } = thing;
  const children = thing.collapsed ? [] : thing.children.map(settle);
  if (thing.collapsed || !thing.container) {
    const size = ownSize(thing);
    const stretches = thing.kind.is === 'segment' && layout?.width === undefined;
    return {
      thing,
      x: layout?.x ?? 0,
      y: layout?.y ?? 0,
      ...size,
      children,
      fixed: layout !== undefined,
      stretches,
    };
  }
  const box = enclose(thing, children);
  // What somebody has placed is not moved for others, nor is what stands in it.
  if (box.fixed) enclosed.set(thing, box);
  return box;
}

const enclosed = new WeakMap<Thing, Box>();

/** A folded container has one size; the layout keeps the size that it unfolds to. */
function ownSize({ kind, collapsed, layout }: Thing): Size {
  if (collapsed) return kind.is === 'node' && kind.kind !== 'hypervisor' ? nodeSize : collapsedSize;
  const { width, height } = sizeOf(kind);
  return { width: layout?.width ?? width, height: layout?.height ?? height };
}

interface Insets {
  readonly top: number;
  readonly side: number;
}

const insetsOf = ({ kind }: Thing): Insets =>
  kind.is === 'node' && kind.kind !== 'hypervisor'
    ? { top: nodeSize.height, side: podGap }
    : { top: headerHeight + containerPadding / 2, side: containerPadding };

function enclose(thing: Thing, children: readonly Box[]): Box {
  const { layout } = thing;
  const { top, side } = insetsOf(thing);
  const fixed = children.filter((box) => box.fixed);
  const loose = children.filter((box) => !box.fixed);
  const least = children.length === 0 ? sizeOf(thing.kind) : { width: nodeSize.width, height: top };

  if (!layout && fixed.length === 0) {
    const inner = arrange(loose);
    for (const box of loose) shift(box, side, top);
    const width = Math.max(least.width, inner.width + 2 * side);
    const height = Math.max(least.height, top + inner.height + side);
    return { thing, x: 0, y: 0, width, height, children, fixed: false, stretches: false };
  }

  const given: Rectangle | undefined = layout && {
    x: layout.x,
    y: layout.y,
    width: layout.width ?? least.width,
    height: layout.height ?? least.height,
  };
  const held = around(fixed);
  if (loose.length > 0) {
    const left = given ? given.x + side : (held?.x ?? 0);
    const from = given ? given.y + top : (held?.y ?? 0);
    const width = layout?.width === undefined ? held?.width : layout.width - 2 * side;
    if (held) putAmong(loose, fixed, given, { left, from, width: width ?? held.width, side });
    else {
      arrange(loose, width);
      for (const box of loose) shift(box, left, from);
    }
  }

  // Who has drawn the container may let things touch its edge; what is placed for them keeps away from it.
  const needs = given
    ? [given, ...fixed, ...loose.map((box) => wider(box, side, 0))]
    : children.map((box) => wider(box, side, top));
  const box = around(needs) ?? { x: 0, y: 0, ...least };
  return { thing, ...box, children, fixed: true, stretches: false };
}

const wider = (box: Rectangle, side: number, top: number): Rectangle => ({
  x: box.x - side,
  y: box.y - top,
  width: box.width + 2 * side,
  height: box.height + top + side,
});

/** Looking for gaps among more than these would take longer than it is worth. */
const gapsSought = 60;

/** Puts things into gaps of what is there, or in rows below it. */
function putAmong(
  loose: readonly Box[],
  fixed: readonly Box[],
  given: Rectangle | undefined,
  at: {
    readonly left: number;
    readonly from: number;
    readonly width: number;
    readonly side: number;
  },
): void {
  const rest: Box[] = [];
  const taken: Rectangle[] = [...fixed];
  for (const box of loose) {
    const spot =
      given && loose.length <= gapsSought && taken.length <= gapsSought && !box.stretches
        ? gap(box, taken, {
            x: at.left,
            y: at.from,
            width: right(given) - at.side - at.left,
            height: bottom(given) - at.side - at.from,
          })
        : undefined;
    if (!spot) {
      rest.push(box);
      continue;
    }
    shift(box, spot.x, spot.y);
    taken.push(box);
  }
  if (rest.length === 0) return;
  const below = Math.max(...taken.map(bottom)) + placementGap;
  arrange(rest, at.width);
  for (const box of rest) shift(box, at.left, below);
}

/** The first place, from the top left, where the box stands free of what is taken. */
function gap(
  box: Size,
  taken: readonly Rectangle[],
  within: Rectangle,
): { readonly x: number; readonly y: number } | undefined {
  const space = placementGap;
  const ascending = (a: number, b: number) => a - b;
  const ys = [within.y, ...taken.map((one) => bottom(one) + space), ...taken.map(({ y }) => y)];
  const xs = [within.x, ...taken.map((one) => right(one) + space)].sort(ascending);
  for (const y of ys.filter((one) => one >= within.y).sort(ascending)) {
    if (y + box.height > bottom(within)) break;
    for (const x of xs) {
      if (x < within.x || x + box.width > right(within)) continue;
      const wanted = {
        x: x - space + 1,
        y: y - space + 1,
        width: box.width + 2 * space - 2,
        height: box.height + 2 * space - 2,
      };
      if (!taken.some((one) => overlaps(one, wanted))) return { x, y };
    }
  }
  return undefined;
}

/** Bars beyond these are drawn short, so that they do not fill the picture. */
const barsStretched = 6;

/** Rows from the origin: nodes, then the segments that they drop to, then what holds others. */
function arrange(boxes: readonly Box[], wanted?: number): Size {
  if (boxes.length === 0) return { width: 0, height: 0 };
  const pods = boxes.every(({ thing }) => thing.kind.is === 'pod');
  const space = pods ? podGap : placementGap;
  const width = Math.max(wanted ?? balanced(boxes, space), ...boxes.map((box) => box.width));

  const isBar = ({ thing }: Box): boolean => thing.kind.is === 'segment';
  const bars = boxes.filter(isBar);
  const leaves = boxes.filter((box) => !isBar(box) && box.children.length === 0);
  const groups = boxes.filter(({ children }) => children.length > 0);
  const underLeaves = rows(leaves, width, 0, space);
  rows(groups, width, underLeaves, space);
  if (bars.length <= barsStretched) {
    const full = around([...leaves, ...groups])?.width ?? 0;
    for (const bar of bars) if (bar.stretches) bar.width = Math.max(full, bar.width);
  }
  const underBars = rows(bars, width, underLeaves, space);
  rows(groups, width, underBars, space);
  const whole = around(boxes);
  return { width: whole?.width ?? 0, height: whole?.height ?? 0 };
}

/** Fills rows from the left; answers where the next row begins. */
function rows(boxes: readonly Box[], width: number, from: number, space: number): number {
  let x = 0;
  let y = from;
  let tallest = 0;
  for (const box of boxes) {
    if (x > 0 && x + box.width > width) {
      x = 0;
      y += tallest + space;
      tallest = 0;
    }
    shift(box, x - box.x, y - box.y);
    x += box.width + space;
    tallest = Math.max(tallest, box.height);
  }
  return boxes.length > 0 ? y + tallest + space : from;
}

/** A width that makes the rows about half as high as they are wide. */
function balanced(boxes: readonly Box[], space: number): number {
  let area = 0;
  for (const box of boxes) area += (box.width + space) * (box.height + space);
  return Math.sqrt(area * 2);
}

function shift(box: Box, dx: number, dy: number): void {
  box.x += dx;
  box.y += dy;
  for (const child of box.children) shift(child, dx, dy);
}
