import { around, bottom, right } from './rectangle.ts';
import type { Scene, SceneItem } from './scene.ts';

/** What a box needs at least, canvas units; of an open container `head` is the strip with its name. */
export interface Need {
  readonly width: number;
  readonly height: number;
  readonly head: number;
}

/** The most that is left free between two edges, canvas units. */
export interface Slack {
  readonly across: number;
  readonly down: number;
}

/**
 * Gives every box the room that it needs and takes away what is free beyond the slack. The order of all edges stays, to
 * the right and downwards: what stood apart stands apart, what was in something is in it, what was aligned is aligned.
 */
export function respaced(scene: Scene, needOf: (item: SceneItem) => Need, slack?: Slack): Scene {
  const { items } = scene;
  const needs = items.map(needOf);
  const x = stretch(
    items.map((item, at) => ({ low: item.x, high: right(item), need: needs[at]?.width ?? 0 })),
    slack?.across ?? Infinity,
  );
  const y = stretch(
    items.map((item, at) => ({
      low: item.y,
      high: bottom(item),
      need: needs[at]?.height ?? 0,
      holder: item.parent,
      head: needs[item.parent]?.head ?? 0,
    })),
    slack?.down ?? Infinity,
  );
  const moved = items.map((item) => {
    const [left, top] = [x(item.x), y(item.y)];
    return {
      ...item,
      x: left,
      y: top,
      width: x(right(item)) - left,
      height: y(bottom(item)) - top,
    };
  });
  return { ...scene, items: moved, bounds: around(moved) ?? scene.bounds };
}

interface Span {
  readonly low: number;
  readonly high: number;
  readonly need: number;
  /** The span that it lies in, and how far behind the beginning of that it has to begin. */
  readonly holder?: number;
  readonly head?: number;
}

/** Along one axis: each edge as near to the one before it as spans and slack allow. */
function stretch(spans: readonly Span[], slack: number): (at: number) => number {
  const edges = [...new Set(spans.flatMap(({ low, high }) => [low, high]))].sort((a, b) => a - b);
  const ending = Map.groupBy(spans, ({ high }) => high);
  const beginning = Map.groupBy(spans, ({ low }) => low);
  const places = new Map<number, number>();
  const place = (at: number): number => places.get(at) ?? at;
  let before = edges[0] ?? 0;
  places.set(before, before);
  for (const edge of edges.slice(1)) {
    let at = place(before) + Math.min(edge - before, slack);
    for (const { low, need } of ending.get(edge) ?? []) {
      if (low < edge) at = Math.max(at, place(low) + need);
    }
    for (const { holder = -1, head = 0 } of beginning.get(edge) ?? []) {
      const around = spans[holder];
      if (around && around.low < edge) at = Math.max(at, place(around.low) + head);
    }
    places.set(edge, Math.ceil(at));
    before = edge;
  }
  return place;
}
