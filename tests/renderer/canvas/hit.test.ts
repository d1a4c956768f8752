import { describe, expect, test } from 'vitest';
import type { Hit, Overlay } from '../../../src-renderer/canvas/canvas.ts';
import { hitAt, itemsWithin } from '../../../src-renderer/canvas/hit.ts';
import { routesOf } from '../../../src-renderer/geometry/edge-routes.ts';
import { on, sceneOf } from '../geometry/design.ts';

const scene = sceneOf({
  sites: [{ id: 's', kind: 'cloud' }],
  segments: [{ id: 'g', kind: 'lan', site: 's' }],
  nodes: [
    { id: 'a', kind: 'host', site: 's', interfaces: [on('g', '10.0.0.1/24')] },
    { id: 'b', kind: 'host', site: 's' },
  ],
  layout: [
    { id: 'site:s', x: 0, y: 0, width: 800, height: 600 },
    { id: 'segment:g', x: 50, y: 400, width: 700, height: 32 },
    { id: 'node:a', x: 100, y: 100 },
    { id: 'node:b', x: 500, y: 100 },
  ],
});
const none: Overlay = { selected: new Set(), guides: [] };

/** What is hit, in words; the view is half the size and moved by 10, 20. */
function hit(x: number, y: number, overlay: Overlay = none): string {
  const viewport = { scale: 0.5, x: 10, y: 20 };
  const found: Hit = hitAt(scene, routesOf(scene), overlay, viewport, {
    x: x * 0.5 + 10,
    y: y * 0.5 + 20,
  });
  switch (found.kind) {
    case 'ground':
      return 'ground';
    case 'edge':
      return `${scene.edges[found.index]?.id ?? ''} ${found.end}`;
    case 'port':
      return `port of ${scene.items[found.index]?.ref ?? ''}`;
    case 'handle':
      return `${found.handle} of ${scene.items[found.index]?.ref ?? ''}`;
    case 'item':
      return `${found.part} of ${scene.items[found.index]?.ref ?? ''}`;
    default:
      return found satisfies never;
  }
}

describe('a point', () => {
  const selected: Overlay = { ...none, selected: new Set(['node:a']) };
  const hovered: Overlay = { ...none, hovered: 'node:b' };
  test.each<[what: string, x: number, y: number, overlay: Overlay, found: string]>([
    ['outside of everything', 900, 700, none, 'ground'],
    ['on a card, not on the site behind it', 180, 120, none, 'body of node:a'],
    ['in the empty part of a site', 400, 300, none, 'body of site:s'],
    ['on the strip with its name', 400, 20, none, 'header of site:s'],
    ['on the button that folds it', 20, 20, none, 'toggle of site:s'],
    ['on a bar', 300, 410, none, 'body of segment:g'],
    ['beside a line', 188, 280, none, 'interface:a/g middle'],
    ["at a line's first end", 176, 170, none, 'interface:a/g from'],
    ["at a line's last end", 176, 390, none, 'interface:a/g to'],
    ['further from a line', 210, 280, none, 'body of site:s'],
    ['on a corner of the only thing selected', 96, 96, selected, 'nw of node:a'],
    ['on the edge of what is pointed at', 500, 128, hovered, 'port of node:b'],
    [
      'beside what is selected, where its ports have stepped out to',
      180,
      60,
      selected,
      'port of node:a',
    ],
    [
      'on a corner of one of several that are selected',
      96,
      96,
      { ...none, selected: new Set(['node:a', 'node:b']) },
      'body of site:s',
    ],
  ])('%s', (_, x, y, overlay, found) => {
    expect(hit(x, y, overlay)).toBe(found);
  });
});

test('a frame takes what lies wholly in it', () => {
  const refs = (x: number, y: number, width: number, height: number) =>
    itemsWithin(scene, { x, y, width, height }).map((index) => scene.items[index]?.ref);
  expect(refs(90, 90, 200, 100)).toEqual(['node:a']);
  expect(refs(90, 90, 100, 100)).toEqual([]);
  expect(refs(-10, -10, 900, 700)).toEqual(['site:s', 'segment:g', 'node:a', 'node:b']);
});
