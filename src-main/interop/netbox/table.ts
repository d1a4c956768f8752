import { csvText } from '../csv.ts';
import type { ExportedFile } from '../exchange.ts';

/** The rows of one file, each with a value for every column; a row is told by its columns, in any order. */
export class Table<Column extends string> {
  readonly #path: string;
  readonly #columns: readonly Column[];
  readonly #rows: string[][] = [];

  constructor(path: string, columns: readonly Column[]) {
    this.#path = path;
    this.#columns = columns;
  }

  /** A column that is not named stays empty. */
  add(row: { readonly [Name in Column]?: string | number | undefined }): void {
    this.#rows.push(this.#columns.map((column) => String(row[column] ?? '')));
  }

  get size(): number {
    return this.#rows.length;
  }

  file(): ExportedFile {
    return { path: this.#path, content: csvText([this.#columns, ...this.#rows]) };
  }
}
