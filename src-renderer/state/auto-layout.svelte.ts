import { startLayoutEngine, type LayoutEngine } from '../api/elk.ts';
import type { Answer, Change, Output } from '../../src-main/contract/index.ts';
import { arrangeScene } from '../geometry/auto-layout.ts';
import type { Scene, ViewKind } from '../geometry/scene.ts';
import type { Project } from './project.svelte.ts';

type PlaceItems = Extract<Change, { kind: 'place' }>['items'];

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
      const items = placeItems(scene, view, places);
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

function placeItems(
  scene: Scene,
  view: ViewKind,
  places: ReadonlyMap<number, { x: number; y: number; width: number; height: number }>,
): PlaceItems {
  const items: PlaceItems = [];
  for (const [index, { x, y, width, height }] of places) {
    const item = scene.items[index];
    if (!item || item.kind.is === 'pod') continue;
    const same = item.x === x && item.y === y && item.width === width && item.height === height;
    if (same) continue;
    // A collapsed container is arranged as the small box that it is, and keeps its own size.
    const size = item.collapsed ? {} : { width, height };
    const collapsed = item.container ? { collapsed: item.collapsed } : {};
    items.push({ id: item.ref, x, y, ...size, ...collapsed, ...(view === 'all' ? {} : { view }) });
  }
  return items;
}
