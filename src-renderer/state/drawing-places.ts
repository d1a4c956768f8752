import type { Change, LayoutItem } from '../../src-main/contract/index.ts';
import { parseEntityRef } from '../../src-main/contract/vocabulary.ts';
import { buildScene } from '../geometry/build-scene.ts';
import type { Rectangle, Scene, SceneItem, ViewKind } from '../geometry/scene.ts';
import type { Project } from './project.svelte.ts';

export type PlaceItems = Extract<Change, { kind: 'place' }>['items'];

/**
 * What has to be given a place so that everything stays where it is drawn now: what has none. A design that came without
 * a drawing is laid out as a whole, and would be again, differently, when one thing of it was given a place; and so is
 * each view that has no places of its own yet.
 */
export function settled(project: Project, drawn: Scene): PlaceItems {
  const { kind } = project.view;
  const layoutOf = (ref: string) => project.entity(`layout:${ref}`) as LayoutItem | undefined;
  const whole =
    kind === 'all' ? drawn : buildScene(project.design, { view: 'all', hiddenTags: [] }, []);
  const nowhere = whole.items
    .filter((item) => isPlaceable(item) && !layoutOf(item.ref))
    .map((item) => placeItem(item, item, 'all'));
  if (kind === 'all') return nowhere;
  const notHere = drawn.items
    .filter((item) => isPlaceable(item) && !layoutOf(item.ref)?.views?.[kind])
    .map((item) => placeItem(item, item, kind));
  return [...nowhere, ...notHere];
}

export const isPlaceable = ({ ref }: SceneItem): boolean => parseEntityRef(ref) !== undefined;

/** A thing at a place. What is folded keeps the size that it unfolds to; only containers and bars have one. */
export function placeItem(item: SceneItem, to: Rectangle, view: ViewKind): PlaceItems[number] {
  const { ref, kind, container, collapsed } = item;
  const isSized = (container && !collapsed) || kind.is === 'segment';
  return {
    id: ref,
    x: to.x,
    y: to.y,
    ...(isSized ? { width: to.width, height: to.height } : {}),
    ...(view === 'all' ? {} : { view }),
  };
}
