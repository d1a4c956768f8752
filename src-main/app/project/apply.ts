import { z } from 'zod';
import type { Design, Entity } from '../../model/design.ts';
import {
  collections,
  entityKinds,
  entityRef,
  type CollectionKey,
  type EntityKind,
  type EntityRef,
} from '../../model/ids.ts';
import { designIssue, formatPath, type DesignIssue, type Parsed } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { referenceIssues } from '../../model/references.ts';
import { designHead, formatVersion } from '../../model/schema/design.ts';
import { parseEntity, schemaIssues } from '../../model/validate.ts';
import type { Command, Edit, HeadEdit, MoveEdit, PutEdit, RemoveEdit } from './command.ts';
import { OrderedCollection, type Neighbours } from './ordered-collection.ts';

/** What an edit does to the rows that keep the design, in the order in which they are to be written. */
export type RowChange =
  | {
      readonly change: 'insert';
      readonly entity: EntityKind;
      readonly value: Entity;
      readonly between: Neighbours;
    }
  | { readonly change: 'update'; readonly entity: EntityKind; readonly value: Entity }
  | { readonly change: 'delete'; readonly entity: EntityKind; readonly id: string }
  | {
      readonly change: 'move';
      readonly entity: EntityKind;
      readonly id: string;
      readonly between: Neighbours;
    }
  | { readonly change: 'head'; readonly head: DesignHead };

/** What the design says of itself. */
export interface DesignHead {
  readonly name: string;
  readonly notes?: string | undefined;
}

export interface Applied {
  readonly design: Design;
  /** The command with its entities as the validators returned them: what is kept in the history. */
  readonly command: Command;
  /** Leads from the new design back to the old one, order included. */
  readonly inverse: Command;
  readonly rows: readonly RowChange[];
  /** The entities that were written, removed or moved; each once. */
  readonly changed: readonly EntityRef[];
}

type Collections = Partial<Record<CollectionKey, readonly Entity[]>>;

/**
 * The design after a command, and the command that undoes it. The design that comes out is valid as a whole; a command
 * that would break it is refused with everything that is wrong, and nothing has happened.
 */
export function applyCommand(design: Design, command: Command): Parsed<Applied> {
  const edits = command.kind === 'compound' ? command.edits : [command];
  const draft = new Draft(design);
  const issues: DesignIssue[] = [];
  const done: EditDone[] = [];
  for (const edit of edits) {
    const outcome = draft.apply(edit);
    if (outcome.ok) done.push(outcome.value);
    else issues.push(...outcome.issues);
    // Later edits may stand on a refused one; a few of its consequences are enough to read.
    if (issues.length >= limits.errorsListed) break;
  }
  if (issues.length > 0) return refused(issues);

  const next = draft.build();
  const references = referenceIssues(next);
  if (references.length > 0) return refused(references);

  const inverses = done.map(({ inverse }) => inverse).reverse();
  const [first, firstInverse] = [done[0]?.edit, inverses[0]];
  if (!first || !firstInverse) {
    return refused([designIssue('out-of-range', ['edits'], 'at least 1 entry', edits)]);
  }
  const step = (all: readonly Edit[], one: Edit): Command =>
    command.kind === 'compound' ? { kind: 'compound', label: command.label, edits: all } : one;
  return {
    ok: true,
    value: {
      design: next,
      command: step(
        done.map(({ edit }) => edit),
        first,
      ),
      inverse: step(inverses, firstInverse),
      rows: done.map(({ row }) => row),
      changed: [...new Set(done.flatMap(({ changed }) => changed ?? []))],
    },
  };
}

function refused(issues: readonly DesignIssue[]): Parsed<never> {
  const listed = issues.slice(0, limits.errorsListed);
  return { ok: false, issues: listed, omitted: issues.length - listed.length };
}

/** A design of these entities; kinds that have none are left out, and the keys stand in the text form's order. */
export function assembleDesign(
  head: DesignHead,
  entitiesOf: (kind: EntityKind) => readonly unknown[],
): unknown {
  const { name, notes } = head;
  const design: Record<string, unknown> = { hopscope: formatVersion, name };
  if (notes !== undefined) design['notes'] = notes;
  for (const kind of entityKinds) {
    const entities = entitiesOf(kind);
    if (entities.length > 0) design[collections[kind]] = entities;
  }
  return design;
}

interface EditDone {
  readonly edit: Edit;
  readonly inverse: Edit;
  readonly row: RowChange;
  readonly changed?: EntityRef;
}

const headSchema = z.strictObject({ name: designHead.name, notes: designHead.notes });

/** A design while it is edited: only the collections that an edit touches are unfolded. */
class Draft {
  readonly #base: Collections;
  readonly #touched = new Map<EntityKind, OrderedCollection<Entity>>();
  #head: DesignHead;

  constructor(design: Design) {
    this.#base = design;
    this.#head = headOf(design);
  }

