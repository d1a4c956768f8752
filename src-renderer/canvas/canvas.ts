import type { Point, Rectangle, Scene } from '../geometry/scene.ts';

export { createMinimap } from './minimap.ts';
export { createNetworkCanvas } from './network-canvas.ts';
export { pageTheme } from './page-theme.ts';
export { paintPreview } from './preview.ts';

/** From canvas units to pixels of the page: `pixels = units * scale + offset`. */
export interface Viewport {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** The colours and faces of the drawing, read from the page's tokens by whoever owns the page. */
export interface CanvasTheme {
  readonly dark: boolean;
  /** Value of a custom property of tokens.css, such as `--accent`, as a colour that a canvas takes. */
  color(token: string): string;
  readonly textFace: string;
  readonly codeFace: string;
}

/** What lies on top of the scene and changes often; drawn on a canvas of its own. */
export interface Overlay {
  readonly selected: ReadonlySet<string>;
  readonly hovered?: string;
  /** The container that what is dragged would be dropped into. */
  readonly dropTarget?: string;
  /** Selection frame, canvas units. */
  readonly frame?: Rectangle;
  /** Snap lines, canvas units. */
  readonly guides: readonly { readonly from: Point; readonly to: Point }[];
  /** A line that is being drawn from a thing to the pointer. */
  readonly connecting?: { readonly from: string; readonly to: Point; readonly target?: string };
  /** What is dragged from the palette. */
  readonly ghost?: Rectangle;
  /** The path of the trace that is read, as the refs of boxes and ids of edges in order; lit up. */
  readonly path?: TracePath;
}

/** A packet's way over the drawing. Points are canvas units, made by geometry/trace-path.ts. */
export interface TracePath {
  /** Each hop's place, and how the packet gets there. */
  readonly points: readonly Point[];
  readonly tone: 'good' | 'warn' | 'bad';
  /** Where the packet is: index of a point plus a fraction of the way to the next. */
  readonly position: number;
  /** Nesting of tunnels at each point: drawn as rings around the packet. */
  readonly depth: readonly number[];
}

/** What a pointer position hits: the topmost thing. */
export type Hit =
  | { readonly kind: 'item'; readonly index: number; readonly part: 'body' | 'header' | 'toggle' }
  | { readonly kind: 'handle'; readonly index: number; readonly handle: Handle }
  | { readonly kind: 'port'; readonly index: number }
  | { readonly kind: 'edge'; readonly index: number; readonly end: 'from' | 'to' | 'middle' }
  | { readonly kind: 'ground' };

export type Handle = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';

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
