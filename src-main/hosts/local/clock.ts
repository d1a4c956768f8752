import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '../../app/ports.ts';

export const systemClock: Clock = {
  now: Date.now,
  pause: () => nextTurn(),
  every(intervalMs, work) {
    const timer = setInterval(work, intervalMs).unref();
    return () => clearInterval(timer);
  },
};
