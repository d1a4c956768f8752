/** Names as NetBox takes them: so many characters, no blanks at the ends, and no two alike but for their case. */
import { isFormula } from '../csv.ts';

/** Characters that NetBox takes: `max_length` in its models. */
export const longest = { name: 64, siteName: 100, description: 200 } as const;

/** PostgreSQL takes no NUL, and a name has one line; NetBox takes blanks off both ends of every cell. */
const inOneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();

/** Free text of several lines. */
export const inLines = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, ' ')
    .trim();

/** As the cell has it, so that a name is the same wherever it is named and none is taken for another. */
const inCell = (text: string): string => (isFormula(text) ? `'${text}` : text);

function shortened(text: string, length: number): string {
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  return `${characters
    .slice(0, length - 1)
    .join('')
    .trimEnd()}…`;
}

/** What there is of these, in one cell. */
export const description = (...parts: readonly (string | false | undefined)[]): string =>
  shortened(
    inCell(
      parts
        .map((part) => inOneLine(part || ''))
        .filter((part) => part !== '')
        .join('; '),
    ),
    longest.description,
  );

/** Names of one kind, each taken once. */
export class Names {
  readonly #taken = new Set<string>();
  readonly #length: number;

  constructor(length: number) {
    this.#length = length;
  }

  /** The name itself where it fits and is free; else a shorter one, or one with a number. */
  take({ id, name = id }: { readonly id: string; readonly name?: string }): string {
    const wanted = inCell(inOneLine(name) || id);
    let free = shortened(wanted, this.#length);
    for (let more = 2; this.#taken.has(free.toLowerCase()); more += 1) {
      const end = ` (${more})`;
      free = `${shortened(wanted, this.#length - end.length)}${end}`;
    }
    this.#taken.add(free.toLowerCase());
    return free;
  }
}

/** Letters, digits, `-` and `_`, each taken once; NetBox takes 100 characters, ids have 63. */
export class Slugs {
  readonly #taken = new Set<string>();

  take(id: string): string {
    const wanted = id.toLowerCase().replaceAll('.', '-');
    let free = wanted;
    for (let more = 2; this.#taken.has(free); more += 1) free = `${wanted}-${more}`;
    this.#taken.add(free);
    return free;
  }
}
