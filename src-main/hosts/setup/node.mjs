// Set-up starts on whatever Node a machine has, so these files keep to syntax that Node 12 reads.
import { spawn, spawnSync } from 'child_process';
import { accessSync, constants, existsSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath, pathToFileURL } from 'url';

/**
 * The program's own folder: the nearest one above this file that has a package.json, wherever the build has put what
 * this file says.
 */
export const projectRoot = folderWithManifest(dirname(fileURLToPath(import.meta.url)));

/** @param {string} folder @returns {string} */
function folderWithManifest(folder) {
  const above = dirname(folder);
  if (above === folder || existsSync(join(folder, 'package.json'))) return folder;
  return folderWithManifest(above);
}

const minimumNode = [22, 12];

/** A failure that is told as one sentence, without a stack. */
export class SetupError extends Error {}

/**
 * @param {string} purpose what has to be written, as the beginning of a sentence
 * @throws SetupError where this user may not write to the project's folder
 */
export function ensureWritable(purpose) {
  try {
    accessSync(projectRoot, constants.W_OK);
  } catch {
    throw new SetupError(
      `${purpose}, and this user may not write to ${projectRoot}: ` +
        'start Hopscope once as the owner of the folder, or start it from a copy of your own.',
    );
  }
}

/** @param {string} version as `process.version` has it: `v24.1.0` */
export function isRecentEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [needMajor = 0, needMinor = 0] = minimumNode;
  return major > needMajor || (major === needMajor && minor >= needMinor);
}

/** @param {string} version */
export function tooOldSentence(version) {
  return (
    `Hopscope needs Node ${minimumNode.join('.')} or newer, and this is ${version.replace(/^v/, '')}: ` +
    'install a newer Node from nodejs.org and start again.'
  );
}

/** The Node that npm installed beside the other packages, where there is one for this machine. */
function nodeFromPackages() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const path = join(projectRoot, 'node_modules', name, 'bin', file);
  if (!existsSync(path)) return undefined;
  const probe = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return probe.status === 0 && isRecentEnough(probe.stdout.trim()) ? path : undefined;
}

/** The Node to run the program on: this one when it is recent enough, else the one from the packages. */
export function findNode() {
  if (isRecentEnough(process.version)) return process.execPath;
  const path = nodeFromPackages();
  if (path === undefined) throw new SetupError(tooOldSentence(process.version));
  return path;
}

/**
 * What the Node that `runNode` runs needs to run a TypeScript program: it reads TypeScript by itself from 22.18 on; before,
 * a loader does.
 */
export function argumentsForTypeScript() {
  const isOwn = findNode() === process.execPath;
  if (!isOwn || (process.features && process.features.typescript)) {
    return ['--disable-warning=ExperimentalWarning'];
  }
  const loader = join(projectRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs');
  return ['--import', pathToFileURL(loader).href];
}

/** Where Node keeps what it has made of the program's text, which is most of a start. */
const compileCache = join(projectRoot, 'node_modules', '.cache', 'compiled');

/**
 * Runs Node in the project's folder with these arguments, this process's own input and output, and
 * the project's packages first on PATH. Resolves to the exit code. Where `hear` is given, it gets what the program says,
 * of both outputs, and the program has no input.
 * @param {readonly string[]} args
 * @param {{ cwd?: string, toStandardError?: boolean, hear?: (text: string) => void }} [options]
 * @returns {Promise<number>}
 */
export function runNode(args, options = {}) {
  const node = findNode();
  const pathKey = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') || 'PATH';
  const separator = process.platform === 'win32' ? ';' : ':';
  const path = [dirname(node), join(projectRoot, 'node_modules', '.bin'), process.env[pathKey]];
  const { hear } = options;
  const child = spawn(node, args, {
    cwd: options.cwd || projectRoot,
    stdio: hear
      ? ['ignore', 'pipe', 'pipe']
      : ['inherit', options.toStandardError ? 2 : 'inherit', 'inherit'],
    env: Object.assign({ NODE_COMPILE_CACHE: compileCache }, process.env, {
      [pathKey]: path.filter(Boolean).join(separator),
    }),
  });

  if (hear) {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) stream.setEncoding('utf8').on('data', hear);
    }
  }

  // Ctrl-C reaches the child by itself; this process only has to outlive it. The rest is passed on.
  const ignoreInterrupt = () => undefined;
  const passOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on('SIGINT', ignoreInterrupt);
  process.on('SIGTERM', passOn);
  process.on('SIGHUP', passOn);

  return new Promise((resolve, reject) => {
    child.on('error', reject);
    // Where it is heard, all that it said comes before its end.
    child.on(hear ? 'close' : 'exit', (code, signal) => {
      process.off('SIGINT', ignoreInterrupt);
      process.off('SIGTERM', passOn);
      process.off('SIGHUP', passOn);
      // 128 + n is how shells report a death by signal; 130 and 143 are the two that people send.
      resolve(code === null ? (signal === 'SIGINT' ? 130 : 143) : code);
    });
  });
}

/**
 * Ends the process with the exit code that `task` resolves to; a SetupError becomes its sentence.
 * @param {() => Promise<number>} task
 */
export function exitWith(task) {
  task().then(
    (code) => {
      process.exitCode = code;
    },
    (error) => {
      process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
      process.exitCode = 1;
    },
  );
}
