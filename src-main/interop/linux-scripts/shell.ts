/** Text as one word of a POSIX shell's command. */
export const word = (text: string): string =>
  /^[A-Za-z0-9_@%+:,./=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

export const command = (words: readonly string[]): string => words.map(word).join(' ');

/** Letters, digits, marks, punctuation and symbols; all that could end a line or turn its order becomes a space. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]+/gu;

/** A comment of one line, whatever the text holds. */
export const comment = (text: string): string => `# ${text.replace(unprintable, ' ')}`;

/** Lines for a program's standard input, where nothing is expanded. No line is the mark itself. */
export function hereDocument(program: string, lines: readonly string[]): string[] {
  let mark = 'END';
  while (lines.includes(mark)) mark += '_';
  return [`${program} <<'${mark}'`, ...lines, mark];
}
