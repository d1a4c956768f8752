import { entityRef, type EntityKind, type EntityRef } from '../model/ids.ts';
import { formatPath } from '../model/issue.ts';
import type { PathKey } from './place-words.ts';

/** Where something stands: an entity, and the way to the part of it that is meant (empty: all of it). */
export interface Place {
  readonly entity: EntityRef;
  /** In the text form's own keys: `nat[2].translated`. */
  readonly path: string;
  readonly segments: readonly (PathKey | number)[];
}

export function place(
  kind: EntityKind,
  id: string,
  ...segments: readonly (PathKey | number)[]
): Place {
  return { entity: entityRef(kind, id), path: formatPath(segments), segments };
}

/** `node:esg nat[2].translated`. */
export const placeText = ({ entity, path }: Pick<Place, 'entity' | 'path'>): string =>
  path === '' ? entity : `${entity} ${path}`;
