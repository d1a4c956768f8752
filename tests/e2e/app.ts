import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { chromium, type Browser } from 'playwright-core';
import { openFile, withOpening } from '../../src-main/hosts/opening.ts';
import { createProcessBackend } from '../../src-main/hosts/process/backend.ts';
import type { HeartbeatOptions } from '../../src-main/hosts/process/heartbeat.ts';
import { startNodeProcess } from '../../src-main/hosts/process/node-process.ts';
import { startWebHost } from '../../src-main/hosts/web/server.ts';
import type { Backend } from '../../src-main/contract/index.ts';
import { findChromium } from '../support/capabilities.ts';
import { packed, packProgram } from '../support/packed.ts';

const root = join(import.meta.dirname, '..', '..');

export interface Served {
  readonly url: string;
  readonly origin: string;
  /** The folder that designs without a place of their own go to; gone when the app is closed. */
  readonly designs: string;
  /** Ends the backend's process by force, as a crash would. */
  killBackend(): void;
  /** Stops the backend's process where it is, as an endless loop would. */
  hangBackend(): void;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface User {
  /** Somebody who was never here, and whom the window introduces itself to. */
  readonly isNew?: boolean;
}

/** Not every program that serves the app has it packed before. */
let packing: Promise<void> | undefined;

/**
 * The built app as `npm start` serves it: the browser host here, the backend in a process of its own, with folders of
 * its own for designs, settings and recent projects; started with a file where one is given. Build it first.
 */
export async function serveApp(
  file?: string,
  { isNew = false }: User = {},
  heartbeat: HeartbeatOptions = {},
): Promise<Served> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hopscope-app-')));
  const designs = join(folder, 'designs');
  const options = { dataFolder: join(folder, 'data'), designsFolder: designs };
  await (packing ??= packProgram());
  let child: ReturnType<typeof startNodeProcess> | undefined;
  const launched = createProcessBackend(
    () => (child = startNodeProcess(packed('backend'))),
    { resources: join(root, 'resources'), options },
    heartbeat,
  );
  if (!isNew) await launched.call('settings.write', { values: { introduced: true } });
  const backend = file === undefined ? launched : await startedWith(launched, file);
  const host = await startWebHost({ backend, pagesFolder: join(root, 'out', 'renderer') });
  return {
    url: host.url,
    origin: host.origin,
    designs,
    killBackend: () => child?.kill(),
    hangBackend() {
      if (child?.pid !== undefined) process.kill(child.pid, 'SIGSTOP');
    },
    async [Symbol.asyncDispose]() {
      await host.close();
      await backend.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startedWith(backend: Backend, file: string): Promise<Backend> {
  const opened = await openFile(backend, file);
  if (!opened.ok) throw new Error(opened.failure.text);
  return withOpening(backend, opened.value);
}

export interface Look {
  readonly scheme?: 'light' | 'dark';
  readonly locale?: 'en' | 'ko';
  readonly width?: number;
  readonly height?: number;
}

const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** One process of Chromium for all that a process of tests opens, since its start takes longest; it ends with it. */
let chromiumProcess: Promise<Browser> | undefined;

function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('chromium is not installed');
  return chromium.launch({ executablePath, headless: true, args: browserArguments });
}

/** For programs that go on after their last browser; tests end with their process. */
export async function endChromium(): Promise<void> {
  const running = chromiumProcess;
  chromiumProcess = undefined;
  await (await running)?.close();
}

/** A browser with nothing in it yet, and one page. What the page complains of is kept. */
export async function openBrowser({
  scheme = 'light',
  locale = 'en',
  width = 1280,
  height = 800,
}: Look = {}) {
  const browser = await (chromiumProcess ??= launchChromium());
  const context = await browser.newContext({
    colorScheme: scheme,
    locale: locale === 'ko' ? 'ko-KR' : 'en-US',
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  const complaints: string[] = [];
  const requested: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requested.push(request.url()));
  return {
    page,
    /** Errors and warnings of the console, and what was thrown. */
    complaints,
    /** Addresses that the page asked for. */
    requested,
    async [Symbol.asyncDispose]() {
      await context.close();
    },
  };
}
