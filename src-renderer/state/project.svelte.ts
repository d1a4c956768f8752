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
import { editDesign } from '../../src-main/contract/index.ts';
import {
  collections,
  entityRef,
  parseEntityRef,
  type EntityKind,
} from '../../src-main/contract/vocabulary.ts';
import { Follow } from './follow.svelte.ts';
import { Installs } from './installs.svelte.ts';
import { Runs } from './runs.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { View } from './view.svelte.ts';
import { WhyNot } from './why-not.svelte.ts';

/** A project that is open in this window: its design as it is now, and everything that is asked of it. */
export class Project {
  readonly selection = new Selection();
  readonly view = new View();
  readonly runs: Runs;
  readonly follow: Follow;
  readonly whyNot: WhyNot;
  readonly installs: Installs;
  readonly #backend: BackendClient;
  /** What this window calls itself. */
  readonly #origin: string;
  #state: ProjectState = $state.raw() as ProjectState;
  #design: Design = $state.raw() as Design;
  #findings = $state.raw<readonly Finding[]>([]);
  #trouble = $state.raw<Events['project.trouble']>();
  #checking = 0;
  #reloading: Promise<Answer<ProjectState>> | undefined;

  constructor(backend: BackendClient, origin: string, state: ProjectState, design: Design) {
    this.#backend = backend;
    this.#origin = origin;
    this.#state = state;
    this.#design = design;
    this.#trouble = troubleIn(state);
    this.runs = new Runs(backend, () => this.#state);
    this.follow = new Follow(backend, this.selection, () => this.#state);
    this.whyNot = new WhyNot(backend, origin, () => this);
    this.installs = new Installs(backend, origin, () => this);
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
    return entityIn(this.#design, ref);
  }

  /** Does a change that the user made on the drawing. */
  change(change: Change): Promise<Answer<Output<'project.change'>>> {
    return this.#edit((of) => this.#backend.call('project.change', { ...of, change }));
  }

  /** What a change would do, without doing it. */
  plan(change: Change): Promise<Answer<ChangePlan>> {
    return this.#backend.call('project.plan', { project: this.#state.project, change });
  }

  /** Writes entities as they are given: what forms and text views do. */
  apply(
    label: string,
    edits: readonly Edit[],
    read: Readonly<Record<string, Entity>> = readBy(this.#design, edits),
  ): Promise<Answer<ProjectChange>> {
    const command = { kind: 'compound', label, edits };
    return this.#edit((of) => this.#backend.call('project.apply', { ...of, command, read }));
  }

  /** Writes what was worked out from the design as it was then: what was made of it since is kept. */
  applyTo(design: Design, label: string, edits: readonly Edit[]): Promise<Answer<ProjectChange>> {
    return this.apply(label, edits, readBy(design, edits));
  }

  /** Writes one entity as it is given; `read` is what it was made of, what is shown now when absent. */
  put(label: string, ref: string, value: Entity, read?: Entity): Promise<Answer<ProjectChange>> {
    const kind = parseEntityRef(ref)?.kind;
    if (kind === undefined) throw new Error(`${ref} is no entity`);
    return this.apply(label, [{ kind: 'put', entity: kind, value }], read && { [ref]: read });
  }

  undo(): Promise<Answer<ProjectChange>> {
    return this.#edit((of) => this.#backend.call('project.undo', of));
  }
  redo(): Promise<Answer<ProjectChange>> {
    return this.#edit((of) => this.#backend.call('project.redo', of));
  }
  goTo(sequence: number): Promise<Answer<ProjectChange>> {
    return this.#edit((of) => this.#backend.call('project.goTo', { ...of, sequence }));
  }

  /** The design as it was when the version was saved; one step of the history. */
  restore(name: string): Promise<Answer<ProjectChange>> {
    return this.#edit((of) => this.#backend.call('project.versions.restore', { ...of, name }));
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

  /** A backend that does not know the project any more has not done the edit: it is opened there again, and asked again. */
  async #edit<Value extends ProjectChange>(
    ask: (of: { readonly project: string; readonly origin: string }) => Promise<Answer<Value>>,
  ): Promise<Answer<Value>> {
    const askNow = () => ask({ project: this.#state.project, origin: this.#origin });
    let answer = await askNow();
    if (!answer.ok && answer.error.code === 'project-not-open') {
      const reloaded = await this.reload(this.#state.file);
      answer = reloaded.ok ? await askNow() : reloaded;
    }
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

  takeProgress(run: string, done: number, total: number): void {
    this.runs.takeProgress(run, done, total);
    this.installs.takeProgress(run, done, total);
  }

  /** Reads all of it anew: after the backend came back. A backend that does not know the project any more opens it again. */
  reload(file: string): Promise<Answer<ProjectState>> {
    this.#reloading ??= this.#reload(file).finally(() => (this.#reloading = undefined));
    return this.#reloading;
  }

  async #reload(file: string): Promise<Answer<ProjectState>> {
    const known = await this.#backend.call('project.read', { project: this.#state.project });
    if (known.ok) {
      // What was told meanwhile can be newer than this answer.
      if (known.value.state.revision >= this.#state.revision) this.#replace(known.value);
      return { ok: true, value: this.#state };
    }
    if (known.error.code !== 'project-not-open') return known;
    const opened = await this.#open(file);
    if (!opened.ok) return opened;
    const read = await this.#backend.call('project.read', { project: opened.value.project });
    if (!read.ok) return read;
    this.#replace(read.value);
    return { ok: true, value: this.#state };
  }

  /** A draft that nothing was done to was put away when its last window seemed to be gone: it is made again. */
  async #open(file: string): Promise<Answer<ProjectState>> {
    const opened = await this.#backend.call('project.open', { file });
    const isPutAway =
      !opened.ok &&
      opened.error.code === 'project-refused' &&
      opened.error.detail.reason === 'file-missing';
    if (!isPutAway || !this.#state.draft) return opened;
    const source = { kind: 'design', design: this.#design } as const;
    return this.#backend.call('project.createDraft', { source });
  }

  #replace({ state, design }: Output<'project.read'>): void {
    this.#state = state;
    this.#design = design;
    this.#trouble = troubleIn(state);
    this.selection.keepOnly((ref) => !ref.includes(':') || this.#exists(ref));
    void this.refresh();
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
    return !Object.hasOwn(collections, kind) || this.entity(ref) !== undefined;
  }

  async #catchUp(): Promise<void> {
    const read = await this.#backend.call('project.read', { project: this.#state.project });
    if (read.ok && read.value.state.revision > this.#state.revision) this.#replace(read.value);
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

/** The trouble that a project was in when it was opened. */
const troubleIn = ({
  project,
  file,
  trouble,
}: ProjectState): Events['project.trouble'] | undefined => trouble && { project, file, ...trouble };

/** What is written, as it stands in the design: what another window has made of it meanwhile is kept. */
function readBy(design: Design, edits: readonly Edit[]): Record<string, Entity> {
  const read: Record<string, Entity> = {};
  for (const edit of edits) {
    if (edit.kind !== 'put') continue;
    const ref = entityRef(edit.entity, edit.value.id);
    const entity = entityIn(design, ref);
    if (entity) read[ref] = entity;
  }
  return read;
}

const byId = new WeakMap<readonly Entity[], ReadonlyMap<string, Entity>>();

/** Looked up by a table of its collection alone, made once: an edit leaves most collections as they are. */
function entityIn(design: Design, ref: string): Entity | undefined {
  const colon = ref.indexOf(':');
  const kind = ref.slice(0, colon);
  if (!Object.hasOwn(collections, kind)) return undefined;
  const items: readonly Entity[] = design[collections[kind as EntityKind]] ?? [];
  let entities = byId.get(items);
  if (!entities) byId.set(items, (entities = new Map(items.map((item) => [item.id, item]))));
  return entities.get(ref.slice(colon + 1));
}
