import { routesOf } from '../geometry/edge-routes.ts';
import type { Scene } from '../geometry/scene.ts';
import type { CanvasTheme } from './types.ts';
import { paintScene } from './paint-scene.ts';
import { paletteOf } from './palette.ts';
import { measureByCanvas } from './measure.ts';
import { createTypesetter } from './text.ts';

/** Above and below, for the names that stand on the edges of containers; pixels of the page. */
const nameRoom = 18;

/** Draws all of a scene on a canvas of any size: for cards, and for pictures that are saved. */
export function paintPreview(options: {
  readonly canvas: HTMLCanvasElement | OffscreenCanvas;
  readonly scene: Scene;
  readonly theme: CanvasTheme;
  /** Pixels of the canvas. */
  readonly margin?: number;
  /** Pixels of the canvas a pixel of the page. */
  readonly ratio?: number;
}): void {
  const { canvas, scene, theme, margin = 8, ratio = 1 } = options;
  const pen = canvas.getContext('2d');
  if (!pen || !('fillRect' in pen)) return;
  const palette = paletteOf(theme);
  const { bounds } = scene;
  const scale = Math.min(
    (canvas.width - 2 * margin) / Math.max(bounds.width, 1),
    (canvas.height - 2 * Math.max(margin, nameRoom * ratio)) / Math.max(bounds.height, 1),
    2 * ratio,
  );
  pen.fillStyle = palette.ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  if (scene.items.length === 0) return;
  const x = (canvas.width - bounds.width * scale) / 2 - bounds.x * scale;
  const y = (canvas.height - bounds.height * scale) / 2 - bounds.y * scale;
  const frame = { pen, scale, ratio, x, y, palette, type: createTypesetter(measureByCanvas) };
  paintScene(frame, { scene, routes: routesOf(scene), exact: true }, bounds);
}
