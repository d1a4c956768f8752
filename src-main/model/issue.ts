/** Keys and positions that lead to a place in a document. */
export type Path = readonly (string | number)[];

/** One thing that is wrong with a document, said so that its author can mend it. */
export interface DesignIssue {
  readonly code: DesignIssueCode;
  /** Where, in the text form's own keys: `nodes[3].interfaces[0].addresses[1]`. */
  readonly path: string;
  readonly segments: Path;
  /** The offending value, shortened; absent where a value is missing. */
  readonly value?: string;
  /** Completes "expected …". */
  readonly expected: string;
}

export type DesignIssueCode =
  /** The text is not YAML or JSON at all. */
  | 'syntax'
  /** Beyond what a design may hold; see limits.ts. */
  | 'limit'
  /** A key that a map of the text names twice. */
  | 'duplicate-key'
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

export function formatPath(segments: Path): string {
  let path = '';
  for (const part of segments) {
    if (typeof part === 'number') path += `[${part}]`;
    else if (/^[A-Za-z_][\w-]{0,63}$/.test(part)) path += path === '' ? part : `.${part}`;
    else path += `[${showValue(part)}]`;
  }
  return path;
}

/** Longest text, in characters, that a message shows of a value. */
const shownLength = 80;

/** A value as it is shown in a message: JSON on one line, at most 80 characters, nothing that steers a terminal. */
export function showValue(value: unknown): string {
  const text = printable(jsonStart(value, shownLength + 1));
  if (text.length <= shownLength) return text;
  return `${text
    .slice(0, shownLength - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')}…`;
}

/** The JSON of a value, or more than its first `budget` characters: a long value costs no more than that. */
function jsonStart(value: unknown, budget: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, Math.max(0, budget)));
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) {
    let text = '[';
    for (let at = 0; at < value.length && text.length <= budget; at += 1) {
      text += `${at === 0 ? '' : ','}${jsonStart(value[at], budget - text.length)}`;
    }
    return `${text}]`;
  }
  let text = '{';
  for (const [key, item] of Object.entries(value)) {
    if (text.length > budget) break;
    text += `${text === '{' ? '' : ','}${jsonStart(key, budget)}:`;
    text += jsonStart(item, budget - text.length);
  }
  return `${text}}`;
}

/** Control, format (direction-changing) and line-separating characters, which a terminal would obey. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

const printable = (text: string): string =>
  text.replace(unprintable, (char) => {
    const code = (char.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
  });

export function designIssue(
  code: DesignIssueCode,
  segments: Path,
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
  const { code, path, value, expected } = issue;
  if (code === 'syntax' || code === 'limit') {
    const found = [path, value].filter((part) => part !== undefined && part !== '').join(' is ');
    return found === '' ? `expected ${expected}` : `${found}: expected ${expected}`;
  }
  const place = path === '' ? 'the document' : path;
  if (code === 'missing-key') return `${place} is missing: expected ${expected}`;
  if (code === 'duplicate-key') return `${place} stands there twice: expected ${expected}`;
  return `${place}${value === undefined ? '' : ` is ${value}`}: expected ${expected}`;
}
