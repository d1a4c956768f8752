import { randomBytes } from 'node:crypto';
import { access, chmod, constants, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { usage, type Attempt, type UsageError } from './outcome.ts';
import { fileKind, reasonOf } from './source.ts';

export interface TargetOptions {
  /** Whether an existing file may be replaced. */
  readonly replace: boolean;
  /** The file that the design came from, which is never written over. */
  readonly source?: string | undefined;
}

/** Writes the file whole, or leaves what was there; an existing one is replaced only where `replace` says so. */
export async function writeTarget(
  file: string,
  content: string | Uint8Array,
  { replace, source }: TargetOptions,
): Promise<Attempt<string>> {
  try {
    if (source !== undefined && (await isSameFile(file, source))) return overSource(file);
    if (replace) await put(file, content);
    else await writeFile(file, content, { flag: 'wx' });
    return { ok: true, value: file };
  } catch (error) {
    if (isExisting(error)) return existing(file);
    return usage('file-unwritable', `Cannot write ${file}: ${reasonOf(error)}`);
  }
}

/** Writes beside the target, and then gives it the name; through a link, beside what the link leads to. */
async function put(file: string, content: string | Uint8Array): Promise<void> {
  const old = await stat(file).catch(() => undefined);
  // A pipe or a terminal keeps its name, and what is written goes through it.
  if (old && !old.isFile()) return writeFile(file, content);
  if (old) await access(file, constants.W_OK);
  const target = old ? await realpath(file) : file;
  const draft = join(dirname(target), `.hopscope-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFile(draft, content, { flag: 'wx' });
    if (old) await chmod(draft, old.mode & 0o777);
    await rename(draft, target);
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Why a report (a capture, verdicts) cannot go to this file, if so: a name that a design could have is a slip, and would
 * cost a design.
 */
export async function whyNoReport(
  option: string,
  file: string,
  source: string | undefined,
): Promise<UsageError | undefined> {
  if (source !== undefined && (await isSameFile(file, source))) return overSource(file).failure;
  if (fileKind(file) === undefined) return undefined;
  return usage(
    'usage',
    `${option} is ${file}: a file of that kind is a design`,
    'Choose a name with another extension',
  ).failure;
}

/** Whether both names, which may be links, lead to one file that is there. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  const options = { bigint: true } as const;
  try {
    const [left, right] = await Promise.all([stat(a, options), stat(b, options)]);
    return left.dev === right.dev && left.ino === right.ino;
  } catch {
    return false;
  }
}

/** Whether `writeTarget` would refuse the name, asked before the work that makes what is written. */
export async function whyRefused(
  file: string,
  { replace, source }: TargetOptions,
): Promise<Attempt<string>> {
  if (source !== undefined && (await isSameFile(file, source))) return overSource(file);
  return replace ? { ok: true, value: file } : whyTaken(file);
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

const overSource = (file: string) =>
  usage(
    'file-is-source',
    `${file} is the design itself, and would be written over`,
    'Choose another name',
  );

const existing = (file: string) =>
  usage(
    'file-exists',
    `${file} exists already`,
    'Choose another name, or say --force to replace it',
  );

const isExisting = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EEXIST';
