import { showValue } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import type { Cell } from './cell.ts';
import { refKey } from './facts.ts';
import type { Remarks } from './remarks.ts';
import { isContainerShape, isList, meaningOfShape, meaningOfWords } from './shapes.ts';

/** A shape with its place on the canvas, and what it stands in and holds. */
export interface Shape {
  readonly cell: Cell;
  /** As it is written at the shape, or near it. Lines. */
  label: string;
  readonly x: number;
  readonly y: number;
  holder: Shape | undefined;
  readonly held: Shape[];
  /** Cells whose words are a part of its label. */
  readonly words: Cell[];
  /** The layer's name, where the drawing has several. */
  readonly layer: string | undefined;
}

export interface Connector {
  readonly cell: Cell;
  /** Words at it, by where they stand along it: from -1, at its beginning, to 1. */
  readonly words: { readonly along: number; readonly text: string; readonly cell: Cell }[];
}

export interface Nested {
  /** Holders before what they hold. */
  readonly shapes: readonly Shape[];
  readonly shapeOf: ReadonlyMap<string, Shape>;
  readonly connectors: readonly Connector[];
  readonly cellOf: ReadonlyMap<string, Cell>;
  readonly isLayer: (id: string) => boolean;
}

/** More than these at one level are taken as they stand in the file: every pair would be looked at. */
const siblingsCompared = 12_000;

/** Sorts the cells of a page into shapes, which stand in one another, and connectors. */
export function nest(cells: readonly Cell[], remarks: Remarks): Nested {
  const cellOf = new Map<string, Cell>();
  for (const cell of cells) {
    if (cellOf.has(cell.id)) remarks.add(cell, 'id-twice');
    else cellOf.set(cell.id, cell);
  }
  const unique = cells.filter((cell) => cellOf.get(cell.id) === cell);
  const layerOf = layersOf(unique, cellOf);
  const connectors = new Map<string, Connector>();
  for (const cell of unique) {
    if (cell.is !== 'edge') continue;
    const words = cell.label === '' ? [] : [{ along: 0, text: cell.label, cell }];
    connectors.set(cell.id, { cell, words });
  }
  const shapeOf = shapesOf(unique, cellOf, layerOf, connectors, remarks);
  for (const cell of unique) {
    if (cell.is === 'other' && cell.label !== '' && layerOf(cell.id) === undefined) {
      remarks.add(cell, {
        code: 'neither-shape-nor-connector',
        detail: { words: showValue(cell.label) },
      });
    }
  }
  nestByPlace([...shapeOf.values()], remarks);
  return {
    shapes: inOrder([...shapeOf.values()], remarks),
    shapeOf,
    connectors: [...connectors.values()],
    cellOf,
    isLayer: (id) => layerOf(id) !== undefined,
  };
}

/** Layers stand right below the root, which stands in nothing. Answers the name of the layer that a cell is. */
function layersOf(
  cells: readonly Cell[],
  cellOf: ReadonlyMap<string, Cell>,
): (id: string) => string | undefined {
  const isRoot = (cell: Cell | undefined): boolean =>
    cell?.is === 'other' && cell.parent === undefined;
  const layers = new Map<string, string>();
  for (const cell of cells) {
    if (cell.is !== 'other' || cell.parent === undefined) continue;
    if (isRoot(cellOf.get(cell.parent))) layers.set(cell.id, cell.label.replaceAll('\n', ' '));
  }
  return (id) => layers.get(id);
}

