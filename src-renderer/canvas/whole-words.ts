import { write, type Frame, type Word } from './brush.ts';
import type { Face, Measure } from './text.ts';

/** From one line of words to the next, canvas units. */
export const leading = 16;

/** Words that are known to have their room. */
const unbounded = 100_000;

/** Lines one under the other, the first on the baseline `y`; answers how wide the widest came out. */
export function writeLines(
  frame: Frame,
  lines: readonly Pick<Word, 'text' | 'face' | 'color' | 'halo'>[],
  x: number,
  y: number,
): number {
  let widest = 0;
  lines.forEach((line, at) => {
    widest = Math.max(widest, write(frame, { ...line, x, y: y + at * leading, room: unbounded }));
  });
  return widest;
}

/** After these a name may go on in the next line. */
const seams = /(?<=[\s\-./_:,@])/u;
const letters = new Intl.Segmenter();

/** A text in lines of a width at most; what has no seam is taken apart between letters. */
export function linesOf(
  text: string,
  face: Face,
  width: number,
  measure: Measure,
): readonly string[] {
  const fits = (one: string): boolean => measure(one.trim(), face) <= width;
  if (text.trim() === '') return [];
  if (fits(text)) return [text.trim()];
  const pieces = text
    .split(seams)
    .flatMap((piece) =>
      fits(piece) ? [piece] : [...letters.segment(piece)].map(({ segment }) => segment),
    );
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (line.trim() !== '' && !fits(line + piece)) {
      lines.push(line.trim());
      line = '';
    }
    line += piece;
  }
  if (line.trim() !== '') lines.push(line.trim());
  return lines;
}
