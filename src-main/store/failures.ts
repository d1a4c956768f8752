import Database from 'better-sqlite3';
import { projectError, type Outcome, type ProjectError } from '../app/project/index.ts';

/** What it was that failed: the reading of a file that may be anything, or work on one that has been checked. */
type During = 'inspection' | 'work';

/**
 * Runs `work`, and turns what SQLite and the file system throw into errors of the catalogue. Everything else that is
 * thrown is a defect and passes through.
 */
export function attempt<Value>(
  file: string,
  during: During,
  work: () => Outcome<Value>,
): Outcome<Value> {
  try {
    return work();
  } catch (thrown) {
    const error = knownFailure(file, during, thrown);
    if (error === undefined) throw thrown;
    return { ok: false, error };
  }
}

function knownFailure(file: string, during: During, thrown: unknown): ProjectError | undefined {
  if (thrown instanceof Database.SqliteError) return sqliteFailure(file, during, thrown);
  if (isSystemError(thrown)) return systemFailure(file, thrown);
  return undefined;
}

/** SQLite's result codes, extended ones by their beginning: https://www.sqlite.org/rescode.html */
function sqliteFailure(
  file: string,
  during: During,
  { code, message }: { readonly code: string; readonly message: string },
): ProjectError | undefined {
  const primary = /^SQLITE_([A-Z]+)/.exec(code)?.[1];
  if (code === 'SQLITE_READONLY_DBMOVED') return projectError('file-moved', { file });
  switch (primary) {
    case 'BUSY':
    case 'LOCKED':
      return projectError('locked', { file });
    case 'FULL':
      return projectError('disk-full', { file });
    case 'CORRUPT':
    case 'NOTADB':
      return projectError('damaged', { file, detail: message });
    case 'READONLY':
    case 'PERM':
      return projectError('no-permission', { file });
    case 'IOERR':
    case 'CANTOPEN':
    case 'NOMEM':
    case 'TOOBIG':
    case 'NOLFS':
      return projectError('io-error', { file, detail: `${message} (${code})` });
    default:
      // A statement of ours that fails on a file of unknown content says something of the file; elsewhere it is a defect.
      return during === 'inspection'
        ? projectError('damaged', { file, detail: message })
        : undefined;
  }
}

interface SystemError extends Error {
  readonly code: string;
}

export function isSystemError(thrown: unknown): thrown is SystemError {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string';
}

export function systemFailure(file: string, { code, message }: SystemError): ProjectError {
  switch (code) {
    case 'ENOENT':
      return projectError('file-missing', { file });
    case 'ENOTDIR':
      return projectError('folder-missing', { file });
    case 'EISDIR':
      return projectError('is-a-folder', { file });
    case 'EEXIST':
      return projectError('already-exists', { file });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return projectError('no-permission', { file });
    case 'ENAMETOOLONG':
    case 'EINVAL':
    case 'ELOOP':
    case 'ERR_INVALID_ARG_VALUE':
      return projectError('bad-path', { file });
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return projectError('disk-full', { file });
    default:
      return projectError('io-error', { file, detail: message });
  }
}
