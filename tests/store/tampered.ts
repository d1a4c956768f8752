import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { rowChecksum } from '../../src-main/store/checksum.ts';
import { newFolder } from './folder.ts';

export const fixture = join(import.meta.dirname, '../fixtures/project-files/format-1.hopscope');

/** A copy of the fixture in a folder of its own. */
export function copiedFixture(): string {
  const path = join(newFolder(), 'project.hopscope');
  copyFileSync(fixture, path);
  return path;
}

/** A copy of the fixture that somebody has worked on with other means. */
export function tampered(work: (database: Database.Database) => void): string {
  const path = copiedFixture();
  const database = new Database(path);
  database.unsafeMode();
  database.pragma('foreign_keys = OFF');
  work(database);
  database.close();
  return path;
}

/** An entity written by somebody who knows how: with a checksum that is right. */
export function insertEntity(
  database: Database.Database,
  kind: string,
  id: string,
  body: string,
  position = 0,
): void {
  database
    .prepare('INSERT INTO entity (kind, id, position, body, checksum) VALUES (?, ?, ?, ?, ?)')
    .run(kind, id, position, body, rowChecksum(kind, id, position, body));
}
