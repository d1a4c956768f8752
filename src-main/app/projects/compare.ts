import type { EntityDifference, Output } from '../../contract/index.ts';
import type { Design, Entity } from '../../model/design.ts';
import { collections, entityKinds, entityRef, type EntityKind } from '../../model/ids.ts';
import { formatPath, showValue } from '../../model/issue.ts';
import { designDifference } from '../project/index.ts';

type Field = EntityDifference['fields'][number];
type Path = readonly (string | number)[];

/** Fields listed of one entity; more are not read by anybody. */
const fieldsListed = 200;

/** What differs between two designs, entity by entity and value by value. */
export function compareDesigns(from: Design, to: Design): Output<'project.versions.compare'> {
  const moved = new Map<EntityKind, Set<string>>();
  for (const edit of designDifference(from, to)) {
    if (edit.kind !== 'move') continue;
    moved.set(edit.entity, (moved.get(edit.entity) ?? new Set<string>()).add(edit.id));
  }
  return {
    head: [...fieldsOf(headOf(from), headOf(to), [])],
    differences: entityKinds.flatMap((kind) =>
      compareKind(kind, from, to, moved.get(kind) ?? new Set()),
    ),
  };
}

const headOf = ({ name, notes }: Design) => ({ name, notes });

function compareKind(
  kind: EntityKind,
  from: Design,
  to: Design,
  moved: ReadonlySet<string>,
): readonly EntityDifference[] {
  const old: readonly Entity[] = from[collections[kind]] ?? [];
  const wanted: readonly Entity[] = to[collections[kind]] ?? [];
  const oldById = new Map(old.map((entity) => [entity.id, entity]));
  const wantedIds = new Set(wanted.map(({ id }) => id));
  const told = (
    entity: Entity,
    change: EntityDifference['change'],
    fields: readonly Field[] = [],
  ): EntityDifference => ({
    ref: entityRef(kind, entity.id),
    ...('name' in entity ? { name: entity.name } : {}),
    change,
    fields,
  });
  return [
    ...old.filter(({ id }) => !wantedIds.has(id)).map((entity) => told(entity, 'removed')),
    ...wanted.flatMap((entity) => {
      const before = oldById.get(entity.id);
      if (!before) return [told(entity, 'added')];
      const fields = [...fieldsOf(before, entity, [])].slice(0, fieldsListed);
      if (fields.length > 0) return [told(entity, 'changed', fields)];
      return moved.has(entity.id) ? [told(entity, 'moved')] : [];
    }),
  ];
}

/** Members of lists are paired by their ids where they have some, else by their place. */
function* fieldsOf(from: unknown, to: unknown, path: Path): Generator<Field> {
  if (Array.isArray(from) && Array.isArray(to)) {
    yield* listFields(from, to, path);
  } else if (isMap(from) && isMap(to)) {
    for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
      yield* fieldsOf(from[key], to[key], [...path, key]);
    }
  } else if (from !== to) {
    yield {
      path: formatPath(path),
      ...(from === undefined ? {} : { from: shortly(from) }),
      ...(to === undefined ? {} : { to: shortly(to) }),
    };
  }
}

function* listFields(
  from: readonly unknown[],
  to: readonly unknown[],
  path: Path,
): Generator<Field> {
  if (from.every(isPlain) && to.every(isPlain)) {
    // A list of addresses is read as a whole.
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    yield { path: formatPath(path), from: shortly(from), to: shortly(to) };
    return;
  }
  const key = ['id', 'name'].find((name) => isKeyOf(name, from) && isKeyOf(name, to));
  if (key === undefined) {
    for (let at = 0; at < Math.max(from.length, to.length); at += 1) {
      yield* fieldsOf(from[at], to[at], [...path, at]);
    }
    return;
  }
  const keyOf = (item: unknown) => (item as Record<string, unknown>)[key];
  const old = new Map(from.map((item) => [keyOf(item), item]));
  for (const [at, item] of to.entries()) {
    yield* fieldsOf(old.get(keyOf(item)), item, [...path, at]);
    old.delete(keyOf(item));
  }
  for (const [at, item] of from.entries()) {
    if (old.has(keyOf(item))) yield* fieldsOf(item, undefined, [...path, at]);
  }
  const order = (items: readonly unknown[], others: ReadonlySet<unknown>) =>
    items.map(keyOf).filter((id) => others.has(id));
  const before = order(from, new Set(to.map(keyOf)));
  const after = order(to, new Set(from.map(keyOf)));
  if (before.some((id, at) => id !== after[at])) {
    // The order of rules is what they mean.
    yield { path: formatPath(path), from: shortly(before), to: shortly(after) };
  }
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isPlain = (value: unknown) => typeof value !== 'object' || value === null;
const isKeyOf = (key: string, items: readonly unknown[]) =>
  new Set(items.map((item) => (isMap(item) ? item[key] : undefined))).size === items.length &&
  items.every((item) => isMap(item) && typeof item[key] === 'string');

/** Texts as they are, everything else as JSON; at most 80 characters. */
function shortly(value: unknown): string {
  const shown = showValue(value);
  return typeof value === 'string' && shown === JSON.stringify(value) ? value : shown;
}
