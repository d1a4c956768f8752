/** The program of the backend's process: a child of Node's, or a utility process of Electron's. */
import process from 'node:process';
import { createLocalBackend } from '../local/backend.ts';
import type { FromBackend, HostPort, ToBackend } from './messages.ts';
import { serveBackend } from './serve.ts';

function electronPort(): HostPort | undefined {
  // Electron declares it for every process; only its utility processes have it.
  const port = process.parentPort as typeof process.parentPort | undefined;
  return (
    port && {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => void port.on('message', ({ data }) => listener(data as ToBackend)),
      // Electron ends its utility processes with itself.
      onGone: () => undefined,
    }
  );
}

function nodePort(): HostPort {
  return {
    post(message: FromBackend) {
      // A host that has gone is told of by `disconnect`; what it was to be told is nobody's any more.
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) =>
      void process.on('message', (message) => listener(message as ToBackend)),
    onGone: (listener) => void process.once('disconnect', listener),
  };
}

// Ctrl-C and a closed terminal reach every process of the terminal. The host is told, and tells this one to close.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);

serveBackend(
  electronPort() ?? nodePort(),
  ({ resources, options }, openBefore) => createLocalBackend(resources, { ...options, openBefore }),
  () => process.exit(),
);
