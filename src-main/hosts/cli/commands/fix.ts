import { resolve } from 'node:path';
import { editDesign, type Backend, type DesignSource } from '../../../contract/index.ts';
import type { Explanation } from '../../../explain/index.ts';
import type { Flow } from '../../../model/design.ts';
import { usage, type Attempt } from '../outcome.ts';
import { fileKind } from '../source.ts';
import { writeDesign } from './new.ts';

export interface FixOptions {
  readonly file?: string | undefined;
  readonly output?: string | undefined;
  /** Also against an intent, and over an OUT that is there. */
  readonly force?: boolean | undefined;
}

/** Why the changes are not made; undefined where they can be. */
export function whyNotFixed(
  { blockers, proven, forbiddenBy, sideEffects }: Explanation,
  force: boolean,
): string | undefined {
  if (blockers.length === 0) return undefined;
  if (!proven) return 'Nothing was changed: no change was found that helps';
  const against = [...new Set([...forbiddenBy, ...sideEffects.breaks])];
  if (against.length === 0 || force) return undefined;
  return `Nothing was changed: it would be against the intents ${against.join(', ')}; --force does it all the same`;
}

/** Where the changed design is to go, before anything is asked. */
export function fixTarget({ file, output }: FixOptions): Attempt<string | undefined> {
  if (output !== undefined) return { ok: true, value: output };
  if (file !== undefined && fileKind(file) === 'project') return { ok: true, value: undefined };
  return usage(
    'usage',
    '--fix changes a project in place; of a text or a sample it writes another file: expected -o OUT',
  );
}

/** Makes the changes: in the project, as one step that can be undone, or in a design that is written to OUT. */
export async function makeFix(
  backend: Backend,
  source: DesignSource,
  flow: Flow,
  { edits }: Explanation,
  { file, output, force }: FixOptions,
): Promise<Attempt<string>> {
  if (output !== undefined) {
    const read = await backend.call('design.read', { source });
    if (!read.ok) return { ok: false, failure: read.error };
    const design = editDesign(read.value.design, edits);
    const written = await writeDesign(backend, { kind: 'design', design }, output, {
      replace: force === true,
      source: file,
    });
    return written.ok ? { ok: true, value: `Wrote ${output}` } : written;
  }
  if (source.kind === 'project') await backend.call('project.close', { project: source.project });
  const opened = await backend.call('project.open', { file: resolve(file ?? '') });
  if (!opened.ok) return { ok: false, failure: opened.error };
  const { project } = opened.value;
  const label = `Make ${flow.name ?? flow.id} reachable`.slice(0, 200);
  const applied = await backend.call('project.apply', {
    project,
    command: { kind: 'compound', label, edits },
  });
  await backend.call('project.close', { project });
  if (!applied.ok) return { ok: false, failure: applied.error };
  return { ok: true, value: `Changed ${file ?? ''}` };
}
