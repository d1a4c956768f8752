import type { BackendClient } from '../api/backend.ts';
import type {
  Answer,
  BackendError,
  EntityDifference,
  Output,
  ProjectStep,
  ProjectVersion,
} from '../../src-main/contract/index.ts';
import type { Project } from './project.svelte.ts';

/** What differs between a version and another, or the present. */
export interface Comparison {
  readonly from: string;
  /** Undefined: the present. */
  readonly to: string | undefined;
  readonly head: EntityDifference['fields'];
  readonly differences: readonly EntityDifference[];
}

/** How a project came about: its steps, the oldest first, and the states that were given a name. */
export class History {
  readonly #backend: BackendClient;
  readonly #project: Project;
  #steps = $state.raw<readonly ProjectStep[]>();
  #versions = $state.raw<readonly ProjectVersion[]>([]);
  #comparison = $state.raw<Comparison>();
  #error = $state.raw<BackendError>();
  #asked = 0;

  constructor(backend: BackendClient, project: Project) {
    this.#backend = backend;
    this.#project = project;
  }

  /** Undefined until they were read. */
  get steps(): readonly ProjectStep[] | undefined {
    return this.#steps;
  }
  /** The last step that is done; 0 before the first. */
  get at(): number {
    return this.#steps?.findLast(({ applied }) => applied)?.sequence ?? 0;
  }
  get versions(): readonly ProjectVersion[] {
    return this.#versions;
  }
  get comparison(): Comparison | undefined {
    return this.#comparison;
  }
  get error(): BackendError | undefined {
    return this.#error;
  }

  /** Reads steps and versions, and compares again where something is compared. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    const { project } = this.#project.state;
    const [steps, versions] = await Promise.all([
      this.#backend.call('project.history', { project }),
      this.#backend.call('project.versions.list', { project }),
    ]);
    if (asked !== this.#asked) return;
    this.#error = steps.ok ? undefined : steps.error;
    if (steps.ok) this.#steps = steps.value.steps;
    if (versions.ok) this.#versions = versions.value.versions;
    const compared = this.#comparison;
    if (compared) await this.compare(compared.from, compared.to);
  }

  async save(name: string): Promise<Answer<Output<'project.versions.save'>>> {
    const { project } = this.#project.state;
    const answer = await this.#backend.call('project.versions.save', { project, name });
    if (answer.ok) await this.read();
    return answer;
  }

  async remove(name: string): Promise<Answer<Output<'project.versions.delete'>>> {
    const { project } = this.#project.state;
    const answer = await this.#backend.call('project.versions.delete', { project, name });
    if (answer.ok) {
      if (this.#comparison?.from === name || this.#comparison?.to === name) this.endComparison();
      await this.read();
    }
    return answer;
  }

  async compare(from: string, to?: string): Promise<BackendError | undefined> {
    const { project } = this.#project.state;
    const answer = await this.#backend.call('project.versions.compare', {
      project,
      from,
      ...(to === undefined ? {} : { to }),
    });
    if (!answer.ok) return answer.error;
    this.#comparison = { from, to, ...answer.value };
    return undefined;
  }
  endComparison(): void {
    this.#comparison = undefined;
  }
}

const histories = new WeakMap<Project, History>();

/** The history of a project: one, for the panel that shows it and the dialog that adds to it. */
export function historyOf(backend: BackendClient, project: Project): History {
  let history = histories.get(project);
  if (!history) histories.set(project, (history = new History(backend, project)));
  return history;
}
