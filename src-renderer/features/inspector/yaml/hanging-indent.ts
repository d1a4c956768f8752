import { RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  EditorView,
  ViewPlugin,
  type DecorationSet,
  type PluginValue,
  type ViewUpdate,
} from '@codemirror/view';

/** Columns that what wraps stands further in than its line begins. */
const hang = 2;
const deepest = 24;

const classOf = (columns: number) => `cm-hang-${Math.min(columns, deepest)}`;
const marks = Array.from({ length: deepest + 1 }, (_, columns) =>
  Decoration.line({ class: classOf(columns) }),
);

/** Classes, not inline styles: the page's policy allows these alone. */
const rules = EditorView.theme(
  Object.fromEntries(
    marks.map((_, columns) => [
      `.cm-line.${classOf(columns)}`,
      {
        paddingInlineStart: `calc(6px + ${columns + hang}ch)`,
        textIndent: `-${columns + hang}ch`,
      },
    ]),
  ),
);

function marksOf({ state, visibleRanges }: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of visibleRanges) {
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at);
      const mark = marks[Math.min(/^[ -]*/.exec(line.text)?.[0].length ?? 0, deepest)];
      if (mark) builder.add(line.from, line.from, mark);
      at = line.to + 1;
    }
  }
  return builder.finish();
}

class Hanging implements PluginValue {
  marks: DecorationSet;

  constructor(view: EditorView) {
    this.marks = marksOf(view);
  }
  update({ docChanged, viewportChanged, view }: ViewUpdate): void {
    if (docChanged || viewportChanged) this.marks = marksOf(view);
  }
}

/** A line that wraps goes on beneath where its text begins, as YAML is read by how far in it stands. */
export const hangingIndent = [
  ViewPlugin.fromClass(Hanging, { decorations: ({ marks }) => marks }),
  rules,
];
