import type { BackendError } from '../../src-main/contract/index.ts';

/** Something that is asked of the backend: not asked yet, on its way, here, or refused. */
export type Loading<Value> =
  | { readonly state: 'idle' }
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: Value }
  | { readonly state: 'failed'; readonly error: BackendError };

export const idle: Loading<never> = { state: 'idle' };
export const loading: Loading<never> = { state: 'loading' };
