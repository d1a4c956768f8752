import type { Backend, Input } from '../../../contract/index.ts';
import type { Outcome } from '../outcome.ts';
import { renderInstalls } from '../render/install.ts';
import { findSource, type SourceOptions } from '../source.ts';

type Asked = Input<'install.evaluate'>;

export interface InstallOptions extends SourceOptions {
  readonly scenario?: string | undefined;
  readonly mode?: NonNullable<Asked['mode']> | undefined;
}

/** Whether what the scenarios speak of can be installed. */
export async function install(backend: Backend, options: InstallOptions): Promise<Outcome> {
  const { scenario, mode } = options;
  const found = await findSource(backend, options);
  if (!found.ok) return found;
  const { source, title: file } = found.value;
  const answer = await backend.call('install.evaluate', {
    source,
    ...(scenario === undefined ? {} : { scenario }),
    ...(mode === undefined ? {} : { mode }),
  });
  if (!answer.ok) return { ok: false, failure: answer.error, file };
  const { works, reports } = answer.value;
  return {
    ok: true,
    good: works,
    json: answer.value,
    text: (terminal) => renderInstalls(reports, terminal),
  };
}
