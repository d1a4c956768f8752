import type { Answer, BackendEvent } from '../../contract/index.ts';
import type { OpenBefore } from '../../app/ports.ts';
import type { LocalBackendOptions } from '../local/backend.ts';

/** What a backend is made of, as plain data: it is sent to the process that runs it. */
export interface BackendSetup {
  /** The folder that the program brings along. */
  readonly resources: string;
  readonly options: Omit<LocalBackendOptions, 'opened' | 'openBefore'>;
}

/** To the backend's process. The first one is `start`. */
export type ToBackend =
  | {
      readonly kind: 'start';
      readonly setup: BackendSetup;
      /** What the process before this one had open. */
      readonly openBefore: readonly OpenBefore[];
    }
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly method: string;
      readonly payload: unknown;
    }
  /** Is anybody there? */
  | { readonly kind: 'beat' }
  | { readonly kind: 'close' };

/** From the backend's process. */
export type FromBackend =
  /** It takes calls. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer<unknown> }
  | { readonly kind: 'event'; readonly event: BackendEvent }
  /** It is there: every `beat` is answered by one. */
  | { readonly kind: 'beat' }
  /** Everything is closed, and everything before has been said: the process can be ended. */
  | { readonly kind: 'closed' };

/** A process that runs the backend, whatever kind of process the host has. */
export interface BackendProcess {
  /** @throws DataCloneError where the message holds what no process can send. */
  readonly post: (message: ToBackend) => void;
  readonly onMessage: (listener: (message: FromBackend) => void) => void;
  /** Told once, however it ends: by itself, by force, or because it could not be started. */
  readonly onEnd: (listener: (reason: string) => void) => void;
  /** Ends it at once, whatever it does. */
  readonly kill: () => void;
}

/** The other side: what the process itself sees. */
export interface HostPort {
  readonly post: (message: FromBackend) => void;
  readonly onMessage: (listener: (message: ToBackend) => void) => void;
  /** Told when there is no host any more. */
  readonly onGone: (listener: () => void) => void;
}
