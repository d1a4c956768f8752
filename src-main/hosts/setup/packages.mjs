import { spawnSync } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import { join, sep } from 'path';
import { SetupError, ensureWritable, projectRoot } from './node.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage
 * @typedef {{ packages: Record<string, LockedPackage> }} LockFile
 */

/** @param {string} path @returns {LockFile | undefined} */
function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * True when npm's own record of what it installed agrees with the lock file. A package for another
 * platform is optional and may be absent.
 * @param {LockFile | undefined} wanted
 * @param {LockFile | undefined} installed
 */
export function agrees(wanted, installed) {
  if (wanted === undefined || installed === undefined) return false;
  return Object.keys(wanted.packages).every((path) => {
    if (path === '') return true;
    const want = wanted.packages[path];
    const have = installed.packages[path];
    if (want === undefined) return true;
    if (have === undefined) return want.optional === true;
    return have.version === want.version && have.integrity === want.integrity;
  });
}

/** Installs the npm packages when they are missing or differ from the lock file. Says so on stderr. */
export function ensurePackages() {
  const modules = join(projectRoot, 'node_modules');
  const wanted = readLock(join(projectRoot, 'package-lock.json'));
  if (agrees(wanted, readLock(join(modules, '.package-lock.json')))) return;

  ensureWritable('The npm packages have to be installed');
  process.stderr.write('Installing npm packages (once; about a minute) …\n');
  // Windows cannot replace the executable that runs this very process, so there npm updates in place.
  const inPlace = process.platform === 'win32' && process.execPath.startsWith(modules + sep);
  const npm = process.env.npm_execpath;
  const args = [
    inPlace ? 'install' : 'ci',
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
    '--no-audit',
    '--no-fund',
  ];
  const result = spawnSync(
    npm === undefined ? 'npm' : process.execPath,
    npm === undefined ? args : [npm].concat(args),
    {
      cwd: projectRoot,
      stdio: ['ignore', 2, 2],
      shell: npm === undefined && process.platform === 'win32',
    },
  );
  if (result.error !== undefined) {
    throw new SetupError(
      `The npm packages are missing, and npm could not be started (${result.error.message}): ` +
        'install Node with npm from nodejs.org and start again.',
    );
  }
  if (result.status !== 0) {
    throw new SetupError(
      'The npm packages could not be installed; the lines above are npm’s own, and "npm ci" tries again.',
    );
  }
}
