import { randomBytes } from 'node:crypto';
import { renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import type { Outcome } from '../app/project/index.ts';
import { done } from '../app/project/index.ts';
import { attempt } from './failures.ts';
import { Rows } from './rows.ts';
import { signatureOf, standingOf, type Signature, type Standing } from './standing.ts';

interface Attached {
  readonly path: string;
  readonly database: Database.Database;
  readonly signature: Signature;
  readonly unlogged: string | undefined;
  readonly onClose: () => void;
}

const isSame = (a: Signature, b: Signature): boolean =>
  a.dev === b.dev && a.ino === b.ino && a.size === b.size && a.mtimeNs === b.mtimeNs;

/** The file that a project is written to, open and locked. */
export class Attachment {
  readonly path: string;
  readonly rows: Rows;
  readonly #database: Database.Database;
  readonly #onClose: () => void;
  /** The file as our last writing has left it. */
  #signature: Signature;

  /** Digest of what the file holds without its log; undefined where that is not known. */
  #unlogged: string | undefined;

  constructor({ path, database, signature, unlogged, onClose }: Attached) {
    this.path = path;
    this.#database = database;
    this.#signature = signature;
    this.#onClose = onClose;
    this.#unlogged = unlogged;
    this.rows = new Rows(path, database);
  }

  get unlogged(): string | undefined {
    return this.#unlogged;
  }

  standing(): Standing {
    return standingOf(this.path, this.#signature);
  }

  /** Does `work` in one transaction, which is on the disk when this returns, or has not happened. */
  write(work: (rows: Rows) => void): void {
    try {
      this.#database.transaction(() => work(this.rows)).immediate();
    } finally {
      // Even a transaction that failed may have moved earlier ones from the log into the file.
      const now = signatureOf(this.path);
      if (now && !isSame(now, this.#signature)) this.#moveOn(now);
    }
  }

  /** The log was worked into the file. */
  #moveOn(now: Signature): void {
    if (now.dev !== this.#signature.dev || now.ino !== this.#signature.ino) return;
    this.#signature = now;
    this.#unlogged = undefined;
    this.#unlogged = this.rows.digest();
  }

  /** Leaves the project as one file, wherever that is by now. An error says that some of it still lies in the log. */
  close(): Outcome<undefined> {
    const database = this.#database;
    try {
      return attempt(this.path, 'work', () => {
        // By descriptor, so that even a file that was moved meanwhile gets all that the log beside its old name holds.
        database.pragma('wal_checkpoint(TRUNCATE)');
        return done(undefined);
      });
    } finally {
      const standing = this.standing();
      database.close();
      this.#onClose();
      // SQLite leaves the log of a file that was moved. Empty, it only stands in the way of a new file of that name.
      if (standing !== 'in-place') removeIfEmpty(`${this.path}-wal`);
    }
  }

  /**
   * Lets go of a file that somebody else has written to, without a byte of ours getting into it: SQLite works its log
   * into the file when it closes it, unless the file is not in its place at that moment.
   */
  release(): void {
    const aside = join(dirname(this.path), `.hopscope-${randomBytes(6).toString('hex')}.tmp`);
    renameSync(this.path, aside);
    try {
      this.#database.close();
    } finally {
      renameSync(aside, this.path);
      this.#onClose();
    }
  }
}

function removeIfEmpty(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.size === 0) rmSync(path);
}
