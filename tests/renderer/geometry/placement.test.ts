import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contains, overlaps } from '../../../src-renderer/geometry/rectangle.ts';
import type { Scene } from '../../../src-renderer/geometry/scene.ts';
import { item, sceneOf } from './design.ts';

/** Sites in sites, hypervisors with machines, segments and a cluster; nothing of it has a place. */
const unplaced = fc
  .record({
    sites: fc.array(fc.nat(4), { maxLength: 5 }),
    segments: fc.array(fc.nat(6), { maxLength: 12 }),
    nodes: fc.array(fc.record({ site: fc.nat(6), host: fc.nat(8), pods: fc.nat(6) }), {
      maxLength: 30,
    }),
  })
  .map(({ sites, segments, nodes }) => ({
    sites: sites.map((parent, at) => ({
      id: `s${at}`,
      kind: 'other',
      ...(parent < at && { parent: `s${parent}` }),
    })),
    segments: segments.map((site, at) => ({
      id: `g${at}`,
      kind: 'lan',
      ...(site < sites.length && { site: `s${site}` }),
    })),
    nodes: nodes.map(({ site, host }, at) => ({
      id: `n${at}`,
      kind: at < 3 ? 'hypervisor' : 'host',
      ...(site < sites.length && { site: `s${site}` }),
      ...(at >= 3 && host < 3 && { runsOn: `n${host}` }),
    })),
    clusters: [
      {
        id: 'k',
        flavour: 'kubernetes',
        nodes: nodes.flatMap(({ pods }, at) =>
          at >= 3 && pods > 3 ? [{ node: `n${at}`, roles: [] }] : [],
        ),
        podCidrs: [],
        serviceCidrs: [],
      },
    ],
    workloads: [
      {
        id: 'w',
        kind: 'deployment',
        cluster: 'k',
        namespace: 'd',
        pods: nodes.flatMap(({ pods }, at) =>
          at >= 3
            ? Array.from({ length: pods }, (_, pod) => ({ id: `p${at}-${pod}`, node: `n${at}` }))
            : [],
        ),
      },
    ],
  }));

function expectTidy(scene: Scene): void {
  const { items } = scene;
  items.forEach((one, index) => {
    const parent = items[one.parent];
    if (parent) expect(contains(parent, one), `${one.ref} in ${parent.ref}`).toBe(true);
    items.slice(index + 1).forEach((other) => {
      if (other.parent === one.parent)
        expect(overlaps(one, other), `${one.ref} ${other.ref}`).toBe(false);
    });
    expect(contains(scene.bounds, one)).toBe(true);
  });
}

describe('what nobody has placed', () => {
  test.each(['all', 'underlay', 'overlay', 'kubernetes'] as const)(
    'lies side by side, and inside what it stands in: %s',
    (view) => {
      fc.assert(
        fc.property(unplaced, (design) => expectTidy(sceneOf(design, { view }))),
        { numRuns: 60 },
      );
    },
  );

  test('lies below what has a place', () => {
    const scene = sceneOf({
      nodes: [
        { id: 'a', kind: 'host' },
        { id: 'b', kind: 'host' },
      ],
      layout: [{ id: 'node:a', x: 500, y: 300 }],
    });
    expect(item(scene, 'node:b').y).toBeGreaterThan(
      item(scene, 'node:a').y + item(scene, 'node:a').height,
    );
  });

  test('takes a gap of its container before the container grows', () => {
    const scene = sceneOf({
      sites: [{ id: 's', kind: 'other' }],
      nodes: [
        { id: 'a', kind: 'host', site: 's' },
        { id: 'b', kind: 'host', site: 's' },
      ],
      layout: [
        { id: 'site:s', x: 0, y: 0, width: 600, height: 300 },
        { id: 'node:a', x: 24, y: 80 },
      ],
    });
    expect(item(scene, 'site:s')).toMatchObject({ x: 0, y: 0, width: 600, height: 300 });
    expectTidy(scene);
  });
});

describe('what has a place', () => {
  test('stands exactly there, the size that is given or that of its kind', () => {
    const scene = sceneOf({
      segments: [{ id: 'g', kind: 'lan' }],
      nodes: [{ id: 'a', kind: 'router' }],
      layout: [
        { id: 'node:a', x: -37, y: 12.5 },
        { id: 'segment:g', x: 100, y: 200, width: 640, height: 24 },
      ],
    });
    expect(item(scene, 'node:a')).toMatchObject({ x: -37, y: 12.5, width: 160, height: 56 });
    expect(item(scene, 'segment:g')).toMatchObject({ x: 100, y: 200, width: 640, height: 24 });
  });

  test('may have a place of its own in a view', () => {
    const layout = [{ id: 'node:a', x: 1, y: 2, views: { underlay: { x: 30, y: 40 } } }];
    const nodes = [{ id: 'a', kind: 'router' }];
    expect(item(sceneOf({ nodes, layout }), 'node:a')).toMatchObject({ x: 1, y: 2 });
    expect(item(sceneOf({ nodes, layout }, { view: 'underlay' }), 'node:a')).toMatchObject({
      x: 30,
      y: 40,
    });
  });

  test('makes a container larger that would not hold it', () => {
    const scene = sceneOf({
      sites: [{ id: 's', kind: 'other' }],
      nodes: [{ id: 'a', kind: 'host', site: 's' }],
      layout: [
        { id: 'site:s', x: 0, y: 0, width: 200, height: 200 },
        { id: 'node:a', x: 150, y: 100 },
      ],
    });
    expect(item(scene, 'site:s')).toMatchObject({ x: 0, y: 0, width: 310, height: 200 });
  });

  test('closes sites around what the overlay has in them, unless they have a place of their own there', () => {
    const parts = (own: object) => ({
      sites: [{ id: 's', kind: 'other' }],
      nodes: [{ id: 'd', kind: 'distributed-router', transportZone: 't', site: 's' }],
      layout: [
        { id: 'site:s', x: 0, y: 0, width: 2000, height: 2000, ...own },
        { id: 'node:d', x: 1000, y: 1000 },
      ],
    });
    const site = (own: object) => item(sceneOf(parts(own), { view: 'overlay' }), 'site:s');
    expect(site({}).width).toBeLessThan(400);
    const overlay = { x: 10, y: 20, width: 1500, height: 1500 };
    expect(site({ views: { overlay } })).toMatchObject(overlay);
  });
});
