import type Database from 'better-sqlite3';
import { done, failed, type Outcome } from '../app/project/index.ts';
import type { Design } from '../model/design.ts';
import { applicationId } from './application.ts';
import { openInMemory } from './connection.ts';
import { readDesign } from './design-reader.ts';
import { attempt } from './failures.ts';
import { checkHistory, checkVersions } from './history-check.ts';
import { expectedSchema, migrate, migrationHash, schemaOf } from './migrate.ts';
import type { Migration } from './migrations/index.ts';

/** A project's content in memory, in the present format, every row of it read and checked. */
export interface Inspected {
  readonly database: Database.Database;
  readonly design: Design;
  /** The format version of the file itself. */
  readonly format: number;
}

/**
 * Holds the content of a file against everything that a project file has to be. From outside come: schemas with
 * triggers or views, rows without end, texts that are no JSON, JSON that is no design. The schema is compared before
 * any statement runs on its tables.
 */
export function inspect(
  file: string,
  bytes: Buffer,
  migrations: readonly Migration[],
): Outcome<Inspected> {
  return attempt(file, 'inspection', () => {
    const database = openInMemory(bytes);
    let accepted = false;
    try {
      const checked = check(file, database, migrations);
      accepted = checked.ok;
      return checked.ok ? done({ database, ...checked.value }) : checked;
    } finally {
      if (!accepted) database.close();
    }
  });
}

type Checked = Outcome<Omit<Inspected, 'database'>>;

function check(
  file: string,
  database: Database.Database,
  migrations: readonly Migration[],
): Checked {
  const found = formatOf(file, database, migrations.length);
  if (!found.ok) return found;
  const format = found.value;
  const checks = [
    () => checkSchema(file, database, format, migrations),
    () => checkMigrations(file, database, format, migrations),
    () => checkIntegrity(file, database),
    () => migrate(file, database, format, migrations),
    () => checkHistory(file, database),
    () => checkVersions(file, database),
  ];
  for (const next of checks) {
    const outcome = next();
    if (!outcome.ok) return outcome;
  }
  const design = readDesign(file, database);
  return design.ok ? done({ design: design.value, format }) : design;
}

/** What the header said has been looked at before; a write-ahead log may say otherwise. */
function formatOf(file: string, database: Database.Database, known: number): Outcome<number> {
  const application = Number(database.pragma('application_id', { simple: true }));
  if (application !== applicationId) {
    return failed('other-application', { file, applicationId: application });
  }
  const found = Number(database.pragma('user_version', { simple: true }));
  if (found < 1) return failed('damaged', { file, detail: `its format version is ${found}` });
  return found > known ? failed('newer-format', { file, found, known }) : done(found);
}

function checkSchema(
  file: string,
  database: Database.Database,
  format: number,
  migrations: readonly Migration[],
): Outcome<undefined> {
  const found = schemaOf(database);
  const expected = expectedSchema(format, migrations);
  const text = (object: (typeof found)[number]): string => JSON.stringify(object);
  const known = new Set(expected.map(text));
  const present = new Set(found.map(text));
  const odd =
    found.find((object) => !known.has(text(object))) ??
    expected.find((object) => !present.has(text(object)));
  if (odd) return failed('altered-schema', { file, object: `${odd.type} ${odd.name}` });
  if (found.length !== expected.length)
    return failed('altered-schema', { file, object: 'a table' });
  return done(undefined);
}

function checkMigrations(
  file: string,
  database: Database.Database,
  format: number,
  migrations: readonly Migration[],
): Outcome<undefined> {
  const rows = database
    .prepare<[number], { number: number; name: string; sha256: string }>(
      'SELECT number, name, sha256 FROM migration ORDER BY number LIMIT ?',
    )
    .all(format + 1);
  for (const [index, migration] of migrations.slice(0, format).entries()) {
    const row = rows[index];
    const number = index + 1;
    if (row?.number !== number) {
      return failed('migration-history', { file, detail: `number ${number} is missing` });
    }
    if (row.name !== migration.name || row.sha256 !== migrationHash(migration)) {
      const detail = `number ${number} is ${row.name}, not the known ${migration.name}`;
      return failed('migration-history', { file, detail });
    }
  }
  if (rows.length > format) {
    const detail = `it has ${rows[format]?.name ?? 'more'} beyond format ${format}`;
    return failed('migration-history', { file, detail });
  }
  return done(undefined);
}

function checkIntegrity(file: string, database: Database.Database): Outcome<undefined> {
  const verdict = String(database.pragma('integrity_check(1)', { simple: true }));
  if (verdict !== 'ok') return failed('damaged', { file, detail: verdict });
  const dangling = database.pragma('foreign_key_check');
  return Array.isArray(dangling) && dangling.length === 0
    ? done(undefined)
    : failed('damaged', { file, detail: 'rows refer to others that are missing' });
}
