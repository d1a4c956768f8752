import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { createBackend } from '../../app/backend.ts';
import type { OpenBefore } from '../../app/ports.ts';
import type { Backend, Opening } from '../../contract/index.ts';
import { createSqliteProjectStore } from '../../store/index.ts';
import { catalogueFolder } from './catalogue-folder.ts';
import { printLocally } from './chromium.ts';
import { systemClock } from './clock.ts';
import { exampleFolder } from './example-folder.ts';
import { localFiles } from './files.ts';
import { userFolders } from './folders.ts';
import { localPictures } from './pictures.ts';
import { userDataIn } from './user-data.ts';

export interface LocalBackendOptions {
  /** What the program is started with. */
  readonly opened?: () => Opening | undefined;
  /** What a backend before this one had open. */
  readonly openBefore?: readonly OpenBefore[];
  /** Which host serves the page; a browser when absent. */
  readonly host?: 'desktop' | 'browser';
  /** Where settings and the list of recent projects are; where the system has such things when absent. */
  readonly dataFolder?: string;
  /** Where designs are that were given no place; in the user's documents when absent. */
  readonly designsFolder?: string;
  /** False: nothing is remembered from this run, as on the command line. */
  readonly remembers?: boolean;
}

/** The backend over this machine's files. `resources` is the folder that the program brings along. */
export function createLocalBackend(
  resources: string,
  {
    opened,
    openBefore = [],
    host = 'browser',
    dataFolder,
    designsFolder,
    remembers = true,
  }: LocalBackendOptions = {},
): Backend {
  const usual = userFolders();
  const folders = {
    ...usual,
    data: dataFolder ?? usual.data,
    designs: designsFolder ?? usual.designs,
  };
  return createBackend({
    examples: exampleFolder(join(resources, 'examples')),
    catalogue: catalogueFolder(join(resources, 'data')),
    projects: createSqliteProjectStore(),
    clock: systemClock,
    pictures: localPictures,
    printPdf: printLocally,
    program: { version: versionBeside(resources), host, platform: process.platform },
    files: localFiles(folders),
    ...(remembers ? { userData: userDataIn(folders.data) } : {}),
    ...(opened ? { opened } : {}),
    openBefore,
  });
}

/** The version that package.json says, which lies beside the resources in a checkout and in a packaged program. */
function versionBeside(resources: string): string {
  const text = readFileSync(join(resources, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
