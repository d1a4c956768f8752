import type { Design, Entity, EntityOf } from './design.ts';
import { collections, entityKinds, idPattern, isEntityRef, type EntityKind } from './ids.ts';
import type { Path } from './issue.ts';
import { entitySchemas } from './schema/design.ts';

/** An entity and where it stands: `['nodes', 3]`. */
export interface Placed<Kind extends EntityKind> {
  readonly entity: EntityOf<Kind>;
  readonly path: Path;
}

/** What one collection holds, as far as it can be understood. */
interface Holding {
  readonly entities: Placed<EntityKind>[];
  /** Every id with its place; of an entity that is misshapen otherwise as well. */
  readonly ids: { readonly id: string; readonly path: Path }[];
  /** The first entity of an id; undefined where that one is misshapen. */
  readonly byId: Map<string, Entity | undefined>;
  /** False where something has no readable id: any id might be its. */
  isComplete: boolean;
}

/**
 * The entities of a document that may be wrong in places. Whatever is misshapen is left out, but its id stays known, so
 * that what refers to it is not blamed.
 */
export class Survey {
  readonly #holdings: ReadonlyMap<EntityKind, Holding>;
  readonly #pods = new Set<string>();
  #knowsAllPods = true;

  private constructor(document: Readonly<Record<string, unknown>>, isValid: boolean) {
    this.#holdings = new Map(
      entityKinds.map((kind) => [kind, hold(kind, document[collections[kind]], isValid)]),
    );
    const workloads = document[collections.workload];
    for (const workload of Array.isArray(workloads) ? (workloads as unknown[]) : []) {
      this.#takePods(workload);
    }
    this.#knowsAllPods &&= workloads === undefined || Array.isArray(workloads);
  }

  static ofDesign(design: Design): Survey {
    return new Survey(design, true);
  }

  static ofDocument(document: unknown): Survey {
    return new Survey(isMap(document) ? document : {}, false);
  }

  /** The well-shaped entities of a kind, in the order of the document. */
  all<Kind extends EntityKind>(kind: Kind): readonly Placed<Kind>[] {
    return this.#of(kind).entities;
  }

  ids(kind: EntityKind): readonly { readonly id: string; readonly path: Path }[] {
    return this.#of(kind).ids;
  }

  /** The entity of that id, if it is well-shaped. */
  find<Kind extends EntityKind>(kind: Kind, id: string): EntityOf<Kind> | undefined {
    return this.#of(kind).byId.get(id) as EntityOf<Kind> | undefined;
  }

  /** Whether an entity has that id, or might have it. */
  mayHave(kind: EntityKind, id: string): boolean {
    const { byId, isComplete } = this.#of(kind);
    return byId.has(id) || !isComplete;
  }

  mayHavePod(id: string): boolean {
    return this.#pods.has(id) || !this.#knowsAllPods;
  }

  #of(kind: EntityKind): Holding {
    const found = this.#holdings.get(kind);
    if (!found) throw new TypeError(`no kind of entity: ${kind}`);
    return found;
  }

  #takePods(workload: unknown): void {
    const pods = isMap(workload) ? workload['pods'] : undefined;
    for (const pod of Array.isArray(pods) ? (pods as unknown[]) : [undefined]) {
      const id = isMap(pod) ? pod['id'] : undefined;
      if (typeof id === 'string' && idPattern.test(id)) this.#pods.add(id);
      else this.#knowsAllPods = false;
    }
  }
}

function hold(kind: EntityKind, items: unknown, isValid: boolean): Holding {
  const holding: Holding = { entities: [], ids: [], byId: new Map(), isComplete: true };
  if (items === undefined) return holding;
  if (!Array.isArray(items)) return { ...holding, isComplete: false };
  const key = collections[kind];
  const schema = entitySchemas[key];
  (items as unknown[]).forEach((item, index) => {
    const path = [key, index];
    const entity = isValid ? (item as Entity) : (schema.safeParse(item).data as Entity | undefined);
    if (entity) holding.entities.push({ entity, path });
    const id = entity?.id ?? (isMap(item) ? item['id'] : undefined);
    if (typeof id !== 'string' || !isId(kind, id)) {
      holding.isComplete = false;
      return;
    }
    holding.ids.push({ id, path });
    if (!holding.byId.has(id)) holding.byId.set(id, entity);
  });
  return holding;
}

const isId = (kind: EntityKind, id: string) =>
  kind === 'layout' ? isEntityRef(id) : idPattern.test(id);

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
