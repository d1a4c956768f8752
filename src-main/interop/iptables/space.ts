/**
 * Sets of packets as unions of boxes: intervals of whole numbers in each of some dimensions. They tell exactly which packets
 * a rule sees after others have returned from its chain.
 */
export type Dimension =
  'source' | 'destination' | 'protocol' | 'sourcePort' | 'port' | 'in' | 'out';
export const dimensions: readonly Dimension[] = [
  'source',
  'destination',
  'protocol',
  'sourcePort',
  'port',
  'in',
  'out',
];

/** First and last, both in. */
export type Interval = readonly [first: bigint, last: bigint];
/** Ascending, with gaps between them. */
export type Intervals = readonly Interval[];
export type Box = Readonly<Record<Dimension, Intervals>>;
/** No two of them hold the same packet. */
export type Space = readonly Box[];

export function mergeIntervals(intervals: Intervals): Intervals {
  const merged: [bigint, bigint][] = [];
  for (const [first, last] of [...intervals].sort((a, b) =>
    a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0,
  )) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1n) {
      if (last > before[1]) before[1] = last;
    } else merged.push([first, last]);
  }
  return merged;
}

export function intersect(a: Intervals, b: Intervals): Intervals {
  return mergeIntervals(
    a.flatMap(([from, to]) =>
      b.flatMap(([first, last]): Interval[] => {
        const low = from > first ? from : first;
        const high = to < last ? to : last;
        return low <= high ? [[low, high]] : [];
      }),
    ),
  );
}

/** What of `a` is not in `b`. */
export function subtract(a: Intervals, b: Intervals): Intervals {
  let left: Interval[] = [...a];
  for (const [first, last] of b) {
    left = left.flatMap(([from, to]): Interval[] => {
      if (last < from || to < first) return [[from, to]];
      const before: Interval[] = from < first ? [[from, first - 1n]] : [];
      const after: Interval[] = last < to ? [[last + 1n, to]] : [];
      return [...before, ...after];
    });
  }
  return mergeIntervals(left);
}

/** Undefined where there is no such packet. */
export function meet(a: Box, b: Box): Box | undefined {
  const box = {} as Record<Dimension, Intervals>;
  for (const dimension of dimensions) {
    box[dimension] = intersect(a[dimension], b[dimension]);
    if (box[dimension].length === 0) return undefined;
  }
  return box;
}

export const within = (space: Space, box: Box): Space =>
  space.flatMap((one) => meet(one, box) ?? []);

/** What of the space is not in the box: one slice a dimension, so that the pieces do not overlap. */
export function without(space: Space, box: Box): Space {
  return space.flatMap((one) => {
    if (!meet(one, box)) return [one];
    const pieces: Box[] = [];
    let rest = one;
    for (const dimension of dimensions) {
      const outside = subtract(rest[dimension], box[dimension]);
      if (outside.length > 0) pieces.push({ ...rest, [dimension]: outside });
      rest = { ...rest, [dimension]: intersect(rest[dimension], box[dimension]) };
    }
    return pieces;
  });
}
