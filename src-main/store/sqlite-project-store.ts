import { statSync } from 'node:fs';
import type Database from 'better-sqlite3';
import {
  done,
  failed,
  type Access,
  type Outcome,
  type ProjectFile,
  type ProjectStore,
} from '../app/project/index.ts';
import { parseDesign } from '../model/validate.ts';
import { Attachment } from './attachment.ts';
import { openExclusively } from './connection.ts';
import { attempt } from './failures.ts';
import { inspect, type Inspected } from './inspect.ts';
import { accessOf, checkHeader, locate, type Location } from './location.ts';
import { migrate } from './migrate.ts';
import { migrations as allMigrations, type Migration } from './migrations/index.ts';
import { noteOpen } from './open-files.ts';
import { compactBytes, newProjectBytes } from './project-bytes.ts';
import { Rows } from './rows.ts';
import { fingerprintOf, isUnchanged, sidecars, takeSnapshot } from './snapshot.ts';
import { SqliteProject } from './sqlite-project.ts';
import { signatureOf } from './standing.ts';
import { writeWhole } from './write-whole.ts';

export interface StoreOptions {
  /** Milliseconds since 1970-01-01 UTC; the system's clock when absent. */
  readonly now?: () => number;
  /** The format's history; that of this program when absent. */
  readonly migrations?: readonly Migration[];
}

/** Projects in SQLite files: one file a project, closed; with a write-ahead log beside it while it is edited. */
export function createSqliteProjectStore({
  now = Date.now,
  migrations = allMigrations,
}: StoreOptions = {}): ProjectStore {
  const open: ProjectStore['open'] = (path, { readOnly = false } = {}) => {
    const located = locate(path, migrations.length);
    if (!located.ok) return located;
    const access = readOnly ? 'read-only-asked' : accessOf(located.value);
    return openLocated(located.value, access, { now, migrations });
  };
  return {
    open,
    receive(path, base64) {
      const bytes = Buffer.from(base64, 'base64');
      if (bytes.length === 0) return failed('empty-file', { file: path });
      const header = checkHeader(path, bytes, bytes.length, migrations.length);
      if (!header.ok) return header;
      const inspected = inspect(path, bytes, migrations);
      if (!inspected.ok) return inspected;
      const { database } = inspected.value;
      const compact = compactBytes(database.serialize());
      database.close();
      const written = writeWhole(path, compact);
      return written.ok ? open(written.value) : written;
    },
    create(path, design, options) {
      const parsed = parseDesign(design);
      if (!parsed.ok) {
        const { issues, omitted } = parsed;
        return failed('invalid-design', { file: path, issues, omitted });
      }
      const bytes = newProjectBytes(path, parsed.value, migrations);
      if (!bytes.ok) return bytes;
      const written = writeWhole(path, bytes.value, options);
      return written.ok ? open(written.value) : written;
    },
  };
}

const attempts = 3;

/**
 * Opens a file in two steps, since a look at the content by SQLite can change a file: its content is inspected in
 * memory; then the file is locked, and it has to be what was inspected.
 */
function openLocated(
  location: Location,
  access: Access,
  options: Required<StoreOptions>,
): Outcome<ProjectFile> {
  const { path } = location;
  for (let left = attempts; left > 0; left -= 1) {
    const snapshot = attempt(path, 'inspection', () => takeSnapshot(path));
    if (!snapshot.ok) return snapshot;
    const { bytes, fingerprint } = snapshot.value;
    const inspected = inspect(path, bytes, options.migrations);
    if (!inspected.ok) return inspected;
    if (access !== 'edit') return done(readOnlyProject(location, access, inspected.value, options));

    const { format } = inspected.value;
    const opened = attempt(path, 'work', () =>
      lock(location, () => isUnchanged(fingerprint, fingerprintOf(path)), format, options),
    );
    if (opened.ok && opened.value !== 'changed') {
      return done(editableProject(location, opened.value, inspected.value, options));
    }
    inspected.value.database.close();
    if (opened.ok) continue;
    // Some systems tell only by the attempt that a file cannot be written to.
    if (opened.error.code !== 'no-permission') return opened;
    return openLocated(location, 'read-only-file', options);
  }
  return failed('locked', { file: path });
}

/** The file, locked and in the present format; `changed` where it is no longer what was inspected. */
function lock(
  { path }: Location,
  isAsInspected: () => boolean,
  format: number,
  { migrations }: Required<StoreOptions>,
): Outcome<Database.Database | 'changed'> {
  const database = openExclusively(path);
  let kept = false;
  try {
    if (!isAsInspected()) return done('changed');
    const migrated = migrate(path, database, format, migrations);
    if (!migrated.ok) return migrated;
    kept = true;
    return done(database);
  } finally {
    if (!kept) database.close();
  }
}

function editableProject(
  { path, stats }: Location,
  file: Database.Database,
  { database: memory, design }: Inspected,
  { now, migrations }: Required<StoreOptions>,
): ProjectFile {
  const onClose = noteOpen(stats);
  const hasLog = () =>
    sidecars.some((suffix) => statSync(path + suffix, { throwIfNoEntry: false })?.size);
  // A log that was there before, or that a migration wrote, makes the file by itself something else.
  if (hasLog()) {
    attempt(path, 'work', () => done(file.pragma('wal_checkpoint(TRUNCATE)')));
  }
  const attachment = new Attachment({
    path,
    database: file,
    signature: signatureOf(path) ?? stats,
    unlogged: hasLog() ? undefined : new Rows(path, memory).digest(),
    onClose,
  });
  return new SqliteProject({ path, access: 'edit', memory, design, attachment, now, migrations });
}

/** Stands on the copy in memory alone: the file can be edited or deleted meanwhile. */
function readOnlyProject(
  { path }: Location,
  access: Access,
  { database: memory, design }: Inspected,
  { now, migrations }: Required<StoreOptions>,
): ProjectFile {
  memory.pragma('query_only = ON');
  return new SqliteProject({ path, access, memory, design, now, migrations });
}
