import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { CatalogueFiles } from '../../app/ports.ts';

/** The catalogue of a folder: its `.yaml` files, by name. */
export function catalogueFolder(folder: string): CatalogueFiles {
  return {
    read: async () => {
      const names = (await readdir(folder)).filter((name) => extname(name) === '.yaml').sort();
      return Promise.all(
        names.map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
      );
    },
  };
}
