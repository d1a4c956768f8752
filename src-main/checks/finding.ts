import { entityRef, type EntityKind, type EntityRef } from '../model/ids.ts';
import { formatPath } from '../model/issue.ts';
import { catalogue, type Detail, type FindingCode, type Severity } from './catalogue.ts';

/** Where something stands: an entity, and the way to the part of it that is meant (empty: all of it). */
export interface Place {
  readonly entity: EntityRef;
  /** In the text form's own keys: `nat[2].translated`. */
  readonly path: string;
  readonly segments: readonly (string | number)[];
}

export interface Finding<Code extends FindingCode = FindingCode> {
  readonly code: Code;
  readonly severity: Severity;
  readonly at: Place;
  /** What is wrong, in one or two sentences. */
  readonly text: string;
  /** Why it matters; the same for every finding of this code. */
  readonly why: string;
  /** The facts that the sentence is made of. */
  readonly detail: Detail<Code>;
  /** Other places that have a part in it. */
  readonly related: readonly Place[];
}

/** More than these would not be read. */
const relatedListed = 20;

export function place(
  kind: EntityKind,
  id: string,
  ...segments: readonly (string | number)[]
): Place {
  return { entity: entityRef(kind, id), path: formatPath(segments), segments };
}

/** `node:esg nat[2].translated`. */
export const placeText = (at: Place): string =>
  at.path === '' ? at.entity : `${at.entity} ${at.path}`;

export function finding<Code extends FindingCode>(
  code: Code,
  at: Place,
  detail: Detail<Code>,
  related: readonly Place[] = [],
): Finding<Code> {
  const { severity, sentence, why } = catalogue[code];
  const others = new Map(related.map((other) => [placeText(other), other]));
  others.delete(placeText(at));
  return {
    code,
    severity,
    at,
    // Each sentence takes the detail of its own code, which is what the caller gave.
    text: (sentence as (facts: Detail<Code>) => string)(detail),
    why,
    detail,
    related: [...others.values()].slice(0, relatedListed),
  };
}
