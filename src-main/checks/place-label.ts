import { parseEntityRef, type EntityKind } from '../model/ids.ts';
import type { Lookup } from './names.ts';
import type { Place } from './place.ts';
import type { PathKey, PlaceWords } from './place-words.ts';

/** One step of the way to a place, in the field's terms. */
export type PlaceTerm =
  | { readonly kind: EntityKind; readonly name: string }
  /** `name` where it is one item of a list: its name, its value, or its number. */
  | { readonly part: PathKey; readonly name?: string };

/** Lists whose order decides: their items are known by number. */
const ordered: ReadonlySet<string> = new Set(['rules', 'nat']);
/** What an item goes by, the first that it has. */
const naming = ['name', 'id', 'node', 'destination', 'cidr', 'host', 'path', 'domain'] as const;

/** The way to a place, from its entity on. */
export function placeTerms({ entity: ref, segments }: Place, find: Lookup): PlaceTerm[] {
  const { kind, id } = parseEntityRef(ref) ?? { kind: 'node', id: ref };
  const entity = find(kind, id);
  const name = entity && 'name' in entity ? (entity.name ?? id) : id;
  const terms: PlaceTerm[] = [{ kind, name }];
  let value: unknown = entity;
  for (const [at, segment] of segments.entries()) {
    const list = segments[at - 1];
    value = (value as Readonly<Record<string | number, unknown>> | undefined)?.[segment];
    if (typeof segment !== 'number') terms.push({ part: segment });
    else if (typeof list === 'string') {
      terms[terms.length - 1] = { part: list, name: itemName(list, value, segment) };
    }
  }
  return terms;
}

function itemName(list: string, item: unknown, index: number): string {
  if (typeof item === 'string') return item;
  const known = (item ?? {}) as Readonly<Record<string, unknown>>;
  const key = naming.find((one) => typeof known[one] === 'string');
  const name = key === undefined ? '' : String(known[key]);
  if (name === '') return `${index + 1}`;
  return ordered.has(list) ? `${index + 1} ${name}` : name;
}

/** `ESG › NAT 3 to-web › translated address`: a place for people. */
export const placeLabel = (terms: readonly PlaceTerm[], words: PlaceWords): string =>
  terms.map((term) => termText(term, words)).join(' › ');

function termText(term: PlaceTerm, { kinds, parts }: PlaceWords): string {
  if ('part' in term) {
    const word = parts[term.part];
    return term.name === undefined ? word : `${word} ${term.name}`;
  }
  const { kind, name } = term;
  // A machine's name stands alone; so does one that says what it is: "ICP cluster".
  return kind === 'node' || name.toLowerCase().includes(kinds[kind])
    ? name
    : `${kinds[kind]} ${name}`;
}
