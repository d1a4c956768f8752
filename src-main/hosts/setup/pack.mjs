// npm run pack: the command line as a package for npm, dist/hopscope-VERSION.tgz. It is JavaScript, for Node strips no
// types of what npm has installed, and it has no Electron: hopscope open serves the app to the browser.
import { spawnSync } from 'child_process';
import { mkdirSync } from 'fs';
import { join } from 'path';
import { ensureBuilt } from './build.mjs';
import { SetupError, exitWith, findNode, projectRoot } from './node.mjs';
import { ensurePackages } from './packages.mjs';
import { stageCommandLine } from './stage.mjs';

/**
 * Packs what is built, and returns the path of the package.
 * @param {string} output folder for it
 */
export function pack(output) {
  const folder = join(projectRoot, 'out', 'npm');
  stageCommandLine(folder);
  mkdirSync(output, { recursive: true });
  const npm = process.env.npm_execpath;
  const args = ['pack', '--json', '--loglevel=error', '--pack-destination', output];
  const { status, stdout, stderr, error } = spawnSync(
    npm === undefined ? 'npm' : findNode(),
    npm === undefined ? args : [npm, ...args],
    { cwd: folder, encoding: 'utf8', shell: npm === undefined && process.platform === 'win32' },
  );
  if (status !== 0) {
    throw new SetupError(
      `npm could not pack the command line: ${error ? error.message : stderr.trim()}`,
    );
  }
  const told = JSON.parse(stdout);
  // A list, and from npm 12 on a table by name.
  const [packed] = Array.isArray(told) ? told : Object.values(told);
  return join(output, packed.filename);
}

if (process.argv[1] !== undefined && process.argv[1].endsWith('pack.mjs')) {
  exitWith(async () => {
    ensurePackages();
    await ensureBuilt();
    process.stdout.write(`${pack(join(projectRoot, 'dist'))}\n`);
    return 0;
  });
}
