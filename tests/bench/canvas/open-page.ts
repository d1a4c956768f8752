import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';

/** The page with the drawing, built and served on the loopback address until it is disposed of. */
export async function serveDrawing(): Promise<{ readonly url: string } & AsyncDisposable> {
  const outDir = await mkdtemp(join(tmpdir(), 'hopscope-canvas-'));
  const given = {
    root: join(import.meta.dirname, 'page'),
    configFile: false,
    logLevel: 'warn',
    base: './',
    build: { outDir, emptyOutDir: true },
  } as const;
  await build(given);
  const server = await preview({ ...given, preview: { host: '127.0.0.1', port: 4870 } });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the page is not served');
  return {
    url,
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
