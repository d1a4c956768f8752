import type { Edit, Entity, EntityKind, Finding } from '../../src-main/contract/index.ts';
import { parseEntityRef } from '../../src-main/contract/vocabulary.ts';
import type { FieldIssue, FieldPart } from './inspector-editor.svelte.ts';
import { withValue, type Path } from './inspector-path.ts';
import type { Project } from './project.svelte.ts';

export type CommonField = 'tags' | 'site' | 'state';

const kindsWith: Readonly<Record<CommonField, ReadonlySet<EntityKind> | undefined>> = {
  tags: undefined,
  site: new Set<EntityKind>(['node', 'segment']),
  state: new Set<EntityKind>(['node', 'link', 'stretch']),
};

/** The fields that every one of these has. */
export function commonFields(
  entities: readonly { readonly kind: EntityKind }[],
): ReadonlySet<CommonField> {
  const fields = Object.entries(kindsWith) as [CommonField, ReadonlySet<EntityKind> | undefined][];
  return new Set(
    fields.flatMap(([field, kinds]) =>
      entities.every(({ kind }) => kinds?.has(kind) ?? true) ? [field] : [],
    ),
  );
}

/** One field of several entities: written to all of them as one step. */
export class CommonPart implements FieldPart {
  readonly draft = undefined;
  readonly #project: Project;
  readonly #refs: readonly string[];
  readonly #field: CommonField;
  #waiting = $state.raw<string>();
  #issues = $state.raw<readonly FieldIssue[]>([]);

  constructor(project: Project, refs: readonly string[], field: CommonField) {
    this.#project = project;
    this.#refs = refs;
    this.#field = field;
  }

  get #values(): readonly unknown[] {
    return this.#refs.map(
      (ref) =>
        (this.#project.entity(ref) as Readonly<Record<string, unknown>> | undefined)?.[this.#field],
    );
  }
  /** Whether they differ. */
  get mixed(): boolean {
    return new Set(this.#values.map((value) => JSON.stringify(value))).size > 1;
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
    return this.mixed ? undefined : this.#values[0];
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

  async set(value: unknown, text = String(value)): Promise<boolean> {
    const edits = this.#refs.flatMap((ref): Edit[] => {
      const kind = parseEntityRef(ref)?.kind;
      const entity = this.#project.entity(ref);
      if (kind === undefined || !entity) return [];
      const next = withValue(entity, [this.#field], value) as Entity;
      return [{ kind: 'put', entity: kind, value: next }];
    });
    const label = `Change ${this.#field} of ${edits.length} things`;
    const answer = await this.#project.apply(label, edits);
    this.#waiting = answer.ok ? undefined : text;
    this.#issues = [];
    if (!answer.ok) {
      const { detail } = answer.error;
      const [issue] = 'issues' in detail ? (detail.issues ?? []) : [];
      this.#issues = [
        {
          path: [],
          code: 'bad-value',
          expected: issue?.expected ?? answer.error.text,
          ...(issue?.value !== undefined && { value: issue.value }),
          ...(issue ? {} : { elsewhere: '' }),
        },
      ];
    }
    return answer.ok;
  }

  discard(): void {
    this.#waiting = undefined;
    this.#issues = [];
  }
}
