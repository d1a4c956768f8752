import type { DesignIssue } from '../../model/issue.ts';
import { holdSize } from './parse.ts';
import { readYaml } from './read-yaml.ts';
import type { ReadText } from './read-text.ts';
import { linesOf, UnreadableText, type TextIssue } from './text-issue.ts';

export type EntityText =
  | {
      readonly ok: true;
      /** What the text says; nothing has been checked. */
      readonly value: unknown;
      /** Keys that stand twice. */
      readonly duplicates: readonly TextIssue[];
      /** The issues of the value with their places in the text, together with `duplicates`, in the order of the text. */
      place(issues: readonly DesignIssue[]): readonly TextIssue[];
    }
  | { readonly ok: false; readonly issues: readonly TextIssue[] };

/** Reads the text of one entity: YAML, which JSON is a part of. Throws nothing. */
export function readEntityText(text: string): EntityText {
  const lines = linesOf(text);
  const placed = ({ issue, offset }: { issue: DesignIssue; offset: number }): TextIssue => ({
    ...issue,
    ...lines(offset),
  });
  let read: ReadText;
  try {
    holdSize(text, 'yaml');
    read = readYaml(text);
  } catch (thrown) {
    if (!(thrown instanceof UnreadableText)) throw thrown;
    const issues = thrown.issues.toSorted((a, b) => a.offset - b.offset).map(placed);
    return { ok: false, issues };
  }
  return {
    ok: true,
    value: read.value,
    duplicates: read.duplicates.map(placed),
    place(issues) {
      const offsets = read.locate(
        issues.map(({ segments, code }) => ({
          path: segments,
          at: code === 'unknown-key' ? 'key' : 'value',
        })),
      );
      return [
        ...read.duplicates,
        ...issues.map((issue, index) => ({ issue, offset: offsets[index] ?? 0 })),
      ]
        .sort((a, b) => a.offset - b.offset)
        .map(placed);
    },
  };
}