function shapesOf(
  cells: readonly Cell[],
  cellOf: ReadonlyMap<string, Cell>,
  layerOf: (id: string) => string | undefined,
  connectors: ReadonlyMap<string, Connector>,
  remarks: Remarks,
): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  const layerCount = cells.filter(({ id }) => layerOf(id) !== undefined).length;
  const make = (cell: Cell): Shape => {
    const parent = cell.parent === undefined ? undefined : cellOf.get(cell.parent);
    const holder = parent && shapes.get(parent.id);
    const { x, y, relative } = cell.geometry;
    const size = holder?.cell.geometry;
    const named = parent && layerCount > 1 ? layerOf(parent.id) : undefined;
    const shape: Shape = {
      cell,
      label: cell.label,
      x: (holder?.x ?? 0) + (relative && size ? x * size.width : x),
      y: (holder?.y ?? 0) + (relative && size ? y * size.height : y),
      holder,
      held: [],
      words: [],
      layer: named || holder?.layer || undefined,
    };
    holder?.held.push(shape);
    shapes.set(cell.id, shape);
    return shape;
  };
  const labels = new Set<string>();
  for (const first of cells) {
    if (first.is !== 'vertex' || shapes.has(first.id)) continue;
    // What it stands in first; a circle is cut where it closes.
    const chain: Cell[] = [];
    const seen = new Set<string>();
    let at: Cell | undefined = first;
    while (at?.is === 'vertex' && !shapes.has(at.id) && !seen.has(at.id)) {
      chain.push(at);
      seen.add(at.id);
      if (at.parent !== undefined && !cellOf.has(at.parent)) {
        remarks.add(at, { code: 'parent-missing', detail: { parent: showValue(at.parent) } });
      }
      at = at.parent === undefined ? undefined : cellOf.get(at.parent);
    }
    if (at && seen.has(at.id)) {
      remarks.add(at, 'stands-in-itself');
    }
    const connector = at && connectors.get(at.id);
    const outermost = chain.at(-1);
    if (connector && outermost) {
      // A label of the connector, and what stands in it.
      const { geometry, label } = outermost;
      const along = geometry.relative ? Math.min(1, Math.max(-1, geometry.x)) : 0;
      if (label !== '' && !labels.has(outermost.id)) {
        connector.words.push({ along, text: label, cell: outermost });
      }
      labels.add(outermost.id);
      chain.pop();
    }
    for (const cell of chain.reverse()) make(cell);
  }
  return shapes;
}

/** Shapes that are drawn around others without holding them: the smallest around a shape is what it stands in. */
function nestByPlace(shapes: readonly Shape[], remarks: Remarks): void {
  const levels = Map.groupBy(shapes, ({ holder }) => holder);
  for (const level of levels.values()) {
    if (level.length > siblingsCompared) {
      remarks.add(level[0]?.cell, 'too-many-siblings');
      continue;
    }
    const frames = level
      .map((shape, at) => ({ shape, at, area: areaOf(shape) }))
      .filter(({ shape, area }) => area > 0 && mayHold(shape))
      .sort((a, b) => a.area - b.area || b.at - a.at);
    if (frames.length === 0) continue;
    level.forEach((shape, at) => {
      // What the program wrote itself says by itself what it stands in.
      if (shape.cell.data.has(refKey)) return;
      let frame: (typeof frames)[number] | undefined;
      for (let index = firstAbove(frames, areaOf(shape)); index < frames.length; index += 1) {
        const one = frames[index];
        if (!one || one.at >= at || !encloses(one.shape, shape)) continue;
        frame = one;
        break;
      }
      if (!frame) return;
      const { holder } = shape;
      holder?.held.splice(holder.held.indexOf(shape), 1);
      shape.holder = frame.shape;
      frame.shape.held.push(shape);
    });
  }
}

/** Where those begin that are larger, among some in the order of their area. */
function firstAbove(frames: readonly { readonly area: number }[], area: number): number {
  let [low, high] = [0, frames.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((frames[middle]?.area ?? 0) > area) high = middle;
    else low = middle + 1;
  }
  return low;
}

const areaOf = ({ cell: { geometry } }: Shape): number => geometry.width * geometry.height;

/** A frame, or a plain box that is no machine by its name. */
function mayHold({ cell, label }: Shape): boolean {
  if (isContainerShape(cell)) return true;
  if (isList(cell) || meaningOfShape(cell) !== undefined) return false;
  const words = meaningOfWords(label.split('\n')[0] ?? '');
  return words?.is !== 'node' || words.kind === 'hypervisor';
}

function encloses(outer: Shape, inner: Shape): boolean {
  const { width, height } = outer.cell.geometry;
  const { geometry } = inner.cell;
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + geometry.width <= outer.x + width &&
    inner.y + geometry.height <= outer.y + height
  );
}

/** Holders before what they hold, and no deeper in one another than a design's own things may be. */
function inOrder(shapes: readonly Shape[], remarks: Remarks): readonly Shape[] {
  const ordered: Shape[] = [];
  const stack = shapes
    .filter(({ holder }) => holder === undefined)
    .map((shape) => ({ shape, depth: 0 }))
    .reverse();
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { shape, depth } = top;
    ordered.push(shape);
    const isTooDeep = depth >= limits.nestingDepth && shape.holder !== undefined;
    for (const held of [...shape.held].reverse()) {
      stack.push({ shape: held, depth: isTooDeep ? depth : depth + 1 });
      if (!isTooDeep) continue;
      held.holder = shape.holder;
      shape.holder?.held.push(held);
      const detail = { most: limits.nestingDepth };
      remarks.add(held.cell, { code: 'nested-too-deep', detail });
    }
    if (isTooDeep) shape.held.length = 0;
  }
  return ordered;
}