  build(): Design {
    return assembleDesign(this.#head, (kind) => {
      const touched = this.#touched.get(kind);
      return touched ? touched.toArray() : (this.#base[collections[kind]] ?? []);
    }) as Design;
  }

  apply(edit: Edit): Parsed<EditDone> {
    switch (edit.kind) {
      case 'put':
        return this.#put(edit);
      case 'remove':
        return this.#remove(edit);
      case 'move':
        return this.#move(edit);
      case 'head':
        return this.#changeHead(edit);
      default:
        return edit satisfies never;
    }
  }

  #collection(kind: EntityKind): OrderedCollection<Entity> {
    const known = this.#touched.get(kind);
    if (known) return known;
    const unfolded = new OrderedCollection(this.#base[collections[kind]] ?? []);
    this.#touched.set(kind, unfolded);
    return unfolded;
  }

  #put(edit: PutEdit): Parsed<EditDone> {
    const { entity, before } = edit;
    const collection = this.#collection(entity);
    const parsed = parseEntity(entity, edit.value);
    if (!parsed.ok) {
      const id = (edit.value as { readonly id?: unknown } | null)?.id;
      const index = typeof id === 'string' ? collection.indexOf(id) : collection.size;
      const place = [collections[entity], index];
      return { ...parsed, issues: parsed.issues.map((issue) => placed(issue, place)) };
    }
    const value: Entity = parsed.value;
    const ref = entityRef(entity, value.id);
    const old = collection.get(value.id);
    if (old) {
      collection.replace(value);
      return ok({
        edit: { kind: 'put', entity, value } as PutEdit,
        inverse: { kind: 'put', entity, value: old } as PutEdit,
        row: { change: 'update', entity, value },
        changed: ref,
      });
    }
    if (before !== undefined && !collection.get(before)) return unknownEntity(entity, before);
    if (collection.size >= limits.entitiesPerKind) {
      const expected = `at most ${limits.entitiesPerKind} entries`;
      return refused([
        designIssue('out-of-range', [collections[entity]], expected, collection.size + 1),
      ]);
    }
    collection.insert(value, before);
    return ok({
      edit: { kind: 'put', entity, value, ...at(before) } as PutEdit,
      inverse: { kind: 'remove', entity, id: value.id },
      row: { change: 'insert', entity, value, between: collection.neighbours(value.id) },
      changed: ref,
    });
  }

  #remove(edit: RemoveEdit): Parsed<EditDone> {
    const { entity, id } = edit;
    const collection = this.#collection(entity);
    const old = collection.get(id);
    if (!old) return unknownEntity(entity, id);
    const { next } = collection.neighbours(id);
    collection.remove(id);
    return ok({
      edit,
      inverse: { kind: 'put', entity, value: old, ...at(next) } as PutEdit,
      row: { change: 'delete', entity, id },
      changed: entityRef(entity, id),
    });
  }

  #move(edit: MoveEdit): Parsed<EditDone> {
    const { entity, id, before } = edit;
    const collection = this.#collection(entity);
    if (!collection.get(id)) return unknownEntity(entity, id);
    if (before !== undefined && !collection.get(before)) return unknownEntity(entity, before);
    const { next } = collection.neighbours(id);
    collection.move(id, before);
    return ok({
      edit,
      inverse: { kind: 'move', entity, id, ...at(next) },
      row: { change: 'move', entity, id, between: collection.neighbours(id) },
      changed: entityRef(entity, id),
    });
  }

  #changeHead(edit: HeadEdit): Parsed<EditDone> {
    const old = this.#head;
    const notes = edit.notes === undefined ? old.notes : (edit.notes ?? undefined);
    const head = { name: edit.name ?? old.name, ...(notes === undefined ? {} : { notes }) };
    const parsed = parseHead(head);
    if (!parsed.ok) return parsed;
    this.#head = parsed.value;
    return ok({
      edit,
      inverse: {
        kind: 'head',
        ...(edit.name === undefined ? {} : { name: old.name }),
        ...(edit.notes === undefined ? {} : { notes: old.notes ?? null }),
      },
      row: { change: 'head', head: this.#head },
    });
  }
}

const ok = (value: EditDone): Parsed<EditDone> => ({ ok: true, value });

const at = (before: string | undefined) => (before === undefined ? {} : { before });

export function parseHead(value: unknown): Parsed<DesignHead> {
  const shape = headSchema.safeParse(value);
  if (shape.success) return { ok: true, value: headOf(shape.data) };
  return refused(schemaIssues(value, shape.error));
}

export function headOf({ name, notes }: DesignHead): DesignHead {
  return notes === undefined ? { name } : { name, notes };
}

function unknownEntity(kind: EntityKind, id: string): Parsed<never> {
  const expected = `the id of a ${kind} of this design`;
  return refused([designIssue('dangling-id', [collections[kind]], expected, id)]);
}

/** An issue of a part, told from the whole. */
function placed(issue: DesignIssue, place: readonly (string | number)[]): DesignIssue {
  const segments = [...place, ...issue.segments];
  return { ...issue, segments, path: formatPath(segments) };
}
