import { issueSentence, type DesignIssue } from '../../model/issue.ts';
import type { ProjectErrorCode, ProjectErrorDetails } from '../../contract/project-errors.ts';

export type { ProjectErrorCode, ProjectErrorDetails } from '../../contract/project-errors.ts';

/** An expected failure: a stable code, what happened as a sentence, and what to do where something can be done. */
export type ProjectError = {
  readonly [Code in ProjectErrorCode]: {
    readonly code: Code;
    readonly sentence: string;
    readonly hint?: string;
    readonly details: ProjectErrorDetails[Code];
  };
}[ProjectErrorCode];

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: ProjectError };

interface Wording {
  readonly sentence: string;
  readonly hint?: string;
}

const elsewhere = 'Save a copy in another place; everything up to the last edit is in it';
const older = 'Open an earlier copy or a backup of the file';

const wordings: {
  readonly [Code in ProjectErrorCode]: (details: ProjectErrorDetails[Code]) => Wording;
} = {
  'file-missing': ({ file }) => ({ sentence: `There is no file ${file}` }),
  'folder-missing': ({ file }) => ({
    sentence: `The folder of ${file} does not exist`,
    hint: 'Create the folder, or choose another',
  }),
  'is-a-folder': ({ file }) => ({
    sentence: `${file} is a folder`,
    hint: 'Choose a project file, with a name that ends in .hopscope',
  }),
  'not-a-file': ({ file }) => ({ sentence: `${file} is a device or pipe, not a file` }),
  'bad-path': ({ file }) => ({
    sentence: `No file can be called ${JSON.stringify(file)}`,
    hint: 'Use a shorter name without control characters, and without spaces at its end',
  }),
  'no-permission': ({ file }) => ({ sentence: `Access to ${file} is not permitted` }),
  'empty-file': ({ file }) => ({
    sentence: `${file} is empty`,
    hint: 'The program that was to write it, or a download, did not finish',
  }),
  'not-a-project': ({ file }) => ({
    sentence: `${file} is not a Hopscope project`,
    hint: 'Designs in YAML or JSON are imported',
  }),
  'other-application': ({ file, applicationId }) => ({
    sentence: `${file} is a database of another program (application id ${applicationId})`,
  }),
  'newer-format': ({ file, found, known }) => ({
    sentence: `${file} has format ${found}; this version of Hopscope knows formats up to ${known}`,
    hint: 'Open it with a newer Hopscope',
  }),
  damaged: ({ file, detail }) => ({ sentence: `${file} is damaged: ${detail}`, hint: older }),
  locked: ({ file }) => ({
    sentence: `${file} is open in another program`,
    hint: 'Close it there, or open it for reading only',
  }),
  'already-open': ({ file }) => ({ sentence: `${file} is open already` }),
  'altered-schema': ({ file, object }) => ({
    sentence: `${file} was altered by another program: ${object} is not as Hopscope makes it`,
    hint: 'Nothing in the file was run or changed. Open it only if you trust its origin, after mending it',
  }),
  'migration-history': ({ file, detail }) => ({
    sentence: `The record of format changes in ${file} is not one that Hopscope writes: ${detail}`,
    hint: older,
  }),
  'migration-failed': ({ file, migration, detail }) => ({
    sentence: `${file} could not be brought to the present format (${migration}): ${detail}`,
    hint: 'The file is as it was before this step',
  }),
  'too-large': ({ file, what, found, limit, unit }) => ({
    sentence: `${file}: ${what} has ${found} ${unit}, the limit is ${limit}`,
  }),
  'invalid-design': ({ file, issues, omitted }) => ({
    sentence: `${file} does not hold a valid design: ${issueList(issues, omitted)}`,
  }),
  'already-exists': ({ file }) => ({ sentence: `There is a file ${file} already` }),
  'leftover-files': ({ file, leftover }) => ({
    sentence: `${leftover} lies beside ${file} and would be taken for a part of it`,
    hint: 'Another program has the old file open or was stopped; open and close the old file, or remove the leftover',
  }),
  'read-only': ({ file }) => ({
    sentence: `${file} is open for reading only`,
    hint: 'Save a copy and edit that',
  }),
  'file-moved': ({ file }) => ({
    sentence: `${file} is no longer where it was: it was moved, replaced or deleted`,
    hint: elsewhere,
  }),
  'disk-full': ({ file }) => ({
    sentence: `There is no room on the disk to write ${file}`,
    hint: 'What was saved before is kept. Make room, or save a copy elsewhere',
  }),
  'io-error': ({ file, detail }) => ({
    sentence: `${file} could not be read or written: ${detail}`,
    hint: 'Check the disk or the network drive',
  }),
  'invalid-command': ({ issues, omitted }) => ({
    sentence: `The edit does not fit the design: ${issueList(issues, omitted)}`,
  }),
  'nothing-to-undo': () => ({ sentence: 'There is nothing to undo' }),
  'nothing-to-redo': () => ({ sentence: 'There is nothing to redo' }),
  'unknown-step': ({ sequence, last }) => ({
    sentence: `The history has no step ${sequence}; its last one is ${last}`,
  }),
  'unknown-version': ({ name }) => ({
    sentence: `The project has no version ${JSON.stringify(name)}`,
  }),
  'version-exists': ({ name }) => ({
    sentence: `The project has a version ${JSON.stringify(name)} already`,
    hint: 'Choose another name',
  }),
  'bad-version-name': ({ name }) => ({
    sentence: `A version cannot be called ${JSON.stringify(name)}`,
    hint: 'Use one line of text, up to 200 characters',
  }),
};

const issuesTold = 3;

function issueList(issues: readonly DesignIssue[], omitted: number): string {
  const told = issues.slice(0, issuesTold).map(issueSentence).join('; ');
  const more = issues.length + omitted - Math.min(issues.length, issuesTold);
  return more > 0 ? `${told}; and ${more} more` : told;
}

export function projectError<Code extends ProjectErrorCode>(
  code: Code,
  details: ProjectErrorDetails[Code],
): ProjectError {
  const wording: Wording = wordings[code](details);
  // One code with its own details is a member of the union, which the compiler cannot see for a code it does not know.
  return { code, ...wording, details } as ProjectError;
}

export function failed<Code extends ProjectErrorCode>(
  code: Code,
  details: ProjectErrorDetails[Code],
): { readonly ok: false; readonly error: ProjectError } {
  return { ok: false, error: projectError(code, details) };
}

export function done<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export const projectErrorCodes = Object.keys(wordings) as readonly ProjectErrorCode[];
