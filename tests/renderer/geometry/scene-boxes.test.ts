import { expect, test } from 'vitest';
import { boxesOf, unfoldedBoxes } from '../../../src-renderer/geometry/scene-boxes.ts';
import { designOf, item, on, sceneOf } from './design.ts';

const parts = {
  sites: [{ id: 'dc', kind: 'data-centre' }],
  nodes: [
    { id: 'web', kind: 'host', site: 'dc', interfaces: [on('lan')] },
    { id: 'db', kind: 'host', site: 'dc', interfaces: [on('lan')] },
  ],
  segments: [{ id: 'lan', kind: 'lan', site: 'dc' }],
  layout: [
    { id: 'site:dc', x: 0, y: 0, width: 600, height: 400 },
    { id: 'node:web', x: 40, y: 60 },
  ],
};
const folded = {
  ...parts,
  layout: [{ ...parts.layout[0], collapsed: true }, parts.layout[1]],
};

test('gives every box of a scene by its reference, where the scene has it', () => {
  const scene = sceneOf(parts);
  const boxes = boxesOf(scene);
  expect([...boxes.keys()].sort()).toEqual(['node:db', 'node:web', 'segment:lan', 'site:dc']);
  const { x, y, width, height } = item(scene, 'node:web');
  expect(boxes.get('node:web')).toEqual({ x, y, width, height });
  expect(boxes.get('site:dc')).toEqual({ x: 0, y: 0, width: 600, height: 400 });
});

test('what is hidden in something folded has no box of its own', () => {
  expect([...boxesOf(sceneOf(folded)).keys()]).toEqual(['site:dc']);
});

test('unfolded, everything has one, and stands where it stood before it was folded', () => {
  expect(unfoldedBoxes(designOf(folded))).toEqual(boxesOf(sceneOf(parts)));
});

test('asking for the boxes changes nothing of the design', () => {
  const design = designOf(folded);
  const before = JSON.stringify(design);
  unfoldedBoxes(design);
  expect(JSON.stringify(design)).toBe(before);
});
