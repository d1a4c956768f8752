import { fork } from 'node:child_process';
import { extname, join } from 'node:path';
import process from 'node:process';
import type { BackendProcess, FromBackend } from './messages.ts';

const isBuilt = extname(import.meta.filename) !== '.ts';

/** The program of the backend's process: its source, or what the build has put beside what it made of this file. */
const entry = join(import.meta.dirname, isBuilt ? 'backend.js' : 'entry.ts');

function argumentsOfNode(): string[] {
  if (isBuilt) return [];
  // Node reads TypeScript by itself from 22.18 on; before, a loader does.
  return process.features.typescript
    ? ['--disable-warning=ExperimentalWarning']
    : ['--import', import.meta.resolve('tsx')];
}

/** Starts the backend as a child of this process. It ends with it. */
export function startNodeProcess(program = entry): BackendProcess & { readonly pid?: number } {
  const child = fork(program, [], {
    serialization: 'advanced',
    execArgv: argumentsOfNode(),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  // A message that could not be sent is answered for when the end of the process is told.
  const ignore = () => undefined;
  return {
    ...(child.pid === undefined ? {} : { pid: child.pid }),
    post: (message) => void child.send(message, ignore),
    onMessage: (listener) =>
      void child.on('message', (message) => listener(message as FromBackend)),
    onEnd(listener) {
      let told = false;
      const tell = (reason: string) => {
        if (!told) listener(reason);
        told = true;
      };
      child.once('error', (error) => tell(error.message));
      // Not at its exit: what it said before is still to be read then.
      child.once('close', (code, signal) =>
        tell(signal === null ? `it ended with code ${code ?? 0}` : `it was ended by ${signal}`),
      );
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
