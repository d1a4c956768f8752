import { vi } from 'vitest';

/** Waits until the check no longer fails, for as long as a busy machine may take. */
export const until = <Value>(check: () => Value | Promise<Value>): Promise<Value> =>
  vi.waitFor(check, { timeout: 60_000, interval: 20 });
