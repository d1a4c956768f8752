import type { Axis } from './axis.ts';
import { intersect, type IntervalSet } from './interval-set.ts';
import {
  isCovered,
  isVoid,
  regionsMeet,
  regionSize,
  type Budget,
  type Region,
} from './flow-space.ts';

/** An item that can never match, and the earlier items that together take all of it. */
export interface Shadow {
  readonly index: number;
  readonly by: readonly number[];
}

/** Packets of one family: the axes, and what each item of a list matches of them (undefined: nothing). */
export interface Layer {
  readonly axes: readonly Axis[];
  readonly regions: readonly (Region | undefined)[];
}

/** Pieces looked at, for all items of one list. Real rule lists use a small part of it. */
const searchBudget = 20_000_000;
/** From so many covers on, counting packets first is cheaper than searching. */
const worthCounting = 16;

/**
 * Items of a first-match list whose packets are all taken by earlier ones, by their union and not by pairs only. An
 * item that matches nothing at all is no shadow. Where a list is so contrived that the budget is used up, the rest of
 * its items is left alone.
 */
export function findShadows(layers: readonly Layer[]): Shadow[] {
  const budget: Budget = { left: searchBudget };
  const bounds = layers.map(boundsOf);
  const shadows: Shadow[] = [];
  const count = layers[0]?.regions.length ?? 0;
  for (let index = 1; index < count; index += 1) {
    const takers = layers.flatMap((layer, at) => {
      const region = layer.regions[index];
      if (!region || isVoid(region)) return [];
      return [takersOf(layer, bounds[at] as Bounds, index, region, budget)];
    });
    const known = takers.filter((taken) => taken !== undefined);
    if (takers.length === 0 || known.length < takers.length) continue;
    shadows.push({ index, by: [...new Set(known.flat())].sort((a, b) => a - b) });
  }
  return shadows;
}

/** The earlier items that together take the region, or undefined where some of it is left. */
function takersOf(
  { axes, regions }: Layer,
  bounds: Bounds,
  index: number,
  region: Region,
  budget: Budget,
): number[] | undefined {
  const first = region.map((set) => set[0] as number);
  const last = region.map((set) => set.at(-1) as number);
  if (!bounds.holdsBefore(index, first) || !bounds.holdsBefore(index, last)) return undefined;
  const covers: number[] = [];
  for (let earlier = 0; earlier < index; earlier += 1) {
    const other = regions[earlier];
    if (other && bounds.meets(index, earlier) && regionsMeet(region, other)) covers.push(earlier);
  }
  const all = covers.map((earlier) => regions[earlier] as Region);
  if (covers.length >= worthCounting && !canCover(region, all, axes)) return undefined;
  if (isCovered(region, all, budget) !== true) return undefined;
  return needed(region, covers, all, budget);
}

/** Leaves out the covers that the others can do without, the later ones first. */
function needed(
  region: Region,
  covers: readonly number[],
  all: readonly Region[],
  budget: Budget,
): number[] {
  const kept = covers.map((index, at) => ({ index, region: all[at] as Region }));
  for (let at = kept.length - 1; at >= 0 && kept.length <= 4 * worthCounting; at -= 1) {
    const others = kept.toSpliced(at, 1).map((cover) => cover.region);
    if (isCovered(region, others, budget) === true) kept.splice(at, 1);
  }
  return kept.map((cover) => cover.index);
}

/** Fewer packets in all covers than in the region: it cannot be covered. */
function canCover(region: Region, covers: readonly Region[], axes: readonly Axis[]): boolean {
  const size = regionSize(region, axes);
  let taken = 0n;
  for (const cover of covers) {
    const common = region.map((set, axis) => intersect(set, cover[axis] as IntervalSet));
    taken += regionSize(common, axes);
    if (taken >= size) return true;
  }
  return false;
}

/** Lowest and highest value of each item on each axis, side by side, to rule out most pairs at a glance. */
interface Bounds {
  readonly meets: (a: number, b: number) => boolean;
  /** Whether the bounds of any item before `index` hold the point. */
  readonly holdsBefore: (index: number, point: readonly number[]) => boolean;
}

function boundsOf({ axes, regions }: Layer): Bounds {
  const width = axes.length;
  const lows = new Int32Array(regions.length * width).fill(1);
  const highs = new Int32Array(regions.length * width);
  regions.forEach((region, index) => {
    if (!region || isVoid(region)) return;
    region.forEach((set, axis) => {
      lows[index * width + axis] = set[0] as number;
      highs[index * width + axis] = set.at(-1) as number;
    });
  });
  const meets = (a: number, b: number) => {
    for (let axis = 0; axis < width; axis += 1) {
      const [i, j] = [a * width + axis, b * width + axis];
      if ((lows[i] as number) > (highs[j] as number)) return false;
      if ((lows[j] as number) > (highs[i] as number)) return false;
    }
    return true;
  };
  const holds = (index: number, point: readonly number[]) => {
    for (let axis = 0; axis < width; axis += 1) {
      const at = index * width + axis;
      const value = point[axis] as number;
      if (value < (lows[at] as number) || value > (highs[at] as number)) return false;
    }
    return true;
  };
  const holdsBefore = (index: number, point: readonly number[]) => {
    for (let earlier = 0; earlier < index; earlier += 1) if (holds(earlier, point)) return true;
    return false;
  };
  return { meets, holdsBefore };
}
