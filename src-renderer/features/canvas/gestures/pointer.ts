import type { Hit } from '../../../canvas/canvas.ts';
import type { Point } from '../../../geometry/scene.ts';
import { connectGesture, refusal, type LineKind } from './connect.ts';
import { frameGesture } from './frame.ts';
import type { Gesture, PointerPlace, Surface } from './gesture.ts';
import { moveGesture } from './move.ts';
import { resizeGesture } from './resize.ts';

/** Pixels that a press may wander and still be a click. */
const clickPixels = 4;
/** Pixels from the edge within which a gesture scrolls the view, and how far it does a frame. */
const scrollMargin = 28;
const scrollStep = 14;

export interface PointerOptions extends Surface {
  readonly element: HTMLElement;
  /** Whether a press pans the view instead: space, the middle button, the hand. */
  readonly pans: (event: PointerEvent) => boolean;
  readonly onHover: (hit: Hit, at: Point) => void;
  readonly onLeave: () => void;
}

export interface PointerControl {
  /** Gives up what is being done; false where nothing is. */
  cancel(): boolean;
  /** The scene is another one now. */
  sceneChanged(): void;
  destroy(): void;
}

/** Presses, drags and hovers on the canvas, as gestures. */
export function createPointer(options: PointerOptions): PointerControl {
  const { element, canvas, drawing } = options;
  let gesture: Gesture | undefined;
  /** A press that may still become a click or a drag. */
  let press:
    { readonly place: PointerPlace; readonly begin: () => Gesture | undefined } | undefined;
  let last: PointerPlace | undefined;
  let frame = 0;
  let hoverFrame = 0;
  /** A line that follows the pointer from the thing that was clicked before. */
  let line: { readonly from: string; readonly gesture: Gesture } | undefined;

  const lineInHand = (): Gesture | undefined => {
    const { origin: from, tool } = drawing;
    if (from === undefined) line = undefined;
    else if (line?.from !== from) {
      const kind = tool === 'flow' ? 'flow' : 'connection';
      line = { from, gesture: connectGesture(options, from, kind) };
    }
    return line?.gesture;
  };

  const placeOf = (event: PointerEvent): PointerPlace => {
    const box = element.getBoundingClientRect();
    const at = { x: event.clientX - box.x, y: event.clientY - box.y };
    return {
      at,
      units: canvas.toUnits(at),
      shift: event.shiftKey,
      alt: event.altKey,
      control: event.ctrlKey || event.metaKey,
    };
  };

  const finish = () => {
    gesture = undefined;
    press = undefined;
    cancelAnimationFrame(frame);
    frame = 0;
  };

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || !event.isPrimary || gesture || options.pans(event)) return;
    // A finger on the ground moves the view; only what it touches is dragged.
    const place = placeOf(event);
    const hit = canvas.hit(place.at);
    if (event.pointerType === 'touch' && hit.kind === 'ground') {
      drawing.project.selection.clear();
      return;
    }
    element.setPointerCapture(event.pointerId);
    press = { place, begin: pressed(options, hit, place) };
    last = place;
  };

  const onMove = (event: PointerEvent) => {
    const place = placeOf(event);
    last = place;
    if (press && !gesture) {
      const { at } = press.place;
      if (Math.hypot(place.at.x - at.x, place.at.y - at.y) < clickPixels) return;
      gesture = press.begin();
      drawing.beginAt(undefined);
      if (!gesture) {
        press = undefined;
        return;
      }
    }
    if (gesture) {
      gesture.move(place);
      if (gesture.scrolls && frame === 0) frame = requestAnimationFrame(scroll);
    } else if (event.buttons === 0 && hoverFrame === 0) {
      hoverFrame = requestAnimationFrame(hover);
    }
  };

  const hover = () => {
    hoverFrame = 0;
    if (!last || gesture) return;
    const following = lineInHand();
    if (following) following.move(last);
    else options.onHover(canvas.hit(last.at), last.at);
  };

  /** Near its edge the view follows the pointer. */
  const scroll = () => {
    frame = 0;
    if (!gesture || !last) return;
    const { clientWidth, clientHeight } = element;
    const dx = pull(last.at.x, clientWidth);
    const dy = pull(last.at.y, clientHeight);
    if (dx === 0 && dy === 0) return;
    const { scale, x, y } = canvas.viewport;
    canvas.setViewport({ scale, x: x + dx, y: y + dy });
    last = { ...last, units: canvas.toUnits(last.at) };
    gesture.move(last);
    frame = requestAnimationFrame(scroll);
  };

  const onUp = (event: PointerEvent) => {
    if (!press && !gesture) return;
    const ended = gesture;
    const { place } = press ?? {};
    finish();
    if (ended) ended.end(placeOf(event));
    else if (place) {
      const following = lineInHand();
      drawing.beginAt(undefined);
      if (following) following.end(place);
      else clicked(options, canvas.hit(place.at), place);
    }
  };

  const onCancel = () => {
    const given = gesture;
    finish();
    given?.cancel();
  };
  const onLeave = () => {
    if (!gesture) options.onLeave();
  };

  element.addEventListener('pointerdown', onDown);
  element.addEventListener('pointermove', onMove);
  element.addEventListener('pointerup', onUp);
  element.addEventListener('pointercancel', onCancel);
  element.addEventListener('pointerleave', onLeave);

  return {
    cancel() {
      const busy = gesture !== undefined;
      onCancel();
      return busy;
    },
    sceneChanged() {
      if (gesture && !gesture.survives()) onCancel();
    },
    destroy() {
      onCancel();
      cancelAnimationFrame(hoverFrame);
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onCancel);
      element.removeEventListener('pointerleave', onLeave);
    },
  };
}

