import { readFileSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import {
  applyCommand,
  describeCommand,
  done,
  failed,
  projectLimits,
  type Access,
  type Applied,
  type Changed,
  type Command,
  type Edit,
  type HistoryOptions,
  type HistoryStep,
  type Look,
  type Outcome,
  type ProjectFile,
  type ProjectVersions,
  type SaveOptions,
} from '../app/project/index.ts';
import type { Design } from '../model/design.ts';
import type { Attachment } from './attachment.ts';
import { attempt } from './failures.ts';
import { inspect } from './inspect.ts';
import type { Migration } from './migrations/index.ts';
import { compactBytes } from './project-bytes.ts';
import { Rows } from './rows.ts';
import { takeSnapshot } from './snapshot.ts';
import { SqliteVersions, type Growth } from './sqlite-versions.ts';
import { freeBytesAt, presenceOf, stampOf } from './standing.ts';
import { writeWhole } from './write-whole.ts';

/** What an open project stands on. */
export interface Opened {
  readonly path: string;
  readonly access: Access;
  /** All of it in memory: what is read is read here, and the file could be written anew from it. */
  readonly memory: Database.Database;
  readonly design: Design;
  /** The file; absent where it is only read. */
  readonly attachment?: Attachment;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  readonly migrations: readonly Migration[];
}

/** What an edit takes in the log besides its own texts: pages of 4096 bytes, in whole. */
const roomyBytes = 128 * 1024;

/** How the history goes on with an edit: by a new step, or to one that is there. */
type Course = { readonly kind: 'do' } | { readonly kind: 'go'; readonly to: number };

/**
 * A project file that is open. Each edit is one transaction in the file and one in memory; what was acknowledged is in
 * both, so that no fault of the disk, and nobody who takes the file away, takes more than the file.
 */
export class SqliteProject implements ProjectFile {
  readonly path: string;
  readonly access: Access;
  readonly versions: ProjectVersions;
  readonly #opened: Opened;
  readonly #rows: Rows;
  #attachment: Attachment | undefined;
  #design: Design;
  #isClosed = false;
  /** What has to be free before an edit is worth another try, after one for which there was no room. */
  #neededBytes = 0;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.path = opened.path;
    this.access = opened.access;
    this.#design = opened.design;
    this.#attachment = opened.attachment;
    this.#rows = new Rows(opened.path, opened.memory);
    this.versions = new SqliteVersions({
      file: opened.path,
      rows: this.#rows,
      now: opened.now,
      project: this,
      write: (growth, work) => this.#write(growth, work),
    });
  }

  get isAttached(): boolean {
    return this.#attachment !== undefined;
  }

  design(): Design {
    return this.#design;
  }

  apply(command: Command): Outcome<Changed> {
    return this.#edit(command, { kind: 'do' });
  }

  undo(): Outcome<Changed> {
    return this.#travel(({ applied }) =>
      applied === 0 ? failed('nothing-to-undo', {}) : done(applied - 1),
    );
  }

  redo(): Outcome<Changed> {
    return this.#travel(({ applied, last }) =>
      applied === last ? failed('nothing-to-redo', {}) : done(applied + 1),
    );
  }

  goTo(sequence: number): Outcome<Changed> {
    return this.#travel(({ last }) =>
      sequence > last ? failed('unknown-step', { sequence, last }) : done(sequence),
    );
  }

  canUndo(): boolean {
    this.#assertOpen();
    return this.access === 'edit' && this.#rows.history.place().applied > 0;
  }

  canRedo(): boolean {
    this.#assertOpen();
    const { applied, last } = this.#rows.history.place();
    return this.access === 'edit' && applied < last;
  }

  step(): number {
    this.#assertOpen();
    return this.#rows.history.place().applied;
  }

  history({ last = -1 }: HistoryOptions = {}): Outcome<readonly HistoryStep[]> {
    this.#assertOpen();
    return attempt(this.path, 'work', () => done(this.#rows.history.list(last)));
  }

  saveCopy(path: string, options: SaveOptions = {}): Outcome<undefined> {
    this.#assertOpen();
    return attempt(path, 'work', () => {
      const written = writeWhole(path, compactBytes(this.#opened.memory.serialize()), options);
      return written.ok ? done(undefined) : written;
    });
  }

  digest(): string {
    this.#assertOpen();
    return this.#rows.digest();
  }

  look(): Look {
    this.#assertOpen();
    if (this.access !== 'edit') {
      const trouble = presenceOf(this.path);
      return { ...(trouble ? { trouble } : {}), stamp: stampOf(this.path) };
    }
    const standing = this.#settleStanding();
    // The file is ours to write; nobody has to look whether others did.
    if (standing === 'in-place') {
      const isFull = this.#neededBytes > 0 && freeBytesAt(this.path) < this.#neededBytes;
      return { ...(isFull ? { trouble: 'disk-full' as const } : {}), stamp: '' };
    }
    if (standing === 'not-writable') return { trouble: 'not-writable', stamp: '' };
    const trouble = presenceOf(this.path) ?? 'changed-outside';
    return { trouble, stamp: stampOf(this.path) };
  }

  close(): Outcome<undefined> {
    this.#assertOpen();
    const closed = this.#letGo();
    this.#isClosed = true;
    this.#opened.memory.close();
    return closed;
  }

  #letGo(): Outcome<undefined> {
    const attachment = this.#attachment;
    this.#attachment = undefined;
    if (!attachment) return done(undefined);
    return attempt(this.path, 'work', () => {
      if (attachment.standing() !== 'overwritten') return attachment.close();
      attachment.release();
      // The log is ours. It goes where it could be taken for a part of what the file holds now.
      if (!this.#isStillOurs(attachment.unlogged)) rmSync(`${this.path}-wal`, { force: true });
      return done(undefined);
    });
  }

  /** What has become of the file, which is let go of where it is no longer ours. */
  #settleStanding(): 'in-place' | 'not-writable' | 'gone' {
    const standing = this.#attachment?.standing();
    if (standing === 'in-place' || standing === 'not-writable') return standing;
    // What could not be put into the file is in memory, and where the disk comes back, in its log.
    this.#letGo();
    return 'gone';
  }

  /**
   * Whether nothing was written, but only the file's time was set: the file by itself is what we left it, and together
   * with its log it says what memory says.
   */
  #isStillOurs(unlogged: string | undefined): boolean {
    const alone = this.#digestOf(() => done(readFileSync(this.path)));
    if (unlogged === undefined || alone !== unlogged) return false;
    const together = this.#digestOf(() => {
      const snapshot = takeSnapshot(this.path);
      return snapshot.ok ? done(snapshot.value.bytes) : snapshot;
    });
    return together === this.#rows.digest();
  }

  #digestOf(read: () => Outcome<Buffer>): string | undefined {
    const { path } = this;
    const bytes = attempt(path, 'inspection', read);
    const inspected = bytes.ok ? inspect(path, bytes.value, this.#opened.migrations) : bytes;
    if (!inspected.ok) return undefined;
    const { database } = inspected.value;
    const digest = new Rows(path, database).digest();
    database.close();
    return digest;
  }

  /** Goes to another place in the history: the steps on the way, done or undone as one edit. */
  #travel(
    choose: (place: { readonly applied: number; readonly last: number }) => Outcome<number>,
  ): Outcome<Changed> {
    this.#assertOpen();
    if (this.access !== 'edit') return failed('read-only', { file: this.path });
    return attempt(this.path, 'work', () => {
      const place = this.#rows.history.place();
      const chosen = choose(place);
      if (!chosen.ok) return chosen;
      const to = chosen.value;
      const edits: Edit[] = [];
      for (let at = place.applied; at !== to; at += to < at ? -1 : 1) {
        const command =
          to < at
            ? this.#rows.history.read(at, 'inverse')
            : this.#rows.history.read(at + 1, 'command');
        if (!command.ok) return command;
        edits.push(...editsOf(command.value));
      }
      if (edits.length === 0) return done({ design: this.#design, entities: [], edits });
      const step = { kind: 'compound', label: 'History', edits } as const;
      const edited = this.#edit(step, { kind: 'go', to });
      if (edited.ok || edited.error.code !== 'invalid-command') return edited;
      // A step of the history always fits the design that it led to; one that does not was not written by us.
      const detail = `its history does not fit its design: ${edited.error.sentence}`;
      return failed('damaged', { file: this.path, detail });
    });
  }

  #edit(command: Command, course: Course): Outcome<Changed> {
    this.#assertOpen();
    if (this.access !== 'edit') return failed('read-only', { file: this.path });
    const parsed = applyCommand(this.#design, command);
    if (!parsed.ok) {
      return failed('invalid-command', { issues: parsed.issues, omitted: parsed.omitted });
    }
    const applied = parsed.value;
    const texts = this.#textsOf(applied);
    if (!texts.ok) return texts;
    const { commandText, inverseText, rowBytes, stepBytes } = texts.value;
    const growth =
      course.kind === 'do'
        ? { bytes: rowBytes + stepBytes, reserve: true }
        : { bytes: rowBytes, reserve: false };
    const label = describeCommand(applied.command, applied.inverse);
    const atMs = this.#opened.now();
    const written = this.#write(growth, (rows) => {
      rows.design.write(applied.rows);
      if (course.kind === 'go') rows.history.moveTo(course.to);
      else rows.history.add({ label, command: commandText, inverse: inverseText, atMs });
    });
    if (!written.ok) return written;
    this.#design = applied.design;
    const { design, changed: entities } = applied;
    return done({ design, entities, edits: editsOf(applied.command) });
  }

  /** The command and its inverse as they are stored, and how many bytes they and the rows take. */
  #textsOf({ command, inverse, rows }: Applied): Outcome<{
    readonly commandText: string;
    readonly inverseText: string;
    readonly rowBytes: number;
    readonly stepBytes: number;
  }> {
    const file = this.path;
    let rowBytes = 0;
    for (const row of rows) {
      if (row.change !== 'insert' && row.change !== 'update') continue;
      const found = Buffer.byteLength(JSON.stringify(row.value));
      const { entityBytes: limit } = projectLimits;
      const what = `${row.entity} ${row.value.id}`;
      if (found > limit) return failed('too-large', { file, what, found, limit, unit: 'bytes' });
      rowBytes += found;
    }
    const [commandText, inverseText] = [JSON.stringify(command), JSON.stringify(inverse)];
    const sizes = [Buffer.byteLength(commandText), Buffer.byteLength(inverseText)] as const;
    const { documentBytes: limit } = projectLimits;
    const found = Math.max(...sizes);
    if (found > limit) {
      return failed('too-large', { file, what: 'the edit', found, limit, unit: 'bytes' });
    }
    return done({ commandText, inverseText, rowBytes, stepBytes: sizes[0] + sizes[1] });
  }

  /** Does `work` in one transaction, which is on the disk when this returns, or has not happened. */
  #write({ bytes, reserve }: Growth, work: (rows: Rows) => void): Outcome<undefined> {
    this.#assertOpen();
    const { memory } = this.#opened;
    const file = this.path;
    if (this.access !== 'edit') return failed('read-only', { file });
    const standing = this.#settleStanding();
    const attachment = this.#attachment;
    if (standing === 'not-writable') return failed('no-permission', { file });
    if (!attachment) return failed('file-moved', { file });
    const pages = Number(memory.pragma('page_count', { simple: true }));
    const found = pages * Number(memory.pragma('page_size', { simple: true })) + bytes;
    const limit = projectLimits.fileBytes - (reserve ? projectLimits.reservedBytes : 0);
    if (found > limit) {
      return failed('too-large', { file, what: 'the project', found, limit, unit: 'bytes' });
    }
    const written = attempt(file, 'work', () => {
      // In memory first and to the end, so that what fails there fails before anything is on the disk.
      memory.transaction(() => {
        work(this.#rows);
        attachment.write(work);
      })();
      return done(undefined);
    });
    const isFull = !written.ok && written.error.code === 'disk-full';
    this.#neededBytes = isFull ? 2 * bytes + roomyBytes : 0;
    // The disk is at fault, and a connection that has met such a fault is not relied on any more.
    if (!written.ok && written.error.code === 'io-error') this.#letGo();
    return written;
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new Error(`the project ${this.path} is closed`);
  }
}

const editsOf = (command: Command): readonly Edit[] =>
  command.kind === 'compound' ? command.edits : [command];
