import type { NetworkCanvas } from '../../../canvas/canvas.ts';
import type { Point } from '../../../geometry/scene.ts';
import type { DrawingEdits } from '../../../state/drawing-edits.svelte.ts';
import type { Drawing } from '../../../state/drawing.svelte.ts';

/** Where the pointer is, and what is held down with it. */
export interface PointerPlace {
  /** Pixels of the canvas. */
  readonly at: Point;
  readonly units: Point;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly control: boolean;
}

/** What a press turns into while the button stays down. Ends once: by letting go, or by being given up. */
export interface Gesture {
  move(to: PointerPlace): void;
  end(at: PointerPlace): void;
  cancel(): void;
  /** The design has changed meanwhile; false where what the gesture is about is gone. */
  survives(): boolean;
  /** Whether the view follows the pointer beyond its edge. */
  readonly scrolls: boolean;
}

/** What gestures work on. */
export interface Surface {
  readonly canvas: NetworkCanvas;
  readonly drawing: Drawing;
  readonly edits: DrawingEdits;
}
