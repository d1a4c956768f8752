import { snap } from '../../../geometry/snapping.ts';
import type { Point } from '../../../geometry/scene.ts';
import { language } from '../../../i18n/language.svelte.ts';
import { around, containerAt, topmost, withContents } from '../../../state/drawing-scene.ts';
import type { Gesture, PointerPlace, Surface } from './gesture.ts';

/** Pixels within which a moved thing is drawn to its neighbours' lines. */
const snapPixels = 6;

/**
 * Moves what is selected, snapping to the lines of what stands around it (not with alt held); dropped on a container it
 * goes into it. With `copies` the things stay, and copies of them are dropped.
 */
export function moveGesture(surface: Surface, from: PointerPlace, copies: boolean): Gesture {
  const { canvas, drawing, edits } = surface;
  const refs = movable(surface);
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

  return {
    scrolls: true,
    move(to) {
      if (refs.length === 0) {
        drawing.tell({ at: to.at, tone: 'plain', lines: [language.messages.canvas.podsStay] });
        return;
      }
      const { scene } = drawing;
      const tops = topmost(scene, refs);
      const items = tops.flatMap((index) => scene.items[index] ?? []);
      const box = around(items);
      if (!box) return;
      const wanted = { x: to.units.x - from.units.x, y: to.units.y - from.units.y };
      const moving = new Set(withContents(scene, tops));
      const snapped =
        to.alt && !copies
          ? { by: wanted, guides: [] }
          : snap(scene, moving, box, wanted, snapPixels / canvas.viewport.scale);
      by = { x: Math.round(snapped.by.x), y: Math.round(snapped.by.y) };

      const target = containerAt(
        scene,
        to.units,
        items.map(({ kind }) => kind),
        moving,
      );
      const parents = new Set(items.map(({ parent }) => scene.items[parent]?.ref ?? null));
      const stays = parents.size === 1 && parents.has(target?.ref ?? null);
      into = stays ? undefined : (target?.ref ?? null);
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
      if (begun && copies) void edits.duplicate({ dx: by.x, dy: by.y });
      else if (begun) void edits.move(refs, by.x, by.y, into);
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

/** What of the selection can be moved: pods stand where their node is. */
function movable({ drawing }: Surface): readonly string[] {
  if (!drawing.editable) return [];
  return drawing.selectedItems.filter(({ kind }) => kind.is !== 'pod').map(({ ref }) => ref);
}
