/** Breaks a text at spaces so that no line is longer than `width`, unless one word is. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Adds the lines one by one: as arguments of one `push`, the many lines of a long trace overflow the stack. */
export function append(lines: string[], more: Iterable<string>): void {
  for (const line of more) lines.push(line);
}

export interface Column {
  readonly title: string;
  /** The last column is not padded and never cut. */
  readonly cells: readonly string[];
  /** Colours a cell after it was padded. */
  readonly paint?: (cell: string, row: number) => string;
}

/** Columns side by side under their titles, two spaces apart. */
export function table(columns: readonly Column[], paintTitle: (text: string) => string): string[] {
  const rows = columns.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const widths = columns.map(({ title, cells }) =>
    cells.reduce((widest, cell) => Math.max(widest, cell.length), title.length),
  );
  const pad = (text: string, column: number) =>
    column === columns.length - 1 ? text : text.padEnd(widths[column] ?? 0);
  const lines = [columns.map(({ title }, at) => paintTitle(pad(title, at))).join('  ')];
  for (let row = 0; row < rows; row += 1) {
    const cells = columns.map(({ cells: own, paint }, at) => {
      const padded = pad(own[row] ?? '', at);
      return paint ? paint(padded, row) : padded;
    });
    lines.push(cells.join('  ').trimEnd());
  }
  return lines;
}
