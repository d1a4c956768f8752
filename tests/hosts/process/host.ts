import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { BackendEvent } from '../../../src-main/contract/index.ts';
import {
  createProcessBackend,
  type ProcessBackendOptions,
} from '../../../src-main/hosts/process/backend.ts';
import type { BackendProcess } from '../../../src-main/hosts/process/messages.ts';
import { startNodeProcess } from '../../../src-main/hosts/process/node-process.ts';
import { packed } from '../../support/packed.ts';

const root = join(import.meta.dirname, '..', '..', '..');
export const resources = join(root, 'resources');

/** After a death there is no process for a while, however long the one before took to start. */
export const startedLate = {
  restartDelaysMs: [3_000],
  quickEndMs: 600_000,
} satisfies ProcessBackendOptions;

/**
 * The real backend in a real child process, with what it says and a way to end it by force. `between` may stand between
 * the host and its process.
 */
export async function startBackend(
  options: ProcessBackendOptions = {},
  between: (child: BackendProcess) => BackendProcess = (child) => child,
) {
  const folder = await mkdtemp(join(tmpdir(), 'hopscope-process-'));
  const pids: number[] = [];
  const backend = createProcessBackend(
    () => {
      const child = startNodeProcess(packed('backend'));
      if (child.pid !== undefined) pids.push(child.pid);
      return between(child);
    },
    { resources, options: { remembers: false } },
    options,
  );
  const events: BackendEvent[] = [];
  backend.subscribe((event) => void events.push(event));
  return {
    backend,
    /** For the test's files; removed with the backend. */
    folder,
    events,
    /** Of every process that was started, the present one last. */
    pids,
    kill: (signal: NodeJS.Signals = 'SIGKILL') => process.kill(pids.at(-1) ?? 0, signal),
    async [Symbol.asyncDispose]() {
      await backend.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
