import { failed, type Answer } from '../../contract/index.ts';
import type { Announcer } from '../events.ts';
import type { Clock } from '../ports.ts';

/** Work in slices: everything else has its turn between them, and it can be stopped. */
export interface Runs {
  /** Does each item in turn. `run` is what the caller calls it: told how far it is, and ended, by that name. */
  each<Item, Value>(
    run: string | undefined,
    items: readonly Item[],
    work: (item: Item) => Value,
  ): Promise<Answer<readonly Value[]>>;
  stop(run: string): void;
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

  return {
    async each(name, items, work) {
      const run: Running = { name, isStopped: false };
      running.add(run);
      try {
        const values = [];
        // The first turn goes to whatever came in with the call, such as the edit that will make it obsolete.
        await clock.pause();
        let sliceFrom = clock.now();
        let reportedAt = sliceFrom;
        for (const item of items) {
          if (run.isStopped) return failed('stopped', { run: name ?? '' });
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
        return run.isStopped ? failed('stopped', { run: name ?? '' }) : { ok: true, value: values };
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
