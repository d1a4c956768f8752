import { language } from '../../i18n/language.svelte.ts';
import type { DrawingEdits } from '../../state/drawing-edits.svelte.ts';
import { neighbour, type Direction } from '../../state/drawing-scene.ts';
import type { Drawing } from '../../state/drawing.svelte.ts';
import { refusal } from './gestures/connect.ts';
import { rename } from './commands.ts';

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const steps: Readonly<Record<Direction, readonly [dx: number, dy: number]>> = {
  left: [-1, 0],
  right: [1, 0],
  up: [0, -1],
  down: [0, 1],
};

/** Keys on the drawing itself: true where the key meant something here. */
export function pressKey(
  event: KeyboardEvent,
  drawing: Drawing,
  edits: DrawingEdits,
  cancel: () => boolean,
): boolean {
  const control = event.ctrlKey || event.metaKey;
  const direction = directions[event.key];
  if (direction && !event.altKey) {
    const { selection } = drawing.project;
    const walks = control || drawing.origin !== undefined || selection.refs.size === 0;
    if (walks) walk(drawing, edits, direction, control);
    else if (drawing.editable) nudge(drawing, edits, direction, event.shiftKey ? 10 : 1);
    return true;
  }
  switch (event.key) {
    case 'Enter':
      return enter(drawing, edits, event.shiftKey);
    case 'Escape':
      return stepBack(drawing, cancel);
    default:
      return false;
  }
}

function walk(drawing: Drawing, edits: DrawingEdits, direction: Direction, selects: boolean): void {
  const { selection } = drawing.project;
  const from = drawing.cursor ?? selection.only;
  const here = from === undefined ? undefined : drawing.item(from);
  const { scene, origin, tool } = drawing;
  // A line that is drawn leads past what cannot be its other end.
  const kind = tool === 'flow' ? 'flow' : 'connection';
  const suits = ({ ref }: { readonly ref: string }) =>
    origin === undefined || refusal({ drawing, edits }, kind, origin, ref) === undefined;
  const next = here ? neighbour(scene, here, direction, here.ref, suits) : scene.items[0];
  if (!next) return;
  if (selects) selection.show(next.ref);
  drawing.walkTo(selects ? undefined : next.ref);
  drawing.reveal(next.ref);
  drawing.announce(describe(drawing, next.ref));
}

/** What a screen reader is told of a thing. */
export function describe(drawing: Drawing, ref: string): string {
  const item = drawing.item(ref);
  if (!item) return '';
  const words = language.messages.canvas;
  const parent = drawing.scene.items[item.parent];
  const holds = item.hidden > 0 ? words.holds(language.number(item.hidden)) : '';
  return [
    item.label,
    item.detail,
    item.down ? words.down : '',
    parent ? words.inside(parent.label) : '',
    holds,
  ]
    .filter((part) => part !== '')
    .join(', ');
}

/** Steps of a held key that have not been sent yet: they are one step of the history. */
interface Nudge {
  dx: number;
  dy: number;
  readonly refs: readonly string[];
  release: () => void;
  timer: ReturnType<typeof setTimeout>;
}
const nudges = new WeakMap<Drawing, Nudge>();
const nudgePauseMs = 400;

function nudge(drawing: Drawing, edits: DrawingEdits, direction: Direction, units: number): void {
  const items = drawing.selectedItems.filter(({ kind }) => kind.is !== 'pod');
  if (items.length === 0) return;
  const [x, y] = steps[direction];
  const refs = items.map(({ ref }) => ref);
  const held = new Map(
    items.map((item) => [item.ref, { x: item.x + x * units, y: item.y + y * units }] as const),
  );
  let pending = nudges.get(drawing);
  if (pending && pending.refs.join() !== refs.join()) {
    send(drawing, edits);
    pending = undefined;
  }
  if (pending) clearTimeout(pending.timer);
  const release = drawing.hold(held);
  pending?.release();
  const timer = setTimeout(() => send(drawing, edits), nudgePauseMs);
  nudges.set(drawing, {
    dx: (pending?.dx ?? 0) + x * units,
    dy: (pending?.dy ?? 0) + y * units,
    refs,
    release,
    timer,
  });
  const [first] = items;
  const place = first && held.get(first.ref);
  if (place) {
    const words = language.messages.canvas;
    drawing.announce(words.at(language.number(place.x), language.number(place.y)));
  }
}

function send(drawing: Drawing, edits: DrawingEdits): void {
  const pending = nudges.get(drawing);
  if (!pending) return;
  nudges.delete(drawing);
  clearTimeout(pending.timer);
  const { dx, dy, refs, release } = pending;
  release();
  void edits.move(refs, dx, dy);
}

function enter(drawing: Drawing, edits: DrawingEdits, zooms: boolean): boolean {
  const { selection } = drawing.project;
  const { origin, cursor, tool } = drawing;
  if (origin !== undefined && cursor !== undefined && cursor !== origin) {
    const kind = tool === 'flow' ? 'flow' : 'connection';
    const refused = refusal({ drawing, edits }, kind, origin, cursor);
    if (refused !== undefined) {
      drawing.announce(refused);
      drawing.session.toasts.say({ tone: 'plain', title: refused });
      return true;
    }
    drawing.beginAt(undefined);
    drawing.walkTo(undefined);
    drawing.take('select');
    const done = kind === 'flow' ? edits.addFlow(origin, cursor) : edits.connect(origin, cursor);
    void done;
    return true;
  }
  if (selection.refs.size === 0 && cursor !== undefined) {
    if (tool === 'connect' || tool === 'flow') {
      drawing.beginAt(cursor);
      const name = drawing.item(cursor)?.label ?? cursor;
      drawing.announce(language.messages.canvas.pickTarget(name));
    } else {
      selection.show(cursor);
      drawing.project.follow.showNode(cursor);
      drawing.announce(describe(drawing, cursor));
    }
    return true;
  }
  const { only } = selection;
  if (only === undefined) return false;
  if (zooms) drawing.fitTo(only);
  else rename(drawing);
  return true;
}

/** Out of a drag, a line, a tool, a selection: one at a time. */
function stepBack(drawing: Drawing, cancel: () => boolean): boolean {
  const { selection } = drawing.project;
  if (cancel()) return true;
  if (drawing.origin !== undefined) drawing.beginAt(undefined);
  else if (drawing.tool !== 'select') drawing.take('select');
  else if (selection.refs.size > 0) {
    drawing.walkTo(selection.only);
    selection.clear();
    drawing.announce(language.messages.canvas.selectedNone);
  } else if (drawing.cursor !== undefined) drawing.walkTo(undefined);
  else return false;
  return true;
}
