import { z } from 'zod';

type RawIssue = z.core.$ZodRawIssue;

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys to values',
  record: 'a map of keys to values',
};

const quoted = (values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value)).join(', ');
const oneOf = (values: readonly unknown[]) =>
  values.length === 1 ? quoted(values) : `one of ${quoted(values)}`;

/** What a validator wanted where it does not say so itself, completing "expected …". */
function expectation(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return typeNames[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values);
    case 'too_big':
      return `at most ${issue.maximum} ${unitOf(issue.origin, issue.maximum)}`.trimEnd();
    case 'too_small':
      return `at least ${issue.minimum} ${unitOf(issue.origin, issue.minimum)}`.trimEnd();
    case 'unrecognized_keys':
      return 'no such key here';
    case 'invalid_key':
      return issue.issues.map((inner) => inner.message).join(', or ');
    case 'invalid_union': {
      const options = 'options' in issue ? (issue.options as readonly unknown[]) : [];
      return options.length > 0 ? oneOf(options) : 'another shape';
    }
    default:
      return issue.message ?? 'something else';
  }
}

function unitOf(origin: string, count: number | bigint): string {
  if (origin === 'string') return count === 1 ? 'character' : 'characters';
  if (origin === 'array') return count === 1 ? 'entry' : 'entries';
  return '';
}

/** From here on the message of every validator is an expectation: of the model's, the contract's and all others. */
z.config({ localeError: expectation });
