import { basename, extname, resolve } from 'node:path';
import type { Backend, DesignSource } from '../../../contract/index.ts';
import { formatVersion } from '../../../model/schema/design.ts';
import { usage, type Attempt, type Outcome } from '../outcome.ts';
import { fileKind, fileKindsText, findSource } from '../source.ts';
import { whyTaken, writeTarget, type TargetOptions } from '../target-file.ts';

export interface NewOptions {
  readonly out: string;
  readonly template: string;
  readonly force?: boolean | undefined;
}

export const emptyTemplate = 'empty';

/** Makes a design from a template: an empty one, or one of the samples. */
export async function create(backend: Backend, options: NewOptions): Promise<Outcome> {
  const template = await findTemplate(backend, options);
  if (!template.ok) return template;
  return writeDesign(backend, template.value, options.out, { replace: options.force === true });
}

async function findTemplate(
  backend: Backend,
  { template, out }: NewOptions,
): Promise<Attempt<DesignSource>> {
  if (template === emptyTemplate) {
    const name = basename(out, extname(out)) || 'design';
    return {
      ok: true,
      value: { kind: 'design', design: { hopscope: formatVersion, name: name.slice(0, 200) } },
    };
  }
  const found = await findSource(backend, { example: template });
  return found.ok ? { ok: true, value: found.value.source } : found;
}

/** Writes the design into a project or text file, as the file's extension says. */
export async function writeDesign(
  backend: Backend,
  source: DesignSource,
  out: string,
  target: TargetOptions,
): Promise<Outcome> {
  const kind = fileKind(out);
  if (kind === undefined) return usage('usage', `OUT is ${out}: expected ${fileKindsText}`);
  if (kind === 'project') {
    // A project is never replaced: its history would be lost with it.
    const free = await whyTaken(out);
    if (!free.ok) return usage('file-exists', `${out} exists already`, 'Choose another name');
    const made = await backend.call('project.create', { file: resolve(out), source });
    if (!made.ok) return { ok: false, failure: made.error };
    await backend.call('project.close', { project: made.value.project });
  } else {
    const text = await backend.call('design.format', { source, format: kind });
    if (!text.ok) return { ok: false, failure: text.error };
    const written = await writeTarget(out, text.value.text, target);
    if (!written.ok) return written;
  }
  return { ok: true, good: true, json: { file: out }, text: () => `Wrote ${out}` };
}
