import { visibleText } from '../../model/visible-text.ts';
import type { Block } from '../document.ts';
import type { ReportWords } from '../words/index.ts';

/** What the author wrote of things, where anything is written. */
export function notesOf(
  t: ReportWords,
  all: readonly { readonly id: string; readonly name?: string; readonly notes?: string }[] = [],
): Block | undefined {
  const rows = all.flatMap(({ id, name, notes = '' }) =>
    notes.trim() === '' ? [] : [{ cells: [[visibleText(name ?? id)], [visibleText(notes)]] }],
  );
  if (rows.length === 0) return undefined;
  return {
    kind: 'table',
    caption: t.noted,
    columns: [{ label: t.name }, { label: t.note }],
    rows,
  };
}
