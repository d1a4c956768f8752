import { describe, expect, test } from 'vitest';
import type { Hop } from '../../../src-main/contract/index.ts';
import { positionBetween, tracePath } from '../../../src-renderer/geometry/trace-path.ts';
import { buildScene } from '../../../src-renderer/geometry/build-scene.ts';
import { run, sample } from '../trace/sample.ts';
import { item, on, sceneOf } from './design.ts';

const step = (kind: 'transmit' | 'receive', port: string, segment: string) => ({
  kind,
  detail: { interface: port, segment },
});
const hop = (node: string, nodeKind: string, steps: unknown[] = [], depth = 0, on?: string): Hop =>
  ({ node, nodeKind, steps, depth, ...(on !== undefined && { on }) }) as unknown as Hop;

const parts = {
  segments: [{ id: 'g', kind: 'lan' }],
  nodes: [
    { id: 'a', kind: 'host', interfaces: [on('g')] },
    { id: 'b', kind: 'host', interfaces: [on('g')] },
    { id: 'x', kind: 'hypervisor' },
    { id: 'vm', kind: 'host', runsOn: 'x' },
    { id: 'dlr', kind: 'distributed-router', transportZone: 't' },
  ],
  layout: [
    { id: 'segment:g', x: 0, y: 400, width: 1000, height: 32 },
    { id: 'node:a', x: 100, y: 100 },
    { id: 'node:b', x: 600, y: 600 },
    { id: 'node:x', x: 1200, y: 0, width: 400, height: 400 },
    { id: 'node:vm', x: 1240, y: 200 },
    { id: 'node:dlr', x: 2000, y: 0 },
  ],
};
const acrossTheSegment = [
  hop('a', 'host', [step('transmit', 'g', 'g')]),
  hop('b', 'host', [step('receive', 'g', 'g')], 1),
];

describe('the way of a packet', () => {
  test('leaves by its line, runs along the middle of the segment, and comes in by the other line', () => {
    const way = tracePath(sceneOf(parts), acrossTheSegment);
    expect(way.points.map(({ x, y }) => [x, y])).toEqual([
      [180, 128],
      [180, 156],
      [180, 400],
      [180, 416],
      [680, 416],
      [680, 432],
      [680, 600],
      [680, 628],
    ]);
    expect(way.pointOfHop).toEqual([0, 7]);
    expect(way.depth).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
  });

  test('goes up to the head of the hypervisor that a machine is in', () => {
    const way = tracePath(sceneOf(parts), [hop('vm', 'host'), hop('x', 'hypervisor', [], 1)]);
    expect(way.points).toEqual([
      { x: 1320, y: 228 },
      { x: 1320, y: 20 },
      { x: 1400, y: 20 },
    ]);
  });

  test('stays in a folded container, one place a depth', () => {
    const folded = { ...parts, layout: [{ id: 'node:x', x: 0, y: 0, collapsed: true }] };
    const scene = sceneOf(folded);
    const way = tracePath(scene, [
      hop('vm', 'host'),
      hop('x', 'hypervisor'),
      hop('x', 'hypervisor', [], 1),
    ]);
    const box = item(scene, 'node:x');
    expect(new Set(way.points.map(({ x, y }) => `${x} ${y}`))).toEqual(
      new Set([`${box.x + box.width / 2} ${box.y + box.height / 2}`]),
    );
    expect(way.depth).toEqual([0, 1]);
    expect(way.pointOfHop).toEqual([0, 0, 1]);
  });

  test("takes the hypervisor for a distributed router's instance where the router is not drawn", () => {
    const instance = [hop('dlr', 'distributed-router', [], 0, 'x')];
    expect(tracePath(sceneOf(parts), instance).points).toEqual([{ x: 2080, y: 28 }]);
    expect(tracePath(sceneOf(parts, { view: 'underlay' }), instance).points).toEqual([
      { x: 1400, y: 20 },
    ]);
  });

  test('begins on the segment of a sender that is not drawn', () => {
    const stranger = hop('10.0.0.77', 'address', [step('transmit', '', 'g')]);
    expect(tracePath(sceneOf(parts), [stranger]).points).toEqual([{ x: 500, y: 416 }]);
  });

  test('leaves out what the view does not show, and keeps its place meanwhile', () => {
    const way = tracePath(sceneOf(parts), [
      hop('a', 'host'),
      hop('gone', 'host'),
      hop('b', 'host'),
    ]);
    expect(way.pointOfHop).toEqual([0, 0, way.points.length - 1]);
  });
});

