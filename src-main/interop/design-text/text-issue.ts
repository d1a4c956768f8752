import { designIssue, issueSentence, type DesignIssue } from '../../model/issue.ts';

/** One thing that is wrong with a design, and where it stands in the text. */
export interface TextIssue extends DesignIssue {
  /** From 1. */
  readonly line: number;
  /** In UTF-16 code units, from 1. */
  readonly column: number;
  readonly fileName?: string;
}

/** The issue as one sentence, its place in front: `design.yaml:12:5: nodes[0].id is missing: expected an id…`. */
export function textIssueSentence(issue: TextIssue): string {
  const place = issue.fileName === undefined ? `line ${issue.line}, column ${issue.column}` : '';
  const file =
    issue.fileName === undefined ? '' : `${issue.fileName}:${issue.line}:${issue.column}`;
  return `${place}${file}: ${issueSentence(issue)}`;
}

/** Ends the reading of a text that cannot go on: what comes later would cost too much or mean nothing. */
export class UnreadableText extends Error {
  readonly issues: readonly { readonly issue: DesignIssue; readonly offset: number }[];

  constructor(...issues: readonly { readonly issue: DesignIssue; readonly offset: number }[]) {
    super(issues.map(({ issue }) => issueSentence(issue)).join('; '));
    this.issues = issues;
  }
}

export const syntaxIssue = (expected: string) => designIssue('syntax', [], expected);
export const limitIssue = (expected: string) => designIssue('limit', [], expected);

/** Line and column of offsets in a text. Lines end with LF, with or without CR. Looks no further than it has to. */
export function linesOf(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0];
  let isComplete = false;
  return (offset) => {
    while (!isComplete && (starts.at(-1) ?? 0) <= offset) {
      const end = text.indexOf('\n', starts.at(-1));
      if (end < 0) isComplete = true;
      else starts.push(end + 1);
    }
    let low = 0;
    for (let high = starts.length; high - low > 1;) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
