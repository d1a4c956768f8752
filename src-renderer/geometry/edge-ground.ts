import { isBar } from './changed-boxes.ts';
import { indexOfItems, type BoxIndex } from './item-index.ts';
import type { Scene } from './scene.ts';

/** In larger drawings no ways are compared: nobody sees single lines there, and it would take long. */
const comparedUpTo = 6000;

export interface Ground {
  readonly scene: Scene;
  readonly index: BoxIndex;
  readonly lifted: ReadonlySet<number> | undefined;
  /** Whether ways are compared. */
  readonly careful: boolean;
  /** Of each item, the bars before it: lines to neighbouring bars turn at different distances. */
  readonly barsBefore: Uint32Array;
}

const barCounts = new WeakMap<Scene['items'], Uint32Array>();

export function barsBeforeEach(items: Scene['items']): Uint32Array {
  let counts = barCounts.get(items);
  if (!counts) {
    counts = new Uint32Array(items.length);
    let bars = 0;
    for (let at = 0; at < items.length; at += 1) {
      counts[at] = bars;
      if (isBar(items[at])) bars += 1;
    }
    barCounts.set(items, counts);
  }
  return counts;
}

export const groundOf = (scene: Scene, lifted?: ReadonlySet<number>): Ground => ({
  scene,
  index: indexOfItems(scene.items),
  lifted,
  careful: isCareful(scene),
  barsBefore: barsBeforeEach(scene.items),
});

export const isCareful = ({ edges }: Scene): boolean => edges.length <= comparedUpTo;
