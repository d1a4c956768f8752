/**
 * Time and memory of repeated work. Time is that of the processor in this thread, so that a machine with other work to do
 * slows nothing but the caches; each answer is the middle of several rounds.
 */

const roundsMeasured = 9;
const roundMs = 200;
const warmUpMs = 600;

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
};

/** Milliseconds of processor time that this thread has taken. */
function now(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Kept where a compiler cannot prove that nobody looks. */
let kept: unknown;
export const lastKept = (): unknown => kept;

/** Milliseconds of processor time that one run takes. */
export function timed(work: () => unknown, rounds: number): number {
  return median(
    Array.from({ length: rounds }, () => {
      const start = now();
      kept = work();
      return now() - start;
    }),
  );
}

/** Units of work a second of processor time; `work` tells how many it did. */
export function rate(work: () => number): number {
  const warm = now() + warmUpMs;
  while (now() < warm) kept = work();
  return median(
    Array.from({ length: roundsMeasured }, () => {
      let units = 0;
      const start = now();
      while (now() < start + roundMs) units += work();
      return (units / (now() - start)) * 1000;
    }),
  );
}

/**
 * Heap bytes that one unit of work allocates. The heap is read before and after each run, and runs in which the
 * collector was at work (the heap shrank) are left out, so what is collected later counts all the same.
 */
export function allocatedBytes(work: () => number): number {
  const samples: number[] = [];
  for (let run = 0; run < 200 && samples.length < 60; run += 1) {
    const before = process.memoryUsage().heapUsed;
    const units = work();
    const grown = process.memoryUsage().heapUsed - before;
    kept = units;
    if (grown >= 0) samples.push(grown / units);
  }
  return median(samples);
}
