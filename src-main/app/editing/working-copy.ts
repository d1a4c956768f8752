import type { Edit } from '../../contract/edits.ts';
import type { ChangePlan } from '../../contract/methods.ts';
import type { Design, Entity, EntityOf } from '../../model/design.ts';
import { collections, entityRef, type EntityKind, type EntityRef } from '../../model/ids.ts';

interface Touched {
  readonly kind: EntityKind;
  readonly id: string;
  readonly before?: string;
}

/**
 * A design while a change to it is planned: what is read is what has been written so far, and in the end the edits that
 * lead there. Only the collections that are asked for are unfolded.
 */
export class WorkingCopy {
  readonly #design: Design;
  readonly #unfolded = new Map<EntityKind, Map<string, Entity>>();
  readonly #original = new Map<EntityRef, Entity | undefined>();
  readonly #touched = new Map<EntityRef, Touched>();
  readonly #created: EntityRef[] = [];
  readonly #takesAlong = new Map<EntityRef, string>();
  readonly #alsoChanged = new Map<string, { readonly ref: EntityRef; readonly text: string }>();
  readonly #leftOut = new Set<string>();

  constructor(design: Design) {
    this.#design = design;
  }

  get<Kind extends EntityKind>(kind: Kind, id: string | undefined): EntityOf<Kind> | undefined {
    return id === undefined ? undefined : (this.#of(kind).get(id) as EntityOf<Kind> | undefined);
  }

  has(kind: EntityKind, id: string): boolean {
    return this.#of(kind).has(id);
  }

  /** All of a kind as they are now; what is written meanwhile may or may not be among them. */
  all<Kind extends EntityKind>(kind: Kind): Iterable<EntityOf<Kind>> {
    return this.#of(kind).values() as Iterable<EntityOf<Kind>>;
  }

  /** The same as a list of its own, to be written to while it is gone through. */
  list<Kind extends EntityKind>(kind: Kind): readonly EntityOf<Kind>[] {
    return [...this.all(kind)];
  }

  /** Writes an entity; a new one stands in front of the one with the id `before`, or at the end. */
  put<Kind extends EntityKind>(kind: Kind, value: EntityOf<Kind>, before?: string): void {
    const ref = entityRef(kind, value.id);
    this.#remember(ref, kind, value.id);
    if (!this.#touched.has(ref)) {
      this.#touched.set(ref, { kind, id: value.id, ...(before === undefined ? {} : { before }) });
    }
    this.#of(kind).set(value.id, value);
  }

  /** Writes a new entity and lists it as created. */
  create<Kind extends EntityKind>(kind: Kind, value: EntityOf<Kind>): void {
    this.put(kind, value);
    if (kind !== 'layout') this.#created.push(entityRef(kind, value.id));
  }

  remove(kind: EntityKind, id: string): void {
    const ref = entityRef(kind, id);
    this.#remember(ref, kind, id);
    if (!this.#touched.has(ref)) this.#touched.set(ref, { kind, id });
    this.#of(kind).delete(id);
  }

  /** What goes along with what was asked to go; told once. */
  tellTaken(ref: EntityRef, text: string): void {
    if (!this.#takesAlong.has(ref)) this.#takesAlong.set(ref, text);
  }

  tellChanged(ref: EntityRef, text: string): void {
    this.#alsoChanged.set(`${ref} ${text}`, { ref, text });
  }

  tellLeftOut(text: string): void {
    this.#leftOut.add(text);
  }

  plan(label: string): ChangePlan {
    return {
      label,
      edits: this.#edits(),
      created: this.#created,
      takesAlong: [...this.#takesAlong].map(([ref, text]) => ({ ref, text })),
      alsoChanged: [...this.#alsoChanged.values()],
      leftOut: [...this.#leftOut],
    };
  }

  #edits(): Edit[] {
    const edits: Edit[] = [];
    for (const [ref, { kind, id, before }] of this.#touched) {
      const value = this.#of(kind).get(id);
      const original = this.#original.get(ref);
      if (value === undefined) {
        if (original !== undefined) edits.push({ kind: 'remove', entity: kind, id });
      } else if (original === undefined && before !== undefined) {
        edits.push({ kind: 'put', entity: kind, value, before });
      } else {
        edits.push({ kind: 'put', entity: kind, value });
      }
    }
    return edits;
  }

  #remember(ref: EntityRef, kind: EntityKind, id: string): void {
    if (!this.#original.has(ref)) this.#original.set(ref, this.#of(kind).get(id));
  }

  #of(kind: EntityKind): Map<string, Entity> {
    let items = this.#unfolded.get(kind);
    if (!items) {
      const held = (this.#design[collections[kind]] ?? []) as readonly Entity[];
      items = new Map(held.map((entity) => [entity.id, entity]));
      this.#unfolded.set(kind, items);
    }
    return items;
  }
}
