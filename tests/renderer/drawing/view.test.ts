import { describe, expect, test } from 'vitest';
import {
  broughtTo,
  lies,
  movedTo,
  seenFrom,
  zoomed,
} from '../../../src-renderer/state/drawing-view.ts';

const size = { width: 800, height: 600 };
const box = { x: 4000, y: 3000, width: 160, height: 56 };

describe('zooming', () => {
  test('keeps the middle of the view where it is', () => {
    const from = { scale: 0.5, x: 30, y: -70 };
    const middleOf = (viewport: typeof from) => {
      const { x, y, width, height } = seenFrom(viewport, size);
      return [x + width / 2, y + height / 2];
    };
    const to = zoomed(from, size, 2);
    expect(to.scale).toBe(2);
    expect(middleOf(to)).toEqual(middleOf(from));
  });
});

describe('what is looked for', () => {
  test('stays where it is when it is in view and can be read', () => {
    const from = { scale: 0.8, x: 300 - box.x * 0.8, y: 300 - box.y * 0.8 };
    expect(broughtTo(from, size, box)).toBe(from);
  });
  test('is moved to just so far where it is out of view', () => {
    const from = { scale: 1, x: 0, y: 0 };
    const to = broughtTo(from, size, box);
    expect(to).toEqual(movedTo(from, size, box));
    expect(to.scale).toBe(1);
    expect(lies(box, seenFrom(to, size))).toBe(true);
  });
  test('is shown in the middle, at full size, where its name could not be read', () => {
    const to = broughtTo({ scale: 0.2, x: 0, y: 0 }, size, box);
    expect(to).toEqual({ scale: 1, x: 400 - 4080, y: 300 - 3028 });
  });
  test('is shown whole where it is larger than the view', () => {
    const site = { x: -500, y: 100, width: 3000, height: 1000 };
    const to = broughtTo({ scale: 1, x: 0, y: 0 }, size, site);
    expect(to.scale).toBeLessThan(0.3);
    expect(lies(site, seenFrom(to, size))).toBe(true);
  });
});
