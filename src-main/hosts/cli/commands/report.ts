import { mkdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import type { Backend, Input } from '../../../contract/index.ts';
import { findChromium, noPdf, printPdf } from '../../local/chromium.ts';
import { usage, type Outcome } from '../outcome.ts';
import { findSource, reasonOf, type SourceOptions } from '../source.ts';
import { whyRefused, writeTarget } from '../target-file.ts';

export interface ReportOptions extends SourceOptions {
  readonly out?: string | undefined;
  readonly language?: 'en' | 'ko' | undefined;
  readonly title?: string | undefined;
  readonly documentVersion?: string | undefined;
  readonly date?: string | undefined;
  readonly author?: string | undefined;
  readonly since?: string | undefined;
  readonly force?: boolean | undefined;
}

const formats = {
  '.html': 'html',
  '.htm': 'html',
  '.pdf': 'pdf',
  '.md': 'md',
  '.json': 'json',
} as const;

/** The report of a design, in the format that the file's name says. */
export async function report(backend: Backend, options: ReportOptions): Promise<Outcome> {
  const { out, language = 'en', title, documentVersion: version, date, author, since } = options;
  if (out === undefined) return usage('usage', 'Expected --out FILE.html, .pdf, .md or .json');
  const extension = extname(out).toLowerCase();
  if (!Object.hasOwn(formats, extension)) {
    return usage('usage', `OUT is ${out}: expected a .html, .pdf, .md or .json file`);
  }
  const wanted = formats[extension as keyof typeof formats];
  const chromium = wanted === 'pdf' ? await findChromium() : undefined;
  if (wanted === 'pdf' && chromium === undefined) {
    return usage('app-failed', noPdf(), 'A .html report prints from any browser');
  }
  const folder = `${basename(out, extname(out)).replaceAll(/[^\w.-]+/g, '-')}-pictures`;
  const target = { replace: options.force === true, source: options.file };
  const names = wanted === 'md' ? [out, join(dirname(out), folder)] : [out];
  for (const name of names) {
    const free = await whyRefused(name, target);
    if (!free.ok) return free;
  }
  const found = await findSource(backend, options);
  if (!found.ok) return found;
  const { source, title: file } = found.value;
  const cover: Input<'report.make'>['cover'] = {
    ...(title === undefined ? {} : { title }),
    ...(version === undefined ? {} : { version }),
    ...(date === undefined ? {} : { date }),
    ...(author === undefined ? {} : { author }),
  };
  const answer = await backend.call('report.make', {
    source,
    format: wanted === 'pdf' ? 'html' : wanted,
    language,
    cover,
    pictures: folder,
    ...(since === undefined ? {} : { since }),
  });
  if (!answer.ok) return { ok: false, failure: answer.error, file };
  const { text, pictures } = answer.value;
  let content: string | Uint8Array = text;
  if (chromium !== undefined) {
    try {
      content = await printPdf(chromium, text);
    } catch (error) {
      return usage('app-failed', `${chromium} did not print the report: ${reasonOf(error)}`);
    }
  }
  const written = await writeTarget(out, content, target);
  if (!written.ok) return { ...written, file };
  for (const { path, svg } of pictures) {
    const picture = join(dirname(out), path);
    try {
      await mkdir(dirname(picture), { recursive: true });
    } catch (error) {
      return usage('file-unwritable', `Cannot write ${picture}: ${reasonOf(error)}`);
    }
    const one = await writeTarget(picture, svg, target);
    if (!one.ok) return { ...one, file };
  }
  const files = [out, ...pictures.map(({ path }) => join(dirname(out), path))];
  return { ok: true, good: true, json: { files }, text: () => `Wrote ${out}` };
}
