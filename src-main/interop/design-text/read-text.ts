import type { DesignIssue, Path } from '../../model/issue.ts';

/** What is asked for: where the value at a path stands, or its key. */
export interface Place {
  readonly path: Path;
  readonly at: 'key' | 'value';
}

/** A text that could be read. Offsets are in UTF-16 code units. */
export interface ReadText {
  readonly value: unknown;
  /** Keys that stand twice in one map; the value holds the first. */
  readonly duplicates: readonly { readonly issue: DesignIssue; readonly offset: number }[];
  /** The offsets of places; of the nearest thing around one that the text does not have. */
  locate(places: readonly Place[]): readonly number[];
}
