import type { Point, Rectangle, Scene } from '../geometry/scene.ts';
import type { Overlay, TracePath } from './types.ts';
import { roundedBox, type Frame, type PixelBox } from './brush.ts';
import { handleAt, handles, hasFewHandles, portsFor, portsOf } from './parts.ts';

/** Pixels of the page. */
export const handleSize = 9;
export const portSize = 11;

/** What lies over the scene: selection, hover, guides, the line being drawn, the packet's way. */
export function paintOverlay(
  frame: Frame,
  scene: Scene,
  overlay: Overlay,
  boxOf: (index: number) => Rectangle | undefined,
): void {
  const box = (ref: string | undefined): Rectangle | undefined => {
    const index = ref === undefined ? undefined : scene.indexOf.get(ref);
    return index === undefined ? undefined : boxOf(index);
  };
  if (overlay.path) paintPath(frame, overlay.path);

  const target = box(overlay.dropTarget);
  if (target) paintTarget(frame, target);
  const hovered = overlay.hovered;
  const over = box(hovered);
  if (over && hovered !== undefined && !overlay.selected.has(hovered))
    outline(frame, over, 1.5, 0.55);

  const selected = [...overlay.selected].flatMap((ref) => box(ref) ?? []);
  for (const one of selected) outline(frame, one, 2, 1);
  const [single] = selected;
  const alone = overlay.selected.size === 1 ? single : undefined;
  const idle = !overlay.connecting && !overlay.frame && overlay.guides.length === 0;
  if (alone && idle) paintHandles(frame, alone);
  if (alone && idle) paintPorts(frame, alone, true);
  else if (over && idle) paintPorts(frame, over, false);

  if (overlay.ghost) paintGhost(frame, overlay.ghost);
  if (overlay.connecting) {
    const from = box(overlay.connecting.from);
    const to = box(overlay.connecting.target);
    if (to) outline(frame, to, 2.5, 1);
    if (from) paintConnecting(frame, from, overlay.connecting.to, to !== undefined);
  }
  if (overlay.frame) paintFrame(frame, overlay.frame);
  paintGuides(frame, overlay.guides);
}

function pixels({ scale, x, y }: Frame, box: Rectangle, out = 0): PixelBox {
  const left = Math.round(box.x * scale + x) - out;
  const top = Math.round(box.y * scale + y) - out;
  return {
    x: left,
    y: top,
    width: Math.round(box.width * scale) + 2 * out,
    height: Math.round(box.height * scale) + 2 * out,
  };
}

function outline(frame: Frame, box: Rectangle, width: number, opacity: number): void {
  const { pen, palette, ratio, scale } = frame;
  pen.globalAlpha = opacity;
  pen.strokeStyle = palette.accent;
  pen.lineWidth = width * ratio;
  roundedBox(pen, pixels(frame, box, 3 * ratio), 8 * scale + 3 * ratio);
  pen.stroke();
  pen.globalAlpha = 1;
}

function paintHandles(frame: Frame, box: Rectangle): void {
  const { pen, palette, ratio } = frame;
  const out = pixels(frame, box, 3 * ratio);
  // On a small box the handles would hide what they are for.
  const few = hasFewHandles(out, ratio);
  const size = handleSize * ratio;
  pen.lineWidth = 1.5 * ratio;
  pen.strokeStyle = palette.accent;
  pen.fillStyle = palette.card;
  for (const handle of handles) {
    if (few && handle.length === 1) continue;
    const { x, y } = handleAt(out, handle);
    pen.beginPath();
    pen.roundRect(x - size / 2, y - size / 2, size, size, 2.5 * ratio);
    pen.fill();
    pen.stroke();
  }
}

