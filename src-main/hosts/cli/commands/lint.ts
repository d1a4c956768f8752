import type { Backend } from '../../../contract/index.ts';
import type { Outcome } from '../outcome.ts';
import { renderFindings } from '../render/findings.ts';
import { findSource, type SourceOptions } from '../source.ts';

/** Checks the design without running a flow. Warnings alone are no bad answer. */
export async function lint(backend: Backend, options: SourceOptions): Promise<Outcome> {
  const found = await findSource(backend, options);
  if (!found.ok) return found;
  const { source, title: file } = found.value;
  const answer = await backend.call('design.lint', { source });
  if (!answer.ok) return { ok: false, failure: answer.error, file };
  const { findings } = answer.value;
  return {
    ok: true,
    good: findings.every(({ severity }) => severity !== 'error'),
    json: { findings },
    text: (terminal) => renderFindings(findings, terminal),
  };
}
