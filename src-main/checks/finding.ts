import { entityRef, type EntityRef } from '../model/ids.ts';
import { catalogue, type Detail, type FindingCode, type Severity } from './catalogue.ts';
import { namesOf, type Lookup, type Names } from './names.ts';
import { placeLabel, placeTerms, type PlaceTerm } from './place-label.ts';
import { placeWords } from './place-words.ts';
import { placeText, type Place } from './place.ts';

export { place, placeText, type Place } from './place.ts';

/** What a check has found: facts, without words. */
export interface Found<Code extends FindingCode = FindingCode> {
  readonly code: Code;
  readonly at: Place;
  /** The facts that the sentence is made of. */
  readonly detail: Detail<Code>;
  /** Every place that it concerns as much as the one where it is told, that one too: of two that clash, both. */
  readonly places: readonly Place[];
  /** Other places that have a part in it; those of {@link places} too. */
  readonly related: readonly Place[];
}

/** A place with its words: `ESG › NAT 3 to-web › translated address`. */
export interface ToldPlace extends Place {
  readonly label: string;
  /** What the label is made of, so that it can be said in other languages. */
  readonly terms: readonly PlaceTerm[];
}

/** What a check has found, as people are told. */
export interface Finding<Code extends FindingCode = FindingCode> extends Found<Code> {
  readonly severity: Severity;
  /** What is wrong, in one or two sentences. */
  readonly text: string;
  /** What the things are called that the sentence names, by `kind:id`. */
  readonly names: Readonly<Record<EntityRef, string>>;
  /** Why it matters; the same for every finding of this code. */
  readonly why: string;
  readonly at: ToldPlace;
  readonly places: readonly ToldPlace[];
  readonly related: readonly ToldPlace[];
}

/** More than these would not be read. */
const placesListed = 20;

export function finding<Code extends FindingCode>(
  code: Code,
  at: Place,
  detail: Detail<Code>,
  related: readonly Place[] = [],
): Found<Code> {
  return { code, at, detail, places: [at], related: distinct(related, at) };
}

/** A finding that concerns several places alike; it is told at the second, which came to the first. */
export function clash<Code extends FindingCode>(
  code: Code,
  at: Place,
  detail: Detail<Code>,
  places: readonly Place[],
): Found<Code> {
  const all = new Map([...places, at].map((one) => [placeText(one), one]));
  return { code, at, detail, places: [...all.values()], related: distinct(places, at) };
}

function distinct(places: readonly Place[], at: Place): readonly Place[] {
  const others = new Map(places.map((other) => [placeText(other), other]));
  others.delete(placeText(at));
  return [...others.values()].slice(0, placesListed);
}

/** A finding about what the lookup finds things in, with its words in English. */
export function tell<Code extends FindingCode>(found: Found<Code>, find: Lookup): Finding<Code> {
  const { severity, sentence, why } = catalogue[found.code];
  const called = namesOf(find);
  const names: Record<EntityRef, string> = {};
  const name: Names = (kind, id) => (names[entityRef(kind, id)] = called(kind, id));
  const told = (place: Place): ToldPlace => {
    const terms = placeTerms(place, find);
    return { ...place, terms, label: placeLabel(terms, placeWords) };
  };
  return {
    code: found.code,
    severity,
    at: told(found.at),
    // Each sentence takes the detail of its own code, which is what the finding has.
    text: (sentence as (facts: Detail<Code>, name: Names) => string)(found.detail, name),
    why,
    detail: found.detail,
    names,
    places: found.places.map(told),
    related: found.related.map(told),
  };
}
