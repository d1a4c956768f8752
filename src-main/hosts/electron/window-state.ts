import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const rectangle = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
});
const windowState = z.strictObject({ bounds: rectangle, maximized: z.boolean() });

export type Rectangle = z.infer<typeof rectangle>;
export type WindowState = z.infer<typeof windowState>;

/** What was kept when the window was last closed; undefined the first time, and when the file holds something else. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return windowState.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    // No file yet, or no JSON in it: the window opens as it does the first time.
    return undefined;
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(file, JSON.stringify(state));
  } catch {
    // A place that cannot be written to costs the window's position, not the app's end.
  }
}

/** Whether enough of the window lies on a display that is there to take hold of it. Pixels. */
export function isGraspable(bounds: Rectangle, displays: readonly Rectangle[]): boolean {
  const graspablePixels = 80;
  return displays.some((display) => {
    const width =
      Math.min(bounds.x + bounds.width, display.x + display.width) - Math.max(bounds.x, display.x);
    const top = bounds.y >= display.y && bounds.y < display.y + display.height - graspablePixels;
    return width >= graspablePixels && top;
  });
}
