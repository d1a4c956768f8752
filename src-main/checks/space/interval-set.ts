/**
 * A set of whole numbers as sorted pairs from, to (both inside): `[2, 5, 9, 9]`. Pairs neither meet nor touch, so that
 * equal sets are equal lists. The empty list is the empty set.
 */
export type IntervalSet = readonly number[];

const low = (set: IntervalSet, at: number): number => set[at] as number;
const high = (set: IntervalSet, at: number): number => set[at + 1] as number;

export function intervalSet(pairs: Iterable<readonly [from: number, to: number]>): IntervalSet {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  const merged: number[] = [];
  for (const [from, to] of sorted) {
    const last = merged.length - 1;
    if (last > 0 && from <= (merged[last] as number) + 1) {
      merged[last] = Math.max(merged[last] as number, to);
    } else merged.push(from, to);
  }
  return merged;
}

export function intersect(a: IntervalSet, b: IntervalSet): IntervalSet {
  const common: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const from = Math.max(low(a, i), low(b, j));
    const to = Math.min(high(a, i), high(b, j));
    if (from <= to) common.push(from, to);
    if (high(a, i) < high(b, j)) i += 2;
    else j += 2;
  }
  return common;
}

/** What of `a` is not in `b`. */
export function subtract(a: IntervalSet, b: IntervalSet): IntervalSet {
  const rest: number[] = [];
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let from = low(a, i);
    const to = high(a, i);
    while (j < b.length && high(b, j) < from) j += 2;
    for (let k = j; k < b.length && low(b, k) <= to; k += 2) {
      if (low(b, k) > from) rest.push(from, low(b, k) - 1);
      from = Math.max(from, high(b, k) + 1);
    }
    if (from <= to) rest.push(from, to);
  }
  return rest;
}

export const isEmpty = (set: IntervalSet): boolean => set.length === 0;

/** Whether the two have a member in common; looks at their bounds before anything else. */
export function meets(a: IntervalSet, b: IntervalSet): boolean {
  if (a.length === 0 || b.length === 0) return false;
  if (high(a, a.length - 2) < low(b, 0) || high(b, b.length - 2) < low(a, 0)) return false;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (Math.max(low(a, i), low(b, j)) <= Math.min(high(a, i), high(b, j))) return true;
    if (high(a, i) < high(b, j)) i += 2;
    else j += 2;
  }
  return false;
}
