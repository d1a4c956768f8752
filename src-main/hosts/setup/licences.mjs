// npm run licences: writes resources/licences.md, the licences of everything that a shipped program has in it. The same
// packages give the same bytes.
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'fs';
import { join } from 'path';
import { exitWith, projectRoot, SetupError } from './node.mjs';
import { ensurePackages } from './packages.mjs';
import { isNodePackage } from './stage.mjs';

/**
 * @typedef {{
 *   version: string, license?: string, optional?: boolean, os?: string[],
 *   dependencies?: Record<string, string>, optionalDependencies?: Record<string, string>,
 *   peerDependencies?: Record<string, string>, peerDependenciesMeta?: Record<string, { optional?: boolean }>,
 * }} Locked
 * @typedef {{
 *   name: string, version: string, licence: string, homepage: string | undefined,
 *   texts: { file: string, text: string }[], duty: string | undefined,
 * }} Shipped
 */

/** Where the list is, from the program's folder. */
export const licencesFile = join('resources', 'licences.md');

/** Licences that ask for no more than their text. */
const permissive = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
  'Zlib',
];

/**
 * Licences that ask for more, and how the program meets it.
 * @type {Record<string, string>}
 */
const duties = {
  'EPL-2.0':
    'Weak copyleft. Shipped as it came, but for spaces and names that the build has shortened; its source is at the address that stands with its licence.',
  'OFL-1.1': 'Copyleft for the font itself. Shipped as it came, under its own name.',
};

/** @param {string} folder @returns {string[]} */
function sourcesUnder(folder) {
  return readdirSync(folder)
    .sort()
    .reduce((files, name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return files.concat(sourcesUnder(path));
      return /\.(ts|svelte|css)$/.test(name) ? files.concat(path) : files;
    }, /** @type {string[]} */ ([]));
}

/** The packages that the pages import, which the build puts into them. @returns {string[]} */
function packagesOfPages() {
  const names = new Set();
  const reach = /(?:\bfrom\s*|\bimport\s*\(?\s*|\burl\(\s*)['"]([a-z@][^'":]*)['"]/g;
  for (const file of sourcesUnder(join(projectRoot, 'src-renderer'))) {
    const text = readFileSync(file, 'utf8');
    for (let found = reach.exec(text); found !== null; found = reach.exec(text)) {
      const parts = (found[1] || '').split('/');
      names.add(parts.slice(0, (parts[0] || '').startsWith('@') ? 2 : 1).join('/'));
    }
  }
  return [...names].sort();
}

/**
 * The place of a package in the lock file, as Node looks for it from another one's place.
 * @param {Record<string, Locked>} locked @param {string} from @param {string} name
 */
function placeOf(locked, from, name) {
  for (
    let folder = from;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))
  ) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (locked[place] !== undefined) return place;
    if (folder === '') return undefined;
  }
}

/** Places of all packages that these lead to. @param {Record<string, Locked>} locked @param {readonly string[]} roots */
function closure(locked, roots) {
  const places = new Set();
  /** @param {string} from @param {string} name */
  const visit = (from, name) => {
    // Types are gone when a program runs.
    if (name.startsWith('@types/') || isNodePackage(name)) return;
    const place = placeOf(locked, from, name);
    if (place === undefined || places.has(place)) return;
    places.add(place);
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } =
      /** @type {Locked} */ (locked[place]);
    const wanted = Object.assign({}, dependencies, optionalDependencies);
    for (const peer of Object.keys(peerDependencies || {})) {
      const { optional } = (peerDependenciesMeta || {})[peer] || {};
      if (!optional) wanted[peer] = '*';
    }
    Object.keys(wanted).forEach((next) => visit(place, next));
  };
  roots.forEach((name) => visit('', name));
  return [...places].sort();
}

/** @param {string} folder of a package @returns {{ file: string, text: string }[]} */
function textsIn(folder) {
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)([-._].*)?$/i.test(name))
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()
    .map((file) => ({ file, text: tidy(readFileSync(join(folder, file), 'utf8')) }));
}

/** @param {string} text */
const tidy = (text) =>
  text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();

/** The part of a package's README that is its licence. @param {string} folder */
function textInReadme(folder) {
  const name = readdirSync(folder).find((file) => /^readme\.md$/i.test(file));
  if (name === undefined) return [];
  const part = /^#+ *licen[cs]e[^\n]*\n([\s\S]*?)(?=^#|$(?![\s\S]))/im.exec(
    readFileSync(join(folder, name), 'utf8'),
  );
  return part === null ? [] : [{ file: name, text: tidy(part[1] || '') }];
}

/** Of a package that does not name its licence, by its text. @param {{ text: string }[]} texts */
const nameOf = (texts) =>
  texts.some(({ text }) => /Permission is hereby granted, free of charge/.test(text)) ? 'MIT' : '';

