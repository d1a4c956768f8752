import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { done, failed, type Outcome, type SaveOptions } from '../app/project/index.ts';
import { isSystemError, systemFailure } from './failures.ts';
import { folderExists, isWritable } from './location.ts';
import { isOpenHere } from './open-files.ts';
import { sidecars } from './snapshot.ts';

/** Writes a whole file, which appears complete and on the disk, or not at all. Answers its absolute path. */
export function writeWhole(
  given: string,
  bytes: Uint8Array,
  { overwrite = false }: SaveOptions = {},
): Outcome<string> {
  const file = resolve(given);
  if (file !== file.trimEnd() || given.trim() === '') return failed('bad-path', { file: given });
  try {
    if (!folderExists(file)) return failed('folder-missing', { file });
    const target = existsSync(file) ? realpathSync.native(file) : file;
    const old = statSync(target, { bigint: true, throwIfNoEntry: false });
    if (old?.isDirectory()) return failed('is-a-folder', { file });
    if (old && !old.isFile()) return failed('not-a-file', { file });
    if (old && !overwrite) return failed('already-exists', { file });
    if (old && isOpenHere(old)) return failed('already-open', { file });
    if (old && !isWritable(target, Number(old.mode))) return failed('no-permission', { file });
    // SQLite would work the log of the old file into the new one.
    for (const suffix of sidecars) {
      const leftover = target + suffix;
      if (existsSync(leftover)) return failed('leftover-files', { file, leftover });
    }
    put(target, bytes, old && Number(old.mode));
    return done(target);
  } catch (thrown) {
    if (!isSystemError(thrown)) throw thrown;
    return { ok: false, error: systemFailure(file, thrown) };
  }
}

/** Writes beside the target and then gives it the name, replacing an old file (`oldMode`) or refusing to. */
function put(target: string, bytes: Uint8Array, oldMode: number | undefined): void {
  const folder = dirname(target);
  const draft = join(folder, `.hopscope-${randomBytes(6).toString('hex')}.tmp`);
  try {
    const descriptor = openSync(draft, 'wx');
    try {
      writeFileSync(descriptor, bytes);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    if (oldMode !== undefined) {
      chmodSync(draft, oldMode & 0o777);
      renameSync(draft, target);
    } else nameAnew(draft, target);
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(folder);
}

/** A hard link fails where the name is taken by now, which a renaming does not. */
function nameAnew(draft: string, target: string): void {
  try {
    linkSync(draft, target);
  } catch (thrown) {
    // Not every file system has hard links: FAT, exFAT and some network drives do not.
    const noLinks = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'];
    if (!isSystemError(thrown) || !noLinks.includes(thrown.code)) throw thrown;
    renameSync(draft, target);
  }
}

/** The name itself is on the disk only when the folder is. Windows cannot open folders, and needs no such thing. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
