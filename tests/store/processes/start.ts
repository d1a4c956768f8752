import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { onTestFinished } from 'vitest';

export interface Started {
  /** Ends its input, and waits for its end. */
  end(): Promise<void>;
  /** Kills it without a chance to tidy up. */
  kill(): Promise<void>;
}

/** Starts a program of this folder, and waits until it says `ready`. */
export async function start(script: string, ...args: readonly string[]): Promise<Started> {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const errors: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
  const exit = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  await Promise.race([
    once(child.stdout, 'data'),
    exit.then(() => Promise.reject(new Error(`${script} ended early: ${errors.join('')}`))),
  ]);
  return {
    async end() {
      child.stdin.end();
      await exit;
    },
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}
