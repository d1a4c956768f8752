import type { Finding } from '../../src-main/contract/index.ts';
import { errorWords } from '../i18n/error-words.ts';
import type { FieldIssue, FieldPart } from './inspector-editor.svelte.ts';
import type { Path } from './inspector-path.ts';
import type { Project } from './project.svelte.ts';

/** The design's own name or notes as a field edits them. */
export class HeadPart implements FieldPart {
  readonly draft = undefined;
  readonly #project: Project;
  readonly #field: 'name' | 'notes';
  #waiting = $state.raw<string>();
  #issues = $state.raw<readonly FieldIssue[]>([]);

  constructor(project: Project, field: 'name' | 'notes') {
    this.#project = project;
    this.#field = field;
  }

  get key(): string {
    return this.#field;
  }
  get place(): Path {
    return [this.#field];
  }
  get editable(): boolean {
    return this.#project.editable;
  }
  get value(): unknown {
    return this.#project.design[this.#field];
  }
  get waiting(): string | undefined {
    return this.#waiting;
  }
  get issues(): readonly FieldIssue[] {
    return this.#issues;
  }
  get findings(): readonly Finding[] {
    return [];
  }

  async set(value: string | undefined, text = ''): Promise<boolean> {
    const edit =
      this.#field === 'name'
        ? { kind: 'head' as const, name: value ?? '' }
        : { kind: 'head' as const, notes: value ?? null };
    const answer = await this.#project.apply(`Change the design's ${this.#field}`, [edit]);
    this.#waiting = answer.ok ? undefined : text;
    this.#issues = [];
    if (!answer.ok) {
      const { detail } = answer.error;
      const [issue] = 'issues' in detail ? (detail.issues ?? []) : [];
      const expected = issue?.expected ?? errorWords(answer.error).text;
      this.#issues = [
        { path: [], code: 'bad-value', expected, ...(issue ? {} : { elsewhere: '' }) },
      ];
    }
    return answer.ok;
  }

  hold(_value: unknown, text: string, meanwhile: string): void {
    this.#waiting = text;
    this.#issues = [{ path: [], code: 'inconsistent', expected: '', meanwhile }];
  }

  discard(): void {
    this.#waiting = undefined;
    this.#issues = [];
  }
}