describe('a packet between two places', () => {
  const corner = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 30 },
  ];
  test.each<[from: number, to: number, share: number, position: number]>([
    [0, 2, 0, 0],
    [0, 2, 0.25, 1],
    [0, 2, 0.625, 1.5],
    [0, 2, 1, 2],
    [2, 0, 0.75, 1],
    [1, 1, 0.5, 1],
  ])('%d → %d, %d of the way: at %d', (from, to, share, position) => {
    expect(positionBetween(corner, from, to, share)).toBeCloseTo(position);
  });
});

describe('a hypervisor that hands a frame to its machine', () => {
  const machines = {
    ...parts,
    nodes: [
      { id: 'a', kind: 'host', interfaces: [on('g')] },
      { id: 'x', kind: 'hypervisor' },
      { id: 'vm', kind: 'host', runsOn: 'x', interfaces: [on('g')] },
    ],
    layout: [
      { id: 'segment:g', x: 0, y: 400, width: 1000, height: 32 },
      { id: 'node:a', x: 100, y: 100 },
      { id: 'node:x', x: 560, y: 520, width: 300, height: 300 },
      { id: 'node:vm', x: 600, y: 640 },
    ],
  };
  const hops = [
    hop('a', 'host', [step('transmit', 'g', 'g')]),
    hop('x', 'hypervisor'),
    hop('vm', 'host', [step('receive', 'g', 'g')]),
  ];
  const corners = (way: {
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }) => way.points.map(({ x, y }) => [x, y]);

  test('lies where the line of the machine comes in', () => {
    const way = tracePath(sceneOf(machines), hops);
    expect(corners(way)).toEqual([
      [180, 128],
      [180, 156],
      [180, 400],
      [180, 416],
      [680, 416],
      [680, 432],
      [680, 520],
      [680, 640],
      [680, 668],
    ]);
    expect(way.pointOfHop).toEqual([0, 6, 8]);
  });

  test('and the other way round, where it goes out', () => {
    const way = tracePath(sceneOf(machines), [
      hop('vm', 'host', [step('transmit', 'g', 'g')]),
      hop('x', 'hypervisor'),
      hop('a', 'host', [step('receive', 'g', 'g')]),
    ]);
    expect(way.points[way.pointOfHop[1] ?? -1]).toEqual({ x: 680, y: 520 });
    expect(corners(way).at(-1)).toEqual([180, 128]);
  });

  test('is reached along the segment where it takes the frame into a tunnel', () => {
    const way = tracePath(sceneOf(machines), [
      hop('a', 'host', [step('transmit', 'g', 'g')]),
      hop('x', 'hypervisor', [{ kind: 'encapsulate', detail: {} }]),
    ]);
    expect(corners(way)).toEqual([
      [180, 128],
      [180, 156],
      [180, 400],
      [180, 416],
      [710, 416],
      [710, 540],
    ]);
  });
});

test.each(['all', 'underlay', 'overlay', 'kubernetes'] as const)(
  'no packet of the sample jumps across the drawing, in the view %s',
  (view) => {
    const scene = buildScene(sample, { view, hiddenTags: [] }, []);
    for (const { id } of sample.flows ?? []) {
      const { forward, reverse } = run(id);
      for (const { legs } of [...forward, ...reverse]) {
        for (const { hops } of legs) {
          const { points, pointOfHop } = tracePath(scene, hops);
          const jumps = points.slice(1).filter((point, at) => {
            const before = points[at];
            return (
              before && Math.abs(before.x - point.x) > 0.01 && Math.abs(before.y - point.y) > 0.01
            );
          });
          expect(jumps, id).toEqual([]);
          expect(pointOfHop, id).toEqual(pointOfHop.toSorted((a, b) => a - b));
          expect(pointOfHop, id).toHaveLength(hops.length);
        }
      }
    }
  },
);
