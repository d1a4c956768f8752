import { language } from '../../i18n/language.svelte.ts';
import { formatClipboard, parseClipboard } from '../../state/drawing-clipboard.ts';
import type { DrawingEdits } from '../../state/drawing-edits.svelte.ts';
import type { Drawing } from '../../state/drawing.svelte.ts';
import type { Point } from '../../geometry/scene.ts';

/**
 * Copies with the system's clipboard where the page may: the browser gives it to events of its own keys, and to
 * `execCommand` for menus. Reading it asks for a permission that may be denied; then what was copied in this window
 * is pasted.
 */
export function listenToClipboard(
  element: HTMLElement,
  drawing: Drawing,
  edits: DrawingEdits,
): () => void {
  const isOurs = () => {
    const { activeElement: focused } = element.ownerDocument;
    return focused === element || focused === element.ownerDocument.body;
  };
  const onCopy = (event: ClipboardEvent) => {
    if (!isOurs() && !copying) return;
    const copied = edits.copy();
    if (!copied || !event.clipboardData) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', formatClipboard(copied));
    if (event.type === 'cut' && drawing.editable) void edits.remove();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (!isOurs() || !drawing.editable) return;
    event.preventDefault();
    paste(drawing, edits, event.clipboardData?.getData('text/plain') ?? '');
  };
  // The browser only offers copying where something says that there is something to copy.
  const onBefore = (event: Event) => {
    if (isOurs() || copying) event.preventDefault();
  };
  const page = element.ownerDocument;
  page.addEventListener('copy', onCopy);
  page.addEventListener('cut', onCopy);
  page.addEventListener('paste', onPaste);
  page.addEventListener('beforecopy', onBefore);
  page.addEventListener('beforecut', onBefore);
  return () => {
    page.removeEventListener('copy', onCopy);
    page.removeEventListener('cut', onCopy);
    page.removeEventListener('paste', onPaste);
    page.removeEventListener('beforecopy', onBefore);
    page.removeEventListener('beforecut', onBefore);
  };
}

/** While a menu, not a key, copies. */
let copying = false;

export function copyByCommand(edits: DrawingEdits, cuts: boolean): void {
  copying = true;
  // Deprecated, and still the only way that needs no permission.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  const done = document.execCommand(cuts ? 'cut' : 'copy');
  copying = false;
  if (done) return;
  const copied = edits.copy();
  if (copied && cuts) void edits.remove();
}

export async function pasteByCommand(
  drawing: Drawing,
  edits: DrawingEdits,
  at?: Point,
): Promise<void> {
  let text = '';
  try {
    text = await navigator.clipboard.readText();
  } catch {
    // Not permitted: our own clipboard is left.
  }
  paste(drawing, edits, text, at);
}

function paste(drawing: Drawing, edits: DrawingEdits, text: string, at?: Point): void {
  const entities = parseClipboard(text) ?? edits.clipboard;
  if (entities) void edits.paste(entities, at);
  else {
    const title = language.messages.canvas.nothingToPaste;
    drawing.session.toasts.say({ tone: 'plain', title });
  }
}
