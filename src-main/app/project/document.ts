import { z } from 'zod';
import { collections, entityKinds, type EntityKind } from '../../model/ids.ts';
import type { Parsed } from '../../model/issue.ts';
import { designHead, formatVersion } from '../../model/schema/design.ts';
import { schemaIssues } from '../../model/validate.ts';

/** What the design says of itself. */
export interface DesignHead {
  readonly name: string;
  readonly notes?: string | undefined;
}

const headSchema = z.strictObject({ name: designHead.name, notes: designHead.notes });

export function parseHead(value: unknown): Parsed<DesignHead> {
  const shape = headSchema.safeParse(value);
  if (shape.success) return { ok: true, value: headOf(shape.data) };
  return { ok: false, issues: schemaIssues(value, shape.error), omitted: 0 };
}

export function headOf({ name, notes }: DesignHead): DesignHead {
  return notes === undefined ? { name } : { name, notes };
}

/** A design of these entities; kinds that have none are left out, and the keys stand in the text form's order. */
export function assembleDesign(
  head: DesignHead,
  entitiesOf: (kind: EntityKind) => readonly unknown[],
): unknown {
  const { name, notes } = head;
  const design: Record<string, unknown> = { hopscope: formatVersion, name };
  if (notes !== undefined) design['notes'] = notes;
  for (const kind of entityKinds) {
    const entities = entitiesOf(kind);
    if (entities.length > 0) design[collections[kind]] = entities;
  }
  return design;
}
