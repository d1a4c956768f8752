import { done, failed, type Answer } from '../../contract/index.ts';
import type { Announcer } from '../events.ts';
import type { Clock } from '../ports.ts';

/** Work in slices: everything else has its turn between them, and it can be stopped. */
export interface Run {
  /** Does each item in turn. */
  each<Item, Value>(
    items: readonly Item[],
    work: (item: Item) => Value,
  ): Promise<Answer<readonly Value[]>>;
  /** Goes through work that is done in steps. How many there are is not known beforehand. */
  through<Value>(steps: Iterator<undefined, Value, undefined>): Promise<Answer<Value>>;
}

export interface Runs {
  /** `name` is what the caller calls the run: it is told how far it is, and can end it, by that from the beginning. */
  during<Value>(
    name: string | undefined,
    work: (run: Run) => Promise<Answer<Value>>,
  ): Promise<Answer<Value>>;
  stop(name: string): void;
  stopAll(): void;
}

/** How long one slice may hold everything else up, when its items are short. */
const sliceMs = 8;
/** Between two reports of how far a run is. */
const reportMs = 50;

interface Running {
  readonly name: string | undefined;
  isStopped: boolean;
}

export function createRuns(clock: Clock, { tell }: Announcer): Runs {
  const running = new Set<Running>();

  async function each<Item, Value>(
    run: Running,
    items: readonly Item[],
    work: (item: Item) => Value,
  ): Promise<Answer<readonly Value[]>> {
    const { name } = run;
    const stopped = () => failed('stopped', { run: name ?? '' });
    const values: Value[] = [];
    // The first turn goes to whatever came in with the call, such as the edit that makes it obsolete.
    await clock.pause();
    let sliceFrom = clock.now();
    let reportedAt = sliceFrom;
    for (const item of items) {
      if (run.isStopped) return stopped();
      values.push(work(item));
      const now = clock.now();
      if (name !== undefined && now - reportedAt >= reportMs) {
        reportedAt = now;
        const payload = { run: name, done: values.length, total: items.length };
        tell({ event: 'run.progress', payload });
      }
      // A clock that is set back is no reason to go on without a pause.
      if (Math.abs(now - sliceFrom) < sliceMs) continue;
      await clock.pause();
      sliceFrom = clock.now();
    }
    return run.isStopped ? stopped() : done(values);
  }

  async function through<Value>(
    run: Running,
    steps: Iterator<undefined, Value, undefined>,
  ): Promise<Answer<Value>> {
    await clock.pause();
    let sliceFrom = clock.now();
    for (;;) {
      if (run.isStopped) return failed('stopped', { run: run.name ?? '' });
      const step = steps.next();
      if (step.done === true) return done(step.value);
      if (Math.abs(clock.now() - sliceFrom) < sliceMs) continue;
      await clock.pause();
      sliceFrom = clock.now();
    }
  }

  return {
    async during(name, work) {
      const run: Running = { name, isStopped: false };
      running.add(run);
      try {
        return await work({
          each: (items, workOne) => each(run, items, workOne),
          through: (steps) => through(run, steps),
        });
      } finally {
        running.delete(run);
      }
    },
    stop(name) {
      for (const run of running) if (run.name === name) run.isStopped = true;
    },
    stopAll() {
      for (const run of running) run.isStopped = true;
    },
  };
}