/**
 * The licences that hold, of an SPDX expression: where there is a choice, the first one that this file knows.
 * @param {string} expression @returns {string[] | undefined} undefined where there is none
 */
export function takenOf(expression) {
  const isKnown = (/** @type {string} */ name) => permissive.includes(name) || name in duties;
  return expression
    .replace(/[()]/g, '')
    .split(/\s+OR\s+/)
    .map((one) => one.trim().split(/\s+AND\s+/))
    .find((names) => names.every(isKnown));
}

/**
 * What a shipped program has in it: the packages that it depends on, those that are built into its pages, and what these
 * depend on.
 * @returns {Shipped[]}
 * @throws SetupError where a package has no licence text, or a licence that nobody has thought about
 */
export function shippedPackages() {
  const { packages: locked } = JSON.parse(
    readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'),
  );
  const own = Object.keys(locked[''].dependencies);
  const shipped = closure(locked, own.concat(packagesOfPages())).map((place) => {
    const folder = join(projectRoot, place);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = textsIn(folder);
    if (texts.length === 0) texts.push(...textInReadme(folder));
    const licence = manifest.license || locked[place].license || nameOf(texts);
    const taken = takenOf(licence);
    if (taken === undefined) {
      throw new SetupError(
        `${manifest.name} is under ${licence || 'no licence'}: licences.mjs has to say what that asks for.`,
      );
    }
    if (texts.length === 0) {
      throw new SetupError(`${manifest.name} comes without the text of its licence, ${licence}.`);
    }
    return {
      name: manifest.name,
      version: manifest.version,
      licence,
      homepage: homepageOf(manifest),
      texts,
      duty: taken.map((name) => duties[name] && `${name}: ${duties[name]}`).find(Boolean),
    };
  });
  const keyOf = (/** @type {Shipped} */ { name, version }) => `${name} ${version}`;
  return shipped.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** @param {{ homepage?: string, repository?: string | { url?: string } }} manifest */
function homepageOf({ homepage, repository }) {
  const url = typeof repository === 'string' ? repository : repository && repository.url;
  if (url === undefined) return homepage;
  const short = /^(?:github:)?([\w.-]+\/[\w.-]+)$/.exec(url);
  if (short !== null) return `https://github.com/${short[1]}`;
  return url
    .replace(/^git\+/, '')
    .replace(/^git:\/\//, 'https://')
    .replace(/^(git\+)?ssh:\/\/git@/, 'https://')
    .replace(/^git@github\.com:/, 'https://github.com/')
    .replace(/\.git$/, '');
}

/** A fence that nothing in the text ends. @param {string} text */
function fenced(text) {
  const ticks = (text.match(/`{3,}/g) || []).reduce(
    (longest, one) => Math.max(longest, one.length),
    2,
  );
  const fence = '`'.repeat(ticks + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** The list, as Markdown. */
export function licencesText() {
  const shipped = shippedPackages();
  const flagged = shipped.filter(({ duty }) => duty !== undefined);
  const electron = readFileSync(join(projectRoot, 'node_modules', 'electron', 'LICENSE'), 'utf8');
  const parts = [
    '# Licences of what Hopscope is made of',
    'Hopscope is licensed under Apache-2.0; the text is its file LICENSE. It has parts of others in it, whose licences\nfollow. This list is written by `npm run licences`.',
    `${shipped.length} packages. ${flagged.length} of them ask for more than their text:`,
    flagged.map(({ name, version, duty }) => `- ${name} ${version}, under ${duty}`).join('\n'),
    '## The desktop app: Electron, Chromium and Node.js',
    'The desktop app runs on Electron, which has Chromium, Node.js and FFmpeg in it. Its own licence follows. Those of the\nothers are in `LICENSES.chromium.html`, which is installed with the app: beside its executable, and on macOS among its\nresources. The command line from npm has none of these in it. SQLite, which better-sqlite3 brings along, is in the\npublic domain.',
    fenced(tidy(electron)),
  ];
  for (const { name, version, licence, homepage, texts, duty } of shipped) {
    parts.push(`## ${name} ${version}`);
    parts.push(
      [`Licence: ${licence}.`, homepage && `<${homepage}>`, duty].filter(Boolean).join(' '),
    );
    for (const { file, text } of texts) {
      if (texts.length > 1) parts.push(`\`${file}\`:`);
      parts.push(fenced(text));
    }
  }
  return `${parts.join('\n\n')}\n`;
}

if (process.argv[1] !== undefined && process.argv[1].endsWith('licences.mjs')) {
  exitWith(async () => {
    ensurePackages();
    const text = licencesText();
    const path = join(projectRoot, licencesFile);
    if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
    return 0;
  });
}
