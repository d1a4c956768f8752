import type { Issue } from '../../src-main/contract/index.ts';
import { errorWords } from '../i18n/error-words.ts';
import type { EntityEditor } from './inspector-editor.svelte.ts';
import type { Project } from './project.svelte.ts';
import type { Session } from './session.svelte.ts';

/** A pause in typing after which a text is checked. */
const pauseMs = 250;

/** The selection as text: what stands in the design, what has been made of it, and what is wrong with that. */
export class SourceText {
  readonly #session: Session;
  readonly #project: Project;
  readonly #refs: readonly string[];
  /** Absent where several things are shown, which are only read. */
  readonly #editor: EntityEditor | undefined;
  #saved = $state.raw<string>();
  #text = $state.raw('');
  #issues = $state.raw<readonly Issue[]>([]);
  #failure = $state.raw<string>();
  #applying = $state(false);
  #behind = $state(false);
  #revision = -1;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    session: Session,
    project: Project,
    refs: readonly string[],
    editor: EntityEditor | undefined,
  ) {
    this.#session = session;
    this.#project = project;
    this.#refs = refs;
    this.#editor = editor;
  }

  get text(): string {
    return this.#text;
  }
  get ready(): boolean {
    return this.#saved !== undefined;
  }
  get changed(): boolean {
    return this.#saved !== undefined && this.#text !== this.#saved;
  }
  get issues(): readonly Issue[] {
    return this.#issues;
  }
  /** Why the text could not be had or applied, apart from issues. */
  get failure(): string | undefined {
    return this.#failure;
  }
  get applying(): boolean {
    return this.#applying;
  }
  /** Whether the design has changed since the text was begun to be edited. */
  get behind(): boolean {
    return this.#behind;
  }
  get editable(): boolean {
    return this.#editor !== undefined && this.#project.editable;
  }
  /** Whether the id was changed, which only renaming may. */
  get renames(): boolean {
    return this.#issues.some(({ path, code }) => path === 'id' && code === 'inconsistent');
  }

  /** Reads the text of the present design; what is being edited stays. */
  async read(revision: number): Promise<void> {
    if (revision === this.#revision) return;
    this.#revision = revision;
    const asked = ++this.#asked;
    const { project } = this.#project.state;
    const answer = await this.#session.backend.call('entity.format', {
      project,
      refs: [...this.#refs],
    });
    if (asked !== this.#asked) return;
    if (!answer.ok) {
      this.#failure = errorWords(answer.error).text;
      return;
    }
    const { text } = answer.value;
    this.#failure = undefined;
    if (!this.changed) {
      this.#text = text;
      this.#issues = [];
    } else if (text !== this.#saved) this.#behind = true;
    this.#saved = text;
  }

  type(text: string): void {
    this.#text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), pauseMs);
  }

  revert(): void {
    clearTimeout(this.#timer);
    this.#text = this.#saved ?? '';
    this.#issues = [];
    this.#failure = undefined;
    this.#behind = false;
  }

  async #check(): Promise<boolean> {
    const text = this.#text;
    const [ref = ''] = this.#refs;
    const { project } = this.#project.state;
    const answer = await this.#session.backend.call('entity.parse', { project, ref, text });
    if (text !== this.#text) return false;
    this.#failure = answer.ok ? undefined : errorWords(answer.error).text;
    this.#issues = answer.ok && 'issues' in answer.value ? answer.value.issues : [];
    return answer.ok && 'entity' in answer.value;
  }

  /** Puts the text into the design, as one step. */
  async apply(): Promise<boolean> {
    const editor = this.#editor;
    if (!editor || !this.changed || this.#applying) return false;
    clearTimeout(this.#timer);
    this.#applying = true;
    const applied = await this.#put(editor);
    this.#applying = false;
    return applied;
  }

  async #put(editor: EntityEditor): Promise<boolean> {
    const text = this.#text;
    const [ref = ''] = this.#refs;
    const { project } = this.#project.state;
    const parsed = await this.#session.backend.call('entity.parse', { project, ref, text });
    if (!parsed.ok) {
      this.#failure = errorWords(parsed.error).text;
      return false;
    }
    if ('issues' in parsed.value) {
      this.#issues = parsed.value.issues;
      return false;
    }
    // What it is now is what was typed, however the design writes it: the next reading takes its place.
    this.#saved = text;
    this.#behind = false;
    this.#issues = [];
    const answer = await editor.replace(parsed.value.entity);
    this.#failure = answer.ok ? undefined : errorWords(answer.error).text;
    return answer.ok;
  }
}
