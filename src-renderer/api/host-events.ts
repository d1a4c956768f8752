import type { BackendEvent, Bridge, Listener } from '../../src-main/contract/index.ts';
import { openEventStream } from './event-stream.ts';
import { showPresence, tellPresence } from './page-presence.ts';

const sharedName = 'hopscope-events';

export interface HostPaths {
  /** Where the host tells its events. */
  readonly events: string;
  /** Where it is told which pages there are. */
  readonly pages: string;
}

/**
 * The events of the browser host. A browser opens six connections to a host and no more, all its tabs together: one tab
 * holds the stream and passes on what it hears, and when it is closed another one takes over. It also tells the host which
 * tabs there are. `host.connection` tells when the host is lost and when it is back.
 */
export function hostEvents(paths: HostPaths): Pick<Bridge, 'subscribe'> {
  const listeners = new Set<Listener>();
  let leave: (() => void) | undefined;

  const tell = (event: BackendEvent) => {
    for (const listener of [...listeners]) listener(event);
  };

  return {
    subscribe(listener) {
      // Twice the same function are two subscriptions.
      const own: Listener = (event) => listener(event);
      listeners.add(own);
      leave ??= join(paths, tell);
      return () => {
        listeners.delete(own);
        if (listeners.size > 0) return;
        leave?.();
        leave = undefined;
      };
    },
  };
}

/** Takes part in the sharing until the returned function is called. */
function join({ events, pages }: HostPaths, tell: (event: BackendEvent) => void): () => void {
  const others = new BroadcastChannel(sharedName);
  const leaving = new AbortController();
  others.onmessage = ({ data }: MessageEvent<BackendEvent>) => tell(data);

  const pass = (event: BackendEvent) => {
    tell(event);
    others.postMessage(event);
  };

  /** Holds the stream until this page leaves. */
  function hold(takenOver: boolean): Promise<void> {
    // What happened between the two holders was told to nobody.
    let missed = takenOver;
    let isLost = false;
    const stream = openEventStream(events, {
      onEvent: pass,
      onBeat: () => void tellPresence(pages),
      onConnection(connected) {
        // It is lost once, however often it is looked for.
        if (connected ? missed : !isLost) {
          pass({ event: 'host.connection', payload: { connected } });
        }
        isLost = missed = !connected;
      },
    });
    return new Promise((resolve) => {
      leaving.signal.addEventListener('abort', () => {
        stream.close();
        resolve();
      });
    });
  }

  /** A page that the browser has kept, and shows again: nobody told it what happened meanwhile. */
  function comeBack({ persisted }: PageTransitionEvent): void {
    if (persisted) tell({ event: 'host.connection', payload: { connected: true } });
  }

  const { signal } = leaving;
  const leave = showPresence(pages);
  addEventListener('pageshow', comeBack, { signal });
  void share(signal, hold);
  return () => {
    leaving.abort();
    leave();
    others.close();
  };
}

/** Calls `hold` in one page at a time. */
async function share(
  signal: AbortSignal,
  hold: (takenOver: boolean) => Promise<void>,
): Promise<void> {
  const isHeld = await navigator.locks.request(sharedName, { ifAvailable: true }, async (lock) => {
    if (lock && !signal.aborted) await hold(false);
    return lock === null;
  });
  if (!isHeld || signal.aborted) return;
  await navigator.locks
    .request(sharedName, { signal }, () => hold(true))
    // This page left before its turn came.
    .catch(() => undefined);
}
