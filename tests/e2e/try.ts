/**
 * Serves the app as it stands in the working tree, for trying it out:
 * `node tests/e2e/try.ts NAME [script.ts]` builds the pages to a folder of that name under the system's temporary
 * folder, starts the real backend and browser host, and prints the address; with a script, it calls its default export
 * with `{ page, url }` in real Chromium and ends.
 */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { createLocalBackend } from '../../src-main/hosts/local/backend.ts';
import { startWebHost } from '../../src-main/hosts/web/server.ts';
import { endChromium, openBrowser, type Look } from './app.ts';

const root = join(import.meta.dirname, '..', '..');
const [name = 'app', script] = process.argv.slice(2);
const folder = join(tmpdir(), `try-${name}`);
mkdirSync(folder, { recursive: true });
process.env['HOPSCOPE_DATA'] = join(folder, 'data');
process.env['HOPSCOPE_DESIGNS'] = join(folder, 'designs');

await build({
  root: join(root, 'src-renderer'),
  configFile: false,
  plugins: [svelte({ configFile: false })],
  base: './',
  logLevel: 'error',
  worker: { format: 'es' },
  build: { outDir: join(folder, 'pages'), emptyOutDir: true },
});
const backend = createLocalBackend(join(root, 'resources'));
await backend.call('settings.write', { values: { introduced: true } });
const host = await startWebHost({ backend, pagesFolder: join(folder, 'pages') });

if (script === undefined) {
  process.stdout.write(`${host.url}\n`);
} else {
  const module = (await import(pathToFileURL(resolve(script)).href)) as {
    readonly look?: Look;
    readonly default: (given: { page: Page; url: string; folder: string }) => Promise<void>;
  };
  const browser = await openBrowser(module.look ?? {});
  try {
    await module.default({ page: browser.page, url: host.url, folder });
  } finally {
    for (const complaint of browser.complaints) process.stderr.write(`page: ${complaint}\n`);
    await endChromium();
    await host.close();
    await backend.close();
  }
}
