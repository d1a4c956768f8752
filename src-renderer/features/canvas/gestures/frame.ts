import type { Rectangle } from '../../../geometry/scene.ts';
import type { Gesture, PointerPlace, Surface } from './gesture.ts';

/** A frame drawn over the ground selects what lies wholly in it; with shift or control, besides what is selected. */
export function frameGesture({ canvas, drawing }: Surface, from: PointerPlace): Gesture {
  const { selection } = drawing.project;
  const adds = from.shift || from.control;
  const before = [...selection.refs];
  if (!adds) selection.clear();

  return {
    scrolls: true,
    move({ units }) {
      const frame: Rectangle = {
        x: Math.min(from.units.x, units.x),
        y: Math.min(from.units.y, units.y),
        width: Math.abs(from.units.x - units.x),
        height: Math.abs(from.units.y - units.y),
      };
      const { items } = drawing.scene;
      const inside = new Set(canvas.within(frame));
      // What lies in a container that is selected goes with it.
      const framed = [...inside].flatMap((index) => {
        const item = items[index];
        return item && !inside.has(item.parent) ? [item.ref] : [];
      });
      selection.set(adds ? [...before, ...framed] : framed);
      drawing.mark({ frame });
    },
    end() {
      drawing.mark({});
    },
    cancel() {
      drawing.mark({});
      selection.set(before);
    },
    survives: () => true,
  };
}
