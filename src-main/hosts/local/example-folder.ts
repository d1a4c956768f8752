import { readFile, readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { ExampleLibrary } from '../../app/ports.ts';

const extension = '.yaml';

/** The sample that others are variants of, and say so, comes before them. */
const leading = 'icp-on-vcenter';

const byPlace = (a: string, b: string) =>
  Number(b === leading) - Number(a === leading) || (a < b ? -1 : 1);

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
