import type { Point, Scene, SceneItem } from '../../../geometry/scene.ts';
import {
  around,
  containerAt,
  containerInset,
  standIn,
  topmost,
  withContents,
} from '../../../state/drawing-scene.ts';
import { snap } from '../../../state/drawing-snap.ts';
import type { Gesture, PointerPlace, Surface } from './gesture.ts';

/** Pixels within which a moved thing is drawn to its neighbours' lines. */
const snapPixels = 6;

/**
 * Moves what is selected, snapping to the lines of what stands around it (not with alt held); dropped on a container it
 * goes into it. With `copies` the things stay, and copies of them are dropped.
 */
export function moveGesture(surface: Surface, from: PointerPlace, copies: boolean): Gesture {
  const { canvas, drawing, edits } = surface;
  const refs = drawing.editable ? drawing.selectedItems.map(({ ref }) => ref) : [];
  let lifted: readonly number[] = [];
  let by: Point = { x: 0, y: 0 };
  let into: string | null | undefined;
  let begun = false;

  const lift = () => {
    const { scene } = drawing;
    lifted = withContents(scene, topmost(scene, refs));
    canvas.lift(lifted, by);
  };
  const clear = () => {
    canvas.lift(undefined);
    drawing.mark({});
    drawing.tell(undefined);
  };

  const itemsNow = () =>
    topmost(drawing.scene, refs).flatMap((index) => drawing.scene.items[index] ?? []);
  /** What is dropped into a container stands wholly in it, where there is room. */
  const settle = (): Point => {
    const box = around(itemsNow());
    const container = typeof into === 'string' ? drawing.item(into) : undefined;
    if (!box || !container || container.collapsed) return by;
    const place = standIn(container, { ...box, x: box.x + by.x, y: box.y + by.y }, containerInset);
    return { x: Math.round(place.x - box.x), y: Math.round(place.y - box.y) };
  };

  return {
    scrolls: true,
    move(to) {
      const { scene } = drawing;
      const items = itemsNow();
      const box = around(items);
      if (!box) return;
      const wanted = { x: to.units.x - from.units.x, y: to.units.y - from.units.y };
      const moving = new Set(withContents(scene, topmost(scene, refs)));
      const snapped =
        to.alt && !copies
          ? { by: wanted, guides: [] }
          : snap(scene, moving, box, wanted, snapPixels / canvas.viewport.scale);
      by = { x: Math.round(snapped.by.x), y: Math.round(snapped.by.y) };
      into = copies ? undefined : dropTarget(scene, items, to.units, moving);
      if (!begun && !copies) lift();
      begun = true;
      if (!copies) canvas.lift(lifted, by);
      drawing.mark({
        guides: snapped.guides,
        ...(copies ? { ghost: { ...box, x: box.x + by.x, y: box.y + by.y } } : {}),
        ...(typeof into === 'string' ? { dropTarget: into } : {}),
      });
    },
    end() {
      const to = settle();
      if (begun && copies) void edits.duplicate({ dx: by.x, dy: by.y });
      else if (begun) void edits.move(refs, to.x, to.y, into);
      clear();
    },
    cancel: clear,
    survives() {
      if (refs.some((ref) => drawing.item(ref) === undefined)) return false;
      if (begun && !copies) lift();
      return true;
    },
  };
}

/** The container that the things would go into; `null` out of any, undefined where they stay in theirs. */
function dropTarget(
  scene: Scene,
  items: readonly SceneItem[],
  at: Point,
  moving: ReadonlySet<number>,
): string | null | undefined {
  const kinds = items.map(({ kind }) => kind);
  const target = containerAt(scene, at, kinds, moving)?.ref ?? null;
  const parents = new Set(items.map(({ parent }) => scene.items[parent]?.ref ?? null));
  return parents.size === 1 && parents.has(target) ? undefined : target;
}
