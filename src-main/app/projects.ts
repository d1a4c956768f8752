import {
  done,
  failed,
  type Answer,
  type BackendError,
  type ErrorDetails,
  type Input,
  type Output,
  type ProjectChange,
  type ProjectState,
} from '../contract/index.ts';
import type { Design } from '../model/design.ts';
import { formatVersion } from '../model/schema/design.ts';
import { readyDesign, type OpenDesign } from './designs/ready.ts';
import type { Ports } from './ports.ts';
import { parseCommand, projectError } from './project/index.ts';
import type { Changed, Outcome, ProjectError, ProjectFile } from './project/index.ts';

interface OpenProject {
  readonly handle: string;
  readonly file: ProjectFile;
  revision: number;
  /** The design of the present revision. */
  open: OpenDesign;
}

/** The projects that are open, each under the handle that calls name it by. */
export interface Projects {
  create(file: string, design: Design): Answer<ProjectState>;
  open(input: Input<'project.open'>): Answer<ProjectState>;
  close(handle: string): Answer<Record<string, never>>;
  closeAll(): void;
  /** The design of an open project, compiled once for each revision. */
  design(handle: string): Answer<OpenDesign>;
  apply(handle: string, command: unknown): Answer<ProjectChange>;
  undo(handle: string): Answer<ProjectChange>;
  redo(handle: string): Answer<ProjectChange>;
  history(input: Input<'project.history'>): Answer<Output<'project.history'>>;
  saveCopy(input: Input<'project.saveCopy'>): Answer<Record<string, never>>;
  listVersions(handle: string): Answer<Output<'project.versions.list'>>;
  saveVersion(handle: string, name: string): Answer<Output<'project.versions.save'>>;
  restoreVersion(handle: string, name: string): Answer<ProjectChange>;
  deleteVersion(handle: string, name: string): Answer<Record<string, never>>;
}

export const emptyDesign = (name: string): Design => ({ hopscope: formatVersion, name });

export function createProjects({ projects: store }: Ports): Projects {
  const open = new Map<string, OpenProject>();
  let handles = 0;

  function take(outcome: Outcome<ProjectFile>): Answer<ProjectState> {
    if (!outcome.ok) return refused(outcome.error);
    const file = outcome.value;
    const handle = `project-${++handles}`;
    const project = { handle, file, revision: 0, open: readyDesign(file.design()) };
    open.set(handle, project);
    return done(stateOf(project));
  }

  function withProject<Value>(
    handle: string,
    use: (project: OpenProject) => Answer<Value>,
  ): Answer<Value> {
    const project = open.get(handle);
    return project ? use(project) : failed('project-not-open', { project: handle });
  }

  const change = (handle: string, edit: (file: ProjectFile) => Outcome<Changed>) =>
    withProject(handle, (project) => {
      const outcome = edit(project.file);
      if (!outcome.ok) return refused(outcome.error);
      const { design, entities } = outcome.value;
      project.revision++;
      project.open = readyDesign(design);
      return done({ ...stateOf(project), changed: entities });
    });

  const ask = <From, To>(
    handle: string,
    question: (file: ProjectFile) => Outcome<From>,
    answer: (value: From) => To,
  ) =>
    withProject(handle, ({ file }) => {
      const outcome = question(file);
      return outcome.ok ? done(answer(outcome.value)) : refused(outcome.error);
    });
  const nothing = () => ({});

  return {
    create: (file, design) =>
      store ? take(store.create(file, design)) : failed('projects-unavailable', {}),
    open: ({ file, ...options }) =>
      store ? take(store.open(file, options)) : failed('projects-unavailable', {}),
    close: (handle) =>
      withProject(handle, ({ file }) => {
        open.delete(handle);
        const outcome = file.close();
        return outcome.ok ? done({}) : refused(outcome.error);
      }),
    closeAll() {
      for (const { file } of open.values()) file.close();
      open.clear();
    },
    design: (handle) => withProject(handle, (project) => done(project.open)),
    apply: (handle, command) =>
      change(handle, (file) => {
        const parsed = parseCommand(command);
        if (parsed.ok) return file.apply(parsed.value);
        const { issues, omitted } = parsed;
        return { ok: false, error: projectError('invalid-command', { issues, omitted }) };
      }),
    undo: (handle) => change(handle, (file) => file.undo()),
    redo: (handle) => change(handle, (file) => file.redo()),
    history: ({ project, ...options }) =>
      ask(
        project,
        (file) => file.history(options),
        (steps) => ({ steps }),
      ),
    saveCopy: ({ project, file: path, ...options }) =>
      ask(project, (file) => file.saveCopy(path, options), nothing),
    listVersions: (handle) =>
      ask(
        handle,
        (file) => file.versions.list(),
        (versions) => ({ versions }),
      ),
    saveVersion: (handle, name) =>
      ask(
        handle,
        (file) => file.versions.create(name),
        (version) => ({ version }),
      ),
    restoreVersion: (handle, name) => change(handle, (file) => file.versions.restore(name)),
    deleteVersion: (handle, name) => ask(handle, (file) => file.versions.delete(name), nothing),
  };
}

const stateOf = ({ handle, file, revision }: OpenProject): ProjectState => ({
  project: handle,
  file: file.path,
  revision,
  access: file.access,
  canUndo: file.canUndo(),
  canRedo: file.canRedo(),
});

/** The store's error in the contract's words: its code, sentence and hint as they are, and its place. */
function refused(error: ProjectError): { readonly ok: false; readonly error: BackendError } {
  const { code, sentence, hint, details } = error;
  const detail: ErrorDetails['project-refused'] = {
    reason: code,
    sentence,
    ...(hint === undefined ? {} : { hint }),
    ...('file' in details ? { file: details.file } : {}),
    ...('issues' in details ? { issues: details.issues, omitted: details.omitted } : {}),
  };
  return failed('project-refused', detail);
}
