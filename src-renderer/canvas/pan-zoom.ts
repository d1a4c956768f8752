import { easeCubicInOut, select, zoom, zoomIdentity, type D3ZoomEvent } from 'd3';
import type { WheelAction } from './canvas.ts';
import type { Viewport } from './types.ts';

export const scaleLimits = [0.02, 4] as const;

export interface PanZoomOptions {
  readonly element: HTMLElement;
  readonly wheel: WheelAction;
  readonly pans: (event: MouseEvent | TouchEvent | WheelEvent) => boolean;
  readonly onChange: (viewport: Viewport) => void;
}

/** Pixels that a line and a page of a wheel without pixels are worth. */
const linePixels = 16;
const pagePixels = 400;
const animationMs = 240;

/** What wheel, drag and pinch do to the view. */
export function createPanZoom({ element, pans, onChange, ...options }: PanZoomOptions): {
  readonly viewport: Viewport;
  /** Where the view is on its way to while it eases; where it is when it rests. */
  readonly target: Viewport;
  set(viewport: Viewport, animate: boolean): void;
  setWheel(action: WheelAction): void;
  destroy(): void;
} {
  let wheel = options.wheel;
  let viewport: Viewport = { scale: 1, x: 0, y: 0 };
  let target: Viewport | undefined;
  const zooms = (event: WheelEvent): boolean => event.ctrlKey || event.metaKey || wheel === 'zoom';

  const behaviour = zoom<HTMLElement, unknown>()
    .scaleExtent([scaleLimits[0], scaleLimits[1]])
    .clickDistance(4)
    .filter((event: MouseEvent | TouchEvent | WheelEvent) =>
      event.type === 'wheel' ? zooms(event as WheelEvent) : pans(event),
    )
    .wheelDelta((event: WheelEvent) => {
      const unit = event.deltaMode === 1 ? 0.05 : event.deltaMode === 2 ? 1 : 0.002;
      // A pinch on a trackpad comes as a wheel with Ctrl and small steps.
      const pinch = event.ctrlKey && Math.abs(event.deltaY) < 40 ? 5 : 1;
      return -event.deltaY * unit * pinch;
    })
    .on('zoom', ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => {
      viewport = { scale: transform.k, x: transform.x, y: transform.y };
      onChange(viewport);
    });
  const view = select(element).call(behaviour).on('dblclick.zoom', null);

  const panByWheel = (event: WheelEvent): void => {
    if (zooms(event)) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? linePixels : event.deltaMode === 2 ? pagePixels : 1;
    const sideways = event.shiftKey && event.deltaX === 0;
    const dx = (sideways ? event.deltaY : event.deltaX) * unit;
    const dy = (sideways ? 0 : event.deltaY) * unit;
    view.interrupt();
    behaviour.translateBy(view, -dx / viewport.scale, -dy / viewport.scale);
  };
  element.addEventListener('wheel', panByWheel, { passive: false });

  return {
    get viewport() {
      return viewport;
    },
    get target() {
      return target ?? viewport;
    },
    set(to, animate) {
      const scale = Math.min(Math.max(to.scale, scaleLimits[0]), scaleLimits[1]);
      const transform = zoomIdentity.translate(to.x, to.y).scale(scale);
      view.interrupt();
      target = undefined;
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      if (animate && !still) {
        const goal = { scale, x: to.x, y: to.y };
        target = goal;
        const slowly = view
          .transition()
          .duration(animationMs)
          .ease(easeCubicInOut)
          .on('end.target interrupt.target cancel.target', () => {
            if (target === goal) target = undefined;
          });
        behaviour.transform(slowly, transform);
      } else behaviour.transform(view, transform);
    },
    setWheel(action) {
      wheel = action;
    },
    destroy() {
      view.interrupt();
      view.on('.zoom', null);
      // What d3 keeps on the element, also of a drag that is going on: the next surface begins anew.
      view.property('__zooming', null).property('__zoom', null);
      element.removeEventListener('wheel', panByWheel);
    },
  };
}
