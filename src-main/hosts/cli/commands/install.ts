import type { Backend, Input } from '../../../contract/index.ts';
import type { Outcome } from '../outcome.ts';
import { renderInstalls } from '../render/install.ts';
import { writePlans } from '../plan-files.ts';
import { findSource, type SourceOptions } from '../source.ts';

type Asked = Input<'install.evaluate'>;

export interface InstallOptions extends SourceOptions {
  readonly scenario?: string | undefined;
  readonly mode?: NonNullable<Asked['mode']> | undefined;
  /** A folder for the files of the plans. */
  readonly plan?: string | undefined;
  readonly force?: boolean | undefined;
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
  const { plan: folder, force = false } = options;
  const written = folder === undefined ? undefined : await writePlans(folder, reports, force);
  if (written?.ok === false) return { ...written, file };
  return {
    ok: true,
    good: works,
    json: answer.value,
    text: (terminal) => renderInstalls(reports, terminal),
    ...(written ? { notes: [written.value] } : {}),
  };
}
