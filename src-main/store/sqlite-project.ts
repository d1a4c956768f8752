import { rmSync, statSync } from 'node:fs';
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
  type Outcome,
  type ProjectFile,
  type ProjectVersions,
  type SaveOptions,
} from '../app/project/index.ts';
import type { Design } from '../model/design.ts';
import { DesignRows } from './design-rows.ts';
import { attempt } from './failures.ts';
import { HistoryRows } from './history-rows.ts';
import type { FileIdentity } from './open-files.ts';
import { compactBytes } from './project-bytes.ts';
import { SqliteVersions, type Growth } from './sqlite-versions.ts';
import { writeWhole } from './write-whole.ts';

/** What an open project stands on. */
export interface Opened {
  readonly path: string;
  readonly access: Access;
  readonly database: Database.Database;
  readonly design: Design;
  readonly identity: FileIdentity;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /** Called once, when the project is closed. */
  readonly onClose: () => void;
}

/** How the history goes on with an edit: by a new step, or to one that is there. */
type Course = { readonly kind: 'do' } | { readonly kind: 'go'; readonly to: number };

/** A project file that is open: the design in memory, each edit in one transaction. */
export class SqliteProject implements ProjectFile {
  readonly path: string;
  readonly access: Access;
  readonly versions: ProjectVersions;
  readonly #opened: Opened;
  readonly #designRows: DesignRows;
  readonly #history: HistoryRows;
  #design: Design;
  #isClosed = false;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.path = opened.path;
    this.access = opened.access;
    this.#design = opened.design;
    this.#designRows = new DesignRows(opened.database);
    this.#history = new HistoryRows(opened.path, opened.database);
    this.versions = new SqliteVersions({
      file: opened.path,
      database: opened.database,
      now: opened.now,
      project: this,
      write: (growth, work) => this.#write(growth, work),
    });
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
    return this.access === 'edit' && this.#history.place().applied > 0;
  }

  canRedo(): boolean {
    this.#assertOpen();
    const { applied, last } = this.#history.place();
    return this.access === 'edit' && applied < last;
  }

  history({ last = -1 }: HistoryOptions = {}): Outcome<readonly HistoryStep[]> {
    this.#assertOpen();
    return attempt(this.path, 'work', () => done(this.#history.list(last)));
  }

  saveCopy(path: string, options: SaveOptions = {}): Outcome<undefined> {
    this.#assertOpen();
    return attempt(path, 'work', () => {
      const written = writeWhole(path, compactBytes(this.#opened.database.serialize()), options);
      return written.ok ? done(undefined) : written;
    });
  }

  close(): Outcome<undefined> {
    this.#assertOpen();
    this.#isClosed = true;
    const { database } = this.#opened;
    try {
      if (this.access !== 'edit') return done(undefined);
      return attempt(this.path, 'work', () => {
        // By descriptor, so that even a file that was moved meanwhile gets all that the log beside its old name holds.
        database.pragma('wal_checkpoint(TRUNCATE)');
        return done(undefined);
      });
    } finally {
      const isInPlace = this.#isInPlace();
      database.close();
      this.#opened.onClose();
      // SQLite leaves the log of a file that was moved. Empty, it only stands in the way of a new file of that name.
      if (this.access === 'edit' && !isInPlace) removeIfEmpty(`${this.path}-wal`);
    }
  }

  /** Goes to another place in the history: the steps on the way, done or undone as one edit. */
  #travel(
    choose: (place: { readonly applied: number; readonly last: number }) => Outcome<number>,
  ): Outcome<Changed> {
    this.#assertOpen();
    if (this.access !== 'edit') return failed('read-only', { file: this.path });
    return attempt(this.path, 'work', () => {
      const place = this.#history.place();
      const chosen = choose(place);
      if (!chosen.ok) return chosen;
      const to = chosen.value;
      const edits: Edit[] = [];
      for (let at = place.applied; at !== to; at += to < at ? -1 : 1) {
        const command =
          to < at ? this.#history.read(at, 'inverse') : this.#history.read(at + 1, 'command');
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
    const written = this.#write(growth, () => {
      this.#designRows.write(applied.rows);
      if (course.kind === 'go') this.#history.moveTo(course.to);
      else {
        this.#history.add({
          label: describeCommand(applied.command, applied.inverse),
          command: commandText,
          inverse: inverseText,
          atMs: this.#opened.now(),
        });
      }
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
  #write({ bytes, reserve }: Growth, work: () => void): Outcome<undefined> {
    this.#assertOpen();
    const { database } = this.#opened;
    const file = this.path;
    if (this.access !== 'edit') return failed('read-only', { file });
    return attempt(file, 'work', () => {
      if (!this.#isInPlace()) return failed('file-moved', { file });
      const pages = Number(database.pragma('page_count', { simple: true }));
      const found = pages * Number(database.pragma('page_size', { simple: true })) + bytes;
      const limit = projectLimits.fileBytes - (reserve ? projectLimits.reservedBytes : 0);
      if (found > limit) {
        return failed('too-large', { file, what: 'the project', found, limit, unit: 'bytes' });
      }
      database.transaction(work).immediate();
      return done(undefined);
    });
  }

  /** A file that was moved or deleted can still be written to on many systems, and nobody would find it again. */
  #isInPlace(): boolean {
    const { identity, path } = this.#opened;
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats?.dev === identity.dev && stats.ino === identity.ino;
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new Error(`the project ${this.path} is closed`);
  }
}

const editsOf = (command: Command): readonly Edit[] =>
  command.kind === 'compound' ? command.edits : [command];

function removeIfEmpty(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.size === 0) rmSync(path);
}
