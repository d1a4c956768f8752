import type { BackendEvent, Listener, Unsubscribe } from '../contract/index.ts';

/** Those who want to be told, and what tells them. */
export interface Announcer {
  readonly tell: (event: BackendEvent) => void;
  readonly subscribe: (listener: Listener) => Unsubscribe;
}

export function createAnnouncer(): Announcer {
  const listeners = new Set<Listener>();
  return {
    tell(event) {
      // A copy: who is told may leave, or bring others.
      for (const listener of [...listeners]) listener(event);
    },
    subscribe(listener) {
      // Of its own, so that the same function can be subscribed twice and leave once.
      const own: Listener = (event) => listener(event);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}
