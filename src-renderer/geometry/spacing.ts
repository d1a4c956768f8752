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

/** Along one axis, in the frame of what it stands in. */
interface Span {
  readonly low: number;
  readonly high: number;
}

/**
 * Gives every box the room that it needs and takes away what is free beyond the slack. What stands side by side in one
 * container stays in its order, to the right and downwards: what stood apart stands apart, what was aligned is aligned.
 */
export function respaced(scene: Scene, needOf: (item: SceneItem) => Need, slack?: Slack): Scene {
  const { items } = scene;
  const needs = items.map(needOf);
  const children = Map.groupBy(items.keys(), (index) => items[index]?.parent ?? -1);
  const across = placesAlong(
    items.map((item, at) => ({
      low: item.x,
      high: right(item),
      need: needs[at]?.width ?? 0,
      head: 0,
    })),
    children,
    slack?.across ?? Infinity,
    0.5,
  );
  const down = placesAlong(
    items.map((item, at) => ({
      low: item.y,
      high: bottom(item),
      need: needs[at]?.height ?? 0,
      head: needs[at]?.head ?? 0,
    })),
    children,
    slack?.down ?? Infinity,
    0,
  );
  const moved = items.map((item, at) => {
    const x = across[at] ?? { low: item.x, high: right(item) };
    const y = down[at] ?? { low: item.y, high: bottom(item) };
    return { ...item, x: x.low, y: y.low, width: x.high - x.low, height: y.high - y.low };
  });
  return { ...scene, items: moved, bounds: around(moved) ?? scene.bounds };
}

interface Wanted extends Span {
  readonly need: number;
  /** From the beginning of a container to what is in it, at least. */
  readonly head: number;
}

/** Each container by itself, the innermost first, so that it is as long as what it holds; then from the outermost on. */
function placesAlong(
  wanted: readonly Wanted[],
  children: ReadonlyMap<number, readonly number[]>,
  slack: number,
  /** Where a container comes out longer than it has to be: how much of that is before what is in it. */
  share: number,
): readonly Span[] {
  const lengths = wanted.map(({ need }) => need);
  const inside = new Map<number, readonly Span[]>();
  for (let container = wanted.length - 1; container >= -1; container -= 1) {
    const held = children.get(container);
    if (!held) continue;
    const spans = held.flatMap((at) => {
      const span = wanted[at];
      return span ? [{ ...span, need: lengths[at] ?? 0 }] : [];
    });
    const place = stretched(spans, wanted[container], slack);
    const own = wanted[container];
    const from = own ? place(own.low) : 0;
    if (own) lengths[container] = place(own.high) - from;
    inside.set(
      container,
      spans.map(({ low, high }) => ({ low: place(low) - from, high: place(high) - from })),
    );
  }
  const places: Span[] = [];
  for (const [container, spans] of [...inside].sort(([a], [b]) => a - b)) {
    const around = places[container];
    const room = around ? around.high - around.low - (lengths[container] ?? 0) : 0;
    const from = (around?.low ?? 0) + Math.floor(room * share);
    (children.get(container) ?? []).forEach((at, index) => {
      const { low, high } = spans[index] ?? { low: 0, high: 0 };
      places[at] = { low: from + low, high: from + high };
    });
  }
  return places;
}

/** Each edge as near to the one before it as spans and slack allow. */
function stretched(
  spans: readonly Wanted[],
  around: Wanted | undefined,
  slack: number,
): (at: number) => number {
  const all = around ? [around, ...spans] : spans;
  const edges = [...new Set(all.flatMap(({ low, high }) => [low, high]))].sort((a, b) => a - b);
  const ending = Map.groupBy(all, ({ high }) => high);
  const begins = new Set(spans.map(({ low }) => low));
  const places = new Map<number, number>();
  const place = (at: number): number => places.get(at) ?? at;
  let before = edges[0] ?? 0;
  places.set(before, before);
  for (const edge of edges.slice(1)) {
    let at = place(before) + Math.min(edge - before, slack);
    for (const { low, need } of ending.get(edge) ?? []) {
      if (low < edge) at = Math.max(at, place(low) + need);
    }
    if (around && begins.has(edge)) at = Math.max(at, place(around.low) + around.head);
    places.set(edge, Math.ceil(at));
    before = edge;
  }
  return place;
}
