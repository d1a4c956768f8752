import { join } from 'node:path';
import { createBackend } from '../../app/backend.ts';
import type { Backend, Opening } from '../../contract/index.ts';
import { createSqliteProjectStore } from '../../store/index.ts';
import { exampleFolder } from './example-folder.ts';

export interface LocalBackendOptions {
  /** What the program is started with. */
  readonly opened?: () => Opening | undefined;
}

/** The backend over this machine's files. `resources` is the folder that the program brings along. */
export function createLocalBackend(resources: string, options: LocalBackendOptions = {}): Backend {
  return createBackend({
    examples: exampleFolder(join(resources, 'examples')),
    projects: createSqliteProjectStore(),
    ...options,
  });
}
