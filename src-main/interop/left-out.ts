import type { Design } from '../model/design.ts';
import { collections, entityRef, type EntityKind } from '../model/ids.ts';
import { leftOut, type LeftOut } from './exchange.ts';
import type { EntityKey, PartlyTaken } from './words/keys.ts';
import type { Format } from './words/places.ts';

/** By kind, the keys that a format has a place for; a kind that is not here is left out as a whole. */
export type Carried = { readonly [Kind in PartlyTaken]?: readonly EntityKey[] };

/**
 * What a format has no place for, in the order of the design: one line for each entity of a kind that it does not know,
 * and for each filled key of an entity that it knows. Where everything is drawn is left out in one line.
 */
export function withoutPlace(design: Design, carried: Carried, format: Format): LeftOut[] {
  const found = otherKeys('design', { notes: design.notes }, [], format);
  for (const kind of Object.keys(collections) as EntityKind[]) {
    if (kind === 'layout') continue;
    for (const entity of design[collections[kind]] ?? []) {
      const ref = entityRef(kind, entity.id);
      const keys = (carried as Readonly<Record<string, readonly EntityKey[] | undefined>>)[kind];
      if (keys) found.push(...otherKeys(ref, entity, keys, format));
      else found.push(leftOut(ref, '', { code: 'no-place-for-kind', detail: { format, kind } }));
    }
  }
  if ((design.layout ?? []).length > 0) {
    found.push(leftOut('design', 'layout', { code: 'no-place-for-layout', detail: { format } }));
  }
  return found;
}

/** A line for each filled key that is not among those; `within` is where the value stands in its entity. */
export function otherKeys(
  ref: string,
  value: { readonly [Key in EntityKey]?: unknown },
  keys: readonly EntityKey[],
  format: Format,
  within = '',
): LeftOut[] {
  return (Object.keys(value) as EntityKey[])
    .filter((key) => !keys.includes(key) && !isEmpty(value[key]))
    .map((key) =>
      leftOut(ref, `${within}${key}`, { code: 'no-place-for-key', detail: { format, key } }),
    );
}

/** Whether there is nothing in it that could be left out. */
export const isEmpty = (held: unknown): boolean =>
  held === undefined || held === '' || (Array.isArray(held) && held.length === 0);

/** What the design says of itself first, then its entities as they stand in it; those of one entity keep their order. */
export function inDesignOrder(design: Design, found: readonly LeftOut[]): LeftOut[] {
  const ranks = new Map<string, number>([['design', 0]]);
  for (const kind of Object.keys(collections) as EntityKind[]) {
    for (const { id } of design[collections[kind]] ?? [])
      ranks.set(entityRef(kind, id), ranks.size);
  }
  const rank = ({ ref, path }: LeftOut): number =>
    path === 'layout' ? Infinity : (ranks.get(ref) ?? Infinity);
  return [...found].sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)));
}