function paintPorts(frame: Frame, box: Rectangle, selected: boolean): void {
  const { pen, palette, ratio, scale } = frame;
  const radius = (portSize / 2) * ratio;
  for (const port of portsFor(box, ratio / scale, selected)) {
    const x = port.x * scale + frame.x;
    const y = port.y * scale + frame.y;
    pen.beginPath();
    pen.arc(x, y, radius, 0, 7);
    pen.fillStyle = palette.accent;
    pen.fill();
    pen.lineWidth = 1.5 * ratio;
    pen.strokeStyle = palette.card;
    pen.stroke();
    pen.strokeStyle = palette.accentInk;
    pen.beginPath();
    pen.moveTo(x - radius * 0.5, y);
    pen.lineTo(x + radius * 0.5, y);
    pen.moveTo(x, y - radius * 0.5);
    pen.lineTo(x, y + radius * 0.5);
    pen.stroke();
  }
}

function paintTarget(frame: Frame, box: Rectangle): void {
  const { pen, palette, ratio, scale } = frame;
  const at = pixels(frame, box);
  roundedBox(pen, at, 12 * scale);
  pen.globalAlpha = 0.1;
  pen.fillStyle = palette.accent;
  pen.fill();
  pen.globalAlpha = 1;
  pen.strokeStyle = palette.accent;
  pen.lineWidth = 2 * ratio;
  pen.setLineDash([6 * ratio, 4 * ratio]);
  pen.stroke();
  pen.setLineDash([]);
}

function paintGhost(frame: Frame, box: Rectangle): void {
  const { pen, palette, ratio, scale } = frame;
  roundedBox(pen, pixels(frame, box), 8 * scale);
  pen.globalAlpha = 0.85;
  pen.fillStyle = palette.accentSoft;
  pen.fill();
  pen.globalAlpha = 1;
  pen.strokeStyle = palette.accent;
  pen.lineWidth = 1.5 * ratio;
  pen.setLineDash([5 * ratio, 4 * ratio]);
  pen.stroke();
  pen.setLineDash([]);
}

/** From the edge that faces the pointer, gently bent. */
function paintConnecting(frame: Frame, from: Rectangle, to: Point, reached: boolean): void {
  const { pen, palette, ratio, scale } = frame;
  const start = portsOf(from).reduce((best, port) =>
    Math.hypot(port.x - to.x, port.y - to.y) < Math.hypot(best.x - to.x, best.y - to.y)
      ? port
      : best,
  );
  const px = (point: Point): Point => ({
    x: point.x * scale + frame.x,
    y: point.y * scale + frame.y,
  });
  const a = px(start);
  const b = px(to);
  const level = start.y > from.y && start.y < from.y + from.height;
  const bend = 0.45;
  pen.beginPath();
  pen.moveTo(a.x, a.y);
  if (level) {
    pen.bezierCurveTo(a.x + (b.x - a.x) * bend, a.y, b.x - (b.x - a.x) * bend, b.y, b.x, b.y);
  } else {
    pen.bezierCurveTo(a.x, a.y + (b.y - a.y) * bend, b.x, b.y - (b.y - a.y) * bend, b.x, b.y);
  }
  pen.strokeStyle = palette.accent;
  pen.lineWidth = 2.5 * ratio;
  pen.lineCap = 'round';
  if (!reached) pen.setLineDash([2 * ratio, 6 * ratio]);
  pen.stroke();
  pen.setLineDash([]);
  for (const point of [a, b]) {
    pen.beginPath();
    pen.arc(point.x, point.y, 5 * ratio, 0, 7);
    pen.fillStyle = palette.accent;
    pen.fill();
    pen.strokeStyle = palette.card;
    pen.lineWidth = 1.5 * ratio;
    pen.stroke();
  }
}

function paintFrame(frame: Frame, box: Rectangle): void {
  const { pen, palette, ratio } = frame;
  const at = pixels(frame, box);
  pen.globalAlpha = 0.1;
  pen.fillStyle = palette.accent;
  pen.fillRect(at.x, at.y, at.width, at.height);
  pen.globalAlpha = 1;
  pen.strokeStyle = palette.accent;
  pen.lineWidth = ratio;
  pen.strokeRect(at.x + 0.5, at.y + 0.5, at.width, at.height);
}

