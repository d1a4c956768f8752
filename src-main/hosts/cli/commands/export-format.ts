import { mkdir } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import type { Backend, Input } from '../../../contract/index.ts';
import { findChromium, noChromium, renderPng } from '../../local/chromium.ts';
import { usage, type Outcome } from '../outcome.ts';
import { findSource, reasonOf, type SourceOptions } from '../source.ts';
import { writeTarget } from '../target-file.ts';

type Asked = Input<'design.export'>;
type InstallFile = 'firewall-request-csv' | 'firewall-request-xlsx';
/** What the file's ending tells apart is one format here. */
export type OtherFormat =
  Exclude<Asked['format'], InstallFile> | 'firewall-request' | 'svg' | 'png';

/** Formats of other tools, each with what its name ends in; a folder where it is several files. */
export const otherFormats: Readonly<Record<OtherFormat, readonly string[] | 'folder'>> = {
  svg: ['.svg'],
  png: ['.png'],
  drawio: ['.drawio'],
  mermaid: ['.mmd', '.mermaid'],
  dot: ['.dot', '.gv'],
  containerlab: ['.clab.yml'],
  clabernetes: ['.yaml', '.yml'],
  netbox: 'folder',
  linux: 'folder',
  'nsx-v': 'folder',
  'nsx-t': 'folder',
  policies: 'folder',
  zarf: ['.yaml', '.yml'],
  hauler: ['.yaml', '.yml'],
  'firewall-request': ['.csv', '.xlsx'],
};

/** Their files end as those of others do: they are never meant where no format is named. */
const onlyNamed: ReadonlySet<string> = new Set<OtherFormat>([
  'clabernetes',
  'zarf',
  'hauler',
  'firewall-request',
]);

export const isOtherFormat = (name: string): name is OtherFormat =>
  Object.hasOwn(otherFormats, name);

/** The format that a file's name says, where no other format's files end so too. */
export function formatOfName(file: string): OtherFormat | undefined {
  const name = file.toLowerCase();
  const found = Object.entries(otherFormats).find(
    ([format, ends]) =>
      !onlyNamed.has(format) && ends !== 'folder' && ends.some((end) => name.endsWith(end)),
  );
  return found?.[0] as OtherFormat | undefined;
}

export interface PictureOptions {
  readonly view?: Input<'design.picture'>['view'];
  readonly flow?: string | undefined;
  readonly only?: readonly string[] | undefined;
  readonly dark?: boolean | undefined;
  readonly scale?: number | undefined;
}

/** Of what is carried and asked for in an install. */
export interface ScenarioOptions {
  readonly scenario?: string | undefined;
  readonly mode?: Asked['mode'] | undefined;
}

export interface ExportFormatOptions extends SourceOptions, PictureOptions, ScenarioOptions {
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
}

/** The design as another tool takes it, and what of it that tool's format does not hold. */
export async function exportFormat(
  backend: Backend,
  format: OtherFormat,
  options: ExportFormatOptions,
): Promise<Outcome> {
  const { out } = options;
  const ends = otherFormats[format];
  if (out === undefined) {
    const what = ends === 'folder' ? 'FOLDER' : `FILE${ends[0] ?? ''}`;
    return usage('usage', `Expected --out ${what} with --format ${format}`);
  }
  if (ends !== 'folder' && !ends.some((end) => out.toLowerCase().endsWith(end))) {
    return usage(
      'usage',
      `OUT is ${out}: expected a ${ends.join(' or ')} file with --format ${format}`,
    );
  }
  if (ends === 'folder' && extname(out) !== '') {
    return usage(
      'usage',
      `OUT is ${out}: --format ${format} makes several files, expected a folder`,
    );
  }
  if (format === 'svg' || format === 'png')
    return exportPicture(backend, format, { ...options, out });
  const found = await findSource(backend, options);
  if (!found.ok) return found;
  const { source, title: file } = found.value;
  const { scenario, mode } = options;
  const answer = await backend.call('design.export', {
    source,
    format: format === 'firewall-request' ? requestFormat(out) : format,
    ...(scenario === undefined ? {} : { scenario }),
    ...(mode === undefined ? {} : { mode }),
  });
  if (!answer.ok) return { ok: false, failure: answer.error, file };
  const { files, leftOut } = answer.value;
  const target = { replace: options.force === true, source: options.file };
  const written: string[] = [];
  for (const { path, content } of files) {
    const name = ends === 'folder' ? join(out, path) : out;
    try {
      await mkdir(dirname(name), { recursive: true });
    } catch (error) {
      return usage('file-unwritable', `Cannot write ${name}: ${reasonOf(error)}`);
    }
    const one = await writeTarget(name, content, target);
    if (!one.ok) return { ...one, file };
    written.push(name);
  }
  return {
    ok: true,
    good: true,
    json: { files: written, leftOut },
    text: () =>
      [
        written.length === 0 ? `Nothing of ${file} is ${format}'s` : `Wrote ${written.join(', ')}`,
        ...(leftOut.length === 0 ? [] : ['Not carried over:']),
        ...leftOut.map(
          ({ ref, path, text }) => `  ${ref}${path === '' ? '' : ` ${path}`}: ${text}`,
        ),
      ].join('\n'),
  };
}

const requestFormat = (out: string): InstallFile =>
  out.toLowerCase().endsWith('.csv') ? 'firewall-request-csv' : 'firewall-request-xlsx';

async function exportPicture(
  backend: Backend,
  format: 'svg' | 'png',
  options: ExportFormatOptions & { readonly out: string },
): Promise<Outcome> {
  const { view, flow, only, dark, scale = 2, out } = options;
  const chromium = format === 'png' ? await findChromium() : undefined;
  if (format === 'png' && chromium === undefined) {
    const text = `A PNG is drawn by Chromium, and ${noChromium()}`;
    return usage('app-failed', text, 'A .svg picture needs none');
  }
  const found = await findSource(backend, options);
  if (!found.ok) return found;
  const { source, title: file } = found.value;
  const answer = await backend.call('design.picture', {
    source,
    ...(view === undefined ? {} : { view }),
    ...(flow === undefined ? {} : { flow }),
    ...(only === undefined
      ? {}
      : { only: only.map((one) => (one.includes(':') ? one : `node:${one}`)) }),
    ...(dark === true ? { dark } : {}),
  });
  if (!answer.ok) return { ok: false, failure: answer.error, file };
  const { svg, width, height } = answer.value;
  let content: string | Uint8Array = svg;
  if (chromium !== undefined) {
    try {
      content = await renderPng(chromium, answer.value, scale);
    } catch (error) {
      return usage('app-failed', `${chromium} did not draw the picture: ${reasonOf(error)}`);
    }
  }
  const target = { replace: options.force === true, source: options.file };
  const written = await writeTarget(out, content, target);
  if (!written.ok) return { ...written, file };
  return {
    ok: true,
    good: true,
    json: { files: [out], width, height },
    text: () => `Wrote ${out}`,
  };
}
