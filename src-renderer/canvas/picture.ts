import { labelBox, labelsOf } from '../geometry/edge-labels.ts';
import { routesOf } from '../geometry/edge-routes.ts';
import { around } from '../geometry/rectangle.ts';
import type { Point, Rectangle, Scene } from '../geometry/scene.ts';
import { visibleText } from '../i18n/visible-text.ts';
import { paperColor, paperFaces } from '../theme/paper.ts';
import type { Frame } from './brush.ts';
import type { CanvasTheme, TracePath } from './types.ts';
import { measureByTable } from './font-metrics.ts';
import { legendEntries, legendSize, paintLegend, type LegendWords } from './legend.ts';
import { badgesOf, paintHops, type HopMark } from './paint-hops.ts';
import { paintWay } from './paint-overlay.ts';
import { paintScene } from './paint-scene.ts';
import { paletteOf } from './palette.ts';
import { paperSlack, withWholeWords } from './paper-scene.ts';
import { escaped, SvgPen } from './svg-pen.ts';
import { createTypesetter } from './text.ts';

export type { LegendWords } from './legend.ts';

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
  readonly way?: PicturedWay;
}

export interface SvgPicture {
  readonly svg: string;
  /** Pixels at its own size. */
  readonly width: number;
  readonly height: number;
}

/** Around what is shown, canvas units. */
export const pictureMargin = 24;
/** Size of the smallest letters of a picture, canvas units. */
export const smallestLetters = 10;

export const paperTheme = (dark: boolean): CanvasTheme => ({
  dark,
  color: (token) => paperColor(token, dark),
  textFace: paperFaces.text,
  codeFace: paperFaces.code,
});

/** As a picture shows a scene: no name is cut. `tight`: nothing is left free that lines and words do not need. */
export const forPaper = (scene: Scene, { tight }: { readonly tight: boolean }): Scene =>
  withWholeWords(
    scene,
    { textFace: paperFaces.text, codeFace: paperFaces.code },
    measureByTable,
    tight ? paperSlack : undefined,
  );

/** Boxes, the lines between them with their addresses, a way and its badges, with a margin. */
export function pictureBounds(
  frame: Pick<Frame, 'type' | 'palette'>,
  { scene, way }: PictureWish,
): Rectangle {
  const { points } = routesOf(scene);
  const drawn: Rectangle[] = [
    ...scene.items,
    ...[...labelsOf(scene).values()].flat().map(labelBox),
  ];
  for (let at = 0; at + 1 < points.length; at += 2) {
    drawn.push({ x: points[at] ?? 0, y: points[at + 1] ?? 0, width: 0, height: 0 });
  }
  for (const { x, y } of way?.points ?? []) drawn.push({ x, y, width: 0, height: 0 });
  if (way) drawn.push(...badgesOf(frame, scene, way.hops));
  const box = around(drawn) ?? { x: 0, y: 0, width: 0, height: 0 };
  return {
    x: Math.floor(box.x - pictureMargin),
    y: Math.floor(box.y - pictureMargin),
    width: Math.ceil(box.width + 2 * pictureMargin),
    height: Math.ceil(box.height + 2 * pictureMargin),
  };
}

/** Paints the picture with a pen; `frame` says where on it. */
export function paintPicture(frame: Frame, { scene, way }: PictureWish, bounds: Rectangle): void {
  paintScene(
    frame,
    {
      scene,
      routes: routesOf(scene),
      exact: true,
      ...(way && {
        way: (over) => paintWay(over, way.points, way.tone, way.points.length - 1),
      }),
    },
    bounds,
  );
  if (way) paintHops(frame, scene, way.hops, way.tone);
}

/** The drawing as an SVG picture: what the canvas shows, by the same code, without a browser. The same scene gives the same bytes. */
export function svgPicture(wish: PictureWish): SvgPicture {
  const { frame, finish } = sheet(wish.dark ?? false);
  const bounds = pictureBounds(frame, wish);
  return finish(wish.title, bounds, (placed) => paintPicture(placed, wish, bounds));
}

/** What the signs of some drawings mean. */
export function svgLegend(
  scenes: readonly Scene[],
  words: LegendWords,
  { title, ways, columns }: LegendWish,
): SvgPicture {
  const { frame, finish } = sheet(false);
  const entries = legendEntries(scenes, words, ways);
  const size = legendSize(entries, columns);
  return finish(title, { x: 0, y: 0, ...size }, () =>
    paintLegend(frame, entries, columns, measureByTable),
  );
}

export interface LegendWish {
  readonly title: string;
  /** How the flows fare whose ways are drawn. */
  readonly ways: readonly TracePath['tone'][];
  readonly columns: number;
}

function sheet(dark: boolean): {
  readonly frame: Frame;
  readonly finish: (title: string, bounds: Rectangle, paint: (frame: Frame) => void) => SvgPicture;
} {
  const palette = paletteOf(paperTheme(dark));
  const pen = new SvgPen(palette.textFace, measureByTable);
  const type = createTypesetter(() => measureByTable);
  const frame: Frame = { pen, scale: 1, ratio: 1, x: 0, y: 0, palette, type, still: true };
  return {
    frame,
    finish: (title, { x, y, width, height }, paint) => {
      pen.fillStyle = palette.ground;
      pen.fillRect(0, 0, width, height);
      paint({ ...frame, x: -x, y: -y });
      const head = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(palette.textFace)}" role="img">`;
      const svg = [
        head,
        `<title>${escaped(visibleText(title))}</title>`,
        ...pen.elements,
        '</svg>',
        '',
      ].join('\n');
      return { svg, width, height };
    },
  };
}
