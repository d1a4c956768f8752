import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const rectangle = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().min(1),
  height: z.int().min(1),
});
const windowState = z.strictObject({ bounds: rectangle, maximized: z.boolean() });
/** By the project's file; the empty name is that of a window without one. The one that was closed last comes last. */
const windowStates = z.strictObject({
  places: z.array(z.strictObject({ file: z.string(), ...windowState.shape })),
});

export type Rectangle = z.infer<typeof rectangle>;
export type WindowState = z.infer<typeof windowState>;
type Places = z.infer<typeof windowStates>['places'];

/** Files whose windows are remembered. */
const placesKept = 100;

/** Nothing the first time, and where the file holds something else. */
function readPlaces(path: string): Places {
  try {
    const read = windowStates.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return read.data?.places ?? [];
  } catch {
    // No file yet, or no JSON in it: windows open as they do the first time.
    return [];
  }
}

/** Where the window of this file was when it was closed; else where the last window was. */
export function readWindowState(path: string, file = ''): WindowState | undefined {
  const places = readPlaces(path);
  const found = places.findLast((place) => place.file === file) ?? places.at(-1);
  return found && { bounds: found.bounds, maximized: found.maximized };
}

export function writeWindowState(path: string, state: WindowState, file = ''): void {
  const others = readPlaces(path).filter((place) => place.file !== file);
  try {
    const places = [...others, { file, ...state }].slice(-placesKept);
    writeFileSync(path, JSON.stringify({ places }));
  } catch {
    // A place that cannot be written to costs the window's position, not the app's end.
  }
}

/** A little lower and further to the right than a window that is at the same place, so that both are seen. */
export function besideOthers(bounds: Rectangle, others: readonly Rectangle[]): Rectangle {
  const stepPixels = 28;
  let { x, y } = bounds;
  while (others.some((other) => other.x === x && other.y === y)) {
    x += stepPixels;
    y += stepPixels;
  }
  return { ...bounds, x, y };
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
