import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { limits } from '../../model/limits.ts';
import { usage, type Attempt } from './outcome.ts';
import { reasonOf } from './source.ts';

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

const manifestExtensions = new Set(['.yaml', '.yml', '.json']);

/** All manifests that the paths lead to: files as they are, of folders the .yaml, .yml and .json files in them, by name. */
export async function readManifestFiles(paths: readonly string[]): Promise<Attempt<NamedText[]>> {
  const files: NamedText[] = [];
  for (const path of paths) {
    try {
      for (const name of await filesUnder(path, true)) {
        const { size } = await stat(name);
        if (size > limits.yamlFileBytes) {
          return usage(
            'file-unreadable',
            `${name} has ${size} bytes: expected at most ${limits.yamlFileBytes}`,
          );
        }
        const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(name));
        files.push({ name, text });
      }
    } catch (error) {
      const reason = error instanceof TypeError ? 'it is not UTF-8 text' : reasonOf(error);
      return usage('file-unreadable', `Cannot read ${path}: ${reason}`);
    }
  }
  if (files.length > 0) return { ok: true, value: files };
  return usage('usage', `${paths.join(', ')}: there is no .yaml, .yml or .json file`);
}

async function filesUnder(path: string, isNamed: boolean): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) {
    return isNamed || manifestExtensions.has(extname(path).toLowerCase()) ? [path] : [];
  }
  const names = (await readdir(path)).filter((name) => !name.startsWith('.')).sort();
  const found: string[] = [];
  for (const name of names) found.push(...(await filesUnder(join(path, name), false)));
  return found;
}
