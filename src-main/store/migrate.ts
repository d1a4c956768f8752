import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { done, failed, type Outcome } from '../app/project/index.ts';
import { createInMemory } from './connection.ts';
import { attempt } from './failures.ts';
import type { Migration } from './migrations/index.ts';

/** The name of a migration as it is told: `0001-entities-history-versions`. */
export function migrationTitle(number: number, { name }: Migration): string {
  return `${String(number).padStart(4, '0')}-${name}`;
}

export function migrationHash({ name, statements }: Migration): string {
  return createHash('sha256')
    .update(JSON.stringify([name, statements]))
    .digest('hex');
}

/**
 * Brings a file from a format version to the last one, each step in one transaction with its entry in the record of
 * migrations. Where a step fails, the file stays as the step before it has left it.
 */
export function migrate(
  file: string,
  database: Database.Database,
  from: number,
  migrations: readonly Migration[],
): Outcome<undefined> {
  // A step may make a table anew that others refer to; that the references hold is checked before each commit.
  database.pragma('foreign_keys = OFF');
  try {
    for (const [index, migration] of migrations.entries()) {
      if (index < from) continue;
      const step = attempt(file, 'work', () => migrateStep(file, database, index + 1, migration));
      if (!step.ok) return step;
    }
    return done(undefined);
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

function migrateStep(
  file: string,
  database: Database.Database,
  number: number,
  migration: Migration,
): Outcome<undefined> {
  const run = database.transaction(() => {
    for (const statement of migration.statements) database.exec(statement);
    const dangling = database.pragma('foreign_key_check');
    if (Array.isArray(dangling) && dangling.length > 0) {
      throw new Database.SqliteError('references are broken', 'SQLITE_CONSTRAINT_FOREIGNKEY');
    }
    database
      .prepare('INSERT INTO migration (number, name, sha256) VALUES (?, ?, ?)')
      .run(number, migration.name, migrationHash(migration));
    database.pragma(`user_version = ${number}`);
  });
  try {
    run.immediate();
    return done(undefined);
  } catch (thrown) {
    // What the content causes; a full disk or a lock has codes of its own.
    if (
      thrown instanceof Database.SqliteError &&
      /^SQLITE_(ERROR|CONSTRAINT|MISMATCH|RANGE)/.test(thrown.code)
    ) {
      const title = migrationTitle(number, migration);
      return failed('migration-failed', { file, migration: title, detail: thrown.message });
    }
    throw thrown;
  }
}

export interface SchemaObject {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

export function schemaOf(database: Database.Database): readonly SchemaObject[] {
  return database
    .prepare<[], SchemaObject>(
      `SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type = 'index', name`,
    )
    .all();
}

/** What the schema of a file of this format is, word by word: that of a new file that was migrated so far. */
export function expectedSchema(
  format: number,
  migrations: readonly Migration[],
): readonly SchemaObject[] {
  const database = createInMemory();
  try {
    const made = migrate(':memory:', database, 0, migrations.slice(0, format));
    if (!made.ok) throw new Error(made.error.sentence);
    return schemaOf(database);
  } finally {
    database.close();
  }
}
