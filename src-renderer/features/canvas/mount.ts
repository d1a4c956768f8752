import { createNetworkCanvas } from '../../canvas/network-canvas.ts';
import { scaleLimits } from '../../canvas/pan-zoom.ts';
import type { CanvasTheme, NetworkCanvas, Overlay } from '../../canvas/canvas.ts';
import type { Hit } from '../../canvas/canvas.ts';
import type { Point, Scene } from '../../geometry/scene.ts';
import type { DrawingEdits } from '../../state/drawing-edits.svelte.ts';
import type { Camera, Drawing } from '../../state/drawing.svelte.ts';
import { createPointer } from './gestures/pointer.ts';

export interface MountOptions {
  readonly element: HTMLElement;
  readonly drawing: Drawing;
  readonly edits: DrawingEdits;
  readonly theme: CanvasTheme;
  readonly onHover: (hit: Hit, at: Point) => void;
  readonly onLeave: () => void;
}

/** The canvas of a page, with a pointer on it. */
export interface MountedCanvas {
  readonly canvas: NetworkCanvas;
  /** The hand is taken for as long as the space bar is down. */
  holdSpace(down: boolean): void;
  show(scene: Scene): void;
  overlay(overlay: Overlay): void;
  theme(theme: CanvasTheme): void;
  /** Gives up what is being dragged; false where nothing is. */
  cancel(): boolean;
  destroy(): void;
}

/** Puts the drawing surface into an element, lets the drawing look through it, and listens to the pointer. */
export function mountCanvas(options: MountOptions): MountedCanvas {
  const { element, drawing, edits, theme, onHover, onLeave } = options;
  let space = false;
  const pans = (event: Event): boolean => {
    if (space || drawing.tool === 'hand') return true;
    if (event instanceof MouseEvent) return event.button === 1;
    return false;
  };
  const canvas = createNetworkCanvas({
    element,
    theme,
    onViewport: (viewport) => {
      const { clientWidth, clientHeight } = element;
      drawing.takeView(viewport, { width: clientWidth, height: clientHeight });
    },
    pans: (event) => pans(event) || touchesGround(event),
  });
  function touchesGround(event: Event): boolean {
    if (!('touches' in event)) return false;
    const touches = event.touches as TouchList;
    const [touch] = touches;
    if (!touch || touches.length > 1) return true;
    const box = element.getBoundingClientRect();
    return canvas.hit({ x: touch.clientX - box.x, y: touch.clientY - box.y }).kind === 'ground';
  }

  const camera: Camera = {
    get viewport() {
      return canvas.viewport;
    },
    get target() {
      return canvas.target;
    },
    scaleLimits,
    get size() {
      return { width: element.clientWidth, height: element.clientHeight };
    },
    setViewport: (viewport, how) => canvas.setViewport(viewport, how),
    fit: (rectangle, how) => canvas.fit(rectangle, how),
    toUnits: (at) => canvas.toUnits(at),
    toPixels: (at) => canvas.toPixels(at),
    locate(clientX, clientY) {
      const box = element.getBoundingClientRect();
      const at = { x: clientX - box.x, y: clientY - box.y };
      const inside = at.x >= 0 && at.y >= 0 && at.x <= box.width && at.y <= box.height;
      return inside && element.contains(document.elementFromPoint(clientX, clientY))
        ? at
        : undefined;
    },
    focus: () => element.focus({ preventScroll: true }),
  };
  drawing.lookThrough(camera);
  const pointer = createPointer({ element, canvas, drawing, edits, pans, onHover, onLeave });

  return {
    canvas,
    holdSpace(down) {
      space = down;
    },
    show(scene) {
      canvas.setScene(scene);
      pointer.sceneChanged();
    },
    overlay: (overlay) => canvas.setOverlay(overlay),
    theme: (next) => canvas.setTheme(next),
    cancel: () => pointer.cancel(),
    destroy() {
      pointer.destroy();
      canvas.destroy();
      drawing.lookThrough(undefined);
    },
  };
}
