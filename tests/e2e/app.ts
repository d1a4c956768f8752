import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createLocalBackend } from '../../src-main/hosts/local/backend.ts';
import { startWebHost } from '../../src-main/hosts/web/server.ts';
import type { Opening } from '../../src-main/contract/index.ts';
import { findChromium } from '../support/capabilities.ts';

const root = join(import.meta.dirname, '..', '..');

/** The built app on the real browser host, over the real backend. Build it first. */
export async function serveApp(opened?: Opening) {
  const backend = createLocalBackend(join(root, 'resources'), { opened: () => opened });
  const host = await startWebHost({ backend, pagesFolder: join(root, 'out', 'renderer') });
  return {
    ...host,
    async [Symbol.asyncDispose]() {
      await host.close();
      await backend.close();
    },
  };
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

/** A browser with nothing in it yet, and one page. What the page complains of is kept. */
export async function openBrowser({
  scheme = 'light',
  locale = 'en',
  width = 1280,
  height = 800,
}: Look = {}) {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('chromium is not installed');
  const profile = await mkdtemp(join(tmpdir(), 'hopscope-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: browserArguments,
    colorScheme: scheme,
    locale: locale === 'ko' ? 'ko-KR' : 'en-US',
    viewport: { width, height },
    reducedMotion: 'reduce',
  });
  const complaints: string[] = [];
  const requested: string[] = [];
  const [page = await context.newPage()] = context.pages();
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
      await rm(profile, { recursive: true, force: true });
    },
  };
}
