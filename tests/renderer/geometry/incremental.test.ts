import { describe, expect, test, vi } from 'vitest';
import documented from '../../../resources/examples/icp-as-documented.yaml?raw';
import clusterIp from '../../../resources/examples/icp-cluster-ip.yaml?raw';
import onVcenter from '../../../resources/examples/icp-on-vcenter.yaml?raw';
import type { Design, Edit, Finding } from '../../../src-main/contract/index.ts';
import { editDesign } from '../../../src-main/contract/index.ts';
import { parseDesignText } from '../../../src-main/interop/design-text/index.ts';
import { buildScene } from '../../../src-renderer/geometry/build-scene.ts';
import { routeEdges, routesOf } from '../../../src-renderer/geometry/edge-routes.ts';
import type { Scene, ViewChoice } from '../../../src-renderer/geometry/scene.ts';
import { outlineOf } from '../../../src-renderer/state/outline-tree.ts';
import { largeDesign } from '../../bench/canvas/large-design.ts';
import { Random } from '../../bench/random.ts';
import { findingAt } from './design.ts';

// Everything is built twice over, and more slowly on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

function example(text: string): Design {
  const read = parseDesignText(text);
  if (!read.ok) throw new Error('an example cannot be read');
  return read.value;
}
const examples = [documented, clusterIp, onVcenter].map(example);

type Entity = { readonly id: string } & Record<string, unknown>;
const list = (design: Design, key: keyof Design): readonly Entity[] =>
  (design[key] ?? []) as unknown as readonly Entity[];

/** One thing that somebody does to a drawing. */
function someEdits(design: Design, random: Random): readonly Edit[] {
  const put = (entity: string, value: unknown): Edit =>
    ({ kind: 'put', entity, value }) as unknown as Edit;
  const remove = (entity: string, id: string): Edit =>
    ({ kind: 'remove', entity, id }) as unknown as Edit;
  const some = (key: keyof Design): Entity | undefined => {
    const all = list(design, key);
    return all.length === 0 ? undefined : random.pick(all);
  };
  const near = (): number => 8 * (random.below(41) - 20);
  const node = some('nodes');
  const segment = some('segments');
  const place = some('layout');
  const ports = (node?.['interfaces'] ?? []) as readonly Record<string, unknown>[];
  switch (random.below(18)) {
    case 0:
    case 1:
    case 2:
      if (!place) return [];
      return [
        put('layout', {
          ...place,
          x: Number(place['x']) + near(),
          y: Number(place['y']) + near(),
        }),
      ];
    case 3:
      return place ? [remove('layout', place.id)] : [];
    case 4:
      if (!node) return [];
      return [put('layout', { id: `node:${node.id}`, x: 500 + near(), y: 300 + near() })];
    case 5: {
      const ref = random.pick(['node', 'site', 'cluster']);
      const one = some(ref === 'node' ? 'nodes' : ref === 'site' ? 'sites' : 'clusters');
      if (!one) return [];
      const old = list(design, 'layout').find(({ id }) => id === `${ref}:${one.id}`);
      const at = old ?? { id: `${ref}:${one.id}`, x: 100, y: 100 };
      return [put('layout', { ...at, collapsed: old?.['collapsed'] !== true })];
    }
    case 6:
      return node ? [put('node', { ...node, name: `renamed ${random.below(9)}` })] : [];
    case 7:
      return segment ? [put('segment', { ...segment, name: `bar ${random.below(9)}` })] : [];
    case 8: {
      if (!node || !segment || ports.length === 0) return [];
      const moved = ports.map((port, at) => (at === 0 ? { ...port, segment: segment.id } : port));
      return [put('node', { ...node, interfaces: moved })];
    }
    case 9:
      return node ? [remove('node', node.id)] : [];
    case 10:
      return node ? [put('node', { ...node, id: `new-${random.below(1000)}` })] : [];
    case 11:
      return segment ? [put('segment', { ...segment, id: `new-${random.below(1000)}` })] : [];
    case 12:
      return segment ? [remove('segment', segment.id)] : [];
    case 13:
      if (!node) return [];
      return [put('node', { ...node, state: node['state'] === 'down' ? 'up' : 'down' })];
    case 14: {
      const address = `10.9.8.${random.below(250)}/24`;
      return node
        ? [
            put('node', {
              ...node,
              interfaces: ports.map((port) => ({ ...port, addresses: [address] })),
            }),
          ]
        : [];
    }
    case 15: {
      const other = some('nodes');
      if (!node || !other || node === other) return [];
      return [{ kind: 'move', entity: 'node', id: node.id, before: other.id }];
    }
    case 16: {
      const site = some('sites');
      return site ? [put('site', { ...site, name: `site ${random.below(9)}` })] : [];
    }
    default: {
      const site = some('sites');
      return node && site && !('runsOn' in node) ? [put('node', { ...node, site: site.id })] : [];
    }
  }
}