function paintGuides(frame: Frame, guides: Overlay['guides']): void {
  const { pen, palette, ratio, scale } = frame;
  if (guides.length === 0) return;
  pen.strokeStyle = palette.guide;
  pen.lineWidth = ratio;
  pen.beginPath();
  for (const { from, to } of guides) {
    pen.moveTo(
      Math.round(from.x * scale + frame.x) + 0.5,
      Math.round(from.y * scale + frame.y) + 0.5,
    );
    pen.lineTo(Math.round(to.x * scale + frame.x) + 0.5, Math.round(to.y * scale + frame.y) + 0.5);
  }
  pen.stroke();
}

function paintPath(frame: Frame, path: TracePath): void {
  paintWay(frame, path.points, path.tone, path.position);
  if (path.points.length > 0) {
    paintPacket(frame, pointAt(path.points, path.position), path, frame.palette[path.tone]);
  }
}

/** A way over the drawing; what is behind `position` is drawn stronger. */
export function paintWay(
  frame: Frame,
  points: readonly Point[],
  color: TracePath['tone'],
  position: number,
): void {
  const { pen, palette, ratio, scale } = frame;
  const tone = palette[color];
  const width = Math.max(3.5 * ratio, 3 * scale);
  const walk = (from: number, to: number): void => {
    pen.beginPath();
    const first = pointAt(points, from);
    pen.moveTo(first.x * scale + frame.x, first.y * scale + frame.y);
    for (let index = Math.floor(from) + 1; index <= Math.floor(to); index += 1) {
      const point = points[index];
      if (point) pen.lineTo(point.x * scale + frame.x, point.y * scale + frame.y);
    }
    const last = pointAt(points, to);
    pen.lineTo(last.x * scale + frame.x, last.y * scale + frame.y);
  };
  const end = points.length - 1;
  if (end < 0) return;
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  walk(0, end);
  pen.strokeStyle = palette.ground;
  pen.globalAlpha = 0.9;
  pen.lineWidth = width + 4 * ratio;
  pen.stroke();
  pen.globalAlpha = 0.38;
  pen.strokeStyle = tone;
  pen.lineWidth = width;
  pen.stroke();
  pen.globalAlpha = 1;
  walk(0, Math.min(Math.max(position, 0), end));
  pen.stroke();
}

export function pointAt(points: readonly Point[], position: number): Point {
  const index = Math.min(Math.max(Math.floor(position), 0), points.length - 1);
  const from = points[index] ?? { x: 0, y: 0 };
  const to = points[index + 1];
  const share = Math.min(Math.max(position - index, 0), 1);
  if (!to) return from;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** A disc, with a ring around it for each tunnel that it is in. */
function paintPacket(frame: Frame, at: Point, path: TracePath, tone: string): void {
  const { pen, palette, ratio, scale } = frame;
  const x = at.x * scale + frame.x;
  const y = at.y * scale + frame.y;
  const radius = Math.max(7 * ratio, Math.min(9 * scale, 12 * ratio));
  const depth = path.depth[Math.floor(Math.max(path.position, 0))] ?? 0;
  const outer = radius + depth * 5 * ratio;
  pen.beginPath();
  pen.arc(x, y, outer + 3 * ratio, 0, 7);
  pen.fillStyle = palette.card;
  pen.fill();
  pen.strokeStyle = tone;
  for (let ring = depth; ring > 0; ring -= 1) {
    pen.lineWidth = 2 * ratio;
    pen.beginPath();
    pen.arc(x, y, radius + ring * 5 * ratio - ratio, 0, 7);
    pen.stroke();
  }
  pen.beginPath();
  pen.arc(x, y, radius, 0, 7);
  pen.fillStyle = tone;
  pen.fill();
  // A letter, as everyone draws a packet.
  const half = radius * 0.52;
  pen.strokeStyle = palette.card;
  pen.lineWidth = 1.4 * ratio;
  pen.lineJoin = 'round';
  pen.beginPath();
  pen.rect(x - half, y - half * 0.72, half * 2, half * 1.44);
  pen.moveTo(x - half, y - half * 0.72);
  pen.lineTo(x, y + half * 0.12);
  pen.lineTo(x + half, y - half * 0.72);
  pen.stroke();
}
