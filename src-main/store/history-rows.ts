import type Database from 'better-sqlite3';
import {
  failed,
  done,
  parseCommand,
  type Command,
  type HistoryStep,
  type Outcome,
} from '../app/project/index.ts';
import { rowChecksum } from './checksum.ts';
import { parseStoredJson } from './stored-json.ts';

export interface HistoryRow {
  readonly sequence: number;
  readonly label: string;
  readonly command: string;
  readonly inverse: string;
  readonly at_ms: number;
  readonly checksum: number;
}

export interface CursorRow {
  readonly applied: number | null;
  readonly checksum: number;
}

export function cursorChecksum(applied: number | null): number {
  return rowChecksum('cursor', applied);
}

export interface NewStep {
  readonly label: string;
  readonly command: string;
  readonly inverse: string;
  readonly atMs: number;
}

/** The steps of the history and the place in it. What is written belongs in the transaction of the edit itself. */
export class HistoryRows {
  readonly #file: string;
  readonly #database: Database.Database;

  constructor(file: string, database: Database.Database) {
    this.#file = file;
    this.#database = database;
  }

  /** The number of the last step that is in effect, 0 where none is; and that of the last step there is. */
  place(): { readonly applied: number; readonly last: number } {
    const row = this.#database
      .prepare<[], { applied: number; last: number }>(
        `SELECT ifnull((SELECT applied FROM history_cursor), 0) AS applied,
           ifnull((SELECT max(sequence) FROM history), 0) AS last`,
      )
      .get();
    return row ?? { applied: 0, last: 0 };
  }

  list(last: number): readonly HistoryStep[] {
    const { applied } = this.place();
    return this.#database
      .prepare<[number], Pick<HistoryRow, 'sequence' | 'label' | 'at_ms'>>(
        'SELECT sequence, label, at_ms FROM history ORDER BY sequence DESC LIMIT ?',
      )
      .all(last)
      .map(({ sequence, label, at_ms }) => ({
        sequence,
        label,
        atMs: at_ms,
        applied: sequence <= applied,
      }))
      .reverse();
  }

  /** The command of a step, or the one that undoes it. */
  read(sequence: number, column: 'command' | 'inverse'): Outcome<Command> {
    const row = this.#database
      .prepare<[number], HistoryRow>('SELECT command, inverse FROM history WHERE sequence = ?')
      .get(sequence);
    const json = row ? parseStoredJson(row[column]) : ({ ok: false } as const);
    const command = json.ok ? parseCommand(json.value) : undefined;
    if (command?.ok) return done(command.value);
    const detail = `step ${sequence} of its history is no command`;
    return failed('damaged', { file: this.#file, detail });
  }

  /** Adds a step after the ones in effect; those that were undone are gone. */
  add({ label, command, inverse, atMs }: NewStep): void {
    const { applied } = this.place();
    const sequence = applied + 1;
    // Versions that were saved there are kept; only their place in the history is no more.
    this.#database.prepare('DELETE FROM version_step WHERE sequence > ?').run(applied);
    this.#database.prepare('DELETE FROM history WHERE sequence > ?').run(applied);
    this.#database
      .prepare(
        'INSERT INTO history (sequence, label, command, inverse, at_ms, checksum) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(
        sequence,
        label,
        command,
        inverse,
        atMs,
        rowChecksum(sequence, label, command, inverse, atMs),
      );
    this.moveTo(sequence);
  }

  moveTo(applied: number): void {
    const value = applied === 0 ? null : applied;
    this.#database
      .prepare('UPDATE history_cursor SET applied = ?, checksum = ?')
      .run(value, cursorChecksum(value));
  }
}

export function insertCursor(database: Database.Database): void {
  database
    .prepare('INSERT INTO history_cursor (singleton, applied, checksum) VALUES (1, NULL, ?)')
    .run(cursorChecksum(null));
}
