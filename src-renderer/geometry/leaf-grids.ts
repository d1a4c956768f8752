/**
 * Sixty machines on one segment make a row nobody can look at. Those that hang on nothing else are arranged as grids,
 * one above the segment and one below, and each grid is one box to the layout engine.
 */
import type { Arrange, LayoutBox, LayoutLine, PlacedBox } from './auto-layout.ts';

/** Fewer hang side by side without a grid. */
const leastLeaves = 6;
/** Canvas units between the boxes of a grid: across wide enough for lines to pass. */
const gap = { across: 32, down: 32 } as const;
const aspectRatio = 2.4;

interface Grid {
  readonly box: LayoutBox;
  readonly hub: number;
  readonly above: boolean;
  readonly places: readonly PlacedBox[];
}

/** The same arrangement, with the leaves of every busy box in grids. */
export function withLeafGrids(arrange: Arrange): Arrange {
  return async (task) => {
    const grids = leafGrids(task.boxes, task.lines);
    if (grids.length === 0) return arrange(task);
    const inGrids = new Set(grids.flatMap(({ places }) => places.map(({ index }) => index)));
    const placed = await arrange({
      container: task.container,
      boxes: [
        ...task.boxes.filter(({ index }) => !inGrids.has(index)),
        ...grids.map(({ box }) => box),
      ],
      lines: [
        ...task.lines.filter(({ from, to }) => !inGrids.has(from) && !inGrids.has(to)),
        ...grids.map(({ box, hub, above }) =>
          above ? { from: box.index, to: hub } : { from: hub, to: box.index },
        ),
      ],
    });
    const gridOf = new Map(grids.map((grid) => [grid.box.index, grid]));
    return placed.flatMap((at) => {
      const grid = gridOf.get(at.index);
      if (!grid) return [at];
      return grid.places.map(({ index, x, y }) => ({ index, x: at.x + x, y: at.y + y }));
    });
  };
}

function leafGrids(boxes: readonly LayoutBox[], lines: readonly LayoutLine[]): readonly Grid[] {
  const neighbours = new Map<number, Set<number>>();
  const join = (a: number, b: number) => {
    const known = neighbours.get(a);
    if (known) known.add(b);
    else neighbours.set(a, new Set([b]));
  };
  for (const { from, to } of lines) {
    join(from, to);
    join(to, from);
  }
  const leaves = new Map<number, LayoutBox[]>();
  for (const box of boxes) {
    const [hub, ...others] = neighbours.get(box.index) ?? [];
    if (hub === undefined || others.length > 0 || neighbours.get(hub)?.size === 1) continue;
    const known = leaves.get(hub);
    if (known) known.push(box);
    else leaves.set(hub, [box]);
  }

  const grids: Grid[] = [];
  // Indexes that no item has: what stands for a grid.
  let next = -2;
  for (const [hub, hanging] of leaves) {
    if (hanging.length <= leastLeaves) continue;
    const half = Math.ceil(hanging.length / 2);
    grids.push(gridOf(hanging.slice(0, half), next--, hub, true));
    grids.push(gridOf(hanging.slice(half), next--, hub, false));
  }
  return grids;
}

function gridOf(boxes: readonly LayoutBox[], index: number, hub: number, above: boolean): Grid {
  const cell = {
    width: Math.max(...boxes.map(({ width }) => width)) + gap.across,
    height: Math.max(...boxes.map(({ height }) => height)) + gap.down,
  };
  const ideal = Math.sqrt((boxes.length * aspectRatio * cell.height) / cell.width);
  const columns = Math.max(1, Math.min(boxes.length, Math.round(ideal)));
  const places = boxes.map((box, at) => ({
    index: box.index,
    x: (at % columns) * cell.width,
    y: Math.floor(at / columns) * cell.height,
  }));
  const rows = Math.ceil(boxes.length / columns);
  const box = {
    index,
    width: columns * cell.width - gap.across,
    height: rows * cell.height - gap.down,
  };
  return { box, hub, above, places };
}
