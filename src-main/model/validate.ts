import { z } from 'zod';
import type { Design, EntityOf } from './design.ts';
import { collections, type EntityKind } from './ids.ts';
import { designIssue, type DesignIssue, type Parsed } from './issue.ts';
import { limits } from './limits.ts';
import { referenceIssues } from './references.ts';
import { design as designSchema, entitySchemas } from './schema/design.ts';

type ZodIssue = z.core.$ZodIssue;

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

const list = (values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value)).join(', ');

const typeNames: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys to values',
  record: 'a map of keys to values',
};

/** What the schema wanted, completing "expected …". */
function expectation(issue: ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return issue.values.length === 1 ? list(issue.values) : `one of ${list(issue.values)}`;
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `at most ${String(issue.maximum)}`
        : `at most ${String(issue.maximum)} ${issue.origin === 'string' ? 'characters' : 'entries'}`;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int'
        ? `at least ${String(issue.minimum)}`
        : `at least ${String(issue.minimum)} ${issue.origin === 'string' ? 'character' : 'entry'}`;
    default:
      return issue.message;
  }
}

function discriminatorOptions(issue: ZodIssue & { code: 'invalid_union' }): string | undefined {
  const options = (issue as { options?: readonly unknown[] }).options;
  return options && options.length > 0 ? `one of ${list(options)}` : undefined;
}

/** Turns a validator's issues, nested unions included, into ours. */
function* translate(
  root: unknown,
  issue: ZodIssue,
  prefix: readonly PropertyKey[],
): Generator<DesignIssue> {
  const path = [...prefix, ...issue.path] as (string | number)[];
  const value = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      for (const key of issue.keys) {
        yield designIssue('unknown-key', [...path, key], 'no such key here', valueAt(value, [key]));
      }
      return;
    }
    case 'invalid_union': {
      const options = discriminatorOptions(issue);
      if (issue.errors.length === 0) {
        const code = value === undefined ? 'missing-key' : 'bad-value';
        yield designIssue(code, path, options ?? 'a known kind', value);
        return;
      }
      // Every branch failed: the branch that got furthest, or all that failed right here, tells what was expected.
      const here = issue.errors.filter((branch) =>
        branch.every((inner) => inner.path.length === 0),
      );
      const deeper = issue.errors.filter((branch) => branch.some((inner) => inner.path.length > 0));
      const isObject = typeof value === 'object' && value !== null;
      if (isObject && deeper.length > 0) {
        const best = deeper.reduce((a, b) => (b.length < a.length ? b : a));
        for (const inner of best) yield* translate(root, inner, path);
        return;
      }
      const expected = [...new Set(here.flat().map(expectation))].join(', or ');
      yield designIssue(value === undefined ? 'missing-key' : 'bad-value', path, expected, value);
      return;
    }
    case 'invalid_key': {
      yield designIssue(
        'bad-value',
        path,
        issue.issues.map(expectation).join(', or '),
        path.at(-1),
      );
      return;
    }
    default: {
      if (value === undefined) {
        yield designIssue('missing-key', path, expectation(issue));
        return;
      }
      const code =
        issue.code === 'invalid_type'
          ? 'wrong-type'
          : issue.code === 'too_big' || issue.code === 'too_small'
            ? 'out-of-range'
            : 'bad-value';
      yield designIssue(code, path, expectation(issue), value);
    }
  }
}

/** What a validator has found wrong with a value, each with its path, the value there and what was expected. */
export function schemaIssues(value: unknown, error: z.ZodError): readonly DesignIssue[] {
  return error.issues.flatMap((issue) => [...translate(value, issue, [])]);
}

function failed(issues: readonly DesignIssue[]): Parsed<never> {
  return {
    ok: false,
    issues: issues.slice(0, limits.errorsListed),
    omitted: Math.max(0, issues.length - limits.errorsListed),
  };
}

/**
 * Checks a whole document: shape, values, ids and the references between them. All issues are found in one go; those
 * of references are looked for only where the shape is right, since a misshapen entity cannot be referred to.
 */
export function parseDesign(value: unknown): Parsed<Design> {
  const shape = designSchema.safeParse(value);
  if (!shape.success) return failed(schemaIssues(value, shape.error));
  const parsed = shape.data as Design;
  const issues = referenceIssues(parsed);
  return issues.length === 0 ? { ok: true, value: parsed } : failed(issues);
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
