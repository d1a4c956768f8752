import process from 'node:process';
import { utilityProcess } from 'electron';
import type { BackendProcess, FromBackend } from '../process/messages.ts';

/** Starts the built program of the backend's process as one of Electron's own. */
export function startUtilityProcess(program: string): BackendProcess {
  const child = utilityProcess.fork(program, [], {
    serviceName: 'Hopscope engine',
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let cause: string | undefined;
  // Out of memory, for one; the end follows.
  child.on('error', (type, location) => (cause = `${type} in ${location}`));
  return {
    post: (message) => child.postMessage(message),
    onMessage: (listener) =>
      void child.on('message', (message: unknown) => listener(message as FromBackend)),
    onEnd: (listener) =>
      void child.once('exit', (code) => listener(cause ?? `it ended with code ${code}`)),
    kill() {
      const { pid } = child;
      child.kill();
      // That asks it to end, which a process that hangs may not hear. Windows knows no asking.
      if (pid !== undefined && process.platform !== 'win32') endByForce(pid);
    },
  };
}

function endByForce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
