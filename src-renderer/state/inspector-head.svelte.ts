import type { Finding } from '../../src-main/contract/index.ts';
import { Part, type EntityEditor, type FieldIssue } from './inspector-editor.svelte.ts';
import type { Project } from './project.svelte.ts';

/** The design's own name or notes as a field edits them. */
export class HeadPart extends Part {
  readonly #project: Project;
  readonly #field: 'name' | 'notes';
  #waiting = $state.raw<string>();
  #issues = $state.raw<readonly FieldIssue[]>([]);

  constructor(project: Project, field: 'name' | 'notes') {
    // A design has no editor of its own; everything that would ask it is answered here.
    super({ project } as EntityEditor, [field]);
    this.#project = project;
    this.#field = field;
  }

  override get value(): unknown {
    return this.#project.design[this.#field];
  }
  override get waiting(): string | undefined {
    return this.#waiting;
  }
  override get issues(): readonly FieldIssue[] {
    return this.#issues;
  }
  override get findings(): readonly Finding[] {
    return [];
  }

  override async set(value: unknown, text = ''): Promise<boolean> {
    const edit =
      this.#field === 'name'
        ? { kind: 'head' as const, name: String(value) }
        : { kind: 'head' as const, notes: value === undefined ? null : String(value) };
    const answer = await this.#project.apply(`Change the design's ${this.#field}`, [edit]);
    this.#waiting = answer.ok ? undefined : text;
    this.#issues = [];
    if (!answer.ok) {
      const { detail } = answer.error;
      const [issue] = 'issues' in detail ? (detail.issues ?? []) : [];
      const expected = issue?.expected ?? answer.error.text;
      this.#issues = [
        { path: [], code: 'bad-value', expected, ...(issue ? {} : { elsewhere: '' }) },
      ];
    }
    return answer.ok;
  }

  override discard(): void {
    this.#waiting = undefined;
    this.#issues = [];
  }
}
