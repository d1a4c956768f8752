import type { Backend, Design } from '../../../contract/index.ts';
import type { Outcome } from '../outcome.ts';
import { writeDesign } from './new.ts';

interface Imported {
  readonly out: string;
  readonly force: boolean | undefined;
  /** What there is to say of it beside the file that is written. */
  readonly json: Readonly<Record<string, unknown>>;
  readonly lines: () => readonly string[];
}

/** Writes the design that was made of another tool's files. */
export async function writeImported(
  backend: Backend,
  design: Design,
  { out, force, json, lines }: Imported,
): Promise<Outcome> {
  const source = { kind: 'design', design } as const;
  const written = await writeDesign(backend, source, out, { replace: force === true });
  if (!written.ok) return written;
  return {
    ok: true,
    good: true,
    json: { file: out, ...json },
    text: () => [`Wrote ${out}`, ...lines()].join('\n'),
  };
}
