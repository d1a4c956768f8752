import { iconPath, outlineOf, type IconName, type IconOutline } from './icons.ts';
import type { Palette } from './palette.ts';
import { fontOf, type Face, type Typesetter } from './text.ts';

/**
 * What the drawing is drawn with: a canvas of the page, which has all of it, or what writes the same as a picture's text
 * (`SvgPen`). https://html.spec.whatwg.org/multipage/canvas.html#2dcontext
 */
export interface Pen {
  /** Colours are texts; a canvas answers with more than that. */
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineCap: 'butt' | 'round' | 'square';
  lineJoin: 'bevel' | 'miter' | 'round';
  globalAlpha: number;
  font: string;
  direction: 'inherit' | 'ltr' | 'rtl';
  textAlign: 'center' | 'end' | 'left' | 'right' | 'start';
  textBaseline: 'alphabetic' | 'bottom' | 'hanging' | 'ideographic' | 'middle' | 'top';
  textRendering: 'auto' | 'geometricPrecision' | 'optimizeLegibility' | 'optimizeSpeed';
  save(): void;
  restore(): void;
  translate(x: number, y: number): void;
  scale(x: number, y: number): void;
  beginPath(): void;
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  arcTo(ax: number, ay: number, bx: number, by: number, radius: number): void;
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void;
  rect(x: number, y: number, width: number, height: number): void;
  roundRect(
    x: number,
    y: number,
    width: number,
    height: number,
    radii?: number | Iterable<number>,
  ): void;
  setLineDash(dash: number[]): void;
  fill(): void;
  stroke(path?: IconOutline): void;
  fillRect(x: number, y: number, width: number, height: number): void;
  strokeRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  strokeText(text: string, x: number, y: number): void;
  /** Strokes an outline given as the data of an SVG path; where absent, it is made a path of the browser's first. */
  readonly strokeOutline?: (data: string) => void;
}

/** Where and how large the drawing lands on a bitmap. */
export interface Frame {
  readonly pen: Pen;
  /** Device pixels a canvas unit. */
  readonly scale: number;
  /** Device pixels a pixel of the page. */
  readonly ratio: number;
  /** Device pixels: where the canvas' origin is. */
  readonly x: number;
  readonly y: number;
  readonly palette: Palette;
  /** A picture that nobody points at: without the buttons that fold containers. */
  readonly still?: boolean;
  readonly type: Typesetter;
}

/** Edges of boxes fall on whole pixels, so that they are crisp at every scale. */
export const across = (frame: Frame, x: number): number => Math.round(x * frame.scale + frame.x);
export const along = (frame: Frame, y: number): number => Math.round(y * frame.scale + frame.y);

/** How large a pixel of the page would be in canvas units; lines never get thinner. */
export const hairline = ({ scale, ratio }: Frame, units: number): number =>
  Math.max(units * scale, ratio);

/** Whether text of this size, in canvas units, can be read. Under 5 pixels it is left out. */
export const legible = ({ scale, ratio }: Frame, size: number): boolean =>
  (size * scale) / ratio >= 5;

export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function pixelBox(
  frame: Frame,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): PixelBox {
  const x = across(frame, box.x);
  const y = along(frame, box.y);
  return {
    x,
    y,
    width: Math.round(box.width * frame.scale),
    height: Math.round(box.height * frame.scale),
  };
}

export function roundedBox(pen: Pen, box: PixelBox, radius: number): void {
  pen.beginPath();
  pen.roundRect(
    box.x,
    box.y,
    box.width,
    box.height,
    Math.min(radius, box.height / 2, box.width / 2),
  );
}

/** A border that lies inside the box, on whole pixels. */
export function strokeInside(pen: Pen, box: PixelBox, radius: number, width: number): void {
  const half = width / 2;
  pen.lineWidth = width;
  pen.beginPath();
  pen.roundRect(
    box.x + half,
    box.y + half,
    Math.max(0, box.width - width),
    Math.max(0, box.height - width),
    Math.max(0, Math.min(radius - half, (box.height - width) / 2, (box.width - width) / 2)),
  );
  pen.stroke();
}

/** Line widths in device pixels: whole ones, at least one. */
export const lineWidth = (frame: Frame, units: number): number =>
  Math.max(Math.round(hairline(frame, units)), 1);

export interface Word {
  readonly text: string;
  readonly face: Face;
  /** Canvas units: left end of the baseline; the right end or the middle where it is aligned so. */
  readonly x: number;
  readonly y: number;
  /** Canvas units that there are for it. */
  readonly room: number;
  readonly color: string;
  readonly align?: 'left' | 'center' | 'right';
  /** A line around the letters that keeps them apart from what is behind. */
  readonly halo?: string | undefined;
}

/** In a still picture, what is written over lines and ways hides them. */
export const haloIn = ({ still }: Frame, ground: string): string | undefined =>
  still ? ground : undefined;

/** Writes a text, cut to its room; answers how wide it came out, in canvas units. */
export function write(frame: Frame, word: Word): number {
  const fitted = frame.type.fit(word.text, word.face, word.room);
  if (fitted.text === '') return 0;
  const { pen } = frame;
  const font = fontOf(word.face, frame.scale);
  if (pen.font !== font) pen.font = font;
  pen.textRendering = 'geometricPrecision';
  pen.direction = 'ltr';
  pen.textAlign = 'left';
  pen.textBaseline = 'alphabetic';
  const shift =
    word.align === 'center' ? fitted.width / 2 : word.align === 'right' ? fitted.width : 0;
  const x = (word.x - shift) * frame.scale + frame.x;
  const y = Math.round(word.y * frame.scale + frame.y);
  if (word.halo !== undefined && frame.still) {
    // Between letters a line could be taken for one of theirs: where nothing moves, it ends at the words.
    const size = word.face.size * frame.scale;
    pen.fillStyle = word.halo;
    pen.fillRect(
      x - size / 5,
      y - size * 0.85,
      (fitted.width + word.face.size / 2.5) * frame.scale,
      size * 1.1,
    );
  } else if (word.halo !== undefined) {
    pen.lineJoin = 'round';
    pen.lineWidth = Math.max(4 * frame.scale, 3 * frame.ratio);
    pen.strokeStyle = word.halo;
    pen.strokeText(fitted.text, x, y);
  }
  pen.fillStyle = word.color;
  pen.fillText(fitted.text, x, y);
  return fitted.width;
}

/** An icon of the set in a square of so many canvas units. */
export function drawIcon(
  frame: Frame,
  name: IconName,
  x: number,
  y: number,
  size: number,
  color: string,
  weight = 1.9,
): void {
  const { pen } = frame;
  const scale = (size * frame.scale) / 24;
  pen.save();
  pen.translate(x * frame.scale + frame.x, y * frame.scale + frame.y);
  pen.scale(scale, scale);
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  pen.lineWidth = Math.max(weight, (0.8 * frame.ratio) / scale);
  pen.strokeStyle = color;
  if (pen.strokeOutline) pen.strokeOutline(outlineOf(name));
  else pen.stroke(iconPath(name));
  pen.restore();
}
