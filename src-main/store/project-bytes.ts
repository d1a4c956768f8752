import { done, failed, projectLimits, type Outcome } from '../app/project/index.ts';
import type { Design } from '../model/design.ts';
import { collections, entityKinds } from '../model/ids.ts';
import { applicationId } from './application.ts';
import { createInMemory, markAsWal, openInMemory } from './connection.ts';
import { DesignRows } from './design-rows.ts';
import { insertCursor } from './history-rows.ts';
import { migrate } from './migrate.ts';
import type { Migration } from './migrations/index.ts';

/** The bytes of a new project file that holds a design. */
export function newProjectBytes(
  file: string,
  design: Design,
  migrations: readonly Migration[],
): Outcome<Buffer> {
  for (const kind of entityKinds) {
    for (const entity of design[collections[kind]] ?? []) {
      const found = Buffer.byteLength(JSON.stringify(entity));
      const { entityBytes: limit } = projectLimits;
      const what = `${kind} ${entity.id}`;
      if (found > limit) return failed('too-large', { file, what, found, limit, unit: 'bytes' });
    }
  }
  const database = createInMemory();
  try {
    database.pragma(`application_id = ${applicationId}`);
    const migrated = migrate(file, database, 0, migrations);
    if (!migrated.ok) return migrated;
    database.transaction(() => {
      insertCursor(database);
      new DesignRows(database).insertAll(design);
    })();
    const bytes = database.serialize();
    markAsWal(bytes);
    return done(bytes);
  } finally {
    database.close();
  }
}

/** The same content without the pages that deleted rows have left: what was taken out does not travel with a copy. */
export function compactBytes(bytes: Buffer): Buffer {
  const database = openInMemory(bytes);
  try {
    database.exec('VACUUM');
    const compact = database.serialize();
    markAsWal(compact);
    return compact;
  } finally {
    database.close();
  }
}
