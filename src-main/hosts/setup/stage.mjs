// Lays out what is shipped in a folder of its own, from which it is packed: nothing else can get in then.
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'fs';
import { dirname, join } from 'path';
import { projectRoot } from './node.mjs';

/** Packages of Node itself, for machines whose own is too old. They run a checkout and are not shipped. */
export const isNodePackage = (/** @type {string} */ name) => /^node-(darwin|linux|win)-/.test(name);

/** @returns {Record<string, any>} */
const readJson = (/** @type {string} */ path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * Places of the packages that the program runs on, as the lock file has them: `node_modules/zod`.
 * @returns {string[]}
 */
export function productionPlaces() {
  const { packages } = readJson(join(projectRoot, 'package-lock.json'));
  return Object.keys(packages)
    .filter((place) => place !== '' && !packages[place].dev && !packages[place].devOptional)
    .filter((place) => !isNodePackage(place.slice(place.lastIndexOf('node_modules/') + 13)))
    .filter((place) => !packages[place].optional || existsSync(join(projectRoot, place)))
    .sort();
}

/** Sources, maps and declarations are for people who work on a package. @param {string} name */
const isWanted = (name) => !/\.(map|tsx?|[mc]ts|tsbuildinfo)$/.test(name);

/**
 * @param {string} from @param {string} to
 * @param {(path: string) => boolean} [wants] by the path in full
 */
function copy(from, to, wants = () => true) {
  if (statSync(from).isDirectory()) {
    for (const name of readdirSync(from).sort()) {
      const path = join(from, name);
      if (isWanted(name) && wants(path)) copy(path, join(to, name), wants);
    }
    return;
  }
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  chmodSync(to, statSync(from).mode & 0o111 ? 0o755 : 0o644);
}

/**
 * What the manifest says to whoever installs the program: without what only a checkout needs.
 * @param {readonly string[]} keys to take over
 */
function shippedManifest(keys) {
  const manifest = readJson(join(projectRoot, 'package.json'));
  /** @type {Record<string, unknown>} */
  const shipped = {};
  for (const key of keys) if (manifest[key] !== undefined) shipped[key] = manifest[key];
  return shipped;
}

const everywhere = ['name', 'version', 'description', 'homepage', 'author', 'license', 'type'];

/**
 * @param {string} folder to lay it out in, anew @param {readonly string[]} paths of the project
 * @param {Record<string, unknown>} manifest
 */
function layOut(folder, paths, manifest) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const path of paths) copy(join(projectRoot, path), join(folder, path));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/**
 * The desktop app, with the packages that it runs on. electron-builder makes the archive of it.
 * @param {string} folder
 */
export function stageApp(folder) {
  const paths = [
    'LICENSE',
    'out/main',
    'out/preload',
    'out/renderer',
    'resources/data',
    'resources/examples',
    'resources/schema',
    'resources/icons/program/256x256.png',
  ];
  layOut(folder, paths, shippedManifest([...everywhere, 'main', 'desktopName', 'dependencies']));
  for (const place of productionPlaces()) {
    const package_ = realpathSync(join(projectRoot, place));
    // Nested packages are places of their own.
    const nested = join(package_, 'node_modules');
    copy(package_, join(folder, place), (path) => path !== nested);
  }
}

/**
 * The command line as a package for npm, which brings the packages that it runs on itself.
 * @param {string} folder
 */
export function stageCommandLine(folder) {
  const manifest = shippedManifest([...everywhere, 'bin', 'files', 'engines', 'dependencies']);
  const { files } = /** @type {{ files: string[] }} */ (manifest);
  layOut(folder, [...files, 'LICENSE', 'README.md'], manifest);
}
