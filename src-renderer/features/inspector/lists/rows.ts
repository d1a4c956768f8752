import { Part, type RowDraft } from '../../../state/inspector-editor.svelte.ts';
import { startsWith } from '../../../state/inspector-path.ts';

/** A row of a list as it is shown: of the design, or a draft that waits for what it lacks. */
export interface ShownRow {
  readonly key: string;
  readonly part: Part;
  /** Its place in the design; of a draft, the place that it will have. */
  readonly at: number;
  readonly draft: RowDraft | undefined;
}

const idOf = (row: unknown): string | undefined => {
  const id = (row as { readonly id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : undefined;
};

/** Rows keep their key when a draft becomes one of the design, so that the keyboard stays in its field. */
export function shownRows(list: Part): readonly ShownRow[] {
  const values = Array.isArray(list.value) ? (list.value as readonly unknown[]) : [];
  const rows: ShownRow[] = values.map((row, at) => {
    const id = idOf(row);
    const key = id === undefined ? at : `#${id}`;
    return { key: String(key), part: list.at(key), at, draft: undefined };
  });
  const { editor, path } = list;
  if (list.draft) return rows;
  for (const draft of editor.drafts) {
    if (draft.list.length !== path.length || !startsWith(draft.list, path)) continue;
    const id = idOf(draft.value);
    const wanted = id === undefined ? `${draft.at}` : `#${id}`;
    const there = rows.some((row) => row.key === wanted);
    if (there && draft.joining) continue;
    const key = there ? `draft-${editor.drafts.indexOf(draft)}` : wanted;
    const at = Math.min(draft.at, rows.length);
    rows.splice(at, 0, { key, part: new Part(editor, [], draft), at, draft });
  }
  return rows;
}
