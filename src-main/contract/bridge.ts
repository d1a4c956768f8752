import type { Answer } from './errors.ts';
import type { Listener, Unsubscribe } from './events.ts';

/** What the desktop's preload script gives its page as `window.hopscope`; messages are plain data. */
export interface Bridge {
  readonly call: (method: string, payload: unknown) => Promise<Answer<unknown>>;
  readonly subscribe: (listener: Listener) => Unsubscribe;
  /** The path of a file that was dropped on the page; undefined where the host does not say (a browser). */
  readonly pathOfFile?: (file: unknown) => string | undefined;
  /** The system's own dialog; absent where the page shows its own. Undefined: the user changed their mind. */
  readonly chooseFile?: (question: FileQuestion) => Promise<string | undefined>;
}

export interface FileQuestion {
  readonly purpose: 'open' | 'save';
  readonly title: string;
  /** For saving: the proposed path or file name. */
  readonly suggested?: string;
  /** Extensions without dots. */
  readonly extensions: readonly string[];
}

/** What the system's menu bar asks of the page, as `host.command`. The page has the same commands on its own keys. */
export const menuCommands = [
  'new',
  'open',
  'save-as',
  'duplicate',
  'save-version',
  /** The project, not the window. */
  'close',
  /** In a text field these two are the field's own. */
  'undo',
  'redo',
  'delete',
  'select-all',
  /** The search palette. */
  'find',
  'zoom-in',
  'zoom-out',
  'zoom-full',
  'zoom-fit',
  'zoom-selection',
  'run-all',
  'theme-light',
  'theme-dark',
  'theme-system',
  'language-en',
  'language-ko',
  'guide',
  'shortcuts',
  'intro',
] as const;
export type MenuCommand = (typeof menuCommands)[number];

/** The settings that a host reads besides the page: the values are the page's. */
export const languageSetting = 'language';

/** The header by which a browser's page says what it calls itself, a UUID; another one each time that it is loaded. */
export const pageHeader = 'x-hopscope-page';

/** What the browser host gives in the place of an answer that takes long: the page asks again with it, at this path. */
export interface Ticket {
  readonly ticket: string;
}
export const answersPath = 'api/answers';

/** The channels between the desktop's page and its main process. */
export const callChannel = 'hopscope:call';
export const eventChannel = 'hopscope:event';
export const chooseFileChannel = 'hopscope:choose-file';
