import { access, writeFile } from 'node:fs/promises';
import { usage, type Attempt } from './outcome.ts';
import { reasonOf } from './source.ts';

/** Writes the file; an existing one only where `replace` says so. */
export async function writeTarget(
  file: string,
  content: string | Uint8Array,
  replace: boolean,
): Promise<Attempt<string>> {
  try {
    await writeFile(file, content, { flag: replace ? 'w' : 'wx' });
    return { ok: true, value: file };
  } catch (error) {
    if (isExisting(error)) return existing(file);
    return usage('file-unwritable', `Cannot write ${file}: ${reasonOf(error)}`);
  }
}

/** For writers that would not refuse by themselves. */
export async function whyTaken(file: string): Promise<Attempt<string>> {
  try {
    await access(file);
  } catch {
    return { ok: true, value: file };
  }
  return existing(file);
}

const existing = (file: string) =>
  usage(
    'file-exists',
    `${file} exists already`,
    'Choose another name, or say --force to replace it',
  );

const isExisting = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';
