import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { UserData } from '../../app/ports.ts';

/** More than the program ever keeps; a larger file is not one of its own. */
const limitBytes = 4 * 1024 * 1024;

/** One JSON file a name, in a folder of its own that is made when something is first kept. */
export function userDataIn(folder: string): UserData {
  const fileOf = (name: string) => join(folder, `${name}.json`);
  return {
    read(name) {
      const file = fileOf(name);
      try {
        if (statSync(file).size > limitBytes) return undefined;
        return JSON.parse(readFileSync(file, 'utf8')) as unknown;
      } catch {
        return undefined;
      }
    },
    write(name, value) {
      const draft = join(folder, `${name}-${randomBytes(6).toString('hex')}.tmp`);
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        // Beside it first: whoever reads meanwhile, or after a fall of the system, finds the old file or the new one.
        writeFileSync(draft, `${JSON.stringify(value, undefined, 2)}\n`, {
          mode: 0o600,
          flush: true,
        });
        renameSync(draft, fileOf(name));
        return undefined;
      } catch (thrown) {
        if (existsSync(draft)) rmSync(draft);
        return thrown instanceof Error ? thrown.message : String(thrown);
      }
    },
  };
}
