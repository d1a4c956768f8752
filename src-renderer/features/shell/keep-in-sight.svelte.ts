import { untrack } from 'svelte';
import type { Drawing } from '../../state/drawing.svelte.ts';

/** By then the canvas has taken its new size. */
const settledMs = 60;

/** Who sees the whole drawing still does when its room, in pixels, becomes another by itself. For a component's start. */
export function keepInSight(drawing: () => Drawing, room: () => number): void {
  let sawAll = false;
  $effect.pre(() => {
    if (room() > 0) sawAll = untrack(() => seesAll(drawing()));
  });
  $effect(() => {
    if (room() <= 0 || !sawAll) return;
    const later = setTimeout(() => {
      const { camera, scene } = drawing();
      if (!seesAll(drawing())) camera?.fit(scene.bounds);
    }, settledMs);
    return () => clearTimeout(later);
  });
}

function seesAll({ camera, scene: { bounds, items } }: Drawing): boolean {
  if (!camera || items.length === 0) return false;
  const from = camera.toUnits({ x: 0, y: 0 });
  const to = camera.toUnits({ x: camera.size.width, y: camera.size.height });
  return (
    bounds.x >= from.x &&
    bounds.y >= from.y &&
    bounds.x + bounds.width <= to.x &&
    bounds.y + bounds.height <= to.y
  );
}
