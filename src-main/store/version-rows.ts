import type Database from 'better-sqlite3';
import type { Version } from '../app/project/index.ts';
import { rowChecksum } from './checksum.ts';

export interface VersionRow {
  readonly number: number;
  readonly name: string;
  readonly at_ms: number;
  readonly design: string;
  readonly checksum: number;
}

export class VersionRows {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  list(): readonly Version[] {
    return this.#database
      .prepare<[], Pick<VersionRow, 'name' | 'at_ms'>>(
        'SELECT name, at_ms FROM version ORDER BY number',
      )
      .all()
      .map(({ name, at_ms }) => ({ name, atMs: at_ms }));
  }

  has(name: string): boolean {
    return this.#database.prepare('SELECT 1 FROM version WHERE name = ?').get(name) !== undefined;
  }

  /** The design of a version as JSON. */
  read(name: string): string | undefined {
    return this.#database
      .prepare<[string], Pick<VersionRow, 'design'>>('SELECT design FROM version WHERE name = ?')
      .get(name)?.design;
  }

  add(name: string, atMs: number, design: string): void {
    const last = this.#database
      .prepare<[], { number: number }>('SELECT ifnull(max(number), 0) AS number FROM version')
      .get();
    const number = (last?.number ?? 0) + 1;
    this.#database
      .prepare('INSERT INTO version (number, name, at_ms, design, checksum) VALUES (?, ?, ?, ?, ?)')
      .run(number, name, atMs, design, rowChecksum(number, name, atMs, design));
  }

  delete(name: string): void {
    this.#database.prepare('DELETE FROM version WHERE name = ?').run(name);
  }
}
