import { describe, expect, test } from 'vitest';
import { Playback, type Stage } from '../../../src-renderer/state/follow-playback.svelte.ts';

/** A stage whose clock is turned by hand. */
function stageOf(still = false) {
  let now = 0;
  let last = 0;
  const due = new Map<number, { at: number; run: () => void }>();
  const add = (ms: number, run: () => void) => {
    due.set(++last, { at: now + ms, run });
    return last;
  };
  const stage: Stage = {
    now: () => now,
    frame: (run) => add(16, run),
    cancelFrame: (id) => due.delete(id),
    after: add,
    cancelAfter: (id) => due.delete(id),
    still: () => still,
  };
  const pass = (ms: number) => {
    const until = now + ms;
    for (;;) {
      const next = [...due]
        .filter(([, { at }]) => at <= until)
        .sort((a, b) => a[1].at - b[1].at)[0];
      if (!next) break;
      due.delete(next[0]);
      now = next[1].at;
      next[1].run();
    }
    now = until;
  };
  return { stage, pass };
}

describe('playing a trace', () => {
  test('moves to a step over what lies between, slow at both ends', () => {
    const { stage, pass } = stageOf();
    const playback = new Playback(() => true, stage);
    playback.glide(1);
    pass(48);
    const early = playback.shown;
    expect(early).toBeGreaterThan(0);
    expect(early).toBeLessThan(0.1);
    pass(180);
    expect(playback.shown).toBeGreaterThan(0.3);
    expect(playback.shown).toBeLessThan(0.7);
    pass(400);
    expect(playback.shown).toBe(1);
  });

  test('jumps for those who want nothing to move', () => {
    const { stage, pass } = stageOf(true);
    const playback = new Playback(() => true, stage);
    playback.glide(5);
    expect(playback.shown).toBe(5);
    pass(1000);
    expect(playback.shown).toBe(5);
  });

  test.each([
    [1, 4],
    [2, 8],
    [4, 16],
  ] as const)('goes on by itself at %s×, and stops at the end', (speed, steps) => {
    const { stage, pass } = stageOf();
    let step = 0;
    const playback = new Playback(() => ++step < 20, stage);
    playback.runAt(speed);
    playback.play();
    pass(750 * 4);
    expect(step).toBe(steps);
    playback.pause();
    pass(10_000);
    expect(step).toBe(steps);
    playback.play();
    pass(60_000);
    expect(step).toBe(20);
    expect(playback.playing).toBe(false);
  });
});
