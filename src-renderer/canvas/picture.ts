import { routesOf } from '../geometry/edge-routes.ts';
import { around } from '../geometry/rectangle.ts';
import type { Point, Rectangle, Scene } from '../geometry/scene.ts';
import { visibleText } from '../i18n/visible-text.ts';
import { paperColor, paperFaces } from '../theme/paper.ts';
import type { Frame } from './brush.ts';
import type { CanvasTheme, TracePath } from './types.ts';
import { measureByTable } from './font-metrics.ts';
import { paintHops, type HopMark } from './paint-hops.ts';
import { paintWay } from './paint-overlay.ts';
import { paintScene, type Picture } from './paint-scene.ts';
import { paletteOf } from './palette.ts';
import { escaped, SvgPen } from './svg-pen.ts';
import { createTypesetter } from './text.ts';

/** A flow's way over the drawing, with its hops numbered. */
export interface PicturedWay {
  readonly points: readonly Point[];
  readonly tone: TracePath['tone'];
  readonly hops: readonly HopMark[];
}

export interface PictureWish {
  readonly scene: Scene;
  /** What it shows, for who cannot see it. */
  readonly title: string;
  readonly dark?: boolean;
  /** The part of the scene that is shown, canvas units; all of it where absent. */
  readonly only?: Rectangle;
  /** Boxes and lines that are not drawn. */
  readonly without?: NonNullable<Picture['without']>;
  readonly way?: PicturedWay;
}

export interface SvgPicture {
  readonly svg: string;
  /** Pixels at its own size. */
  readonly width: number;
  readonly height: number;
}

/** Around what is shown, canvas units. */
const margin = 24;

export const paperTheme = (dark: boolean): CanvasTheme => ({
  dark,
  color: (token) => paperColor(token, dark),
  textFace: paperFaces.text,
  codeFace: paperFaces.code,
});

/** Boxes, the lines between them, and a way, with a margin. */
export function pictureBounds({ scene, only, way }: PictureWish): Rectangle {
  const { points } = routesOf(scene);
  const dots: Rectangle[] = [];
  for (let at = 0; at + 1 < points.length; at += 2) {
    dots.push({ x: points[at] ?? 0, y: points[at + 1] ?? 0, width: 0, height: 0 });
  }
  for (const { x, y } of way?.points ?? []) dots.push({ x, y, width: 0, height: 0 });
  const box = only ?? around([...scene.items, ...dots]) ?? { x: 0, y: 0, width: 0, height: 0 };
  return {
    x: Math.floor(box.x - margin),
    y: Math.floor(box.y - margin),
    width: Math.ceil(box.width + 2 * margin),
    height: Math.ceil(box.height + 2 * margin),
  };
}

/** Paints the picture with a pen; `frame` says where on it. */
export function paintPicture(frame: Frame, wish: PictureWish, bounds: Rectangle): void {
  const { scene, way, without } = wish;
  const routes = routesOf(scene);
  paintScene(frame, { scene, routes, exact: true, ...(without ? { without } : {}) }, bounds);
  if (!way) return;
  paintWay(frame, way.points, way.tone, way.points.length - 1);
  paintHops(frame, way.hops, way.tone);
}

/** The drawing as an SVG picture: what the canvas shows, by the same code, without a browser. The same scene gives the same bytes. */
export function svgPicture(wish: PictureWish): SvgPicture {
  const { title, dark = false } = wish;
  const palette = paletteOf(paperTheme(dark));
  const bounds = pictureBounds(wish);
  const { width, height } = bounds;
  const pen = new SvgPen(palette.textFace, measureByTable);
  pen.fillStyle = palette.ground;
  pen.fillRect(0, 0, width, height);
  const type = createTypesetter(() => measureByTable);
  const place = { scale: 1, ratio: 1, x: -bounds.x, y: -bounds.y };
  paintPicture({ pen, ...place, palette, type, still: true }, wish, bounds);
  const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(palette.textFace)}" role="img">`;
  const svg = [
    head,
    `<title>${escaped(visibleText(title))}</title>`,
    ...pen.elements,
    '</svg>',
    '',
  ].join('\n');
  return { svg, width, height };
}
