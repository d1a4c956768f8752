import type { Hit } from '../../canvas/canvas.ts';
import type { Drawing } from '../../state/drawing.svelte.ts';
import { rename } from './commands.ts';

/** A double press: into a container, to the name of anything else. On the ground all of it is shown. */
export function doublePress(drawing: Drawing, hit: Hit): void {
  if (hit.kind === 'ground') {
    drawing.fit();
    return;
  }
  if (hit.kind === 'edge') {
    rename(drawing);
    return;
  }
  const item = drawing.scene.items[hit.index];
  if (!item || (hit.kind === 'item' && hit.part === 'toggle')) return;
  if (item.container && !item.collapsed) drawing.fitTo(item.ref);
  else rename(drawing);
}
