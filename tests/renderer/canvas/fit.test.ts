import { expect, test } from 'vitest';
import { isSameView, viewportFor } from '../../../src-renderer/canvas/fit.ts';

test.each([
  // Drawn (x, y, width, height), canvas (width, height), scale
  ['is made smaller where it is wide', [0, 0, 2000, 100], [1080, 600], 0.5],
  ['is made smaller where it is high', [0, 0, 100, 2000], [1080, 600], 0.25],
  ['is made larger, and no more than half as large again', [-50, -50, 100, 100], [1080, 600], 1.5],
  ['keeps a size where there is no room', [0, 0, 1000, 1000], [0, 0], 0.02],
] as const)('what is made to fit %s', (_, [x, y, w, h], [width, height], scale) => {
  const view = viewportFor({ x, y, width: w, height: h }, width, height);
  expect(view.scale).toBeCloseTo(scale);
  // Its middle is the middle of the room: 60 pixels are left above and 40 beneath.
  expect((x + w / 2) * view.scale + view.x).toBeCloseTo(width / 2);
  if (height > 0) {
    expect((y + h / 2) * view.scale + view.y).toBeCloseTo(60 + (height - 100) / 2);
  }
});

test('a view is the same only where both place and scale are', () => {
  const view = { scale: 1, x: 2, y: 3 };
  expect(isSameView(view, { ...view })).toBe(true);
  for (const key of ['scale', 'x', 'y'] as const) {
    expect(isSameView(view, { ...view, [key]: 9 })).toBe(false);
  }
});
