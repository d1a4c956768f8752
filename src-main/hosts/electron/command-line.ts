import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Writable } from 'node:stream';
import { app } from 'electron';
import type { Attempt } from '../cli/outcome.ts';
import { runCommandLine, type OpenApp } from '../cli/run.ts';
import { checkHere, openInBrowser } from '../open.ts';
import { startUtilityProcess } from './backend-process.ts';
import { runDesktop } from './desktop.ts';

/**
 * The command line of an installed program. Its executable is Electron's, which is never to run as a plain Node, so the
 * command runs in the main process: it shows no window, but for `open`, and ends the process with its exit code. `built`
 * is the folder that the build writes.
 */
export async function runInElectron(built: string, words: readonly string[]): Promise<void> {
  const code = await runCommandLine(words, openWith(built));
  await Promise.all([written(process.stdout), written(process.stderr)]);
  app.exit(code);
}

const openWith =
  (built: string): OpenApp =>
  async (asked) => {
    const { root, file, port } = asked;
    if (file !== undefined) {
      const checked = await checkHere(root, file);
      if (!checked.ok) return checked;
    }
    if (port !== undefined) {
      await app.whenReady();
      return openInBrowser(asked, () => startUtilityProcess(join(built, 'main', 'backend.js')));
    }
    return openWindow(built, file === undefined ? undefined : resolve(file));
  };

/** Until the app ends, or the instance that runs already has taken the file. */
async function openWindow(built: string, file: string | undefined): Promise<Attempt<undefined>> {
  const ended = new Promise<void>((settle) => void app.once('quit', () => settle()));
  await runDesktop(built, file);
  await ended;
  return { ok: true, value: undefined };
}

/** Until all that was written to it has gone; a reader that has gone away is not waited for. */
const written = (stream: Writable): Promise<void> =>
  new Promise((settle) => {
    if (stream.destroyed || !stream.writable) settle();
    else stream.write('', () => settle());
  });
