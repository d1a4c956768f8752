import type { OpenBefore } from '../../app/ports.ts';
import {
  openingMethods,
  type Answer,
  type BackendEvent,
  type ProjectState,
} from '../../contract/index.ts';

/** What is open in the backend's process, learned from what it says: enough to open it again in another process. */
export interface OpenProjects {
  /** Takes note of a call and its answer. */
  heed(method: string, payload: unknown, answer: Answer<unknown>): void;
  /** Takes note of what was told. */
  hear(event: BackendEvent): void;
  /** For the process that comes next. */
  list(): readonly OpenBefore[];
  /** The step of its history that the project is at, as far as was told; undefined where it is not open. */
  stepOf(project: string): number | undefined;
}

interface Known {
  state: ProjectState;
  users: number;
}

export function createOpenProjects(): OpenProjects {
  const known = new Map<string, Known>();

  function take(state: ProjectState): void {
    const project = known.get(state.project);
    // An answer and the event of the same edit say the same; neither takes back what a later one said.
    if (project && state.revision >= project.state.revision) project.state = state;
  }

  function open(state: ProjectState): void {
    const project = known.get(state.project);
    if (project) project.users++;
    else known.set(state.project, { state, users: 1 });
  }

  /** However it is answered, whoever closes a project is done with it. */
  function close(handle: string): void {
    const project = known.get(handle);
    if (!project) return;
    project.users--;
    if (project.users === 0) known.delete(handle);
  }

  return {
    heed(method, payload, answer) {
      if (method === 'project.close') close(projectOf(payload) ?? '');
      else if (!answer.ok) {
        const { code, detail } = answer.error;
        if (code === 'project-not-open') known.delete(detail.project);
      } else if (isState(answer.value)) {
        if (openingMethods.has(method)) open(answer.value);
        take(answer.value);
      }
    },
    hear({ event, payload }) {
      if (event === 'project.changed') take(payload.state);
    },
    list: () =>
      [...known.values()].map(({ state: { project, file, access, revision }, users }) => ({
        project,
        file,
        readOnly: access === 'read-only-asked',
        revision,
        users,
      })),
    stepOf: (project) => known.get(project)?.state.step,
  };
}

/** The project that a call speaks of by itself. */
export function projectOf(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('project' in payload)) return undefined;
  return typeof payload.project === 'string' ? payload.project : undefined;
}

const isState = (value: unknown): value is ProjectState =>
  typeof value === 'object' && value !== null && 'project' in value && 'step' in value;
