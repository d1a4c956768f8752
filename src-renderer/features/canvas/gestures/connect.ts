import { language } from '../../../i18n/language.svelte.ts';
import { flowRefusal } from '../../../state/drawing-flows.ts';
import type { Gesture, PointerPlace, Surface } from './gesture.ts';

/** What the line that is drawn becomes. */
export type LineKind = 'connection' | 'flow';

/** Draws a line from a thing to the pointer: targets light up, and what cannot be a target says why. */
export function connectGesture(surface: Surface, from: string, kind: LineKind): Gesture {
  const { canvas, drawing, edits } = surface;
  const refuses = (to: string): string | undefined => refusal(surface, kind, from, to);
  const targetAt = ({ at }: PointerPlace): string | undefined => {
    const hit = canvas.hit(at);
    if (hit.kind !== 'item' && hit.kind !== 'port') return undefined;
    const item = drawing.scene.items[hit.index];
    // A place is what lies behind things, not what is meant.
    return item && item.ref !== from && item.kind.is !== 'site' ? item.ref : undefined;
  };
  const clear = () => {
    drawing.mark({});
    drawing.tell(undefined);
  };

  return {
    scrolls: true,
    move(to) {
      const target = targetAt(to);
      const refused = target === undefined ? undefined : refuses(target);
      const accepted = target !== undefined && refused === undefined;
      drawing.mark({
        connecting: { from, to: to.units, ...(accepted ? { target } : {}) },
        ...(target === undefined ? {} : { hovered: target }),
      });
      drawing.tell(
        refused === undefined ? undefined : { at: to.at, tone: 'bad', lines: [refused] },
      );
    },
    end(to) {
      clear();
      const target = targetAt(to);
      if (target === undefined) return;
      const done = kind === 'flow' ? edits.addFlow(from, target) : edits.connect(from, target);
      void done;
    },
    cancel: clear,
    survives: () => drawing.item(from) !== undefined,
  };
}

/** Why a line of this kind may not lead there, in a sentence. */
export function refusal(
  { drawing, edits }: Pick<Surface, 'drawing' | 'edits'>,
  kind: LineKind,
  from: string,
  to: string | undefined,
): string | undefined {
  const { flowRefusal: flowWords, connectRefusal: words } = language.messages.canvas;
  if (kind === 'flow') {
    const reason = flowRefusal(drawing.project.design, from, to);
    return reason && flowWords[reason];
  }
  if (to !== undefined) return edits.refusesConnection(from, to);
  const start = drawing.item(from)?.kind.is;
  if (start === 'site') return words.site;
  return start === 'pod' ? words.pod : undefined;
}
