import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import type { Backend } from '../contract/index.ts';
import type { Attempt } from './cli/outcome.ts';
import { createLocalBackend } from './local/backend.ts';
import { checkFile, openFile, withOpening } from './opening.ts';
import { createProcessBackend } from './process/backend.ts';
import type { BackendProcess } from './process/messages.ts';
import { startNodeProcess } from './process/node-process.ts';
import { ensureBuilt } from './setup/build.mjs';
import { ensureElectron } from './setup/electron.mjs';
import { browserHere, hasScreen, wayIn } from './web/browser.ts';
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

/** A desktop app that ends sooner than this, and not well, has never been there. Milliseconds. */
const startLimitMs = 10_000;

/**
 * Opens the app and waits until it is closed: in Electron where it runs, else in this machine's browser, served on
 * loopback until the process is told to end (Ctrl-C).
 */
export async function openApp(options: OpenOptions): Promise<Attempt<undefined>> {
  const { root, file, port, tell } = options;
  // A design that cannot be opened is refused where it was named, before anything is built or downloaded for it.
  if (file !== undefined) {
    const checked = await checkHere(root, file);
    if (!checked.ok) return checked;
  }
  // A checkout is built when it has changed; an installed program comes built.
  if (existsSync(join(root, 'src-renderer'))) await ensureBuilt();

  const electron = port === undefined ? desktopHere() : { reason: 'A port was asked for' };
  if (electron.path === undefined) {
    tell(`${electron.reason}: the app opens in the browser instead.`);
    return openInBrowser(options);
  }
  const problem = await openInElectron(electron.path, options);
  if (problem === undefined) return done;
  if (!problem.atStart) {
    const text = `The desktop app has ended: ${problem.text}. Every edit is in its file`;
    return { ok: false, failure: { code: 'app-failed', text } };
  }
  tell(
    `The desktop app does not run here (${problem.text}): the app opens in the browser instead.`,
  );
  return openInBrowser(options);
}

/** Whether the file can be opened, and if not, why. */
export async function checkHere(root: string, file: string): Promise<Attempt<undefined>> {
  const backend = createLocalBackend(join(root, 'resources'), { remembers: false });
  try {
    return await checkFile(backend, file);
  } finally {
    await backend.close();
  }
}

/** The Electron executable, where there is one and a screen to show it on. */
function desktopHere(): { readonly path?: string | undefined; readonly reason?: string } {
  return hasScreen() ? ensureElectron() : { reason: 'There is no screen here for the desktop app' };
}

export interface Problem {
  readonly text: string;
  /** It never came to be. */
  readonly atStart: boolean;
}

/** Starts Electron on the built app, and waits for its end; undefined where all was well. */
export async function openInElectron(
  binary: string,
  { root, file, tell }: OpenOptions,
): Promise<Problem | undefined> {
  tell('Opening the desktop app …');
  const environment = { ...process.env };
  // Would make Electron a plain Node.
  delete environment['ELECTRON_RUN_AS_NODE'];
  const startedMs = performance.now();
  const child = spawn(binary, [root, ...(file === undefined ? [] : [resolve(file)])], {
    stdio: 'inherit',
    env: environment,
  });
  // Ctrl-C reaches Electron by itself, and this process waits for its end.
  const wait = () => undefined;
  process.on('SIGINT', wait);
  const text = await new Promise<string | undefined>((settle) => {
    child.once('error', (error) => settle(error.message));
    child.once('exit', (code, signal) => {
      if (signal !== null) settle(`it was ended by ${signal}`);
      else settle(code ? `it ended with code ${code}` : undefined);
    });
  });
  process.off('SIGINT', wait);
  if (text === undefined) return undefined;
  return { text, atStart: performance.now() - startedMs < startLimitMs };
}

/** Serves the built app until the process is told to end. `startProcess` starts the backend's process. */
export async function openInBrowser(
  { root, file, port, tell }: OpenOptions,
  startProcess: () => BackendProcess = startNodeProcess,
): Promise<Attempt<undefined>> {
  const setup = { resources: join(root, 'resources'), options: { host: 'browser' } } as const;
  let backend: Backend = createProcessBackend(() => startProcess(), setup);
  try {
    if (file !== undefined) {
      const opened = await openFile(backend, file);
      if (!opened.ok) return opened;
      backend = withOpening(backend, opened.value);
    }
    const host = await serve(backend, join(root, 'out', 'renderer'), port);
    if (!host.ok) return host;
    const { url, port: taken } = host.value;
    tell(`Hopscope is at ${url}`);
    tell('The address opens once. Ctrl-C ends Hopscope.');
    for (const line of wayIn(taken)) tell(line);
    const told = untilTold();
    await browserHere()?.(url);
    await told;
    await host.value.close();
    return done;
  } finally {
    await backend.close();
  }
}

async function serve(
  backend: Backend,
  pagesFolder: string,
  port: number | undefined,
): Promise<Attempt<WebHost>> {
  try {
    const options = port === undefined ? {} : { port };
    return { ok: true, value: await startWebHost({ backend, pagesFolder, ...options }) };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    const text = `The app could not be served: ${reason}`;
    return { ok: false, failure: { code: 'app-failed', text } };
  }
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
