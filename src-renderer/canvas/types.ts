import type { Point, Rectangle } from '../geometry/scene.ts';

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

export type Handle = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';
