import { describe, expect, test } from 'vitest';
import { arranged, type Arrangement } from '../../../src-renderer/features/canvas/arrange.ts';
import { pulled } from '../../../src-renderer/features/canvas/gestures/resize.ts';
import type { SceneItem } from '../../../src-renderer/geometry/scene.ts';

const box = (ref: string, x: number, y: number, width = 100, height = 40) =>
  ({ ref, x, y, width, height }) as unknown as SceneItem;
const three = [box('a', 0, 0), box('b', 130, 50, 60), box('c', 400, 90)];

describe('arranging', () => {
  test.each<[Arrangement, Record<string, [number, number]>]>([
    ['align-left', { b: [0, 50], c: [0, 90] }],
    ['align-right', { a: [400, 0], b: [440, 50] }],
    ['align-centre', { a: [200, 0], b: [220, 50], c: [200, 90] }],
    ['align-top', { b: [130, 0], c: [400, 0] }],
    ['align-bottom', { a: [0, 90], b: [130, 90] }],
    ['align-middle', { a: [0, 45], b: [130, 45], c: [400, 45] }],
    // The outermost stay; the gaps are 120 each.
    ['distribute-horizontally', { b: [220, 50] }],
    ['distribute-vertically', { b: [130, 45] }],
  ])('%s moves only what has to move', (arrangement, expected) => {
    const places = [...arranged(three, arrangement)].map(([ref, { x, y }]) => [ref, [x, y]]);
    expect(Object.fromEntries(places)).toEqual(expected);
  });
  test('two things are not distributed', () => {
    expect(arranged(three.slice(0, 2), 'distribute-horizontally').size).toBe(0);
  });
});

describe('pulling an edge', () => {
  const start = { x: 100, y: 100, width: 200, height: 160 };
  const least = { width: 136, height: 48 };
  test('moves that edge alone, to the grid', () => {
    expect(pulled(start, 'e', { x: 33, y: 90 }, least, 8)).toEqual({ ...start, width: 236 });
    expect(pulled(start, 'nw', { x: -10, y: 5 }, least, 1)).toEqual({
      x: 90,
      y: 105,
      width: 210,
      height: 155,
    });
  });
  test('not beyond the least size', () => {
    expect(pulled(start, 'w', { x: 500, y: 0 }, least, 1)).toEqual({
      ...start,
      x: 164,
      width: 136,
    });
  });
  test('not into what lies inside', () => {
    const contents = { x: 120, y: 120, width: 150, height: 100 };
    expect(pulled(start, 'se', { x: -150, y: -150 }, { ...least, contents }, 1)).toEqual({
      x: 100,
      y: 100,
      width: 170,
      height: 120,
    });
  });
});
