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

/** Where in the history a version was saved; null is before the first step. */
export interface VersionStepRow {
  readonly number: number;
  readonly sequence: number | null;
  readonly checksum: number;
}

export const versionStepChecksum = (number: number, sequence: number | null): number =>
  rowChecksum('version-step', number, sequence);

export class VersionRows {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  list(): readonly Version[] {
    return this.#database
      .prepare<[], Pick<VersionRow, 'name' | 'at_ms'> & { step: number | null }>(
        `SELECT name, at_ms,
           CASE WHEN place.number IS NULL THEN NULL ELSE ifnull(place.sequence, 0) END AS step
         FROM version LEFT JOIN version_step AS place USING (number) ORDER BY number`,
      )
      .all()
      .map(({ name, at_ms, step }) => ({ name, atMs: at_ms, ...(step === null ? {} : { step }) }));
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

  /** `step` is the last one of the history that is in effect, 0 where none is. */
  add(name: string, atMs: number, design: string, step: number): void {
    const last = this.#database
      .prepare<[], { number: number }>('SELECT ifnull(max(number), 0) AS number FROM version')
      .get();
    const number = (last?.number ?? 0) + 1;
    this.#database
      .prepare('INSERT INTO version (number, name, at_ms, design, checksum) VALUES (?, ?, ?, ?, ?)')
      .run(number, name, atMs, design, rowChecksum(number, name, atMs, design));
    const sequence = step === 0 ? null : step;
    this.#database
      .prepare('INSERT INTO version_step (number, sequence, checksum) VALUES (?, ?, ?)')
      .run(number, sequence, versionStepChecksum(number, sequence));
  }

  delete(name: string): void {
    this.#database
      .prepare(
        'DELETE FROM version_step WHERE number = (SELECT number FROM version WHERE name = ?)',
      )
      .run(name);
    this.#database.prepare('DELETE FROM version WHERE name = ?').run(name);
  }
}
