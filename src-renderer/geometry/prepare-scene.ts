import type { Design } from '../../src-main/contract/index.ts';
import { buildScene, foresee } from './build-scene.ts';
import { routesOf } from './edge-routes.ts';
import { placed } from './placement.ts';
import type { Scene, ViewChoice } from './scene.ts';
import { thingsOf } from './things.ts';

/**
 * Works out what a design looks like piece by piece; between them somebody else has a turn. What builds a scene of the
 * design afterwards finds it done.
 */
export async function prepareScene(
  design: Design,
  choice: ViewChoice,
  pause: () => Promise<void>,
): Promise<Scene> {
  const things = thingsOf(design, choice);
  await pause();
  placed(things);
  await pause();
  const scene = buildScene(design, choice, []);
  await pause();
  routesOf(scene);
  await pause();
  foresee(design, scene);
  return scene;
}
