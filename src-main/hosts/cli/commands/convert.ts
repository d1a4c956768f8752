import type { Backend } from '../../../contract/index.ts';
import { usage, type Outcome } from '../outcome.ts';
import { fileKind, findSource, type SourceOptions } from '../source.ts';
import { writeDesign } from './new.ts';

export interface ImportOptions {
  readonly file: string;
  readonly out: string;
}

/** Text form → project file. */
export async function importText(backend: Backend, { file, out }: ImportOptions): Promise<Outcome> {
  if (fileKind(file) === 'project') {
    return usage(
      'usage',
      `FILE is ${file}: expected a .yaml, .yml or .json design`,
      `${file} is a project already; export writes its text form`,
    );
  }
  if (fileKind(out) !== 'project') {
    return usage('usage', `OUT is ${out}: expected a .hopscope project file`);
  }
  const found = await findSource(backend, { file });
  if (!found.ok) return found;
  const outcome = await writeDesign(backend, found.value.source, out, { replace: false });
  return outcome.ok ? outcome : { ...outcome, file };
}

export interface ExportOptions extends SourceOptions {
  readonly out?: string | undefined;
  readonly format?: 'yaml' | 'json' | undefined;
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Any design → text form, in a file or on standard output. */
export async function exportText(backend: Backend, options: ExportOptions): Promise<Outcome> {
  const { out, force } = options;
  const kind = out === undefined ? undefined : fileKind(out);
  if (kind === 'project' || (out !== undefined && kind === undefined)) {
    return usage('usage', `OUT is ${out}: expected a .yaml, .yml or .json file`);
  }
  if (kind !== undefined && options.format !== undefined && options.format !== kind) {
    return usage('usage', `--format ${options.format} contradicts OUT ${out}`);
  }
  const found = await findSource(backend, options);
  if (!found.ok) return found;
  const { source, title: file } = found.value;
  if (out !== undefined) {
    const outcome = await writeDesign(backend, source, out, {
      replace: force === true,
      source: options.file,
    });
    return outcome.ok ? outcome : { ...outcome, file };
  }
  const read = await backend.call('design.read', { source });
  if (!read.ok) return { ok: false, failure: read.error, file };
  const format = options.format ?? 'yaml';
  const text = await backend.call('design.format', { source, format });
  if (!text.ok) return { ok: false, failure: text.error, file };
  const shown = text.value.text.replace(/\n$/, '');
  return { ok: true, good: true, json: read.value.design, text: () => shown };
}
