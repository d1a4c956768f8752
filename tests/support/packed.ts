/**
 * The command line and the backend's process in a few files, their packages included: hundreds of tests start them, and
 * from the sources most of a start is finding and reading eight hundred files. Some tests still start the sources.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import commandLine from '../../src-main/hosts/setup/command-line.config.mjs';
import { sourceStamp } from '../../src-main/hosts/setup/build.mjs';
import { projectRoot } from '../../src-main/hosts/setup/node.mjs';

const folder = join(projectRoot, 'out', 'packed');
const stampFile = join(folder, '.packed-from');

/** The program to start; `packProgram` makes it, before the first test. */
export const packed = (name: 'main' | 'backend'): string => join(folder, `${name}.js`);

/** Packs the sources as they stand, where they have changed. */
export async function packProgram(): Promise<void> {
  const stamp = sourceStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  const { build, mergeConfig } = await import('vite');
  await build(
    mergeConfig(commandLine, {
      configFile: false,
      root: projectRoot,
      logLevel: 'warn',
      // What is native, and what looks for a program beside itself.
      ssr: { noExternal: true, external: ['better-sqlite3', 'open'] },
      build: { outDir: folder },
    }),
  );
  writeFileSync(stampFile, stamp);
}
