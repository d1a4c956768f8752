import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Backend, Opening } from '../contract/index.ts';
import type { Attempt } from './cli/outcome.ts';
import { findSource } from './cli/source.ts';
import { createLocalBackend } from './local/backend.ts';
import { ensureBuilt } from './setup/build.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { browserHere } from './web/browser.ts';
import { startWebHost, type WebHost } from './web/server.ts';

export interface OpenOptions {
  /** The program's own folder, with `resources` and `out` in it. */
  readonly root: string;
  /** The design to start with. */
  readonly file?: string | undefined;
  /** The port of the browser host; a free one when absent. */
  readonly port?: number | undefined;
  /** Says to the user which host was chosen and where the app is. */
  readonly tell: (text: string) => void;
}

const done: Attempt<undefined> = { ok: true, value: undefined };

/**
 * Opens the app and waits until it is closed: in Electron where its binary is present, else in this machine's browser,
 * served on loopback until the process is told to end (Ctrl-C).
 */
export async function openApp(options: OpenOptions): Promise<Attempt<undefined>> {
  const { root, file, tell } = options;
  let opened: Opening | undefined;
  const backend = createLocalBackend(join(root, 'resources'), { opened: () => opened });
  try {
    // A design that cannot be opened is refused where it was named, before anything is built or downloaded for it.
    if (file !== undefined) {
      const found = await findSource(backend, { file });
      if (!found.ok) return found;
      opened = found.value;
    }
    // A checkout is built when it has changed; an installed program comes built.
    if (existsSync(join(root, 'src-renderer'))) await ensureBuilt();
    const electron = ensureElectron();
    if (electron.path === undefined) {
      tell(`${electron.reason}: the app opens in the browser instead.`);
      return await openInBrowser(backend, options);
    }
    // Electron opens the file by itself.
    await backend.close();
    return await openInElectron(electron.path, options);
  } finally {
    await backend.close();
  }
}

/** Starts Electron on the built app. */
async function openInElectron(
  binary: string,
  { root, file, tell }: OpenOptions,
): Promise<Attempt<undefined>> {
  tell('Opening the desktop app …');
  const environment = { ...process.env };
  // Would make Electron a plain Node.
  delete environment['ELECTRON_RUN_AS_NODE'];
  const child = spawn(binary, [root, ...(file === undefined ? [] : [file])], {
    stdio: 'inherit',
    env: environment,
  });
  const problem = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code) => resolve(code ? `it ended with code ${code}` : undefined));
  });
  if (problem === undefined) return done;
  return {
    ok: false,
    failure: { code: 'app-failed', text: `The desktop app did not run: ${problem}` },
  };
}

/** Serves the built app until the process is told to end. */
async function openInBrowser(
  backend: Backend,
  { root, port, tell }: OpenOptions,
): Promise<Attempt<undefined>> {
  let host: WebHost;
  try {
    const pagesFolder = join(root, 'out', 'renderer');
    host = await startWebHost({ backend, pagesFolder, ...(port === undefined ? {} : { port }) });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const text = `The app could not be served: ${reason}`;
    return { ok: false, failure: { code: 'app-failed', text } };
  }
  tell(`Hopscope is at ${host.url}`);
  tell('The address opens once. Ctrl-C ends Hopscope.');
  await browserHere()?.(host.url);
  await untilTold();
  await host.close();
  return done;
}

/** Until the process is asked to end, once; asked again, it ends at once. */
function untilTold(): Promise<void> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  return new Promise((resolve) => {
    const told = () => {
      for (const signal of signals) process.off(signal, told);
      resolve();
    };
    for (const signal of signals) process.on(signal, told);
  });
}
