import type { Answer } from './errors.ts';

/** What the desktop's preload script gives its page as `window.hopscope`: one function, and messages that are plain data. */
export interface Bridge {
  call(method: string, payload: unknown): Promise<Answer<unknown>>;
}

/** The one channel between the desktop's page and its main process. */
export const callChannel = 'hopscope:call';
