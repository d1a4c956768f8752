import type { Design, Entity } from '../../model/design.ts';
import {
  collections,
  entityRef,
  parseEntityRef,
  type CollectionKey,
  type EntityKind,
  type EntityRef,
} from '../../model/ids.ts';
import { designIssue, formatPath, type DesignIssue, type Parsed } from '../../model/issue.ts';
import { limits } from '../../model/limits.ts';
import { parseEntity } from '../../model/validate.ts';
import type { Edit, HeadEdit, MoveEdit, PutEdit, RemoveEdit } from './command.ts';
import { assembleDesign, headOf, parseHead, type DesignHead } from './document.ts';
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

/** What one edit has done, and how it is undone. */
export interface EditDone {
  readonly edit: Edit;
  readonly inverse: Edit;
  readonly row: RowChange;
  readonly changed?: EntityRef;
  /** Whether a reference of any entity can be broken by it, so that all have to be looked at. */
  readonly mayBreak: boolean;
}

type Collections = Partial<Record<CollectionKey, readonly Entity[]>>;

/** A design while it is edited: only the collections that an edit touches are unfolded. */
export class Draft {
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

  #has(ref: string): boolean {
    const { kind, id } = parseEntityRef(ref) ?? {};
    if (kind === undefined || id === undefined) return false;
    const touched = this.#touched.get(kind);
    if (touched) return touched.get(id) !== undefined;
    return this.#base[collections[kind]]?.some((entity) => entity.id === id) ?? false;
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
        mayBreak: entity !== 'layout' && essence(old) !== essence(value),
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
      mayBreak: entity !== 'layout' || !this.#has(value.id),
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
      mayBreak: entity !== 'layout',
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
      mayBreak: false,
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
      mayBreak: false,
    });
  }
}

export function refused(issues: readonly DesignIssue[]): Parsed<never> {
  const listed = issues.slice(0, limits.errorsListed);
  return { ok: false, issues: listed, omitted: issues.length - listed.length };
}

const ok = (value: EditDone): Parsed<EditDone> => ({ ok: true, value });

const at = (before: string | undefined) => (before === undefined ? {} : { before });

/** An entity without what nothing can refer to and what refers to nothing. */
function essence(entity: Entity): string {
  return JSON.stringify({ ...entity, name: undefined, notes: undefined, tags: undefined });
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
