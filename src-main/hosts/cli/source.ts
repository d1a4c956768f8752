import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import type { Backend, DesignSource } from '../../contract/index.ts';
import { limits } from '../../model/limits.ts';
import { usage, type Attempt } from './outcome.ts';

/** Where the user says the design is: a file, or a sample. */
export interface SourceOptions {
  readonly file?: string | undefined;
  readonly example?: string | undefined;
}

export interface FoundSource {
  readonly source: DesignSource;
  /** What it is called in messages: the file as the user wrote it, or the sample's name. */
  readonly title: string;
}

/** Kinds of file by their extension. */
export const fileKinds = {
  '.hopscope': 'project',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.json': 'json',
} as const;
export type FileKind = (typeof fileKinds)[keyof typeof fileKinds];
export const fileKindsText = '.hopscope, .yaml, .yml or .json';

export function fileKind(file: string): FileKind | undefined {
  const extension = extname(file).toLowerCase();
  return Object.hasOwn(fileKinds, extension)
    ? fileKinds[extension as keyof typeof fileKinds]
    : undefined;
}

/** Finds the design; a project file is opened for reading. */
export async function findSource(
  backend: Backend,
  { file, example }: SourceOptions,
): Promise<Attempt<FoundSource>> {
  if (file !== undefined && example !== undefined) {
    return usage('usage', `FILE ${file} and --example ${example} are two designs: expected one`);
  }
  if (example !== undefined) {
    // The call that reads it says whether there is such a sample.
    return { ok: true, value: { source: { kind: 'example', name: example }, title: example } };
  }
  if (file === undefined) {
    return usage('usage', `Expected FILE (${fileKindsText}) or --example NAME`);
  }
  const kind = fileKind(file);
  if (kind === undefined) return usage('usage', `FILE is ${file}: expected ${fileKindsText}`);
  if (kind === 'project') {
    const problem = await whyUnreadable(file);
    if (problem !== undefined) return unreadable(file, problem);
    const opened = await backend.call('project.open', { file: resolve(file), readOnly: true });
    if (!opened.ok) return { ok: false, failure: opened.error };
    const { project } = opened.value;
    return { ok: true, value: { source: { kind: 'project', project }, title: file } };
  }
  const text = await readText(file);
  if (!text.ok) return text;
  return {
    ok: true,
    value: { source: { kind: 'text', text: text.value, format: kind }, title: file },
  };
}

async function readText(file: string): Promise<Attempt<string>> {
  const problem = await whyUnreadable(file);
  if (problem !== undefined) return unreadable(file, problem);
  try {
    const bytes = await readFile(file);
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (error instanceof TypeError) return unreadable(file, 'it is not UTF-8 text');
    return unreadable(file, reasonOf(error));
  }
}

async function whyUnreadable(file: string): Promise<string | undefined> {
  try {
    const found = await stat(file);
    if (!found.isFile()) return `it is ${kindOf(found)}, and no regular file`;
    if (fileKind(file) !== 'project' && found.size > limits.textFileBytes) {
      return `it has ${found.size} bytes, and at most ${limits.textFileBytes} are read`;
    }
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Reading a pipe or a device may take for ever. */
function kindOf(found: Stats): string {
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}

const unreadable = (file: string, reason: string) =>
  usage('file-unreadable', `Cannot read ${file}: ${reason}`);

/** What the operating system said, in words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return systemReasons[code] ?? error.message;
}

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'no space is left on the device',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
};
