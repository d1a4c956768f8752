import { join } from 'node:path';
import { createBackend } from '../../app/backend.ts';
import type { Ports } from '../../app/ports.ts';
import type { Backend } from '../../contract/index.ts';
import { exampleFolder } from './example-folder.ts';

/** The backend over this machine's files. `resources` is the folder that the program brings along. */
export function createLocalBackend(resources: string, also: Partial<Ports> = {}): Backend {
  return createBackend({ examples: exampleFolder(join(resources, 'examples')), ...also });
}
