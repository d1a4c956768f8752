import type { Point } from '../../geometry/scene.ts';
import { podSize } from '../../geometry/sizes.ts';
import { language } from '../../i18n/language.svelte.ts';
import { placeableOf, type DrawingEdits } from '../../state/drawing-edits.svelte.ts';
import { accepts, contains, containerAt, newSize, onGrid } from '../../state/drawing-scene.ts';
import type { Drawing } from '../../state/drawing.svelte.ts';
import type { PaletteThing } from './things.ts';

const clickPixels = 4;

export interface PaletteDrag {
  readonly drawing: Drawing;
  readonly edits: DrawingEdits;
  readonly offered: PaletteThing;
  /** Where it is on the page while it is beside the drawing; undefined over the drawing, which shows it itself. */
  readonly onCarry: (at: Point | undefined) => void;
  readonly onEnd: (dragged: boolean) => void;
}

/** Drags a thing from the palette with the pointer that has just gone down; Escape gives it up. */
export function dragFromPalette(event: PointerEvent, options: PaletteDrag): void {
  const { drawing, edits, offered, onCarry, onEnd } = options;
  const source = event.currentTarget as HTMLElement;
  const start = { x: event.clientX, y: event.clientY };
  const thing = placeableOf(offered.thing);
  let dragged = false;
  source.setPointerCapture(event.pointerId);

  const locate = (move: PointerEvent) => {
    const at = drawing.camera?.locate(move.clientX, move.clientY);
    const units = at && drawing.camera?.toUnits(at);
    if (!at || !units) return undefined;
    const target = containerAt(drawing.scene, units, [thing]);
    const size = thing.is === 'workload' ? podSize : newSize(thing, drawing.seen, target);
    const corner = { x: onGrid(units.x - size.width / 2), y: onGrid(units.y - size.height / 2) };
    return { at, units, target, corner, size };
  };
  const onMove = (move: PointerEvent) => {
    const { clientX: x, clientY: y } = move;
    if (!dragged && Math.hypot(x - start.x, y - start.y) < clickPixels) return;
    dragged = true;
    const over = locate(move);
    onCarry(over ? undefined : { x, y });
    drawing.mark(
      over
        ? {
            ghost: { ...over.corner, ...over.size },
            ...(over.target ? { dropTarget: over.target.ref } : {}),
          }
        : {},
    );
    const refused = over && refusal(drawing, thing, over.units, over.target?.ref);
    drawing.tell(refused ? { at: over.at, tone: 'plain', lines: [refused] } : undefined);
  };
  const end = () => {
    source.removeEventListener('pointermove', onMove);
    source.removeEventListener('pointerup', onUp);
    source.removeEventListener('pointercancel', end);
    window.removeEventListener('keydown', onKey, true);
    drawing.mark({});
    drawing.tell(undefined);
    onCarry(undefined);
    onEnd(dragged);
  };
  const onUp = (up: PointerEvent) => {
    const over = dragged ? locate(up) : undefined;
    end();
    if (!over) return;
    void edits.add(offered.thing, over.corner, over.target?.ref);
    drawing.camera?.focus();
  };
  const onKey = (key: KeyboardEvent) => {
    if (key.key !== 'Escape') return;
    key.stopPropagation();
    dragged = true;
    end();
  };
  source.addEventListener('pointermove', onMove);
  source.addEventListener('pointerup', onUp);
  source.addEventListener('pointercancel', end);
  window.addEventListener('keydown', onKey, true);
}

/** What a user is told who is about to drop a thing where it does not belong. */
function refusal(
  drawing: Drawing,
  thing: ReturnType<typeof placeableOf>,
  at: Point,
  target: string | undefined,
): string | undefined {
  const words = language.messages.canvas;
  if (thing.is === 'workload') return target === undefined ? words.needsCluster : undefined;
  const under = drawing.scene.items.findLast((item) => item.container && contains(item, at));
  return under && under.ref !== target && !accepts(under, thing)
    ? words.refusesDrop(under.label)
    : undefined;
}
