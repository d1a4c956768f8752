import { describe, expect, test } from 'vitest';
import { labelsOf } from '../../../src-renderer/geometry/edge-labels.ts';
import { routeEdges, routesOf } from '../../../src-renderer/geometry/edge-routes.ts';
import { moved } from '../../../src-renderer/geometry/rectangle.ts';
import type { Scene } from '../../../src-renderer/geometry/scene.ts';
import { item, on, sceneOf } from './design.ts';

type Corner = readonly [number, number];

function corners(scene: Scene, id: string): Corner[] {
  const { points, start } = routesOf(scene);
  const edge = scene.edgeIndexOf.get(id) ?? -1;
  const found: Corner[] = [];
  for (let at = start[edge] ?? 0; at < (start[edge + 1] ?? 0); at += 2) {
    found.push([points[at] ?? 0, points[at + 1] ?? 0]);
  }
  return found;
}

const bar = { id: 'g', kind: 'lan' };
const wide = { id: 'segment:g', x: 0, y: 400, width: 800, height: 32 };
const at = (id: string, x: number, y: number) => ({ id: `node:${id}`, x, y });
const host = (id: string) => ({ id, kind: 'host', interfaces: [on('g')] });

describe('a line to a segment', () => {
  test.each<[where: string, x: number, y: number, line: Corner[]]>([
    [
      'drops straight onto a bar below',
      100,
      100,
      [
        [180, 156],
        [180, 400],
      ],
    ],
    [
      'rises straight to a bar above',
      100,
      600,
      [
        [180, 600],
        [180, 432],
      ],
    ],
    [
      'goes straight to the end of a bar beside',
      900,
      390,
      [
        [900, 416],
        [800, 416],
      ],
    ],
  ])('%s', (_, x, y, line) => {
    const scene = sceneOf({ segments: [bar], nodes: [host('a')], layout: [wide, at('a', x, y)] });
    expect(corners(scene, 'interface:a/g')).toEqual(line);
  });

  test('reaches the bar where the two overlap by little', () => {
    const scene = sceneOf({
      segments: [bar],
      nodes: [host('a')],
      layout: [wide, at('a', 760, 100)],
    });
    const [[x] = [NaN]] = corners(scene, 'interface:a/g');
    expect(x).toBeGreaterThan(760);
    expect(x).toBeLessThan(800);
  });

  test('goes around a box that stands in the way', () => {
    const scene = sceneOf({
      segments: [bar],
      nodes: [host('a'), host('b')],
      layout: [wide, at('a', 100, 100), at('b', 100, 200)],
    });
    const line = corners(scene, 'interface:a/g');
    const b = item(scene, 'node:b');
    for (const [x, y] of line.slice(2)) {
      expect(x < b.x || x > b.x + b.width || y < b.y || y > b.y + b.height).toBe(true);
    }
    expect(line).toHaveLength(4);
    expect(line.at(-1)?.[1]).toBe(400);
  });

  test('to a bar aside takes the gap beside it past what stands above', () => {
    const scene = sceneOf({
      segments: [bar],
      nodes: [host('a'), host('b')],
      layout: [wide, at('a', 900, 800), at('b', 900, 700)],
    });
    const b = item(scene, 'node:b');
    const line = corners(scene, 'interface:a/g');
    line.slice(1).forEach(([x, y], index) => {
      const [px = 0, py = 0] = line[index] ?? [];
      const clear =
        Math.max(x, px) < b.x ||
        Math.min(x, px) > b.x + b.width ||
        Math.max(y, py) < b.y ||
        Math.min(y, py) > b.y + b.height;
      expect(clear, `${px},${py} → ${x},${y}`).toBe(true);
    });
    expect(line.at(-1)?.[1]).toBe(432);
  });

  test('shares the gap with others to the same segment, and keeps apart from those to another', () => {
    const above = { id: 'h', kind: 'vlan', vlan: 2 };
    const nodes = [
      ...['a', 'b', 'c'].map(host),
      { id: 'd', kind: 'host', interfaces: [on('h')] },
      { id: 'e', kind: 'host', interfaces: [on('g')] },
    ];
    const layout = [
      wide,
      { id: 'segment:h', x: 0, y: 460, width: 800, height: 32 },
      at('a', 100, 0),
      at('b', 100, 100),
      at('d', 100, 200),
      at('c', 100, 300),
    ];
    const scene = sceneOf({ segments: [bar, above], nodes, layout });
    const end = (id: string): number => corners(scene, id).at(-1)?.[0] ?? NaN;
    expect(end('interface:a/g')).toBe(end('interface:b/g'));
    expect(end('interface:d/h')).not.toBe(end('interface:a/g'));
  });
});

