import { createHash } from 'crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'fs';
import { join } from 'path';
import { SetupError, ensureWritable, exitWith, projectRoot, runNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';

const sources = [
  'src-main',
  'src-renderer',
  // The guide is packed into the pages.
  'resources/help',
  'electron.config.ts',
  'package-lock.json',
  'tsconfig.base.json',
];
const stampPath = join(projectRoot, 'out', '.built-from');

/** @param {string} path relative to the project @returns {string[]} */
function filesUnder(path) {
  const full = join(projectRoot, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .reduce(
      (files, name) => files.concat(filesUnder(join(path, name))),
      /** @type {string[]} */ ([]),
    );
}

/** A digest of what the build reads. */
export function sourceStamp() {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of filesUnder(source)) {
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(projectRoot, path)))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

/** What is built, by which program of the packages. */
const steps = [
  // The main process, the preload script and the pages.
  [join('electron-vite', 'bin', 'electron-vite.js'), 'electron.config.ts'],
  // The command line, for npm.
  [join('vite', 'bin', 'vite.js'), 'src-main/hosts/setup/command-line.config.mjs'],
];

/** Builds the app and the command line into out/. */
export async function build() {
  ensureWritable('The app has to be built');
  const stamp = sourceStamp();
  for (const [program = '', config = ''] of steps) {
    const code = await runNode(
      [
        join(projectRoot, 'node_modules', program),
        'build',
        '--config',
        config,
        '--logLevel',
        'warn',
      ],
      { toStandardError: true },
    );
    if (code !== 0) throw new SetupError('The build failed; the lines above say where.');
  }
  mkdirSync(join(projectRoot, 'out'), { recursive: true });
  writeFileSync(stampPath, stamp);
}

/** Builds when out/ is missing or older than the sources. Says so on stderr. */
export async function ensureBuilt() {
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === sourceStamp()) return;
  ensureWritable('The app has to be built');
  process.stderr.write('Building the app …\n');
  await build();
}

if (process.argv[1] !== undefined && process.argv[1].endsWith('build.mjs')) {
  exitWith(async () => {
    ensurePackages();
    await build();
    return 0;
  });
}
