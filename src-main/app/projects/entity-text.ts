import { done, failed, type Answer, type Issue, type Output } from '../../contract/index.ts';
import {
  formatEntitiesText,
  formatEntityText,
  readEntityText,
} from '../../interop/design-text/index.ts';
import type { Design, Entity } from '../../model/design.ts';
import { collections, parseEntityRef, type EntityKind } from '../../model/ids.ts';
import { designIssue, formatPath, type DesignIssue } from '../../model/issue.ts';
import { parseEntity } from '../../model/validate.ts';
import { applyCommand, type PutEdit } from '../project/index.ts';

interface Found {
  readonly kind: EntityKind;
  readonly entity: Entity;
}

function findEntity(design: Design, ref: string): Answer<Found> {
  const { kind, id } = parseEntityRef(ref) ?? {};
  const items: readonly Entity[] = kind === undefined ? [] : (design[collections[kind]] ?? []);
  const entity = items.find((item) => item.id === id);
  return kind && entity ? done({ kind, entity }) : failed('entity-unknown', { ref });
}

/** One entity as it stands in the text form; several as a text form that has nothing else. */
export function formatEntities(
  design: Design,
  refs: readonly string[],
): Answer<Output<'entity.format'>> {
  const found: Found[] = [];
  for (const ref of refs) {
    const one = findEntity(design, ref);
    if (!one.ok) return one;
    found.push(one.value);
  }
  const [first] = found;
  if (first && found.length === 1) return done({ text: formatEntityText(first.entity) });
  const lists: Partial<Record<EntityKind, Entity[]>> = {};
  for (const { kind, entity } of found) (lists[kind] ??= []).push(entity);
  return done({ text: formatEntitiesText(lists) });
}

/**
 * The entity that a text says, held against its validator and then against the design as if it were put there. Nothing
 * is changed.
 */
export function parseEntityIn(
  design: Design,
  ref: string,
  text: string,
): Answer<Output<'entity.parse'>> {
  const found = findEntity(design, ref);
  if (!found.ok) return found;
  const { kind, entity: old } = found.value;
  const read = readEntityText(text);
  if (!read.ok) return done({ issues: read.issues });

  const shape = parseEntity(kind, read.value);
  const issues = [
    ...(shape.ok ? [] : shape.issues),
    ...(shape.ok && shape.value.id !== old.id
      ? [
          designIssue(
            'inconsistent',
            ['id'],
            `${old.id}; another name is given by renaming`,
            shape.value.id,
          ),
        ]
      : []),
  ];
  if (issues.length > 0 || read.duplicates.length > 0 || !shape.ok) {
    return done({ issues: read.place(issues) });
  }
  const entity: Entity = shape.value;
  const applied = applyCommand(design, { kind: 'put', entity: kind, value: entity } as PutEdit);
  if (applied.ok) return done({ entity });
  return done({
    issues: placeInEntity(design, kind, old.id, applied.issues, (own) => read.place(own)),
  });
}

/** Issues of the entity are told from its own beginning; those of others that it breaks keep their place. */
function placeInEntity(
  design: Design,
  kind: EntityKind,
  id: string,
  issues: readonly DesignIssue[],
  place: (issues: readonly DesignIssue[]) => readonly Issue[],
): readonly Issue[] {
  const items: readonly Entity[] = design[collections[kind]] ?? [];
  const at = items.findIndex((item) => item.id === id);
  const isOwn = ({ segments: [key, index] }: DesignIssue) =>
    key === collections[kind] && index === at;
  const own = issues.filter(isOwn).map((issue) => {
    const segments = issue.segments.slice(2);
    return { ...issue, segments, path: formatPath(segments) };
  });
  return [...place(own), ...issues.filter((issue) => !isOwn(issue))];
}