function pull(at: number, length: number): number {
  if (at < scrollMargin) return scrollStep;
  return at > length - scrollMargin ? -scrollStep : 0;
}

/** What a drag from here would be. A press selects at once what it is on, so that it can be dragged. */
function pressed(surface: Surface, hit: Hit, place: PointerPlace): () => Gesture | undefined {
  const { drawing } = surface;
  const { selection } = drawing.project;
  const { editable, scene } = drawing;
  const itemRef = 'index' in hit && hit.kind !== 'edge' ? scene.items[hit.index]?.ref : undefined;

  const line = (kind: LineKind) => () => {
    if (itemRef === undefined || !editable) return undefined;
    const reason = refusal(surface, kind, itemRef, undefined);
    if (reason === undefined) return connectGesture(surface, itemRef, kind);
    drawing.tell({ at: place.at, tone: 'bad', lines: [reason] });
    return undefined;
  };
  if (drawing.tool === 'flow') return line('flow');
  if (drawing.tool === 'connect' || hit.kind === 'port') return line('connection');

  switch (hit.kind) {
    case 'handle':
      return () =>
        editable && itemRef !== undefined
          ? resizeGesture(surface, place, itemRef, hit.handle)
          : undefined;
    case 'item': {
      // The inside of a container is ground: frames are drawn in it, unless it is selected and so is meant itself.
      const item = scene.items[hit.index];
      if (!item) return () => undefined;
      const isGround = item.container && !item.collapsed && hit.part === 'body';
      if (isGround && !selection.refs.has(item.ref)) return () => frameGesture(surface, place);
      const adds = place.shift || place.control;
      if (!adds && !selection.refs.has(item.ref)) selection.show(item.ref);
      return () => {
        if (adds && !selection.refs.has(item.ref)) selection.toggle(item.ref);
        return moveGesture(surface, place, place.alt);
      };
    }
    case 'edge':
      return () => undefined;
    case 'ground':
      return () => frameGesture(surface, place);
    default:
      return hit satisfies never;
  }
}

/** A press without a drag. */
function clicked(surface: Surface, hit: Hit, place: PointerPlace): void {
  const { drawing, edits } = surface;
  const { selection, follow } = drawing.project;
  const { items, edges } = drawing.scene;
  const adds = place.shift || place.control;
  drawing.walkTo(undefined);
  switch (hit.kind) {
    case 'item':
    case 'port': {
      const item = items[hit.index];
      if (!item) return;
      if (hit.kind === 'item' && hit.part === 'toggle') void edits.fold(item.ref);
      else if (drawing.tool === 'connect' || drawing.tool === 'flow') beginLine(surface, item.ref);
      else if (adds) selection.toggle(item.ref);
      else {
        selection.show(item.ref);
        follow.showNode(item.ref);
      }
      return;
    }
    case 'edge': {
      const edge = edges[hit.index];
      if (!edge) return;
      if (adds) selection.toggle(edge.id);
      else selection.show(edge.id);
      return;
    }
    case 'ground':
      if (!adds) selection.clear();
      return;
    case 'handle':
      return;
    default:
      hit satisfies never;
  }
}

/** With a line tool a click on a thing begins a line there, and the next click ends it. */
function beginLine(surface: Surface, ref: string): void {
  const { drawing } = surface;
  if (!drawing.editable) return;
  const kind = drawing.tool === 'flow' ? 'flow' : 'connection';
  const reason = refusal(surface, kind, ref, undefined);
  if (reason === undefined) drawing.beginAt(ref);
  else drawing.session.toasts.say({ tone: 'plain', title: reason });
}
