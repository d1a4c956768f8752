import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readSync,
  realpathSync,
  statSync,
  type BigIntStats,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { done, failed, projectLimits, type Access, type Outcome } from '../app/project/index.ts';
import { applicationId } from './application.ts';
import { isSystemError, systemFailure } from './failures.ts';
import { isOpenHere } from './open-files.ts';

/** A file that is a project by its looks: by what the system says of it and by its header. */
export interface Location {
  /** Absolute, symbolic links followed. */
  readonly path: string;
  readonly stats: BigIntStats;
}

/** SQLite file format §1.3: magic, application id and user version stand in the first hundred bytes. */
const header = {
  bytes: 100,
  magic: 'SQLite format 3\0',
  journalVersionsAt: [18, 19],
  latestJournalVersion: 2,
  userVersionAt: 60,
  applicationIdAt: 68,
} as const;

/**
 * Looks at a path before SQLite does. Only the first bytes are read, so that anything else than a project, however
 * large or strange, is told apart without being touched.
 */
export function locate(given: string, knownFormat: number): Outcome<Location> {
  const found = statOf(given);
  if (!found.ok) return found;
  const { path, stats } = found.value;
  const file = path;
  if (stats.isDirectory()) return failed('is-a-folder', { file });
  if (!stats.isFile()) return failed('not-a-file', { file });
  if (isOpenHere(stats)) return failed('already-open', { file });
  if (stats.size === 0n) return failed('empty-file', { file });

  const bytes = Buffer.alloc(header.bytes);
  let read: number;
  try {
    const descriptor = openSync(path, 'r');
    try {
      read = readSync(descriptor, bytes, 0, header.bytes, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    if (!isSystemError(thrown)) throw thrown;
    return { ok: false, error: systemFailure(file, thrown) };
  }
  const checked = checkHeader(file, bytes.subarray(0, read), stats.size, knownFormat);
  return checked.ok ? done({ path, stats }) : checked;
}

/** Holds the first bytes of a file, and its size, against what a project file begins with. */
export function checkHeader(
  file: string,
  bytes: Buffer,
  size: number | bigint,
  knownFormat: number,
): Outcome<undefined> {
  const { length } = header.magic;
  if (bytes.toString('latin1', 0, length) !== header.magic)
    return failed('not-a-project', { file });
  if (bytes.length < header.bytes) {
    return failed('damaged', { file, detail: 'its header is cut off' });
  }
  const application = bytes.readUInt32BE(header.applicationIdAt);
  if (application !== applicationId) {
    return failed('other-application', { file, applicationId: application });
  }
  for (const at of header.journalVersionsAt) {
    const version = bytes[at] ?? 0;
    if (version < 1 || version > header.latestJournalVersion) {
      return failed('damaged', { file, detail: `byte ${at} of its header is ${version}` });
    }
  }
  const format = bytes.readUInt32BE(header.userVersionAt);
  if (format > knownFormat)
    return failed('newer-format', { file, found: format, known: knownFormat });
  if (size > projectLimits.fileBytes) {
    const { fileBytes: limit } = projectLimits;
    return failed('too-large', {
      file,
      what: 'it',
      found: Number(size),
      limit,
      unit: 'bytes',
    });
  }
  return done(undefined);
}

function statOf(given: string): Outcome<Location> {
  const file = resolve(given);
  // SQLite's binding cuts white space off a name, and would open another file.
  if (file !== file.trimEnd() || given.trim() === '') return failed('bad-path', { file: given });
  try {
    const path = realpathSync.native(file);
    return done({ path, stats: statSync(path, { bigint: true }) });
  } catch (thrown) {
    if (!isSystemError(thrown)) throw thrown;
    if (thrown.code === 'ENOENT' && !folderExists(file)) return failed('folder-missing', { file });
    return { ok: false, error: systemFailure(file, thrown) };
  }
}

export function folderExists(file: string): boolean {
  return statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** Whether SQLite may write to the file, and put its write-ahead log beside it. */
export function accessOf({ path, stats }: Location): Access {
  if (!isWritable(path, Number(stats.mode))) return 'read-only-file';
  const folder = dirname(path);
  return isWritable(folder, statSync(folder).mode) ? 'edit' : 'read-only-folder';
}

/** What nobody may write to is left alone even by a user to whom permissions do not apply. */
export function isWritable(path: string, mode: number): boolean {
  if ((mode & 0o222) === 0) return false;
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
