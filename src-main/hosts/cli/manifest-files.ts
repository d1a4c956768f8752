import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { limits } from '../../model/limits.ts';
import { usage, type Attempt } from './outcome.ts';
import { reasonOf } from './source.ts';

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

const manifestExtensions = new Set(['.yaml', '.yml', '.json']);
const isManifest = (name: string) =>
  !name.startsWith('.') && manifestExtensions.has(extname(name).toLowerCase());

/** Which files of folders are read. What is hidden is only where it is wanted by its whole name. */
interface Wanted {
  readonly isWanted: (name: string) => boolean;
  /** Completes "there is no …". */
  readonly called: string;
}
const manifests: Wanted = { isWanted: isManifest, called: '.yaml, .yml or .json file' };

/** All manifests that the paths lead to: files as they are, of folders the .yaml, .yml and .json files in them, by name. */
export const readManifestFiles = (paths: readonly string[]): Promise<Attempt<NamedText[]>> =>
  readTextFiles(paths, manifests);

/** All texts that the paths lead to: files as they are, of folders those that are wanted, by name. */
export async function readTextFiles(
  paths: readonly string[],
  wanted: Wanted,
): Promise<Attempt<NamedText[]>> {
  const files: NamedText[] = [];
  for (const path of paths) {
    try {
      for (const name of await filesUnder(path, wanted, true)) {
        const { size } = await stat(name);
        if (size > limits.yamlFileBytes) {
          return usage(
            'file-unreadable',
            `${name} has ${size} bytes: expected at most ${limits.yamlFileBytes}`,
          );
        }
        const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(name));
        files.push({ name, text });
      }
    } catch (error) {
      const reason = error instanceof TypeError ? 'it is not UTF-8 text' : reasonOf(error);
      return usage('file-unreadable', `Cannot read ${path}: ${reason}`);
    }
  }
  if (files.length > 0) return { ok: true, value: files };
  return usage('usage', `${paths.join(', ')}: there is no ${wanted.called}`);
}

async function filesUnder(
  path: string,
  { isWanted, called }: Wanted,
  isNamed: boolean,
): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) {
    return isNamed || isWanted(basename(path)) ? [path] : [];
  }
  const names = (await readdir(path)).filter((name) => !name.startsWith('.') || isWanted(name));
  const found: string[] = [];
  for (const name of names.sort()) {
    found.push(...(await filesUnder(join(path, name), { isWanted, called }, false)));
  }
  return found;
}
