import type { Point, Scene } from '../geometry/scene.ts';
import { refOfHop } from './follow-place.ts';
import type { PlacedStep } from './reading.svelte.ts';

/** A packet's way over the drawing. */
export interface Way {
  /** Canvas units; one a hop that is drawn. */
  readonly points: readonly Point[];
  /** Tunnels around the packet at each point. */
  readonly depth: readonly number[];
  /** Of each step of the trace, the index of its point. */
  readonly pointOfStep: readonly number[];
}

/** The way of the leg that is read: from box to box, in the middle of each. */
export function wayOver(scene: Scene, steps: readonly PlacedStep[], legAt: number): Way {
  const points: Point[] = [];
  const depth: number[] = [];
  const pointOfStep: number[] = [];
  let hop: PlacedStep['hop'] | undefined;
  for (const placed of steps) {
    if (placed.legAt === legAt && placed.hop !== hop) {
      hop = placed.hop;
      const point = centreOf(scene, refOfHop(hop));
      if (point) {
        points.push(point);
        depth.push(hop.depth);
      }
    }
    pointOfStep.push(Math.max(0, points.length - 1));
  }
  return { points, depth, pointOfStep };
}

function centreOf(scene: Scene, ref: string | undefined): Point | undefined {
  const index = ref === undefined ? undefined : scene.indexOf.get(ref);
  const item = index === undefined ? undefined : scene.items[index];
  return item && { x: item.x + item.width / 2, y: item.y + item.height / 2 };
}

/** Where on the way a packet is that is shown between two steps. */
export function positionAt(way: Way, shown: number): number {
  const last = way.pointOfStep.length - 1;
  const before = Math.max(0, Math.min(Math.floor(shown), last));
  const after = Math.min(before + 1, last);
  const from = way.pointOfStep[before] ?? 0;
  const to = way.pointOfStep[after] ?? from;
  return from + (to - from) * Math.max(0, Math.min(1, shown - before));
}
