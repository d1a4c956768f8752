import { readFile, readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { ExampleLibrary } from '../../app/ports.ts';

const extension = '.yaml';

/** Samples that stand for themselves come first, before the variants of one of them, which say so. */
const leading = ['icp-on-vcenter', 'iks-on-ibm-cloud'];

const placeOf = (name: string) => (leading.includes(name) ? leading.indexOf(name) : leading.length);
const byPlace = (a: string, b: string) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1);

/** The samples of a folder: its `.yaml` files, named without the extension. A name is looked up, never made a path. */
export function exampleFolder(folder: string): ExampleLibrary {
  const list = async () =>
    (await readdir(folder))
      .filter((file) => extname(file) === extension)
      .map((file) => basename(file, extension))
      .sort(byPlace);
  return {
    list,
    read: async (name) =>
      (await list()).includes(name)
        ? await readFile(join(folder, `${name}${extension}`), 'utf8')
        : undefined,
  };
}
