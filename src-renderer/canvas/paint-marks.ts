import type { EdgeRoutes } from '../geometry/edge-routes.ts';
import type { Point, Scene, SceneFault } from '../geometry/scene.ts';
import { isOpen } from './parts.ts';
import type { Frame } from './brush.ts';

/** Where a fault's mark is, in canvas units: the corner of a box, or the interface's end of an edge. */
export function markAt(scene: Scene, routes: EdgeRoutes, fault: SceneFault): Point | undefined {
  if (fault.edge !== undefined) {
    const at = routes.start[fault.edge] ?? 0;
    const { points } = routes;
    const x = points[at] ?? 0;
    const y = points[at + 1] ?? 0;
    const dx = (points[at + 2] ?? x) - x;
    const dy = (points[at + 3] ?? y) - y;
    const length = Math.hypot(dx, dy) || 1;
    const step = Math.min(6, length / 2);
    return { x: x + (dx / length) * step, y: y + (dy / length) * step };
  }
  const item = scene.items[fault.item ?? -1];
  if (!item) return undefined;
  return isOpen(item)
    ? { x: item.x + item.width - 4, y: item.y + 4 }
    : { x: item.x + item.width - 3, y: item.y + 3 };
}

/** A red disc for an error, an amber triangle for a warning: told apart without colour, never too small to see. */
export function paintMark(frame: Frame, severity: SceneFault['severity'], at: Point): void {
  const { pen, palette, scale, ratio } = frame;
  const size = Math.max(8 * scale, 4 * ratio);
  const x = at.x * scale + frame.x;
  const y = at.y * scale + frame.y;
  pen.beginPath();
  if (severity === 'error') pen.arc(x, y, size, 0, 7);
  else {
    pen.moveTo(x, y - size * 1.1);
    pen.lineTo(x + size * 1.15, y + size * 0.9);
    pen.lineTo(x - size * 1.15, y + size * 0.9);
    pen.closePath();
  }
  pen.lineJoin = 'round';
  pen.strokeStyle = palette.card;
  pen.lineWidth = size * 0.45;
  pen.stroke();
  pen.fillStyle = severity === 'error' ? palette.bad : palette.warn;
  pen.fill();
  if (size < 5 * ratio) return;
  pen.strokeStyle = palette.badInk;
  pen.lineWidth = size * 0.24;
  pen.lineCap = 'round';
  const drop = severity === 'error' ? 0 : size * 0.2;
  pen.beginPath();
  pen.moveTo(x, y - size * 0.45 + drop);
  pen.lineTo(x, y + size * 0.08 + drop);
  pen.moveTo(x, y + size * 0.42 + drop * 0.7);
  pen.lineTo(x, y + size * 0.43 + drop * 0.7);
  pen.stroke();
}
