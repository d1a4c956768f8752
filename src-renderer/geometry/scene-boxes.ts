import type { Design } from '../../src-main/contract/index.ts';
import { buildScene } from './build-scene.ts';
import { routesOf } from './edge-routes.ts';
import type { Point, Rectangle, Scene, ViewChoice } from './scene.ts';

/** Where everything is drawn that is not hidden in something folded: absolute, in canvas units, by reference. */
export function boxesOf({ items }: Scene): ReadonlyMap<string, Rectangle> {
  return new Map(
    items.map(({ ref, x, y, width, height }) => [ref as string, { x, y, width, height }]),
  );
}

/** The corners of the lines between what is drawn, from end to end, by the edge's id. */
export function linesOf(scene: Scene): ReadonlyMap<string, readonly Point[]> {
  const { points, start } = routesOf(scene);
  return new Map(
    scene.edges.map(({ id }, edge) => {
      const corners: Point[] = [];
      for (let at = start[edge] ?? 0; at < (start[edge + 1] ?? 0); at += 2) {
        corners.push({ x: points[at] ?? 0, y: points[at + 1] ?? 0 });
      }
      return [id, corners];
    }),
  );
}

/**
 * A whole design, with what somebody has folded unfolded, for programs that do not fold. Machines whose pods nobody has
 * asked to see stay as small as they are.
 */
export function unfoldedScene(
  design: Design,
  choice: ViewChoice = { view: 'all', hiddenTags: [] },
): Scene {
  return buildScene(unfolded(design), choice, []);
}

/** The design with nothing folded by hand. */
export function unfolded(design: Design): Design {
  const layout = (design.layout ?? []).map((item) => {
    const { collapsed, ...place } = item;
    return collapsed === true ? place : item;
  });
  return { ...design, layout };
}

export const unfoldedBoxes = (
  design: Design,
  choice?: ViewChoice,
): ReadonlyMap<string, Rectangle> => boxesOf(unfoldedScene(design, choice));
