import type { Design } from '../../model/design.ts';
import type { EntityRef } from '../../model/ids.ts';
import type { Command, Edit } from './command.ts';
import type { Outcome } from './errors.ts';

/** Where projects are kept. Expected failures are values; what is thrown is a defect. */
export interface ProjectStore {
  /**
   * Makes a new project file and opens it. The design is checked; the file appears complete or not at all.
   * Where there is a file already: `already-exists`, unless it is to be overwritten.
   */
  create(path: string, design: Design, options?: SaveOptions): Outcome<ProjectFile>;
  /** Keeps the bytes of a project file, in base64, under a path that nothing has yet, and opens it. They are checked first. */
  receive(path: string, base64: string): Outcome<ProjectFile>;
  /**
   * Opens a project. Nothing is written to a file that is refused. A file that cannot be written to, because of its own
   * or its folder's permissions, is opened for reading; so is one that is asked for with `readOnly`, even while another
   * program edits it: what was saved at that moment is seen.
   */
  open(path: string, options?: OpenOptions): Outcome<ProjectFile>;
}

export interface OpenOptions {
  readonly readOnly?: boolean;
}

export interface SaveOptions {
  readonly overwrite?: boolean;
}

/** Whether a project can be edited, and if not, what stands against it. */
export type Access = 'edit' | 'read-only-asked' | 'read-only-file' | 'read-only-folder';

/** A project that is open. An edit is on the disk when `apply`, `undo` or `redo` returns. */
export interface ProjectFile {
  /** Absolute, symbolic links followed. */
  readonly path: string;
  readonly access: Access;
  design(): Design;
  /** Does a command as one step, which cuts off what was undone before. The command's label is used in the history. */
  apply(command: Command): Outcome<Changed>;
  undo(): Outcome<Changed>;
  redo(): Outcome<Changed>;
  /** Undoes or redoes until the step of this number is the last in effect; 0 is before the first. All of it or nothing. */
  goTo(sequence: number): Outcome<Changed>;
  canUndo(): boolean;
  canRedo(): boolean;
  /** The number of the last step of the history that is in effect; 0 before the first. */
  step(): number;
  /** The steps of the history, the oldest first; only the `last` so many where that is given. */
  history(options?: HistoryOptions): Outcome<readonly HistoryStep[]>;
  readonly versions: ProjectVersions;
  /** Writes the whole project, history and versions included, to another file, which appears complete or not at all. */
  saveCopy(path: string, options?: SaveOptions): Outcome<undefined>;
  /**
   * Looks what has become of the file. Where somebody else has taken, replaced or written over it, it is let go of, and
   * the project stands in memory alone: edits are refused, copies can be saved.
   */
  look(): Look;
  /** Whether the project still has its file: whether edits are written. */
  readonly isAttached: boolean;
  /** Equal for equal content: design, history and versions. */
  digest(): string;
  /**
   * Leaves the project as one file. An error says that this was not possible; the project is closed all the same, and
   * no edit is lost, since what lies beside the file is taken up when it is opened again.
   */
  close(): Outcome<undefined>;
}

/** What stands between a project and its file. */
export type TroubleCode =
  'changed-outside' | 'removed' | 'not-writable' | 'disk-full' | 'unreachable';

export interface Look {
  /** Undefined: nothing stands against writing; for a project that is read along, against reading. */
  readonly trouble?: TroubleCode;
  /** Changes with whatever is written at the file's path; empty where there is nothing. */
  readonly stamp: string;
}

/** What an edit has changed. */
export interface Changed {
  readonly design: Design;
  /** The entities that were written, removed or moved. */
  readonly entities: readonly EntityRef[];
  /** Lead from the design before to `design`. */
  readonly edits: readonly Edit[];
}

export interface HistoryOptions {
  readonly last?: number;
}

export interface HistoryStep {
  /** From 1. */
  readonly sequence: number;
  readonly label: string;
  /** When the step was first done, in milliseconds since 1970-01-01 UTC. */
  readonly atMs: number;
  /** False: undone, and can be redone. */
  readonly applied: boolean;
}

/** States of the design that were given a name. Making and deleting one is no step of the history; restoring one is. */
export interface ProjectVersions {
  /** The oldest first. */
  list(): Outcome<readonly Version[]>;
  create(name: string): Outcome<Version>;
  read(name: string): Outcome<Design>;
  /** Makes the design what it was in the version; one step that can be undone, or none where nothing differs. */
  restore(name: string): Outcome<Changed>;
  delete(name: string): Outcome<undefined>;
}

export interface Version {
  /** Unique in the project. */
  readonly name: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly atMs: number;
  /** The step of the history after which it was saved, 0 before the first; absent where the history no longer has it. */
  readonly step?: number;
}
