/**
 * How many random cases a property is tried with: all of them where the whole is proven (CI=true), else a share, so that
 * a run at one's desk is short. HOPSCOPE_SEEDS=1 tries all, HOPSCOPE_SEEDS=0.5 half of them.
 */
import process from 'node:process';

const shareAtTheDesk = 0.25;

const share = Number(
  process.env['HOPSCOPE_SEEDS'] ?? (process.env['CI'] === 'true' ? 1 : shareAtTheDesk),
);

/** Of so many cases, those that this run tries; no fewer than one. */
export const seeds = (all: number): number => Math.max(1, Math.round(all * share));
