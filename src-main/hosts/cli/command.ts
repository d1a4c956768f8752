import type { Backend } from '../../contract/index.ts';
import type { Outcome } from './outcome.ts';

/** What the program asks of the process that it runs in. */
export interface Host {
  readonly version: string;
  /** Runs one command on the backend and shows what it has to say. */
  readonly run: (command: (backend: Backend) => Promise<Outcome>, json: boolean) => Promise<void>;
  /** Opens the desktop app, or the same app in the browser; resolves when it is closed. */
  readonly open: (file: string | undefined, port: number | undefined) => Promise<void>;
}

/** What every command with --json takes. */
export interface Json {
  readonly json?: true;
}
/** What an implementation takes, without what stands beside the options. */
export type Options<Of> = Omit<Of, 'file' | 'out'> & Json;

/** What FILE is. */
export const designFile = 'a .hopscope project, or a .yaml or .json design';

export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  $ hopscope ${line}`).join('\n')}\n`;
