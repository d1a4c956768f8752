import type { z } from 'zod';
import { valueAt } from './document-order.ts';
import { designIssue, type DesignIssue, type DesignIssueCode } from './issue.ts';

type ZodIssue = z.core.$ZodIssue;

/** What a validator has found wrong with a value, each with its path, the value there and what was expected. */
export function shapeIssues(value: unknown, error: z.core.$ZodError): DesignIssue[] {
  const issues = error.issues.flatMap((issue) => [...translate(value, issue, [])]);
  // A number can be too large for two reasons, and they are told with the same words.
  return issues.filter((issue, at) => {
    const before = issues[at - 1];
    return before?.path !== issue.path || before.expected !== issue.expected;
  });
}

/** Turns a validator's issue, those of a union's branches included, into ours. */
function* translate(
  root: unknown,
  issue: ZodIssue,
  prefix: readonly PropertyKey[],
): Generator<DesignIssue> {
  const path = [...prefix, ...issue.path] as (string | number)[];
  const value = valueAt(root, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      for (const key of issue.keys) {
        yield designIssue('unknown-key', [...path, key], 'no such key here', valueAt(value, [key]));
      }
      return;
    case 'invalid_key':
      yield designIssue('bad-value', path, issue.message, path.at(-1));
      return;
    case 'invalid_union': {
      const best = isMap(value) ? bestBranch(issue.errors) : undefined;
      if (!best) yield designIssue(codeOf(issue, value), path, issue.message, value);
      else for (const inner of best) yield* translate(root, inner, path);
      return;
    }
    default:
      yield designIssue(codeOf(issue, value), path, issue.message, value);
  }
}

/** The branch of a union that a map was meant for: the one that knows all of its keys, if there is one. */
function bestBranch(branches: readonly (readonly ZodIssue[])[]): readonly ZodIssue[] | undefined {
  return branches
    .filter((branch) => !branch.some((issue) => isRefusalOfMap(issue)))
    .reduce<readonly ZodIssue[] | undefined>(
      (best, branch) => (best && best.length <= branch.length ? best : branch),
      undefined,
    );
}

const isRefusalOfMap = (issue: ZodIssue) =>
  issue.path.length === 0 && (issue.code === 'unrecognized_keys' || issue.code === 'invalid_type');

const isMap = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function codeOf(issue: ZodIssue, value: unknown): DesignIssueCode {
  if (value === undefined) return 'missing-key';
  switch (issue.code) {
    case 'invalid_type':
      return 'wrong-type';
    case 'too_big':
    case 'too_small':
      return 'out-of-range';
    default:
      return 'bad-value';
  }
}
