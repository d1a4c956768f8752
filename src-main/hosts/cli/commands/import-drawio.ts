import type { Backend } from '../../../contract/index.ts';
import { readManifestFiles } from '../manifest-files.ts';
import { counted } from '../../../sim/vocabulary/counted.ts';
import { usage, type Outcome } from '../outcome.ts';
import { writeImported } from './write-imported.ts';

export interface ImportDrawioOptions {
  readonly file: string;
  readonly out: string;
  readonly page?: string;
  readonly force?: boolean;
}

/** A drawing of draw.io → the first draft of a design. What was guessed or not understood is listed. */
export async function importDrawio(
  backend: Backend,
  { file, out, page, force }: ImportDrawioOptions,
): Promise<Outcome> {
  const read = await readManifestFiles([file]);
  if (!read.ok) return read;
  const [one] = read.value;
  if (!one) return usage('file-unreadable', `${file} holds nothing`);
  const answer = await backend.call('drawio.import', {
    text: one.text,
    ...(page === undefined ? {} : { page }),
  });
  if (!answer.ok) return { ok: false, failure: answer.error, file };
  const { design, remarks } = answer.value;
  return writeImported(backend, design, {
    out,
    force,
    json: { remarks },
    lines: () => [
      [
        counted(design.nodes?.length ?? 0, 'node'),
        counted(design.segments?.length ?? 0, 'segment'),
        counted(design.links?.length ?? 0, 'link'),
      ].join(', '),
      ...(remarks.length === 0 ? [] : ['Guessed, or not carried over:']),
      ...remarks.map(({ cell, text }) => `  ${cell === '' ? file : `cell ${cell}`}: ${text}`),
    ],
  });
}
