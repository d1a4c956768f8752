import type { Line } from '../document.ts';

/** One below the other, in one cell. */
export const linesOf = (lines: readonly Line[]): Line =>
  lines.flatMap((line, at): Line => (at === 0 ? line : [{ newLine: true }, ...line]));
