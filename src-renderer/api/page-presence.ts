import { pageHeader } from '../../src-main/contract/bridge.ts';

/** What this page calls itself to the browser host; another name each time that it is loaded. */
const name = crypto.randomUUID();
const lockPrefix = 'hopscope-page:';

export const presenceHeaders = { [pageHeader]: name };

/**
 * Shows that this page is there, to the other tabs and to the host: by a lock, which the browser lets go of when the page
 * is gone, however it goes; and by a word when it goes as it should.
 */
export function showPresence(url: string): () => void {
  const leaving = new AbortController();
  const { signal } = leaving;
  const stay = () =>
    new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  // Only an abort ends the wait for it: nobody else asks for this name.
  navigator.locks.request(lockPrefix + name, { signal }, stay).catch(() => undefined);
  addEventListener('pagehide', () => void send(url, { kind: 'leaving', page: name }), { signal });
  return () => leaving.abort();
}

/** Tells the host which pages there are. For the one that has the stream of events. */
export async function tellPresence(url: string): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  const pages = held
    .flatMap((lock) => (lock.name?.startsWith(lockPrefix) ? [lock.name] : []))
    .map((lock) => lock.slice(lockPrefix.length));
  await send(url, { kind: 'present', pages });
}

/** Goes out even when the page ends meanwhile. */
async function send(url: string, news: object): Promise<void> {
  await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(news),
    keepalive: true,
  }).catch(() => {
    // The host is gone; the stream of events says so.
  });
}
