import type { BackendClient } from '../api/backend.ts';
import type {
  Answer,
  Change,
  ChangePlan,
  Design,
  Edit,
  Entity,
  Events,
  Finding,
  Output,
  ProjectChange,
  ProjectState,
} from '../../src-main/contract/index.ts';
import { editDesign } from '../../src-main/contract/edits.ts';
import { collections, entityRef, parseEntityRef } from '../../src-main/contract/vocabulary.ts';
import { Follow } from './follow.svelte.ts';
import { Runs } from './runs.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { View } from './view.svelte.ts';

/** A project that is open in this window: its design as it is now, and everything that is asked of it. */
export class Project {
  readonly selection = new Selection();
  readonly view = new View();
  readonly runs: Runs;
  readonly follow: Follow;
  readonly #backend: BackendClient;
  /** What this window calls itself. */
  readonly #origin: string;
  #state: ProjectState = $state.raw() as ProjectState;
  #design: Design = $state.raw() as Design;
  #findings = $state.raw<readonly Finding[]>([]);
  #trouble = $state.raw<Events['project.trouble']>();
  #checking = 0;
  readonly #entities = $derived.by(() => entityMap(this.#design));

  constructor(backend: BackendClient, origin: string, state: ProjectState, design: Design) {
    this.#backend = backend;
    this.#origin = origin;
    this.#state = state;
    this.#design = design;
    this.runs = new Runs(backend, () => this.#state);
    this.follow = new Follow(backend, this.selection, () => this.#state);
    void this.refresh();
  }

  get state(): ProjectState {
    return this.#state;
  }
  get design(): Design {
    return this.#design;
  }
  get editable(): boolean {
    return this.#state.access === 'edit';
  }
  get findings(): readonly Finding[] {
    return this.#findings;
  }
  /** What is wrong with the file, until it is settled. */
  get trouble() {
    return this.#trouble;
  }

  /** The entity of a reference, `node:esg`. */
  entity(ref: string): Entity | undefined {
    return this.#entities.get(ref);
  }

  /** Does a change that the user made on the drawing. */
  async change(change: Change): Promise<Answer<Output<'project.change'>>> {
    const { project } = this.#state;
    const answer = await this.#backend.call('project.change', {
      project,
      change,
      origin: this.#origin,
    });
    if (answer.ok) this.#take(answer.value, answer.value.edits);
    return answer;
  }

  /** What a change would do, without doing it. */
  plan(change: Change): Promise<Answer<ChangePlan>> {
    return this.#backend.call('project.plan', { project: this.#state.project, change });
  }

  /** Writes entities as they are given: what forms and text views do. */
  async apply(label: string, edits: readonly Edit[]): Promise<Answer<ProjectChange>> {
    const { project } = this.#state;
    const command = { kind: 'compound', label, edits };
    const answer = await this.#backend.call('project.apply', {
      project,
      command,
      origin: this.#origin,
    });
    if (answer.ok) this.#take(answer.value, answer.value.edits);
    return answer;
  }

  /** Writes one entity as it is given. */
  put(label: string, ref: string, value: Entity): Promise<Answer<ProjectChange>> {
    const kind = parseEntityRef(ref)?.kind;
    if (kind === undefined) throw new Error(`${ref} is no entity`);
    return this.apply(label, [{ kind: 'put', entity: kind, value }]);
  }

  undo(): Promise<Answer<ProjectChange>> {
    return this.#step('project.undo');
  }
  redo(): Promise<Answer<ProjectChange>> {
    return this.#step('project.redo');
  }
  async goTo(sequence: number): Promise<Answer<ProjectChange>> {
    const { project } = this.#state;
    const origin = this.#origin;
    const answer = await this.#backend.call('project.goTo', { project, sequence, origin });
    if (answer.ok) this.#take(answer.value, answer.value.edits);
    return answer;
  }

  /** The design as it was when the version was saved; one step of the history. */
  async restore(name: string): Promise<Answer<ProjectChange>> {
    const { project } = this.#state;
    const origin = this.#origin;
    const answer = await this.#backend.call('project.versions.restore', { project, name, origin });
    if (answer.ok) this.#take(answer.value, answer.value.edits);
    return answer;
  }

  /** Ends the trouble with the file: by what it holds now, or by what is here. */
  async settle(keep: 'theirs' | 'ours'): Promise<Answer<ProjectChange>> {
    const { project } = this.#state;
    const answer = await this.#backend.call('project.settle', { project, keep });
    if (!answer.ok) return answer;
    this.#trouble = undefined;
    this.#take(answer.value, answer.value.edits);
    return answer;
  }

  async #step(method: 'project.undo' | 'project.redo'): Promise<Answer<ProjectChange>> {
    const { project } = this.#state;
    const answer = await this.#backend.call(method, { project, origin: this.#origin });
    if (answer.ok) this.#take(answer.value, answer.value.edits);
    return answer;
  }

  /** What another window, or the file, made of it. Events of our own edits say what the answer said already. */
  takeEvent({ state, edits }: Events['project.changed']): void {
    this.#take(state, edits);
  }
  takeTrouble(trouble: Events['project.trouble'] | undefined): void {
    this.#trouble = trouble;
  }

  /** Reads all of it anew: after the backend came back, or where a revision was missed. */
  async reload(file: string): Promise<Answer<ProjectState>> {
    const opened = await this.#backend.call('project.open', { file });
    if (!opened.ok) return opened;
    const read = await this.#backend.call('project.read', { project: opened.value.project });
    if (!read.ok) return read;
    this.#state = read.value.state;
    this.#design = read.value.design;
    void this.refresh();
    return { ok: true, value: read.value.state };
  }

  /** The same project in another file. */
  takeState(state: ProjectState): void {
    this.#state = state;
  }

  /** An answer and the event of the same edit both come here, in either order. */
  #take(state: ProjectState, edits: readonly Edit[]): void {
    const { revision } = this.#state;
    if (state.project !== this.#state.project || state.revision <= revision) return;
    if (state.revision > revision + 1) {
      // A revision is still on its way, or was missed: the whole is asked for.
      void this.#catchUp();
      return;
    }
    this.#state = state;
    this.#design = editDesign(this.#design, edits);
    this.selection.keepOnly((ref) => !ref.includes(':') || this.#exists(ref));
    if (edits.some((edit) => edit.kind === 'head' || edit.entity !== 'layout')) void this.refresh();
  }

  #exists(ref: string): boolean {
    const kind = ref.slice(0, ref.indexOf(':'));
    return !Object.hasOwn(collections, kind) || this.#entities.has(ref);
  }

  async #catchUp(): Promise<void> {
    const read = await this.#backend.call('project.read', { project: this.#state.project });
    if (!read.ok || read.value.state.revision <= this.#state.revision) return;
    this.#state = read.value.state;
    this.#design = read.value.design;
    void this.refresh();
  }

  /** Runs flows and checks again. */
  async refresh(): Promise<void> {
    const checking = ++this.#checking;
    const source = { kind: 'project', project: this.#state.project } as const;
    void this.follow.refresh();
    const run = this.runs.runAll();
    const lint = await this.#backend.call('design.lint', { source });
    if (checking === this.#checking && lint.ok) this.#findings = lint.value.findings;
    await run;
  }
}

function entityMap(design: Design): ReadonlyMap<string, Entity> {
  const map = new Map<string, Entity>();
  for (const [kind, key] of Object.entries(collections)) {
    const items: readonly Entity[] = design[key] ?? [];
    for (const item of items) map.set(entityRef(kind as keyof typeof collections, item.id), item);
  }
  return map;
}
