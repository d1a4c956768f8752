import { spawnSync } from 'child_process';
import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { findNode, projectRoot } from './node.mjs';

const downloadTimeoutMs = 180000;

function installedElectron() {
  const folder = join(projectRoot, 'node_modules', 'electron');
  const record = join(folder, 'path.txt');
  if (!existsSync(record)) return undefined;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist');
  const path = join(dist, readFileSync(record, 'utf8'));
  return existsSync(path) ? path : undefined;
}

/**
 * The Electron executable. npm brings only its launcher, so the first time it is downloaded; where
 * that is not possible, or ELECTRON_SKIP_BINARY_DOWNLOAD is set, there is none, and why is said.
 * @returns {{ path: string } | { path: undefined, reason: string }}
 */
export function ensureElectron() {
  const installed = installedElectron();
  if (installed !== undefined) return { path: installed };
  const script = join(projectRoot, 'node_modules', 'electron', 'install.js');
  // The command line as a package of its own comes without.
  if (!existsSync(script)) return { path: undefined, reason: 'Electron is not installed' };
  if (process.env.ELECTRON_SKIP_BINARY_DOWNLOAD) {
    return {
      path: undefined,
      reason: 'Electron is not installed, and downloading it is switched off',
    };
  }

  process.stderr.write('Downloading Electron (once) …\n');
  const result = spawnSync(findNode(), [script], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: downloadTimeoutMs,
  });
  const path = installedElectron();
  if (path !== undefined) return { path };
  const line = (result.stderr || '').split('\n').find((text) => text.trim() !== '');
  return {
    path: undefined,
    reason: `Electron could not be downloaded${line === undefined ? '' : ` (${line.trim()})`}`,
  };
}
