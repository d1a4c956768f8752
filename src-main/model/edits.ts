import type { Design, Entity } from './design.ts';
import { collections, entityKinds, type CollectionKey, type EntityKind } from './ids.ts';

/** What an edit did to a design, as it is told to those who hold a copy of it. */
export type Edit =
  | {
      readonly kind: 'put';
      readonly entity: EntityKind;
      readonly value: Entity;
      readonly before?: string;
    }
  | { readonly kind: 'remove'; readonly entity: EntityKind; readonly id: string }
  | {
      readonly kind: 'move';
      readonly entity: EntityKind;
      readonly id: string;
      readonly before?: string;
    }
  | { readonly kind: 'head'; readonly name?: string; readonly notes?: string | null };

/** To look for so many is quicker than to make a table of a large collection. */
const mostSought = 8;

/** The design after the edits. Collections that no edit touches stay the same objects. */
export function editDesign(design: Design, edits: readonly Edit[]): Design {
  let { name, notes } = design;
  const touched = new Map<EntityKind, Entity[]>();
  const places = new Map<EntityKind, Map<string, number>>();
  const isLong = edits.length > mostSought;
  const collection = (kind: EntityKind): Entity[] => {
    let items = touched.get(kind);
    if (!items) touched.set(kind, (items = [...((design[collections[kind]] ?? []) as Entity[])]));
    return items;
  };
  const placeOf = (kind: EntityKind, id: string): number => {
    if (!isLong) return collection(kind).findIndex((item) => item.id === id);
    let index = places.get(kind);
    if (!index) {
      index = new Map(collection(kind).map((item, at) => [item.id, at]));
      places.set(kind, index);
    }
    return index.get(id) ?? -1;
  };
  const insert = (kind: EntityKind, value: Entity, before: string | undefined) => {
    const at = before === undefined ? -1 : placeOf(kind, before);
    if (at < 0) {
      places.get(kind)?.set(value.id, collection(kind).length);
      collection(kind).push(value);
    } else {
      collection(kind).splice(at, 0, value);
      places.delete(kind);
    }
  };
  const remove = (kind: EntityKind, id: string): Entity | undefined => {
    const at = placeOf(kind, id);
    if (at < 0) return undefined;
    places.delete(kind);
    return collection(kind).splice(at, 1)[0];
  };

  for (const edit of edits) {
    if (edit.kind === 'head') {
      name = edit.name ?? name;
      if (edit.notes !== undefined) notes = edit.notes ?? undefined;
      continue;
    }
    if (edit.kind === 'put') {
      const at = placeOf(edit.entity, edit.value.id);
      if (at >= 0) collection(edit.entity)[at] = edit.value;
      else insert(edit.entity, edit.value, edit.before);
      continue;
    }
    const old = remove(edit.entity, edit.id);
    if (edit.kind === 'move' && old) insert(edit.entity, old, edit.before);
  }

  const lists: Partial<Record<CollectionKey, readonly Entity[]>> = {};
  for (const kind of entityKinds) {
    const key = collections[kind];
    const items = touched.get(kind) ?? design[key];
    if (items && items.length > 0) lists[key] = items;
  }
  return {
    hopscope: design.hopscope,
    name,
    ...(notes === undefined ? {} : { notes }),
    ...lists,
  } as Design;
}
