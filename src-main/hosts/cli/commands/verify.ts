import type { Backend } from '../../../contract/index.ts';
import { junitXml } from '../junit.ts';
import type { Outcome } from '../outcome.ts';
import { renderVerdicts } from '../render/verify.ts';
import { findSource, type SourceOptions } from '../source.ts';
import { writeTarget } from '../target-file.ts';

export interface VerifyOptions extends SourceOptions {
  readonly junit?: string | undefined;
}

/** Runs every intent. */
export async function verify(backend: Backend, options: VerifyOptions): Promise<Outcome> {
  const found = await findSource(backend, options);
  if (!found.ok) return found;
  const { source, title: file } = found.value;
  const answer = await backend.call('intents.verify', { source });
  if (!answer.ok) return { ok: false, failure: answer.error, file };
  const verification = answer.value;

  const notes: string[] = [];
  if (options.junit !== undefined) {
    const written = await writeTarget(options.junit, junitXml(file, verification.intents), true);
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
