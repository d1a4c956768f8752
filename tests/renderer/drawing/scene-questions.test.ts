import { describe, expect, test } from 'vitest';
import {
  connectRefusal,
  containerAt,
  freePlace,
  heldScene,
  itemOf,
  neighbour,
  newSize,
  overlaps,
  standIn,
  topmost,
  withContents,
  type Placeable,
} from '../../../src-renderer/state/drawing-scene.ts';
import type { Scene, SceneItem } from '../../../src-renderer/geometry/scene.ts';
import { snap } from '../../../src-renderer/state/drawing-snap.ts';
import { design, sceneOf } from './scenes.ts';

const scene = sceneOf(design);
const item = (ref: string): SceneItem => {
  const found = itemOf(scene, ref);
  if (!found) throw new Error(`${ref} is not drawn`);
  return found;
};
const refs = (of: Scene, indexes: readonly number[]) =>
  indexes.map((index) => of.items[index]?.ref);

describe('what is taken hold of', () => {
  test('of a thing and its container the container alone', () => {
    expect(refs(scene, topmost(scene, ['node:vm', 'node:rack', 'node:client']))).toEqual([
      'node:rack',
      'node:client',
    ]);
  });
  test('a container with all that is inside it, at any depth', () => {
    const centre = scene.indexOf.get('site:centre') ?? -1;
    expect(refs(scene, withContents(scene, [centre])).sort()).toEqual(
      ['site:centre', 'node:rack', 'node:vm', 'segment:overlay'].sort(),
    );
  });
});

describe('what takes in what is dropped', () => {
  const host: Placeable = { is: 'node', kind: 'host' };
  const hypervisor: Placeable = { is: 'node', kind: 'hypervisor' };
  test.each<[thing: Placeable, at: [number, number], into: string | undefined]>([
    [host, [700, 200], 'node:rack'], // a machine goes into the hypervisor under the pointer
    [hypervisor, [700, 200], 'site:centre'], // a hypervisor does not run on another
    [{ is: 'segment', kind: 'lan' }, [700, 200], 'site:centre'],
    [host, [300, 700], 'cluster:kube'], // a host joins
    [{ is: 'node', kind: 'router' }, [300, 700], undefined], // a router does not
    [{ is: 'workload' }, [300, 700], 'cluster:kube'],
    [{ is: 'workload' }, [300, 300], undefined],
    [{ is: 'pod' }, [60, 580], 'node:worker'],
    [host, [2000, 2000], undefined],
  ])('%o at %o', (thing, [x, y], into) => {
    expect(containerAt(scene, { x, y }, [thing])?.ref).toBe(into);
  });
  test('nothing is dropped into itself', () => {
    const rack = scene.indexOf.get('node:rack') ?? -1;
    const moving = new Set(withContents(scene, [rack]));
    expect(containerAt(scene, { x: 700, y: 200 }, [item('node:rack').kind], moving)?.ref).toBe(
      'site:centre',
    );
  });
});

test.each<[from: string, to: string, refusal: string | undefined]>([
  ['node:client', 'segment:lan', undefined],
  ['segment:lan', 'node:client', undefined],
  ['node:client', 'node:router', undefined],
  ['cluster:kube', 'node:client', undefined],
  ['node:client', 'node:client', 'itself'],
  ['node:client', 'site:centre', 'site'],
  ['segment:lan', 'segment:overlay', 'two-segments'],
  ['cluster:kube', 'segment:lan', 'cluster-and-segment'],
  ['node:rack', 'segment:overlay', 'hypervisor-and-vxlan'],
  ['node:rack', 'segment:lan', undefined],
  ['node:vm', 'segment:overlay', undefined],
])('a line from %s to %s: %s', (from, to, refusal) => {
  expect(connectRefusal(item(from), item(to))).toBe(refusal);
});

describe('the keyboard walks', () => {
  test.each<[from: string, direction: 'left' | 'right' | 'up' | 'down', to: string]>([
    ['node:client', 'right', 'node:router'],
    ['node:router', 'left', 'node:client'],
    ['node:client', 'down', 'segment:lan'],
    ['node:vm', 'down', 'segment:overlay'],
    ['site:office', 'right', 'node:router'],
  ])('from %s %s to %s', (from, direction, to) => {
    expect(neighbour(scene, item(from), direction, from)?.ref).toBe(to);
  });
  test('nowhere where nothing lies', () => {
    expect(neighbour(scene, item('node:worker'), 'down', 'node:worker')?.ref).not.toBe(
      'node:client',
    );
  });
});

