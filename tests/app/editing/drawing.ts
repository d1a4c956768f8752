import type { Change } from '../../../src-main/contract/changes.ts';
import type { ChangePlan } from '../../../src-main/contract/methods.ts';
import { planChange } from '../../../src-main/app/editing/index.ts';
import { applyCommand, type Command } from '../../../src-main/app/project/index.ts';
import type { Design, Entity, EntityOf, Flow } from '../../../src-main/model/design.ts';
import {
  collections,
  entityRef,
  parseEntityRef,
  type EntityKind,
} from '../../../src-main/model/ids.ts';
import { issueSentence } from '../../../src-main/model/issue.ts';
import { expectationKo } from '../../../src-renderer/i18n/expectations-ko.ts';
import { compile, simulate, type Result } from '../../../src-main/sim/index.ts';

export const emptyDesign: Design = { hopscope: 1, name: 'Test' };

/** A design that is drawn gesture by gesture; what each one planned can be asked for. */
export class Drawing {
  design: Design;
  #plan: ChangePlan | undefined;

  constructor(design: Design = emptyDesign) {
    this.design = design;
  }

  /** The last change's plan. */
  get plan(): ChangePlan {
    if (!this.#plan) throw new Error('nothing planned yet');
    return this.#plan;
  }

  /** What the last change left undone, in English. */
  get leftOut(): readonly string[] {
    return this.plan.leftOut.map(({ text }) => text);
  }

  /** Plans and does a change; gives the id of what it created first. */
  do(change: Change): string {
    const outcome = planChange(this.design, change);
    if (!outcome.ok) throw new Error(outcome.issues.map(issueSentence).join('\n'));
    this.#plan = outcome.plan;
    const { label, edits } = outcome.plan;
    this.apply({ kind: 'compound', label, edits } as Command);
    const [first] = outcome.plan.created;
    return first === undefined ? '' : (parseEntityRef(first)?.id ?? '');
  }

  add(thing: Extract<Change, { kind: 'add' }>['thing'], into?: string): string {
    return this.do({ kind: 'add', thing, ...(into === undefined ? {} : { into }) });
  }

  connect(from: string, to: string): this {
    this.do({ kind: 'connect', from: this.#ref(from), to: this.#ref(to) });
    return this;
  }

  /** What a form writes: the entity as a whole. */
  put<Kind extends EntityKind>(entity: Kind, value: EntityOf<Kind>): this {
    this.apply({ kind: 'put', entity, value } as Command);
    return this;
  }

  apply(command: Command): void {
    const applied = applyCommand(this.design, command);
    if (!applied.ok) throw new Error(applied.issues.map(issueSentence).join('\n'));
    this.design = applied.value.design;
  }

  get<Kind extends EntityKind>(kind: Kind, id: string): EntityOf<Kind> {
    const items = (this.design[collections[kind]] ?? []) as readonly Entity[];
    const found = items.find((entity) => entity.id === id);
    if (!found) throw new Error(`no ${kind} ${id}`);
    return found as EntityOf<Kind>;
  }

  has(kind: EntityKind, id: string): boolean {
    return ((this.design[collections[kind]] ?? []) as readonly Entity[]).some(
      (entity) => entity.id === id,
    );
  }

  /** `eth0 192.168.1.2/24` */
  interfaces(node: string): string[] {
    return (this.get('node', node).interfaces ?? []).map((item) =>
      [item.id, ...(item.addresses ?? [])].join(' '),
    );
  }

  /** `0.0.0.0/0 via 192.168.1.1` */
  routes(node: string): string[] {
    return (this.get('node', node).routes ?? []).map(
      ({ destination, via, interface: out }) =>
        `${destination} ${via === undefined ? `dev ${out}` : `via ${via}`}`,
    );
  }

  run(flow: Omit<Flow, 'id'>): Result {
    return simulate(compile(this.design), { id: 'asked', ...flow });
  }

  #ref(text: string): string {
    if (text.includes(':')) return text;
    for (const kind of ['node', 'segment', 'cluster'] as const) {
      if (this.has(kind, text)) return entityRef(kind, text);
    }
    return text;
  }
}

/** The sentences of what stands against a change. */
export function refusal(design: Design, change: Change): string {
  const outcome = planChange(design, change);
  if (outcome.ok) return '';
  for (const { expected } of outcome.issues) {
    if (!/\p{Script=Hangul}/u.test(expectationKo(expected) ?? '')) {
      throw new Error(`There is no Korean for: ${expected}`);
    }
  }
  return outcome.issues.map(issueSentence).join('\n');
}
