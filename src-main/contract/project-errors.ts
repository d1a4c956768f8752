import type { DesignIssue } from '../model/issue.ts';

/** What each error of a project file knows besides its sentence. One line a member. */
export interface ProjectErrorDetails {
  /** There is no file of this name. */
  'file-missing': File;
  /** The folder that the file is, or should be, in does not exist. */
  'folder-missing': File;
  /** The path leads to a folder. */
  'is-a-folder': File;
  /** The path leads to a device, pipe or socket. */
  'not-a-file': File;
  /** No file can have such a path. */
  'bad-path': File;
  /** The system refuses access to the file or its folder. */
  'no-permission': File;
  /** The file has no content at all. */
  'empty-file': File;
  /** The file is something else: a text, a picture, another kind of document. */
  'not-a-project': File;
  /** An SQLite database, but another program's. */
  'other-application': File & { readonly applicationId: number };
  /** Written by a later version of this program. */
  'newer-format': File & { readonly found: number; readonly known: number };
  /** The content is not what was once written. */
  damaged: File & Detail;
  /** Another program has the file open. */
  locked: File;
  /** This program has the file open already. */
  'already-open': File;
  /** Tables are missing or changed, or there are objects that no project has. */
  'altered-schema': File & { readonly object: string };
  /** The record of migrations is not a beginning of the known ones. */
  'migration-history': File & Detail;
  /** A migration did not go through. */
  'migration-failed': File & Detail & { readonly migration: string };
  /** Beyond a limit. */
  'too-large': File & {
    readonly what: string;
    readonly found: number;
    readonly limit: number;
    readonly unit: string;
  };
  /** The content is well kept, but is no design. */
  'invalid-design': File & Issues;
  /** A file of this name is there already. */
  'already-exists': File;
  /** What another program has left beside the path would be taken for a part of the file. */
  'leftover-files': File & { readonly leftover: string };
  /** The project is open for reading. */
  'read-only': File;
  /** The file, or the folder it was in, is no longer where it was opened. */
  'file-moved': File;
  'disk-full': File;
  /** The system reports a fault in reading or writing. */
  'io-error': File & Detail;
  /** The command does not fit the design. */
  'invalid-command': Issues;
  'nothing-to-undo': NoDetails;
  'nothing-to-redo': NoDetails;
  /** The history has no step of this number. */
  'unknown-step': { readonly sequence: number; readonly last: number };
  /** The project has no version of this name. */
  'unknown-version': { readonly name: string };
  /** The project has a version of this name already. */
  'version-exists': { readonly name: string };
  /** No version can have such a name. */
  'bad-version-name': { readonly name: string };
}

interface File {
  readonly file: string;
}
interface Detail {
  /** What exactly, completing the sentence after a colon. */
  readonly detail: string;
}
interface Issues {
  readonly issues: readonly DesignIssue[];
  readonly omitted: number;
}
type NoDetails = Record<string, never>;

export type ProjectErrorCode = keyof ProjectErrorDetails;

/** Why a project or its file refuses. */
export type ProjectRefusal = {
  readonly [Code in ProjectErrorCode]: {
    readonly reason: Code;
    readonly details: ProjectErrorDetails[Code];
  };
}[ProjectErrorCode];