/** Looked up only: the order in which it was filled says nothing. */
const entriesOf = (map: ReadonlyMap<string, number>): unknown =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

const plain = ({ items, edges, indexOf, edgeIndexOf, faults, bounds }: Scene): unknown => ({
  items,
  edges,
  indexOf: entriesOf(indexOf),
  edgeIndexOf: entriesOf(edgeIndexOf),
  faults,
  bounds,
});

const lines = (scene: Scene): unknown => routeEdges(scene);

/** To compare texts is much quicker; what differs is shown by its parts. */
function same(one: unknown, other: unknown, about: string): void {
  if (JSON.stringify(one) === JSON.stringify(other)) return;
  expect(one, about).toEqual(other);
  throw new Error(`${about}: the order of something differs`);
}

function walk(design: Design, choice: ViewChoice, seed: number, steps: number): void {
  const random = new Random(seed);
  let scene: Scene | undefined;
  let before: Design | undefined;
  let findings: readonly Finding[] = [];
  let now = design;
  for (let step = 0; step < steps; step += 1) {
    scene = buildScene(now, choice, findings, scene);
    const routes = routesOf(scene);
    // Another object, of which nothing is known yet.
    const anew = buildScene({ ...now }, choice, findings);
    const about = `seed ${seed}, step ${step}`;
    same(plain(scene), plain(anew), about);
    same(routes, lines(anew), about);
    if (choice.view === 'all') same(outlineOf(now, before), outlineOf({ ...now }), about);
    before = now;
    if (random.below(4) === 0) {
      const node = random.pick(list(now, 'nodes'));
      findings = [findingAt(`node:${node.id}`, random.below(2) === 0 ? ['interfaces', 0] : [])];
    }
    now = editDesign(now, someEdits(now, random));
  }
}

describe('a scene, and the outline, after an edit', () => {
  const views = ['all', 'underlay', 'overlay', 'kubernetes'] as const;
  test.each(views)('is the one that is built anew, in the view %s', (view) => {
    for (const design of examples) {
      for (let seed = 1; seed <= 3; seed += 1) walk(design, { view, hiddenTags: [] }, seed, 30);
    }
  });

  test('is the one that is built anew, where ways are compared and where they are not', () => {
    for (let seed = 1; seed <= 2; seed += 1) {
      walk(largeDesign(300), { view: 'all', hiddenTags: [] }, seed, 25);
    }
    walk(largeDesign(5600), { view: 'all', hiddenTags: [] }, 9, 5);
  });

  test('has what was taken away where it stood, when it is put back', () => {
    const choice = { view: 'all', hiddenTags: [] } as const;
    const before = largeDesign(100);
    const [gone] = (before.nodes ?? []).filter(({ id }) => id === 'vm-1-4');
    if (!gone) throw new Error('nothing to take away');
    const first = buildScene(before, choice, []);
    const without = editDesign(before, [{ kind: 'remove', entity: 'node', id: gone.id }]);
    const second = buildScene(without, choice, [], first);
    same(plain(second), plain(buildScene({ ...without }, choice, [])), 'taken away');
    const again = editDesign(without, [
      { kind: 'put', entity: 'node', value: gone, before: 'vm-1-5' },
    ]);
    const third = buildScene(again, choice, [], second);
    same(plain(third), plain(first), 'put back');
    expect(third.items.filter((item) => first.items.includes(item)).length).toBeGreaterThan(40);
  });

  test('keeps the lines that have nothing to do with it', () => {
    const before = largeDesign(100);
    const findings: readonly Finding[] = [findingAt('node:vm-0-2')];
    const scene = buildScene(before, { view: 'all', hiddenTags: [] }, findings);
    routesOf(scene);
    const [place] = (before.layout ?? []).filter(({ id }) => id === 'node:vm-0-1');
    if (!place) throw new Error('nothing to move');
    const after = editDesign(before, [
      { kind: 'put', entity: 'layout', value: { ...place, y: place.y + 8 } },
    ]);
    const next = buildScene(after, { view: 'all', hiddenTags: [] }, findings, scene);
    expect(next.edges).toBe(scene.edges);
    expect(next.indexOf).toBe(scene.indexOf);
    expect(next.faults).toBe(scene.faults);
    expect(next.items.filter((item, index) => item !== scene.items[index])).toHaveLength(1);
  });
});
