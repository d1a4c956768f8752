import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { hangingIndent } from './hanging-indent.ts';
import { theme } from './theme.ts';

/** Something wrong at a place of the text, both from 1. */
export interface TextProblem {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export interface TextEditor {
  /** Takes another text in, where it is another one; what was done before can be undone. */
  setText(text: string): void;
  setEditable(editable: boolean): void;
  show(problems: readonly TextProblem[]): void;
  goTo(problem: TextProblem): void;
  focus(): void;
  destroy(): void;
}

interface Options {
  readonly host: HTMLElement;
  readonly text: string;
  readonly label: string;
  readonly editable: boolean;
  readonly onchange: (text: string) => void;
  readonly onapply: () => void;
}

const editableFacets = (editable: boolean): Extension => [
  EditorState.readOnly.of(!editable),
  EditorView.editable.of(editable),
];

/**
 * Types over a selection without Chromium's help: it would carry the look of the replaced text over in an inline style,
 * which the page's policy forbids. What an input method composes begins where the selection was.
 */
const typeOver: Extension = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { state } = view;
    if (event.inputType !== 'insertText' || event.data === null || event.isComposing) return false;
    if (state.readOnly || state.selection.main.empty) return false;
    view.dispatch(state.replaceSelection(event.data), {
      userEvent: 'input.type',
      scrollIntoView: true,
    });
    return true;
  },
  compositionstart(_event, view) {
    const { state } = view;
    if (state.readOnly || state.selection.main.empty) return;
    view.dispatch(state.replaceSelection(''), { userEvent: 'delete.selection' });
  },
});

/**
 * An editor of YAML. It lives in a shadow root: there its styles are adopted sheets, which the page's policy allows, and
 * not style elements, which it does not.
 */
export function createTextEditor(options: Options): TextEditor {
  const { host, text, label, editable, onchange, onapply } = options;
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const editing = new Compartment();
  let silent = false;

  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        highlightSpecialChars(),
        foldGutter(),
        lintGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        yaml(),
        theme,
        typeOver,
        editing.of(editableFacets(editable)),
        EditorState.tabSize.of(2),
        EditorView.lineWrapping,
        hangingIndent,
        EditorView.contentAttributes.of({ 'aria-label': label }),
        keymap.of([
          { key: 'Mod-Enter', run: () => (onapply(), true) },
          ...defaultKeymap,
          ...historyKeymap,
          ...foldKeymap,
          // Tab leaves the editor after Escape, as everywhere in CodeMirror.
          indentWithTab,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !silent) onchange(update.state.doc.toString());
        }),
      ],
    }),
  });

  const rangeOf = ({ line, column }: TextProblem) => {
    const { doc } = view.state;
    const found = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const from = Math.min(found.from + Math.max(column - 1, 0), found.to);
    const word = /^[^\s,\]}]*/.exec(doc.sliceString(from, found.to))?.[0] ?? '';
    return { from, to: Math.max(from, Math.min(from + Math.max(word.length, 1), found.to)) };
  };

  return {
    setText(next) {
      const { doc } = view.state;
      if (next === doc.toString()) return;
      silent = true;
      view.dispatch({ changes: { from: 0, to: doc.length, insert: next } });
      silent = false;
    },
    setEditable(next) {
      view.dispatch({ effects: editing.reconfigure(editableFacets(next)) });
    },
    show(problems) {
      const diagnostics = problems.map((problem): Diagnostic => ({
        ...rangeOf(problem),
        severity: 'error',
        message: problem.text,
      }));
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    goTo(problem) {
      const { from } = rangeOf(problem);
      view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
