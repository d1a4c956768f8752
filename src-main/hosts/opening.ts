import { basename, resolve } from 'node:path';
import {
  done,
  type Answer,
  type Backend,
  type Input,
  type Method,
  type Opening,
  type Output,
  type ProjectState,
} from '../contract/index.ts';
import type { Attempt } from './cli/outcome.ts';
import { findSource } from './cli/source.ts';

/** Whether the file can be opened, and if not, why; nothing is made or changed. */
export async function checkFile(backend: Backend, file: string): Promise<Attempt<undefined>> {
  const found = await findSource(backend, { file });
  if (!found.ok) return found;
  const read = await backend.call('design.read', { source: found.value.source });
  return read.ok ? { ok: true, value: undefined } : { ok: false, failure: read.error };
}

/** Opens what the user names: a project, to be edited; or a design as text, of which a draft is made. */
export async function openFile(backend: Backend, file: string): Promise<Attempt<ProjectState>> {
  // Says what is no file of ours, or cannot be read.
  const found = await findSource(backend, { file });
  if (!found.ok) return found;
  const { source } = found.value;
  if (source.kind === 'project') await backend.call('project.close', { project: source.project });
  const opened = await (source.kind === 'project'
    ? backend.call('project.open', { file: resolve(file) })
    : backend.call('project.createDraft', { source }));
  return opened.ok ? opened : { ok: false, failure: opened.error };
}

/** What a page begins with: the project, open, by the file that it is in. Undefined where it can no longer be opened. */
export async function openingOf(backend: Backend, file: string): Promise<Opening | undefined> {
  const opened = await backend.call('project.open', { file });
  return opened.ok ? asOpening(opened.value) : undefined;
}

const asOpening = ({ project, file }: ProjectState): Opening => ({
  title: basename(file),
  source: { kind: 'project', project },
});

/** A page's `app.start` on a host that has something for it to begin with. */
export async function startWith(
  backend: Backend,
  payload: unknown,
  opening: () => Promise<Opening | undefined>,
): Promise<Answer<unknown>> {
  const started = await backend.callUntyped('app.start', payload);
  if (!started.ok) return started;
  const open = await opening();
  return open ? done({ ...(started.value as Output<'app.start'>), open }) : started;
}

/** The backend of a host that was started with a file: every page begins with it. By its path, once it was closed. */
export function withOpening(backend: Backend, opened: ProjectState): Backend {
  /** Opened once already; the first page takes it. */
  let first: ProjectState | undefined = opened;
  const opening = () => {
    const state = first;
    first = undefined;
    return state ? Promise.resolve(asOpening(state)) : openingOf(backend, opened.file);
  };
  const callUntyped = (method: string, payload: unknown) =>
    method === 'app.start'
      ? startWith(backend, payload, opening)
      : backend.callUntyped(method, payload);
  return {
    ...backend,
    callUntyped,
    call: <Name extends Method>(method: Name, payload: Input<Name>) =>
      callUntyped(method, payload) as Promise<Answer<Output<Name>>>,
  };
}
