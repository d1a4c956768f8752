import { expect, test } from 'vitest';
import { buildScene } from '../../../src-renderer/geometry/build-scene.ts';
import { routesOf } from '../../../src-renderer/geometry/edge-routes.ts';
import { prepareScene } from '../../../src-renderer/geometry/prepare-scene.ts';
import { largeDesign } from '../../bench/canvas/large-design.ts';
import { findingAt } from './design.ts';

const choice = { view: 'all', hiddenTags: [] } as const;

test('a scene that is prepared gives way between its pieces, and is the one that is shown', async () => {
  const design = largeDesign(100);
  let pauses = 0;
  const prepared = await prepareScene(design, choice, () => {
    pauses += 1;
    return Promise.resolve();
  });
  expect(pauses).toBeGreaterThanOrEqual(4);
  const findings = [findingAt('node:vm-0-2')];
  const shown = buildScene(design, choice, findings);
  expect(shown.items).toBe(prepared.items);
  expect(shown.edges).toBe(prepared.edges);
  expect(routesOf(shown)).toBe(routesOf(prepared));
  expect(shown.faults).toHaveLength(1);
});

test('a scene that is prepared for one view is not taken for another', async () => {
  const design = largeDesign(100);
  await prepareScene(design, choice, () => Promise.resolve());
  const overlay = { view: 'overlay', hiddenTags: [] } as const;
  expect(buildScene(design, overlay, [])).toEqual(buildScene({ ...design }, overlay, []));
});
