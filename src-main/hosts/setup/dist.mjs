// npm run dist: the installers of the desktop app for this system and processor, in dist/. Arguments are
// electron-builder's targets: npm run dist -- deb
import { spawnSync } from 'child_process';
import { dirname, join } from 'path';
import { ensureBuilt } from './build.mjs';
import { ensureElectron } from './electron.mjs';
import { SetupError, exitWith, projectRoot, runNode } from './node.mjs';
import { ensurePackages } from './packages.mjs';
import { stageApp } from './stage.mjs';

/** @type {Record<string, string>} */
const platforms = { linux: '--linux', win32: '--win', darwin: '--mac' };

/**
 * Seconds since 1970 that tools write instead of the time of day, so that the same sources give the same bytes: what the
 * environment says, else when the sources were last committed.
 * @param {NodeJS.ProcessEnv} environment
 */
export function sourceDate(environment) {
  if (environment.SOURCE_DATE_EPOCH) return environment.SOURCE_DATE_EPOCH;
  const told = spawnSync('git', ['log', '-1', '--format=%ct'], {
    cwd: projectRoot,
    encoding: 'utf8',
  });
  const seconds = (told.stdout || '').trim();
  return /^\d+$/.test(seconds) ? seconds : '315532800';
}

/**
 * What electron-builder is asked: this system and processor, on the Electron that is installed.
 * @param {string} electronFolder with Electron's executable in it @param {readonly string[]} targets
 */
export function builderArguments(electronFolder, targets) {
  const platform = platforms[process.platform];
  if (platform === undefined) {
    throw new SetupError(
      `There are no installers for ${process.platform}: Linux, Windows and macOS have them.`,
    );
  }
  return [
    platform,
    ...targets,
    `--${process.arch}`,
    '--publish',
    'never',
    '--config',
    'src-main/hosts/setup/installer.yml',
    `-c.electronDist=${electronFolder}`,
  ];
}

/** @param {readonly string[]} targets @returns {Promise<number>} */
async function dist(targets) {
  ensurePackages();
  const electron = ensureElectron();
  if (electron.path === undefined) {
    throw new SetupError(
      `The installers have Electron in them, and it is missing: ${electron.reason}. ` +
        'Run this once where the network is, or point ELECTRON_OVERRIDE_DIST_PATH to a folder that has it.',
    );
  }
  await ensureBuilt();
  stageApp(join(projectRoot, 'out', 'app'));
  process.env.SOURCE_DATE_EPOCH = sourceDate(process.env);
  const builder = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js');
  const code = await runNode([builder, ...builderArguments(distOf(electron.path), targets)]);
  if (code !== 0) {
    throw new SetupError(
      'The installers could not be built; the lines above are electron-builder’s own.',
    );
  }
  process.stderr.write(`The installers are in ${join(projectRoot, 'dist')}\n`);
  return 0;
}

/** The folder that Electron came in; on macOS the executable is deep in it. @param {string} path of the executable */
function distOf(path) {
  const app = path.indexOf(join('Electron.app', 'Contents'));
  return app === -1 ? dirname(path) : path.slice(0, app - 1);
}

if (process.argv[1] !== undefined && process.argv[1].endsWith('dist.mjs')) {
  exitWith(() => dist(process.argv.slice(2)));
}
