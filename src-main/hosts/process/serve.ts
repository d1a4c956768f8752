import type { OpenBefore } from '../../app/ports.ts';
import { failed, type Answer, type Backend } from '../../contract/index.ts';
import type { BackendSetup, HostPort } from './messages.ts';

/** Answers the host's messages from a backend of this process. `end` ends the process. */
export function serveBackend(
  port: HostPort,
  create: (setup: BackendSetup, openBefore: readonly OpenBefore[]) => Backend,
  end: () => void,
): void {
  let backend: Backend | undefined;

  const working = new Set<Promise<void>>();

  /** What was asked before is answered first. */
  async function close(): Promise<void> {
    await Promise.all(working);
    await backend?.close();
  }

  function answer(id: number, given: Answer<unknown>): void {
    try {
      port.post({ kind: 'answer', id, answer: given });
    } catch (thrown) {
      // What cannot be sent must not leave the caller without an answer.
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      port.post({ kind: 'answer', id, answer: failed('internal', { message }) });
    }
  }

  port.onMessage((message) => {
    switch (message.kind) {
      case 'start':
        backend = create(message.setup, message.openBefore);
        backend.subscribe((event) => port.post({ kind: 'event', event }));
        port.post({ kind: 'ready' });
        return;
      case 'call': {
        if (!backend) return;
        const work = backend
          .callUntyped(message.method, message.payload)
          .then((given) => answer(message.id, given))
          .finally(() => working.delete(work));
        working.add(work);
        return;
      }
      case 'beat':
        port.post({ kind: 'beat' });
        return;
      case 'close':
        void close().then(() => port.post({ kind: 'closed' }));
        return;
      default:
        message satisfies never;
    }
  });
  port.onGone(() => void close().finally(end));
}