describe('things are shown where they were left', () => {
  test('with what is inside them; everything else stays the same object', () => {
    const held = heldScene(scene, new Map([['node:rack', { x: 700, y: 100 }]]));
    expect(itemOf(held, 'node:rack')).toMatchObject({ x: 700, y: 100 });
    expect(itemOf(held, 'node:vm')).toMatchObject({ x: 740, y: 156 });
    expect(itemOf(held, 'node:client')).toBe(item('node:client'));
  });
  test('and once they are there it is the same scene', () => {
    const { x, y } = item('node:rack');
    expect(heldScene(scene, new Map([['node:rack', { x, y }]]))).toBe(scene);
  });
  test('a container that is resized leaves its contents where they are', () => {
    const place = { x: 660, y: 60, width: 300, height: 240 };
    const held = heldScene(scene, new Map([['node:rack', place]]));
    expect(itemOf(held, 'node:rack')).toMatchObject(place);
    expect(itemOf(held, 'node:vm')).toBe(item('node:vm'));
  });
});

describe('places for new things', () => {
  const size = { width: 160, height: 56 };
  test('beside what stands there, and inside of the container', () => {
    const parent = scene.indexOf.get('site:office') ?? -1;
    const near = { x: 40, y: 80 };
    const place = { ...freePlace(scene, parent, size, near, 12), ...size };
    for (const ref of ['node:client', 'node:router', 'segment:lan']) {
      expect(overlaps(place, item(ref)), ref).toBe(false);
    }
    expect(place.x).toBeGreaterThanOrEqual(0);
    expect(place.y + place.height).toBeLessThanOrEqual(400);
  });
  test('the very place where it is free', () => {
    expect(freePlace(scene, -1, size, { x: 1600, y: 800 }, 12)).toEqual({ x: 1600, y: 800 });
  });
  test('a container keeps what is dropped on its edge inside', () => {
    const inset = { top: 48, side: 24 };
    const box = { x: -80, y: 10, ...size };
    expect(standIn(item('site:office'), box, inset)).toEqual({ x: 24, y: 48 });
    expect(standIn(item('site:office'), { ...box, x: 500, y: 390 }, inset)).toEqual({
      x: 376,
      y: 320,
    });
  });
});

describe('sizes of new things', () => {
  const smallWindow = { width: 706, height: 496 };
  const site = { is: 'site', kind: 'office' } as const;
  const rack = { is: 'node', kind: 'hypervisor' } as const;
  const bar = { is: 'segment', kind: 'lan' } as const;

  test('four sites fit into a small window, each with room for a hypervisor and its machine', () => {
    const size = newSize(site, smallWindow);
    expect(2 * size.width + 24).toBeLessThan(smallWindow.width);
    expect(2 * size.height + 24).toBeLessThan(smallWindow.height);
    const inside = newSize(rack, smallWindow);
    expect(inside.width + 48).toBeLessThanOrEqual(size.width);
    expect(inside.height + 72).toBeLessThanOrEqual(size.height);
    expect(inside.width).toBeGreaterThanOrEqual(160 + 48);
  });
  test('a site is no larger than it has to be where much is in view', () => {
    expect(newSize(site, { width: 6000, height: 4000 })).toEqual({ width: 560, height: 400 });
    expect(newSize(site)).toEqual({ width: 560, height: 400 });
  });
  test('and holds something where hardly anything is in view', () => {
    const { width, height } = newSize(site, { width: 100, height: 80 });
    expect(width).toBeGreaterThanOrEqual(240);
    expect(height).toBeGreaterThanOrEqual(136);
  });
  test('a bar is no longer than what it is put into', () => {
    const into = { ...item('site:office'), width: 272 };
    expect(newSize(bar, smallWindow, into)).toEqual({ width: 224, height: 32 });
    expect(newSize(bar, smallWindow, { ...into, width: 90 }).width).toBe(160);
    expect(newSize(bar, smallWindow)).toEqual({ width: 320, height: 32 });
  });
});

describe('snapping', () => {
  const client = scene.indexOf.get('node:client') ?? -1;
  const snapped = (dx: number, dy: number) =>
    snap(scene, new Set([client]), item('node:client'), { x: dx, y: dy }, 6);
  test('to the line of a neighbour, which is shown', () => {
    // 4 units short of the router's left edge.
    const { by, guides } = snapped(276, 75);
    expect(by.x).toBe(280);
    expect(guides.some(({ from, to }) => from.x === 320 && to.x === 320)).toBe(true);
  });
  test('to the grid where no neighbour is near', () => {
    const { by, guides } = snapped(3003, 4001);
    expect((40 + by.x) % 8).toBe(0);
    expect((80 + by.y) % 8).toBe(0);
    expect(guides).toEqual([]);
  });
});
