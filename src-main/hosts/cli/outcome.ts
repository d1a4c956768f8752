import type { BackendError } from '../../contract/index.ts';
import type { Terminal } from './terminal.ts';

/** 0: fine. 1: the answer is bad. 2: usage or bad input. 70: a defect of the program (`EX_SOFTWARE` of sysexits.h). */
export type ExitCode = 0 | 1 | 2 | 70;

export const exitCodeOf = ({ code }: Failure): ExitCode => (code === 'internal' ? 70 : 2);

export const usageCodes = [
  /** The arguments do not make a question. */
  'usage',
  /** The file cannot be read. */
  'file-unreadable',
  /** The file cannot be written. */
  'file-unwritable',
  /** Writing would replace a file. */
  'file-exists',
  /** Writing would replace the design that was asked about. */
  'file-is-source',
  /** The name of a sender or receiver means nothing in this design, or more than one thing. */
  'end-unknown',
  'end-ambiguous',
  /** The app could not be started. */
  'app-failed',
] as const;

/** A failure of the command line itself, in the shape of the backend's. */
export interface UsageError {
  readonly code: (typeof usageCodes)[number];
  readonly text: string;
  readonly hint?: string;
}

export type Failure = UsageError | BackendError;

/** What a command has to say, before anybody has decided how it is shown. */
export type Outcome =
  | {
      readonly ok: true;
      /** False where the answer is a bad one: exit code 1. */
      readonly good: boolean;
      /** For `--json`. */
      readonly json: unknown;
      /** For people; no newline at the end. */
      readonly text: (terminal: Terminal) => string;
      /** Sentences for standard error. */
      readonly notes?: readonly string[];
    }
  | { readonly ok: false; readonly failure: Failure; readonly file?: string };

export type Attempt<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: Failure };

export const usage = (
  code: UsageError['code'],
  text: string,
  hint?: string,
): { readonly ok: false; readonly failure: UsageError } => ({
  ok: false,
  failure: { code, text, ...(hint === undefined ? {} : { hint }) },
});
