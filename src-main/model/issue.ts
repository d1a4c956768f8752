/** One thing that is wrong with a document, said so that its author can mend it. */
export interface DesignIssue {
  readonly code: DesignIssueCode;
  /** Where, in the text form's own keys: `nodes[3].interfaces[0].addresses[1]`. */
  readonly path: string;
  readonly segments: readonly (string | number)[];
  /** The offending value, shortened; absent where a value is missing. */
  readonly value?: string;
  /** Completes "expected …". */
  readonly expected: string;
}

export type DesignIssueCode =
  | 'missing-key'
  | 'unknown-key'
  | 'wrong-type'
  | 'bad-value'
  | 'out-of-range'
  | 'duplicate-id'
  | 'dangling-id'
  | 'inconsistent';

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly issues: readonly DesignIssue[]; readonly omitted: number };

export function formatPath(segments: readonly (string | number)[]): string {
  let path = '';
  for (const part of segments) {
    if (typeof part === 'number') path += `[${part}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(part)) path += path === '' ? part : `.${part}`;
    else path += `[${JSON.stringify(part)}]`;
  }
  return path;
}

/** A value as it is shown in a message: JSON on one line, at most 80 characters, no control characters. */
export function showValue(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value) ?? String(value);
  } catch {
    text = String(value);
  }
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

export function designIssue(
  code: DesignIssueCode,
  segments: readonly (string | number)[],
  expected: string,
  value?: unknown,
): DesignIssue {
  const path = formatPath(segments);
  return value === undefined
    ? { code, path, segments, expected }
    : { code, path, segments, expected, value: showValue(value) };
}

/** The issue as one sentence. */
export function issueSentence(issue: DesignIssue): string {
  const place = issue.path === '' ? 'the document' : issue.path;
  if (issue.code === 'missing-key') return `${place} is missing: expected ${issue.expected}`;
  const found = issue.value === undefined ? '' : ` is ${issue.value}`;
  return `${place}${found}: expected ${issue.expected}`;
}
