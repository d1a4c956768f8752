import ELK from 'elkjs/lib/elk.bundled.js';
import { describe, expect, test } from 'vitest';
import {
  arrangeScene,
  type Arrange,
  type AutoLayoutOptions,
} from '../../../src-renderer/geometry/auto-layout.ts';
import { elkGraph, placesOf } from '../../../src-renderer/geometry/elk-graph.ts';
import type { Rectangle, Scene, SceneItem } from '../../../src-renderer/geometry/scene.ts';

const elk = new ELK();
const arrange: Arrange = async (task) =>
  placesOf((await elk.layout(elkGraph(task))) as ReturnType<typeof elkGraph>);

type Box = readonly [name: string, parent: string | undefined, place?: Rectangle];

/** Boxes by name, each after its container, and lines between names. */
function scene(boxes: readonly Box[], lines: readonly (readonly [string, string])[] = []): Scene {
  const names = boxes.map(([name]) => name);
  const at = (name: string) => names.indexOf(name);
  const parents = new Set(boxes.map(([, parent]) => parent));
  const items = boxes.map(([name, parent, place], index): SceneItem => {
    let depth = 0;
    for (let up = parent; up !== undefined; up = boxes[at(up)]?.[1]) depth++;
    return {
      ref: `node:${name}` as SceneItem['ref'],
      kind: name.startsWith('net') ? { is: 'segment', kind: 'lan' } : { is: 'node', kind: 'host' },
      x: place?.x ?? index * 7,
      y: place?.y ?? index * 3,
      width: place?.width ?? 132,
      height: place?.height ?? (name.startsWith('net') ? 36 : 56),
      parent: parent === undefined ? -1 : at(parent),
      depth,
      container: parents.has(name),
      collapsed: false,
      hidden: 0,
      label: name,
      detail: '',
      down: false,
    };
  });
  return {
    items,
    edges: lines.map(([from, to], index) => ({
      id: `link:${index}`,
      kind: 'interface',
      from: at(from),
      to: at(to),
      fromLabel: '',
      toLabel: '',
      down: false,
    })),
    indexOf: new Map(items.map((item, index) => [item.ref, index])),
    edgeIndexOf: new Map(),
    faults: [],
    bounds: { x: 0, y: 0, width: 0, height: 0 },
  };
}

const everything: AutoLayoutOptions = { keepPlaced: false, isPlaced: () => false };

const rectangleOf = ({ x, y, width, height }: Rectangle): Rectangle => ({ x, y, width, height });

const overlap = (a: Rectangle, b: Rectangle) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** What is wrong with an arrangement: siblings on top of each other, or things outside their container. */
function faults(of: Scene, places: ReadonlyMap<number, Rectangle>): string[] {
  const found: string[] = [];
  for (const [a, rectangle] of places) {
    const { parent, label } = of.items[a]!;
    const around = places.get(parent);
    if (around) {
      const inside =
        rectangle.x >= around.x &&
        rectangle.y >= around.y &&
        rectangle.x + rectangle.width <= around.x + around.width &&
        rectangle.y + rectangle.height <= around.y + around.height;
      if (!inside) found.push(`${label} is not inside ${of.items[parent]!.label}`);
    }
    for (const [b, other] of places) {
      if (b > a && of.items[b]!.parent === parent && overlap(rectangle, other)) {
        found.push(`${label} is on top of ${of.items[b]!.label}`);
      }
    }
  }
  return found;
}

const small = scene(
  [
    ['cloud', undefined],
    ['rack', 'cloud'],
    ['vm-1', 'rack'],
    ['vm-2', 'rack'],
    ['net-1', 'cloud'],
    ['office', undefined],
    ['net-2', 'office'],
    ['pc', 'office'],
    ['router', undefined],
  ],
  [
    ['vm-1', 'net-1'],
    ['vm-2', 'net-1'],
    ['pc', 'net-2'],
    ['router', 'net-1'],
    ['router', 'net-2'],
  ],
);

describe('arranging a drawing', () => {
  test('puts everything inside its container, and nothing on top of another', async () => {
    const places = await arrangeScene(small, arrange, everything);
    expect(places.size).toBe(small.items.length);
    expect(faults(small, places)).toEqual([]);
  });

  test('gives the same places each time', async () => {
    const once = await arrangeScene(small, arrange, everything);
    expect([...(await arrangeScene(small, arrange, everything))]).toEqual([...once]);
  });

  test('puts joined things in layers: a router between the sites that it joins', async () => {
    const line = scene(
      [
        ['a', undefined],
        ['b', undefined],
        ['c', undefined],
      ],
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
    );
    const places = await arrangeScene(line, arrange, everything);
    const tops = [0, 1, 2].map((index) => places.get(index)!.y);
    expect(tops[0]).toBeLessThan(tops[1]!);
    expect(tops[1]).toBeLessThan(tops[2]!);
  });

  test('keeps what was placed where it is, and puts the rest beside it', async () => {
    const placed = scene([
      ['room', undefined, { x: 100, y: 100, width: 400, height: 300 }],
      ['old', 'room', { x: 150, y: 180, width: 132, height: 56 }],
      ['new-1', 'room'],
      ['new-2', 'room'],
    ]);
    const places = await arrangeScene(placed, arrange, {
      keepPlaced: true,
      isPlaced: (ref) => ref === 'node:room' || ref === 'node:old',
    });
    expect(places.get(1)).toEqual({ x: 150, y: 180, width: 132, height: 56 });
    expect(places.get(0)).toMatchObject({ x: 100, y: 100 });
    expect(places.get(0)!.width).toBeGreaterThanOrEqual(400);
    expect(faults(placed, places)).toEqual([]);
  });

  test('moves and resizes nothing where everything was placed', async () => {
    const places = await arrangeScene(small, arrange, { keepPlaced: true, isPlaced: () => true });
    for (const [index, place] of places) expect(place).toEqual(rectangleOf(small.items[index]!));
  });

  test('arranges one container alone, where it stands', async () => {
    const places = await arrangeScene(small, arrange, { ...everything, only: new Set([1]) });
    expect([...places.keys()].sort()).toEqual([1, 2, 3]);
    expect(places.get(1)).toMatchObject({ x: small.items[1]!.x, y: small.items[1]!.y });
    expect(faults(small, places)).toEqual([]);
  });

  test('tells how far it is, container by container', async () => {
    const told: string[] = [];
    await arrangeScene(small, arrange, {
      ...everything,
      onProgress: (done, total) => told.push(`${done}/${total}`),
    });
    expect(told).toEqual(['1/4', '2/4', '3/4', '4/4']);
  });

  test('arranges a large design', async () => {
    const boxes: Box[] = [];
    const lines: (readonly [string, string])[] = [];
    for (let site = 0; site < 20; site++) {
      boxes.push([`site-${site}`, undefined], [`net-${site}`, `site-${site}`]);
      for (let host = 0; host < 60; host++) {
        const name = `host-${site}-${host}`;
        boxes.push([name, `site-${site}`]);
        lines.push([name, `net-${site}`]);
      }
    }
    const large = scene(boxes, lines);
    const places = await arrangeScene(large, arrange, everything);
    expect(faults(large, places)).toEqual([]);
    // Sixty machines side by side would be 9,000 wide: they stand in grids above and below their segment.
    const site = places.get(0)!;
    expect(site.width).toBeLessThan(1600);
    expect(site.height).toBeLessThan(1600);
  });
});
