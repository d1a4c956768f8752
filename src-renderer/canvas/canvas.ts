import type { Point, Rectangle, Scene } from '../geometry/scene.ts';
import type { CanvasTheme, Handle, Overlay, Viewport } from './types.ts';

export { createMinimap } from './minimap.ts';
export { createNetworkCanvas } from './network-canvas.ts';
export { pageTheme } from './page-theme.ts';
export { paintPreview } from './preview.ts';

export type * from './types.ts';

/** What a pointer position hits: the topmost thing. */
export type Hit =
  | { readonly kind: 'item'; readonly index: number; readonly part: 'body' | 'header' | 'toggle' }
  | { readonly kind: 'handle'; readonly index: number; readonly handle: Handle }
  | { readonly kind: 'port'; readonly index: number }
  | { readonly kind: 'edge'; readonly index: number; readonly end: 'from' | 'to' | 'middle' }
  | { readonly kind: 'ground' };

/** The drawing surface. Behaviour (tools, keys) is the owner's; drawing, culling and hit testing are here. */
export interface NetworkCanvas {
  /** Shows another scene. What has not changed is not drawn anew. */
  setScene(scene: Scene): void;
  setOverlay(overlay: Overlay): void;
  setTheme(theme: CanvasTheme): void;
  setWheel(action: WheelAction): void;
  readonly viewport: Viewport;
  /** Where the view is on its way to while it eases; where it is when it rests. */
  readonly target: Viewport;
  setViewport(viewport: Viewport, options?: { readonly animate?: boolean }): void;
  /** Makes the rectangle fill the view, with a margin. */
  fit(rectangle: Rectangle, options?: { readonly animate?: boolean }): void;
  /**
   * While things are dragged they are lifted out of the static picture, with what is inside them; deltas in canvas
   * units. `undefined` ends it, and so does another scene: leave them lifted until the scene with their new places.
   */
  lift(indexes: readonly number[] | undefined, by?: Point): void;
  /** While one is resized. */
  resize(index: number | undefined, rectangle?: Rectangle): void;
  /** Pixels of the element. */
  hit(at: Point): Hit;
  /** Items wholly inside the rectangle (canvas units), containers only when all of them is. */
  within(rectangle: Rectangle): readonly number[];
  toUnits(at: Point): Point;
  toPixels(at: Point): Point;
  destroy(): void;
}

export interface CanvasOptions {
  /** Fills it with canvases of its own; has to be positioned. */
  readonly element: HTMLElement;
  readonly theme: CanvasTheme;
  readonly onViewport: (viewport: Viewport) => void;
  /** Whether a press at this place begins a pan (space, middle button, hand tool, ground with a finger). */
  readonly pans: (event: MouseEvent | TouchEvent | WheelEvent) => boolean;
  /** What the plain wheel does; with Ctrl or Cmd, and by pinching, it zooms in any case. `pan` when absent. */
  readonly wheel?: WheelAction;
}

export type WheelAction = 'zoom' | 'pan';
