import type { Backend } from '../../../contract/index.ts';
import { junitXml } from '../../../contract/junit.ts';
import type { Outcome } from '../outcome.ts';
import { renderVerdicts } from '../render/verify.ts';
import { findSource, type SourceOptions } from '../source.ts';
import { whyNoReport, writeTarget } from '../target-file.ts';

export interface VerifyOptions extends SourceOptions {
  readonly junit?: string | undefined;
}

/** Runs every intent. */
export async function verify(backend: Backend, options: VerifyOptions): Promise<Outcome> {
  const { junit } = options;
  if (junit !== undefined) {
    const failure = await whyNoReport('--junit', junit, options.file);
    if (failure) return { ok: false, failure };
  }
  const found = await findSource(backend, options);
  if (!found.ok) return found;
  const { source, title: file } = found.value;
  const answer = await backend.call('intents.verify', { source });
  if (!answer.ok) return { ok: false, failure: answer.error, file };
  const verification = answer.value;

  const notes: string[] = [];
  if (junit !== undefined) {
    const xml = junitXml(file, verification.intents);
    const written = await writeTarget(junit, xml, { replace: true, source: options.file });
    if (!written.ok) return written;
    notes.push(`Wrote ${written.value}`);
  }
  return {
    ok: true,
    good: verification.holds,
    json: verification,
    text: (terminal) => renderVerdicts(verification.intents, terminal),
    notes,
  };
}
