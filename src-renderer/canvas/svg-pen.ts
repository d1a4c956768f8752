import type { Pen } from './brush.ts';
import type { Measure } from './text.ts';

/** What is set aside by `save`. */
interface Placed {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** Writes what is drawn as the elements of an SVG picture: shapes as paths, text as text. */
export class SvgPen implements Pen {
  fillStyle: unknown = '#000';
  strokeStyle: unknown = '#000';
  lineWidth = 1;
  lineCap: Pen['lineCap'] = 'butt';
  lineJoin: Pen['lineJoin'] = 'miter';
  globalAlpha = 1;
  font = '10px sans-serif';
  direction: Pen['direction'] = 'ltr';
  textAlign: Pen['textAlign'] = 'left';
  textBaseline: Pen['textBaseline'] = 'alphabetic';
  textRendering: Pen['textRendering'] = 'geometricPrecision';
  readonly #elements: string[] = [];
  readonly #mainFace: string;
  readonly #measure: Measure;
  #path: string[] = [];
  /** Where the path is. */
  #x = 0;
  #y = 0;
  #dash: readonly number[] = [];
  #at: Placed = { scale: 1, x: 0, y: 0 };
  readonly #saved: Placed[] = [];

  /**
   * `mainFace`: of texts that name no other one; the picture as a whole names it. `measure`: how wide texts are to come
   * out, whichever face the reader has.
   */
  constructor(mainFace: string, measure: Measure) {
    this.#mainFace = mainFace;
    this.#measure = measure;
  }

  get elements(): readonly string[] {
    return this.#elements;
  }

  save(): void {
    this.#saved.push(this.#at);
  }
  restore(): void {
    this.#at = this.#saved.pop() ?? this.#at;
  }
  translate(x: number, y: number): void {
    const { scale } = this.#at;
    this.#at = { scale, x: this.#at.x + x * scale, y: this.#at.y + y * scale };
  }
  /** The same along both axes. */
  scale(by: number): void {
    this.#at = { ...this.#at, scale: this.#at.scale * by };
  }