describe('lines of one box', () => {
  const scene = sceneOf({
    segments: [bar],
    nodes: [
      {
        id: 'r',
        kind: 'router',
        interfaces: [
          on('g', '10.0.0.1/24', 'e0'),
          on('g', '10.0.0.2/24', 'e1'),
          on('g', '10.0.0.3/24', 'e2'),
        ],
      },
    ],
    layout: [wide, at('r', 100, 100)],
  });

  test('leave it side by side', () => {
    const xs = ['e0', 'e1', 'e2'].map((id) => corners(scene, `interface:r/${id}`)[0]?.[0]);
    expect(xs).toEqual([...xs].sort((a = 0, b = 0) => a - b));
    expect(new Set(xs).size).toBe(3);
  });

  test('have their addresses where none covers another', () => {
    const labels = [...labelsOf(scene).values()].flat();
    expect(labels.map(({ text }) => text)).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
    labels.forEach((a, index) => {
      for (const b of labels.slice(index + 1)) {
        const apart =
          Math.abs(a.y - b.y) >= 13 ||
          a.x + a.text.length * 6 <= b.x ||
          b.x + b.text.length * 6 <= a.x;
        expect(apart, `${a.text} ${b.text}`).toBe(true);
      }
    });
  });
});

test('an address that a host shows on its card is not said again at its line', () => {
  const nodes = [
    { id: 'a', kind: 'host', interfaces: [on('g', '10.0.0.1/24'), on('g', '10.0.0.2/24', 'e1')] },
  ];
  const scene = sceneOf({ segments: [bar], nodes, layout: [wide, at('a', 100, 100)] });
  expect([...labelsOf(scene).values()].flat().map(({ text }) => text)).toEqual(['10.0.0.2']);
});

test('every line runs level or upright, from border to border', () => {
  const kinds = ['router', 'host', 'edge-gateway'];
  const nodes = Array.from({ length: 30 }, (_, index) => ({
    id: `n${index}`,
    kind: kinds[index % 3],
    interfaces: [on('g'), { id: 'p', addresses: [] }],
  }));
  const links = Array.from({ length: 15 }, (_, index) => ({
    id: `l${index}`,
    a: { node: `n${index}`, interface: 'p' },
    b: { node: `n${29 - index}`, interface: 'p' },
  }));
  const layout = [
    wide,
    ...nodes.map(({ id }, index) => at(id, (index * 397) % 1700, (index * 211) % 900)),
  ];
  const scene = sceneOf({ segments: [bar], nodes, links, layout });
  for (const edge of scene.edges) {
    const line = corners(scene, edge.id);
    expect(line.length, edge.id).toBeGreaterThan(1);
    line.slice(1).forEach(([x, y], index) => {
      const [px = 0, py = 0] = line[index] ?? [];
      expect(Math.min(Math.abs(x - px), Math.abs(y - py)), edge.id).toBeLessThan(1e-6);
    });
    for (const [end, index] of [
      [line[0], edge.from],
      [line.at(-1), edge.to],
    ] as const) {
      const box = scene.items[index] ?? { x: 0, y: 0, width: 0, height: 0 };
      const [x = NaN, y = NaN] = end ?? [];
      const onSide = [x - box.x, x - box.x - box.width, y - box.y, y - box.y - box.height];
      expect(Math.min(...onSide.map(Math.abs)), edge.id).toBeLessThan(1e-6);
    }
  }
});

test('lines of what is dragged follow it', () => {
  const scene = sceneOf({ segments: [bar], nodes: [host('a')], layout: [wide, at('a', 100, 100)] });
  const index = scene.indexOf.get('node:a') ?? -1;
  const routes = routeEdges(
    scene,
    [0],
    (one) => {
      const box = scene.items[one];
      return box && one === index ? moved(box, { x: 50, y: -20 }) : box;
    },
    new Set([index]),
  );
  expect([...routes.points]).toEqual([230, 136, 230, 400]);
});

test('a drawing without edges has no lines', () => {
  expect(routesOf(sceneOf({})).points).toHaveLength(0);
});
