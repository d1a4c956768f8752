import type { Edit, Entity, EntityKind, Finding } from '../../src-main/contract/index.ts';
import { parseEntityRef } from '../../src-main/contract/vocabulary.ts';
import { errorWords } from '../i18n/error-words.ts';
import type { FieldIssue, FieldPart } from './inspector-editor.svelte.ts';
import { withValue, type Path } from './inspector-path.ts';
import type { Project } from './project.svelte.ts';

export const commonFieldNames = [
  'site',
  'runsOn',
  'transportZone',
  'namespace',
  'mtu',
  'state',
  'tags',
] as const;
export type CommonField = (typeof commonFieldNames)[number];

/** One of the things that are selected. */
export interface Selected {
  readonly kind: EntityKind;
  readonly entity: Entity;
}

const isOf =
  (...kinds: readonly EntityKind[]) =>
  ({ kind }: Selected) =>
    kinds.includes(kind);
const subkindOf = ({ entity }: Selected) => ('kind' in entity ? entity.kind : undefined);

/** Who can have it. */
const holders: Readonly<Record<CommonField, (one: Selected) => boolean>> = {
  tags: () => true,
  site: isOf('node', 'segment'),
  state: isOf('node', 'link', 'stretch'),
  mtu: isOf('segment', 'link'),
  namespace: isOf('workload', 'service', 'ingress', 'network-policy'),
  runsOn: (one) =>
    one.kind === 'node' &&
    subkindOf(one) !== 'hypervisor' &&
    subkindOf(one) !== 'distributed-router',
  transportZone: (one) => subkindOf(one) === 'vxlan' || subkindOf(one) === 'distributed-router',
};

/** The fields that every one of these can have. */
export const commonFields = (selected: readonly Selected[]): ReadonlySet<CommonField> =>
  new Set(commonFieldNames.filter((field) => selected.every(holders[field])));

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

  /** What each of them has. */
  get values(): readonly unknown[] {
    return this.#refs.map(
      (ref) =>
        (this.#project.entity(ref) as Readonly<Record<string, unknown>> | undefined)?.[this.#field],
    );
  }
  /** Whether they differ. */
  get mixed(): boolean {
    return new Set(this.values.map((value) => JSON.stringify(value))).size > 1;
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
    return this.mixed ? undefined : this.values[0];
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

  set(value: unknown, text = String(value)): Promise<boolean> {
    return this.setEach(() => value, text);
  }

  /** Writes what becomes of the value that each of them has. */
  async setEach(next: (value: unknown) => unknown, text: string): Promise<boolean> {
    const edits = this.#refs.flatMap((ref): Edit[] => {
      const kind = parseEntityRef(ref)?.kind;
      const entity = this.#project.entity(ref);
      if (kind === undefined || !entity) return [];
      const value = next((entity as Readonly<Record<string, unknown>>)[this.#field]);
      const changed = withValue(entity, [this.#field], value) as Entity;
      if (JSON.stringify(changed) === JSON.stringify(entity)) return [];
      return [{ kind: 'put', entity: kind, value: changed }];
    });
    if (edits.length === 0) {
      this.discard();
      return true;
    }
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
          expected: issue?.expected ?? errorWords(answer.error).text,
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