  beginPath(): void {
    this.#path = [];
  }
  moveTo(x: number, y: number): void {
    this.#go('M', x, y);
  }
  lineTo(x: number, y: number): void {
    this.#go(this.#path.length === 0 ? 'M' : 'L', x, y);
  }
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.#path.push(`C${num(ax)} ${num(ay)} ${num(bx)} ${num(by)} ${num(x)} ${num(y)}`);
    [this.#x, this.#y] = [x, y];
  }
  closePath(): void {
    this.#path.push('Z');
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.#path.push(`M${num(x)} ${num(y)}h${num(width)}v${num(height)}h${num(-width)}Z`);
    [this.#x, this.#y] = [x, y];
  }

  arc(x: number, y: number, radius: number, from: number, to: number): void {
    const r = num(radius);
    const start = { x: x + radius * Math.cos(from), y: y + radius * Math.sin(from) };
    this.#go(this.#path.length === 0 ? 'M' : 'L', start.x, start.y);
    if (to - from >= 2 * Math.PI) {
      const other = `${num(2 * x - start.x)} ${num(2 * y - start.y)}`;
      const back = `${num(start.x)} ${num(start.y)}`;
      this.#path.push(`A${r} ${r} 0 1 1 ${other}A${r} ${r} 0 1 1 ${back}Z`);
      return;
    }
    const end = { x: x + radius * Math.cos(to), y: y + radius * Math.sin(to) };
    const large = to - from > Math.PI ? 1 : 0;
    this.#path.push(`A${r} ${r} 0 ${large} 1 ${num(end.x)} ${num(end.y)}`);
    [this.#x, this.#y] = [end.x, end.y];
  }

  /** https://html.spec.whatwg.org/multipage/canvas.html#dom-context-2d-arcto */
  arcTo(ax: number, ay: number, bx: number, by: number, radius: number): void {
    const [inX, inY] = unit(this.#x - ax, this.#y - ay);
    const [outX, outY] = unit(bx - ax, by - ay);
    const turn = inX * outY - inY * outX;
    const angle = Math.acos(Math.min(1, Math.max(-1, inX * outX + inY * outY)));
    if (radius === 0 || Math.abs(turn) < 1e-9 || angle === 0) {
      this.lineTo(ax, ay);
      return;
    }
    const back = radius / Math.tan(angle / 2);
    this.lineTo(ax + inX * back, ay + inY * back);
    const end = { x: ax + outX * back, y: ay + outY * back };
    const r = num(radius);
    this.#path.push(`A${r} ${r} 0 0 ${turn > 0 ? 0 : 1} ${num(end.x)} ${num(end.y)}`);
    [this.#x, this.#y] = [end.x, end.y];
  }

  roundRect(
    x: number,
    y: number,
    width: number,
    height: number,
    radii: number | Iterable<number> = 0,
  ): void {
    const all = typeof radii === 'number' ? [radii] : [...radii];
    const [topLeft = 0, topRight = topLeft, bottomRight = topLeft, bottomLeft = topRight] = all;
    const corner = (radius: number, dx: number, dy: number) =>
      radius === 0 ? '' : `a${num(radius)} ${num(radius)} 0 0 1 ${num(dx)} ${num(dy)}`;
    this.#path.push(
      `M${num(x + topLeft)} ${num(y)}h${num(width - topLeft - topRight)}`,
      corner(topRight, topRight, topRight),
      `v${num(height - topRight - bottomRight)}`,
      corner(bottomRight, -bottomRight, bottomRight),
      `h${num(bottomRight + bottomLeft - width)}`,
      corner(bottomLeft, -bottomLeft, -bottomLeft),
      `v${num(topLeft + bottomLeft - height)}`,
      corner(topLeft, topLeft, -topLeft),
      'Z',
    );
    [this.#x, this.#y] = [x, y];
  }

  setLineDash(dash: readonly number[]): void {
    this.#dash = dash;
  }

  fill(): void {
    if (this.#path.length === 0) return;
    this.#add(`<path d="${this.#path.join('')}"${this.#paint('fill', this.fillStyle)}/>`);
  }
  stroke(): void {
    if (this.#path.length === 0) return;
    this.#add(`<path d="${this.#path.join('')}" fill="none"${this.#line()}/>`);
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    this.#add(`<rect${box(x, y, width, height)}${this.#paint('fill', this.fillStyle)}/>`);
  }
  strokeRect(x: number, y: number, width: number, height: number): void {
    this.#add(`<rect${box(x, y, width, height)} fill="none"${this.#line()}/>`);
  }
  strokeOutline(data: string): void {
    const { scale, x, y } = this.#at;
    const place = `translate(${num(x)} ${num(y)}) scale(${num(scale, 4)})`;
    this.#elements.push(`<path transform="${place}" d="${data}" fill="none"${this.#line()}/>`);
  }

  fillText(text: string, x: number, y: number): void {
    this.#text(text, x, y, this.#paint('fill', this.fillStyle));
  }
  /** A line around letters that are drawn next. */
  strokeText(text: string, x: number, y: number): void {
    this.#text(text, x, y, ` fill="none"${this.#line()}`);
  }

  #go(command: 'M' | 'L', x: number, y: number): void {
    this.#path.push(`${command}${num(x)} ${num(y)}`);
    [this.#x, this.#y] = [x, y];
  }

  #add(element: string): void {
    const { scale, x, y } = this.#at;
    if (scale === 1 && x === 0 && y === 0) this.#elements.push(element);
    else {
      const place = `translate(${num(x)} ${num(y)}) scale(${num(scale, 4)})`;
      this.#elements.push(`<g transform="${place}">${element}</g>`);
    }
  }

  #text(text: string, x: number, y: number, paint: string): void {
    const [, weight = '400', size = '10', family = ''] =
      /^(\d+) ([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const face = family === this.#mainFace ? '' : ` font-family="${escaped(family)}"`;
    const about = `x="${num(x)}" y="${num(y)}" font-size="${num(Number(size))}"`;
    const thick = weight === '400' ? '' : ` font-weight="${weight}"`;
    const width = this.#measure(text, { family, weight: Number(weight), size: Number(size) });
    const fit = ` textLength="${num(width)}" lengthAdjust="spacingAndGlyphs"`;
    this.#add(`<text ${about}${thick}${face}${fit}${paint}>${escaped(plain(text))}</text>`);
  }

  #line(): string {
    const dash =
      this.#dash.length === 0
        ? ''
        : ` stroke-dasharray="${this.#dash.map((one) => num(one)).join(' ')}"`;
    const cap = this.lineCap === 'butt' ? '' : ` stroke-linecap="${this.lineCap}"`;
    const join = this.lineJoin === 'miter' ? '' : ` stroke-linejoin="${this.lineJoin}"`;
    const width = this.lineWidth === 1 ? '' : ` stroke-width="${num(this.lineWidth)}"`;
    return `${this.#paint('stroke', this.strokeStyle)}${width}${cap}${join}${dash}`;
  }

  #paint(what: 'fill' | 'stroke', style: unknown): string {
    const { color, alpha } = colorOf(style);
    const opacity = alpha * this.globalAlpha;
    return ` ${what}="${color}"${opacity < 1 ? ` ${what}-opacity="${num(opacity)}"` : ''}`;
  }
}

const num = (value: number, digits = 2): string => String(Number(value.toFixed(digits)) + 0);

const box = (x: number, y: number, width: number, height: number): string =>
  ` x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}"`;

function unit(x: number, y: number): readonly [number, number] {
  const length = Math.hypot(x, y) || 1;
  return [x / length, y / length];
}

const colors = new Map<string, { readonly color: string; readonly alpha: number }>();

/** As SVG 1.1 writes colours, which every program reads: `#16202c`, the opacity apart. */
function colorOf(style: unknown): { readonly color: string; readonly alpha: number } {
  if (typeof style !== 'string') return { color: '#000000', alpha: 1 };
  const known = colors.get(style);
  if (known) return known;
  const made = parsed(style);
  colors.set(style, made);
  return made;
}

function parsed(style: string): { readonly color: string; readonly alpha: number } {
  if (style.startsWith('#')) return { color: style, alpha: 1 };
  const share = /\/\s*([\d.]+)(%?)/.exec(style);
  const alpha = share ? Number(share[1]) / (share[2] === '%' ? 100 : 1) : 1;
  const parts = (style.replace(/\/.*/, '').match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
  const color = parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('');
  return { color: `#${color}`, alpha };
}

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
/** The isolates are needed where letters run from right to left alone. */
const plain = (text: string): string =>
  rightToLeft.test(text) ? text : text.replace(/[\u2066-\u2069]/g, '');

/** What XML 1.0 has no place for is left out. */
// eslint-disable-next-line no-control-regex -- it is about controls
const noXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
export const escaped = (text: string): string =>
  text
    .replace(noXml, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
