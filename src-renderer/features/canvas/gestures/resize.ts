import type { Handle } from '../../../canvas/canvas.ts';
import { gridUnit, headerHeight, podSize, segmentSize } from '../../../geometry/sizes.ts';
import type { Rectangle, SceneItem } from '../../../geometry/scene.ts';
import { around, onGrid } from '../../../state/drawing-scene.ts';
import type { Gesture, PointerPlace, Surface } from './gesture.ts';

/** Pulls an edge or a corner of a box. A container stays large enough for what is in it. */
export function resizeGesture(
  { canvas, drawing, edits }: Surface,
  from: PointerPlace,
  ref: string,
  handle: Handle,
): Gesture {
  const start = drawing.item(ref);
  const indexOf = () => drawing.scene.indexOf.get(ref) ?? -1;
  let wanted: Rectangle | undefined;

  return {
    scrolls: true,
    move({ units, alt }) {
      if (!start) return;
      const by = { x: units.x - from.units.x, y: units.y - from.units.y };
      const least = leastRectangle(start, contentsOf(drawing.scene.items, indexOf()));
      wanted = pulled(start, handle, by, least, alt ? 1 : gridUnit);
      canvas.resize(indexOf(), wanted);
    },
    end() {
      if (wanted && start) void edits.place('resize', new Map([[ref, wanted]]), true);
      canvas.resize(undefined);
    },
    cancel() {
      canvas.resize(undefined);
    },
    survives: () => drawing.item(ref) !== undefined,
  };
}

const contentsOf = (items: readonly SceneItem[], index: number): Rectangle | undefined =>
  around(items.filter((item) => item.parent === index));

/** What a box may not become smaller than, as the places that its edges may not cross. */
export interface Least {
  readonly width: number;
  readonly height: number;
  /** What lies in it, with room around. */
  readonly contents?: Rectangle;
}

function leastRectangle(item: SceneItem, inside: Rectangle | undefined): Least {
  if (item.kind.is === 'segment') {
    return { width: segmentSize.height * 3, height: segmentSize.height };
  }
  const least = { width: podSize.width, height: headerHeight + gridUnit };
  if (!inside) return least;
  return {
    ...least,
    contents: {
      x: inside.x - gridUnit,
      y: inside.y - headerHeight,
      width: inside.width + 2 * gridUnit,
      height: inside.height + headerHeight + gridUnit,
    },
  };
}

/** The rectangle with one of its handles pulled. */
export function pulled(
  start: Rectangle,
  handle: Handle,
  by: { readonly x: number; readonly y: number },
  least: Least,
  grid: number,
): Rectangle {
  const snapped = (value: number) => (grid === 1 ? Math.round(value) : onGrid(value));
  let [left, top] = [start.x, start.y];
  let [right, bottom] = [start.x + start.width, start.y + start.height];
  const { contents } = least;
  if (handle.includes('w')) {
    left = Math.min(snapped(left + by.x), right - least.width, contents?.x ?? Infinity);
  }
  if (handle.includes('e')) {
    const inner = contents ? contents.x + contents.width : -Infinity;
    right = Math.max(snapped(right + by.x), left + least.width, inner);
  }
  if (handle.includes('n')) {
    top = Math.min(snapped(top + by.y), bottom - least.height, contents?.y ?? Infinity);
  }
  if (handle.includes('s')) {
    const inner = contents ? contents.y + contents.height : -Infinity;
    bottom = Math.max(snapped(bottom + by.y), top + least.height, inner);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
