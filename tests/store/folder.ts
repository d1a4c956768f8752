import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder of its own for the running test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(realpathSync.native(tmpdir()), 'hopscope-test-'));
  onTestFinished(() => {
    if (existsSync(folder)) chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Every file of a folder with what it holds and when it was written: equal when nothing was touched. */
export function contentOf(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(
    names.map((name) => {
      const path = join(folder, name);
      const stats = statSync(path, { bigint: true });
      const hash = stats.isFile()
        ? createHash('sha256').update(readFileSync(path)).digest('hex')
        : '';
      return [name, `${hash} ${stats.size} ${stats.mtimeNs}`];
    }),
  );
}
