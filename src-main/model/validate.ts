import type { z } from 'zod';
import type { Design, EntityOf } from './design.ts';
import { inDocumentOrder } from './document-order.ts';
import { collections, type EntityKind } from './ids.ts';
import type { DesignIssue, Parsed } from './issue.ts';
import { limits } from './limits.ts';
import { referenceIssues, surveyIssues } from './references.ts';
import { design as designSchema, entitySchemas } from './schema/design.ts';
import { shapeIssues } from './shape-issues.ts';
import { Survey } from './survey.ts';

/** What a validator has found wrong with a value, each with its path, the value there and what was expected. */
export function schemaIssues(value: unknown, error: z.core.$ZodError): readonly DesignIssue[] {
  return inDocumentOrder(value, shapeIssues(value, error));
}

function failed(issues: readonly DesignIssue[]): Parsed<never> {
  return {
    ok: false,
    issues: issues.slice(0, limits.errorsListed),
    omitted: Math.max(0, issues.length - limits.errorsListed),
  };
}

/**
 * Checks a whole document: shape, values, ids and the references between them. All issues are found in one go, in the
 * order of the document. Where an entity is misshapen, its references are looked at only once it is mended; that it is
 * there counts already. Throws nothing, whatever the value.
 */
export function parseDesign(value: unknown): Parsed<Design> {
  const shape = designSchema.safeParse(value);
  if (shape.success) {
    const parsed = shape.data as Design;
    const issues = referenceIssues(parsed);
    return issues.length === 0
      ? { ok: true, value: parsed }
      : failed(inDocumentOrder(value, issues));
  }
  const issues = [...shapeIssues(value, shape.error), ...surveyIssues(Survey.ofDocument(value))];
  return failed(inDocumentOrder(value, issues));
}

/** Checks one entity by itself: its shape and values, not what it refers to. */
export function parseEntity<Kind extends EntityKind>(
  kind: Kind,
  value: unknown,
): Parsed<EntityOf<Kind>> {
  const shape = entitySchemas[collections[kind]].safeParse(value);
  if (shape.success) return { ok: true, value: shape.data as EntityOf<Kind> };
  return failed(schemaIssues(value, shape.error));
}
