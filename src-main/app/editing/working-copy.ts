import type { Edit } from '../../model/edits.ts';
import { toldChange, type ChangeSaying, type ToldChange } from '../../contract/change-words.ts';
import type { ChangePlan, ToldOfEntity } from '../../contract/methods.ts';
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
  /** What has been written, by kind and id; undefined where it was removed. */
  readonly #written = new Map<EntityKind, Map<string, Entity | undefined>>();
  readonly #touched = new Map<EntityRef, Touched>();
  readonly #created: EntityRef[] = [];
  readonly #takesAlong = new Map<EntityRef, ChangeSaying>();
  readonly #alsoChanged = new Map<string, ToldOfEntity>();
  readonly #leftOut = new Map<string, ToldChange>();

  constructor(design: Design) {
    this.#design = design;
  }

  get<Kind extends EntityKind>(kind: Kind, id: string | undefined): EntityOf<Kind> | undefined {
    return id === undefined ? undefined : (this.#now(kind, id) as EntityOf<Kind> | undefined);
  }

  has(kind: EntityKind, id: string): boolean {
    return this.#now(kind, id) !== undefined;
  }

  /** All of a kind as they are now; what is written meanwhile may or may not be among them. */
  all<Kind extends EntityKind>(kind: Kind): Iterable<EntityOf<Kind>> {
    const written = this.#written.get(kind);
    const held = (this.#design[collections[kind]] ?? []) as readonly Entity[];
    return (written ? overlaid(held, written) : held) as Iterable<EntityOf<Kind>>;
  }

  /** The same as a list of its own, to be written to while it is gone through. */
  list<Kind extends EntityKind>(kind: Kind): readonly EntityOf<Kind>[] {
    return [...this.all(kind)];
  }

  /** Writes an entity; a new one stands in front of the one with the id `before`, or at the end. */
  put<Kind extends EntityKind>(kind: Kind, value: EntityOf<Kind>, before?: string): void {
    const ref = entityRef(kind, value.id);
    if (!this.#touched.has(ref)) {
      this.#touched.set(ref, { kind, id: value.id, ...(before === undefined ? {} : { before }) });
    }
    this.#write(kind, value.id, value);
  }

  /** Writes a new entity and lists it as created. */
  create<Kind extends EntityKind>(kind: Kind, value: EntityOf<Kind>): void {
    this.put(kind, value);
    if (kind !== 'layout') this.#created.push(entityRef(kind, value.id));
  }

  /** Of everything created what was asked for is listed first. */
  leadWith(ref: EntityRef): void {
    const at = this.#created.indexOf(ref);
    if (at > 0) this.#created.unshift(...this.#created.splice(at, 1));
  }

  remove(kind: EntityKind, id: string): void {
    const ref = entityRef(kind, id);
    if (!this.#touched.has(ref)) this.#touched.set(ref, { kind, id });
    this.#write(kind, id, undefined);
  }

  /** What goes along with what was asked to go; told once. */
  tellTaken(ref: EntityRef, saying: ChangeSaying): void {
    if (!this.#takesAlong.has(ref)) this.#takesAlong.set(ref, saying);
  }

  tellChanged(ref: EntityRef, saying: ChangeSaying): void {
    const told = toldChange(saying);
    this.#alsoChanged.set(`${ref} ${told.text}`, { ref, ...told });
  }

  tellLeftOut(saying: ChangeSaying): void {
    const told = toldChange(saying);
    this.#leftOut.set(told.text, told);
  }

  plan(label: string): ChangePlan {
    return {
      label,
      edits: this.#edits(),
      created: this.#created,
      takesAlong: [...this.#takesAlong].map(([ref, saying]) => ({ ref, ...toldChange(saying) })),
      alsoChanged: [...this.#alsoChanged.values()],
      leftOut: [...this.#leftOut.values()],
    };
  }

  #edits(): Edit[] {
    const edits: Edit[] = [];
    for (const { kind, id, before } of this.#touched.values()) {
      const value = this.#now(kind, id);
      const original = this.#base(kind).get(id);
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

  #now(kind: EntityKind, id: string): Entity | undefined {
    const written = this.#written.get(kind);
    return written?.has(id) ? written.get(id) : this.#base(kind).get(id);
  }

  #write(kind: EntityKind, id: string, value: Entity | undefined): void {
    const written = this.#written.get(kind);
    if (written) written.set(id, value);
    else this.#written.set(kind, new Map([[id, value]]));
  }

  #base(kind: EntityKind): ReadonlyMap<string, Entity> {
    return byId(this.#design[collections[kind]] ?? none);
  }
}

const none: readonly Entity[] = [];

/** Collections that no edit touches stay the same objects, so that they are indexed once for many changes. */
const indexes = new WeakMap<readonly Entity[], ReadonlyMap<string, Entity>>();

function byId(held: readonly Entity[]): ReadonlyMap<string, Entity> {
  let index = indexes.get(held);
  if (!index) {
    index = new Map(held.map((entity) => [entity.id, entity]));
    indexes.set(held, index);
  }
  return index;
}

function* overlaid(
  held: readonly Entity[],
  written: ReadonlyMap<string, Entity | undefined>,
): Generator<Entity> {
  const seen = new Set<string>();
  for (const entity of held) {
    if (!written.has(entity.id)) {
      yield entity;
      continue;
    }
    seen.add(entity.id);
    const now = written.get(entity.id);
    if (now) yield now;
  }
  for (const [id, entity] of written) if (entity && !seen.has(id)) yield entity;
}
