import { startLayoutEngine, type LayoutEngine } from '../api/elk.ts';
import type { Answer, Output } from '../../src-main/contract/index.ts';
import { arrangeScene } from '../geometry/auto-layout.ts';
import type { Rectangle, Scene, ViewKind } from '../geometry/scene.ts';
import { isPlaceable, placeItem, settled, type PlaceItems } from './drawing-places.ts';
import type { Project } from './project.svelte.ts';

export interface Arrangement {
  readonly scene: Scene;
  readonly view: ViewKind;
  /** Leaves what was placed before where it is. */
  readonly keepPlaced: boolean;
  /** Only these, and what they hold; everything when absent. */
  readonly only?: ReadonlySet<number>;
}

/** Arranging the drawing: one at a time, with progress, and with an end that changes nothing. */
export class AutoLayout {
  readonly #project: Project;
  #engine: LayoutEngine | undefined;
  #progress = $state.raw<{ readonly done: number; readonly total: number }>();

  constructor(project: Project) {
    this.#project = project;
  }

  /** Containers arranged, of all that are to be; undefined while nothing is arranged. */
  get progress() {
    return this.#progress;
  }

  /** One step of the history; undefined where it was stopped, or nothing had to move. */
  async arrange(wanted: Arrangement): Promise<Answer<Output<'project.change'>> | undefined> {
    this.stop();
    const engine = startLayoutEngine();
    this.#engine = engine;
    this.#progress = { done: 0, total: 1 };
    try {
      const { scene, view, keepPlaced, only } = wanted;
      const places = await arrangeScene(scene, engine.arrange, {
        keepPlaced,
        isPlaced: this.#placedRefs(view),
        ...(only ? { only } : {}),
        onProgress: (done, total) => {
          if (this.#engine === engine) this.#progress = { done, total };
        },
      });
      if (this.#engine !== engine) return undefined;
      const items = placeItems(this.#project, scene, view, places);
      if (items.length === 0) return undefined;
      return await this.#project.change({ kind: 'place', label: 'arrange', items });
    } finally {
      if (this.#engine === engine) this.stop();
    }
  }

  stop(): void {
    this.#engine?.stop();
    this.#engine = undefined;
    this.#progress = undefined;
  }

  #placedRefs(view: ViewKind): (ref: string) => boolean {
    const placed = new Set<string>(
      (this.#project.design.layout ?? [])
        .filter((item) => view === 'all' || item.views?.[view] !== undefined)
        .map(({ id }) => id),
    );
    return (ref) => placed.has(ref);
  }
}

/**
 * What has to be written: what stands elsewhere now and, in a view that gets places of its own by it, everything else
 * where it is.
 */
function placeItems(
  project: Project,
  scene: Scene,
  view: ViewKind,
  places: ReadonlyMap<number, Rectangle>,
): PlaceItems {
  const items: PlaceItems = [];
  for (const [index, to] of places) {
    const item = scene.items[index];
    if (!item || !isPlaceable(item)) continue;
    const same = (['x', 'y', 'width', 'height'] as const).every((key) => item[key] === to[key]);
    if (same) continue;
    // A collapsed container is arranged as the small box that it is, and keeps its own size.
    const size = item.collapsed ? {} : { width: to.width, height: to.height };
    const collapsed = item.container ? { collapsed: item.collapsed } : {};
    items.push({ ...placeItem(item, to, view), ...size, ...collapsed });
  }
  if (items.length === 0) return items;
  const moved = new Set(items.map(({ id }) => id));
  const others = settled(project, scene).filter(({ id, view: of }) =>
    of === undefined ? view !== 'all' : !moved.has(id),
  );
  return [...others, ...items];
}
