import { vi } from 'vitest';

/** Until it holds: what a window does takes as long as a busy machine needs. */
export const eventually = <Value>(check: () => Value | Promise<Value>): Promise<Value> =>
  vi.waitFor(check, { timeout: 60_000, interval: 100 });
