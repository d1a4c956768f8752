import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import process from 'node:process';
import type { Files } from '../../app/ports.ts';
import type { FolderEntry, Output } from '../../contract/index.ts';
import { limits } from '../../model/limits.ts';
import type { UserFolders } from './folders.ts';

const project = '.hopscope';
const texts: readonly string[] = ['.yaml', '.yml', '.json', '.drawio'];

/** Entries that one folder shows; who has more finds a file by its name. */
const entriesListed = 5000;

/** This machine's folders. */
export function localFiles(folders: UserFolders): Files {
  return {
    async list(given) {
      try {
        if (given === undefined) mkdirSync(folders.designs, { recursive: true });
        return await listFolder(resolve(given ?? folders.designs), folders);
      } catch (thrown) {
        return reasonOf(thrown);
      }
    },
    async readText(file) {
      if (!texts.includes(extname(file).toLowerCase()))
        return 'it is no .yaml, .yml, .json or .drawio file';
      try {
        const { size } = await stat(file);
        if (size > limits.textFileBytes) return `it is larger than ${limits.textFileBytes} bytes`;
        const bytes = await readFile(file);
        return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
      } catch (thrown) {
        return thrown instanceof TypeError ? 'it is not a text in UTF-8' : reasonOf(thrown);
      }
    },
    freeDesignPath(title) {
      // Where it cannot be made, the attempt to write the file says so with its path.
      try {
        mkdirSync(folders.designs, { recursive: true });
      } catch {
        /* said by the store */
      }
      return freePath(folders.designs, fileNameOf(title));
    },
    freeCopyPath: (file) => freePath(dirname(file), `${basename(file, extname(file))} copy`),
    exists: (file) => existsSync(file),
    remove(file) {
      try {
        rmSync(file, { force: true });
      } catch {
        /* left where it is */
      }
    },
  };
}

async function listFolder(folder: string, folders: UserFolders): Promise<Output<'files.list'>> {
  const found = await readdir(folder, { withFileTypes: true });
  const entries = await Promise.all(
    found
      .filter(({ name }) => !name.startsWith('.'))
      .slice(0, entriesListed)
      .map(({ name }) => entryOf(join(folder, name), name)),
  );
  const parent = dirname(folder);
  return {
    folder,
    ...(parent === folder ? {} : { parent }),
    entries: entries.filter((entry) => entry !== undefined).sort(byKindAndName),
    places: await placesOf(folders),
  };
}

/** Undefined for what Hopscope cannot open. Links count as what they lead to. */
async function entryOf(path: string, name: string): Promise<FolderEntry | undefined> {
  const extension = extname(name).toLowerCase();
  const mayOpen = extension === project || texts.includes(extension);
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return { name, path, kind: 'folder', modifiedMs: stats.mtimeMs };
    if (!mayOpen || !stats.isFile()) return undefined;
    const kind = extension === project ? 'project' : 'text';
    return { name, path, kind, bytes: stats.size, modifiedMs: stats.mtimeMs };
  } catch {
    return undefined;
  }
}

const collator = new Intl.Collator(undefined, { numeric: true });
const byKindAndName = (a: FolderEntry, b: FolderEntry) =>
  Number(b.kind === 'folder') - Number(a.kind === 'folder') || collator.compare(a.name, b.name);

async function placesOf({
  home,
  documents,
  designs,
}: UserFolders): Promise<Output<'files.list'>['places']> {
  const places = [
    { name: 'designs', path: designs },
    { name: 'documents', path: documents },
    { name: 'home', path: home },
    ...(await drives()),
  ];
  return places.filter(
    ({ path }, at) => existsSync(path) && places.findIndex((one) => one.path === path) === at,
  );
}

/** Drives by their letters, or what the system has mounted for people. */
async function drives(): Promise<readonly { readonly name: string; readonly path: string }[]> {
  if (process.platform === 'win32') {
    const letters = Array.from({ length: 26 }, (_, at) => `${String.fromCharCode(65 + at)}:\\`);
    return letters.filter(existsSync).map((path) => ({ name: path, path }));
  }
  const folders =
    process.platform === 'darwin'
      ? ['/Volumes']
      : ['/media', `/media/${basename(userName())}`, '/mnt'];
  const found = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isDirectory() && !folders.includes(join(folder, entry.name)))
        .map(({ name }) => ({ name, path: join(folder, name) }));
    }),
  );
  return [{ name: '/', path: '/' }, ...found.flat()];
}

const userName = () => process.env['USER'] ?? process.env['LOGNAME'] ?? 'user';

/** A file name on every system: no separators, no control characters, none of the names that Windows keeps for devices. */
function fileNameOf(title: string): string {
  const plain = title
    // eslint-disable-next-line no-control-regex -- these are what a file name must not have
    .replace(/[\u0000-\u001f\u007f<>:"/\\|?*\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^[. ]+|[. ]+$/g, '');
  const short = cutBytes(plain, 120).trim();
  if (short === '') return 'Untitled';
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(short) ? `_${short}` : short;
}

/** File systems count bytes, and a letter of Korean has three. */
function cutBytes(text: string, limit: number): string {
  let bytes = 0;
  let cut = '';
  for (const letter of text.toWellFormed()) {
    bytes += Buffer.byteLength(letter);
    if (bytes > limit) break;
    cut += letter;
  }
  return cut;
}

function freePath(folder: string, name: string): string {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${name}${number === 1 ? '' : ` ${number}`}${project}`);
    // What an earlier file of the name has left beside it would be taken for a part of a new one.
    if (!['', '-wal', '-journal'].some((suffix) => existsSync(path + suffix))) return path;
  }
}

function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'there is no such folder';
    case 'ENOTDIR':
      return 'it is no folder';
    case 'EACCES':
    case 'EPERM':
      return 'access is not permitted';
    default:
      return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
