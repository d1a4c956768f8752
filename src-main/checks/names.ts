import type { Design, Entity } from '../model/design.ts';
import { collections, type EntityKind } from '../model/ids.ts';

/** Finds an entity by its kind and id. */
export type Lookup = (kind: EntityKind, id: string) => Entity | undefined;

/** What people call an entity: its name, or its id where it has none. */
export type Names = (kind: EntityKind, id: string) => string;

/** Looks entities of a design up; each kind is read once, when it is first asked for. */
export function lookIn(design: Design): Lookup {
  const known = new Map<EntityKind, ReadonlyMap<string, Entity>>();
  return (kind, id) => {
    let byId = known.get(kind);
    if (!byId) {
      const entities: readonly Entity[] = design[collections[kind]] ?? [];
      byId = new Map(entities.map((entity) => [entity.id, entity]));
      known.set(kind, byId);
    }
    return byId.get(id);
  };
}

export const namesOf =
  (find: Lookup): Names =>
  (kind, id) => {
    const entity = find(kind, id);
    return entity && 'name' in entity ? (entity.name ?? id) : id;
  };
