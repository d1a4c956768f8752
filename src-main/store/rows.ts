import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { DesignRows } from './design-rows.ts';
import { HistoryRows } from './history-rows.ts';
import { VersionRows } from './version-rows.ts';

/** Everything that a project's database holds. */
export class Rows {
  readonly design: DesignRows;
  readonly history: HistoryRows;
  readonly versions: VersionRows;
  readonly #database: Database.Database;

  constructor(file: string, database: Database.Database) {
    this.#database = database;
    this.design = new DesignRows(database);
    this.history = new HistoryRows(file, database);
    this.versions = new VersionRows(database);
  }

  /** Equal for equal content: design, history and versions. Made of the checksums that every row has. */
  digest(): string {
    const hash = createHash('sha256');
    const statements = [
      'SELECT checksum FROM head',
      'SELECT checksum FROM entity ORDER BY kind, position, id',
      'SELECT checksum FROM history ORDER BY sequence',
      'SELECT checksum FROM history_cursor',
      'SELECT checksum FROM version ORDER BY number',
      'SELECT checksum FROM version_step ORDER BY number',
    ];
    for (const statement of statements) {
      const rows = this.#database.prepare<[], { checksum: number }>(statement).iterate();
      for (const { checksum } of rows) hash.update(`${checksum} `);
      hash.update('|');
    }
    return hash.digest('hex');
  }
}
