import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { done, failed, projectLimits, type Outcome } from '../app/project/index.ts';
import { openPrivately } from './connection.ts';
import { attempt, isSystemError } from './failures.ts';

/** What SQLite leaves beside a file that is open, or whose program was stopped. */
export const sidecars = ['-wal', '-journal'] as const;

/** Tells whether a file has changed since. */
export interface Fingerprint {
  /** Changes whenever something is written to the file itself. */
  readonly file: string;
  /** Changes whenever the write-ahead log is begun anew: its header holds two random numbers. */
  readonly logStart: string;
  /** Changes with whatever is added to the log or the journal. */
  readonly sizes: string;
}

export interface Snapshot {
  readonly bytes: Buffer;
  readonly fingerprint: Fingerprint;
}

const attempts = 5;
const pauseMs = 20;

/**
 * The content of a project file as SQLite would see it, without SQLite touching the file: what a stopped program has
 * left is recovered in a copy. Another program may have the file open meanwhile. The log only grows until it is begun
 * anew, and the file itself changes only then, so a copy during which neither happened is one saved state.
 * Fails with `locked` where another program writes faster than one can look.
 */
export function takeSnapshot(path: string): Outcome<Snapshot> {
  for (let left = attempts; left > 0; left -= 1) {
    const fingerprint = fingerprintOf(path);
    const content = attempt(path, 'inspection', () =>
      sidecars.some((suffix) => sizeOf(path + suffix) > 0)
        ? recoveredCopy(path)
        : done(readFileSync(path)),
    );
    const after = fingerprintOf(path);
    if (fingerprint.file === after.file && fingerprint.logStart === after.logStart) {
      return content.ok ? done({ bytes: content.value, fingerprint }) : content;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs);
  }
  return failed('locked', { file: path });
}

export function fingerprintOf(path: string): Fingerprint {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return {
    file: stats ? [stats.dev, stats.ino, stats.size, stats.mtimeNs].join(':') : '',
    logStart: beginningOf(`${path}-wal`),
    sizes: sidecars.map((suffix) => sizeOf(path + suffix)).join(':'),
  };
}

export const isUnchanged = (before: Fingerprint, after: Fingerprint): boolean =>
  before.file === after.file && before.logStart === after.logStart && before.sizes === after.sizes;

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** SQLite file format §4.1: the header of the log. */
const logHeaderBytes = 32;

function beginningOf(path: string): string {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(logHeaderBytes);
      return bytes.toString('hex', 0, readSync(descriptor, bytes, 0, logHeaderBytes, 0));
    } finally {
      closeSync(descriptor);
    }
  } catch (thrown) {
    if (isSystemError(thrown)) return '';
    throw thrown;
  }
}

/** The file with its log or journal worked in, made in a folder of its own that is removed at once. */
function recoveredCopy(path: string): Outcome<Buffer> {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(tmpdir(), 'hopscope-'));
    const copy = join(folder, 'copy');
    for (const suffix of ['', ...sidecars]) {
      if (!existsSync(path + suffix)) continue;
      // Not copyFileSync: libuv repeats copy_file_range without end when the file is cut short meanwhile.
      writeFileSync(copy + suffix, readFileSync(path + suffix));
    }
    return serialized(path, copy);
  } catch (thrown) {
    if (!isSystemError(thrown) || !('syscall' in thrown)) throw thrown;
    const detail = `no copy could be made to look at: ${thrown.message}`;
    return failed('io-error', { file: path, detail });
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function serialized(file: string, copy: string): Outcome<Buffer> {
  const database = openPrivately(copy);
  try {
    const pages = Number(database.pragma('page_count', { simple: true }));
    const found = pages * Number(database.pragma('page_size', { simple: true }));
    const { fileBytes: limit } = projectLimits;
    if (found > limit)
      return failed('too-large', { file, what: 'it', found, limit, unit: 'bytes' });
    return done(database.serialize());
  } finally {
    database.close();
  }
}
