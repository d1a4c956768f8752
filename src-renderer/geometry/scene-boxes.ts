import type { Design } from '../../src-main/contract/index.ts';
import { buildScene } from './build-scene.ts';
import type { Rectangle, Scene, ViewChoice } from './scene.ts';

/** Where everything is drawn that is not hidden in something folded: absolute, in canvas units, by reference. */
export function boxesOf({ items }: Scene): ReadonlyMap<string, Rectangle> {
  return new Map(
    items.map(({ ref, x, y, width, height }) => [ref as string, { x, y, width, height }]),
  );
}

/**
 * The same of a whole design, with what somebody has folded unfolded, for programs that do not fold. Machines whose pods
 * nobody has asked to see stay as small as they are.
 */
export function unfoldedBoxes(
  design: Design,
  choice: ViewChoice = { view: 'all', hiddenTags: [] },
): ReadonlyMap<string, Rectangle> {
  return boxesOf(buildScene(unfolded(design), choice, []));
}

/** The design with nothing folded by hand. */
export function unfolded(design: Design): Design {
  const layout = (design.layout ?? []).map((item) => {
    const { collapsed, ...place } = item;
    return collapsed === true ? place : item;
  });
  return { ...design, layout };
}
