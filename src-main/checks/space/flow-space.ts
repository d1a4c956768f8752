import type { Axis } from './axis.ts';
import { intersect, isEmpty, meets, subtract, type IntervalSet } from './interval-set.ts';

/** A set of packets: on each axis (destination, source, service, interface…) the values that it takes. */
export type Region = readonly IntervalSet[];

/** Counts the work of a search, so that input made to be hard ends it without an answer. */
export interface Budget {
  left: number;
}

export const isVoid = (region: Region): boolean => region.some(isEmpty);

export function regionsMeet(a: Region, b: Region): boolean {
  for (let axis = 0; axis < a.length; axis += 1) {
    if (!meets(a[axis] as IntervalSet, b[axis] as IntervalSet)) return false;
  }
  return true;
}

/** The parts of `a` outside `b`: at most one an axis, and no two meet. */
export function regionMinus(a: Region, b: Region): Region[] {
  const parts: Region[] = [];
  let rest = a;
  for (let axis = 0; axis < a.length; axis += 1) {
    const own = rest[axis] as IntervalSet;
    const other = b[axis] as IntervalSet;
    const outside = subtract(own, other);
    if (!isEmpty(outside)) parts.push(rest.with(axis, outside));
    rest = rest.with(axis, intersect(own, other));
  }
  return parts;
}

/** How many packets a region holds. */
export const regionSize = (region: Region, axes: readonly Axis[]): bigint =>
  region.reduce((size, set, axis) => size * (axes[axis] as Axis).size(set), 1n);

/**
 * Whether the regions together cover all of `region`, exactly. Looks for a part that survives the removal of one cover
 * after the other. Undefined when the budget is used up before that is known.
 */
export function isCovered(
  region: Region,
  covers: readonly Region[],
  budget: Budget,
): boolean | undefined {
  const open: { readonly part: Region; readonly from: number }[] = [{ part: region, from: 0 }];
  for (let top = open.pop(); top; top = open.pop()) {
    const { part, from } = top;
    let at = from;
    while (at < covers.length && !regionsMeet(part, covers[at] as Region)) at += 1;
    budget.left -= at - from + 1;
    if (budget.left < 0) return undefined;
    if (at === covers.length) return false;
    for (const outside of regionMinus(part, covers[at] as Region)) {
      open.push({ part: outside, from: at + 1 });
    }
  }
  return true;
}
