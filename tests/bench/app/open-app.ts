import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import type { Design } from '../../../src-main/contract/index.ts';
import { openFile, withOpening } from '../../../src-main/hosts/opening.ts';
import { createProcessBackend } from '../../../src-main/hosts/process/backend.ts';
import { startNodeProcess } from '../../../src-main/hosts/process/node-process.ts';
import { startWebHost } from '../../../src-main/hosts/web/server.ts';

const root = join(import.meta.dirname, '..', '..', '..');

export interface OpenedApp extends AsyncDisposable {
  readonly url: string;
  /** How long the backend took to read the design as text and to write it to a project file. */
  readonly importMs: number;
}

/** Builds the app's pages from the working tree into a folder, and says which. */
export async function buildPages(): Promise<{ readonly folder: string } & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'hopscope-pages-'));
  await build({
    root: join(root, 'src-renderer'),
    configFile: false,
    plugins: [svelte({ configFile: false })],
    base: './',
    logLevel: 'error',
    worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true },
  });
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** The whole app with a design open: the browser host here, the backend in a process of its own. */
export async function openApp(pagesFolder: string, design: Design): Promise<OpenedApp> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hopscope-bench-')));
  const designsFolder = join(folder, 'designs');
  const backend = createProcessBackend(() => startNodeProcess(), {
    resources: join(root, 'resources'),
    options: { dataFolder: join(folder, 'data'), designsFolder },
  });
  const text = join(folder, 'large.json');
  await writeFile(text, JSON.stringify(design));
  const began = performance.now();
  const read = await backend.call('files.readText', { file: text });
  if (!read.ok) throw new Error(read.error.text);
  const source = { kind: 'text', text: read.value.text } as const;
  const made = await backend.call('project.createDraft', { source });
  if (!made.ok) throw new Error(made.error.text);
  const importMs = performance.now() - began;
  const opened = await openFile(backend, made.value.file);
  if (!opened.ok) throw new Error(opened.failure.text);
  const host = await startWebHost({ backend: withOpening(backend, opened.value), pagesFolder });
  return {
    url: host.url,
    importMs,
    async [Symbol.asyncDispose]() {
      await host.close();
      await backend.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
