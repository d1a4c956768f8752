import type { Answer } from './errors.ts';
import type { Listener, Unsubscribe } from './events.ts';

/** What the desktop's preload script gives its page as `window.hopscope`: one function, and messages that are plain data. */
export interface Bridge {
  call(method: string, payload: unknown): Promise<Answer<unknown>>;
  subscribe(listener: Listener): Unsubscribe;
  /** The path of a file that was dropped on the page; undefined where the host does not say (a browser). */
  pathOfFile?(file: unknown): string | undefined;
  /** The system's own dialog; absent where the page shows its own. Undefined: the user changed their mind. */
  chooseFile?(question: FileQuestion): Promise<string | undefined>;
}

export interface FileQuestion {
  readonly purpose: 'open' | 'save';
  readonly title: string;
  /** For saving: the proposed path or file name. */
  readonly suggested?: string;
  /** Extensions without dots. */
  readonly extensions: readonly string[];
}

/** The channels between the desktop's page and its main process. */
export const eventChannel = 'hopscope:event';
export const chooseFileChannel = 'hopscope:choose-file';

/** The one channel between the desktop's page and its main process. */
export const callChannel = 'hopscope:call';
