import { routesOf, type EdgeRoutes } from '../geometry/edge-routes.ts';
import type { Point, Rectangle, Scene } from '../geometry/scene.ts';
import type { CanvasOptions, NetworkCanvas } from './canvas.ts';
import type { Overlay, Viewport } from './types.ts';
import type { Frame } from './brush.ts';
import { createCardBitmaps } from './card-bitmaps.ts';
import { isSameView, viewportFor } from './fit.ts';
import { hitAt, itemsWithin } from './hit.ts';
import { liftedWith, paintLifted, resized, type Lifted } from './lifted.ts';
import { paintOverlay } from './paint-overlay.ts';
import { paletteOf } from './palette.ts';
import { createPanZoom } from './pan-zoom.ts';
import { createStaticLayer } from './static-layer.ts';
import { measureByCanvas } from './measure.ts';
import { createTypesetter } from './text.ts';

/** The picture is drawn anew this long after the last movement. */
const restMs = 120;

const noScene: Scene = {
  items: [],
  edges: [],
  indexOf: new Map(),
  edgeIndexOf: new Map(),
  faults: [],
  bounds: { x: 0, y: 0, width: 0, height: 0 },
};
const noOverlay: Overlay = { selected: new Set(), guides: [] };

export function createNetworkCanvas(options: CanvasOptions): NetworkCanvas {
  const { element, onViewport } = options;
  const page = element.ownerDocument;
  const holder = page.createElement('div');
  Object.assign(holder.style, { position: 'absolute', inset: '0', overflow: 'hidden' });
  const layer = createStaticLayer(page);
  const top = page.createElement('canvas');
  Object.assign(top.style, {
    position: 'absolute',
    left: '0',
    top: '0',
    pointerEvents: 'none',
  });
  holder.append(layer.canvas, top);
  element.prepend(holder);
  const pen = top.getContext('2d');

  const type = createTypesetter(measureByCanvas);
  const cards = createCardBitmaps();
  let palette = paletteOf(options.theme);
  holder.style.background = palette.ground;
  let scene = noScene;
  let routes: EdgeRoutes = routesOf(scene);
  let overlay = noOverlay;
  let width = 0;
  let height = 0;
  let ratio = 1;

  let lifted: Lifted | undefined;
  let liftedIndexes: readonly number[] = [];
  let liftedBy: Point = { x: 0, y: 0 };
  let liftedBox: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

  // What the next frame has to do.
  let frameAsked = 0;
  let stale = true;
  let overlayStale = true;
  let overlayEmpty = true;
  let placed: Viewport | undefined;
  /** Where the picture is as sharp as can be. */
  let sharpAt: Viewport | undefined;
  let restTimer: ReturnType<typeof setTimeout> | undefined;

  const drawStatic = (exact: boolean): void => {
    layer.draw(
      { scene, routes, cards, exact, ...(lifted && { without: lifted }) },
      zoom.viewport,
      palette,
      type,
    );
    placed = zoom.viewport;
    sharpAt = exact ? placed : undefined;
    stale = false;
  };

  const drawOverlay = (): void => {
    overlayStale = false;
    if (!pen) return;
    const nothing = isEmpty(overlay) && !lifted;
    if (nothing && overlayEmpty) return;
    overlayEmpty = nothing;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, top.width, top.height);
    if (nothing) return;
    const { viewport } = zoom;
    const frame: Frame = {
      pen,
      scale: viewport.scale * ratio,
      ratio,
      x: viewport.x * ratio,
      y: viewport.y * ratio,
      palette,
      type,
    };
    const here = lifted;
    if (here) paintLifted(frame, scene, here, cards);
    paintOverlay(frame, scene, overlay, (index) => (here ? here.boxOf(index) : scene.items[index]));
  };

  const nextFrame = (): void => {
    frameAsked = 0;
    if (width === 0 || height === 0) return;
    const { viewport } = zoom;
    if (stale) drawStatic(true);
    else if (placed !== viewport) {
      if (layer.serves(viewport, scene.bounds)) {
        layer.place(viewport);
        placed = viewport;
      } else drawStatic(false);
    }
    if (overlayStale) drawOverlay();
  };
  const ask = (): void => {
    if (frameAsked === 0) frameAsked = requestAnimationFrame(nextFrame);
  };
  const askStatic = (): void => {
    stale = true;
    overlayStale = true;
    ask();
  };

  const zoom = createPanZoom({
    element,
    wheel: options.wheel ?? 'pan',
    pans: options.pans,
    onChange: (viewport) => {
      overlayStale = true;
      ask();
      clearTimeout(restTimer);
      restTimer = setTimeout(() => {
        if (sharpAt !== zoom.viewport) drawStatic(true);
      }, restMs);
      onViewport(viewport);
    },
  });

  /** Takes the element's size; false where there is none, or it is the same as before. */
  const takeSize = (): boolean => {
    const box = element.getBoundingClientRect();
    const [wide, high] = [Math.round(box.width), Math.round(box.height)];
    if (wide === width && high === height && ratio === devicePixelRatio) return false;
    width = wide;
    height = high;
    ratio = devicePixelRatio;
    if (width === 0 || height === 0) return false;
    layer.resize(width, height, ratio);
    top.width = Math.round(width * ratio);
    top.height = Math.round(height * ratio);
    top.style.width = `${width}px`;
    top.style.height = `${height}px`;
    return true;
  };
  /** What was made to fit last, and the view that it was given. */
  let fitted: { readonly rectangle: Rectangle; readonly viewport: Viewport } | undefined;
  /** What was made to fit, and was not moved since, fits whatever the size. */
  const fitAgain = (): void => {
    if (!fitted || !isSameView(zoom.target, fitted.viewport)) return;
    fitted = { ...fitted, viewport: viewportFor(fitted.rectangle, width, height) };
    zoom.set(fitted.viewport, false);
  };
  const measure = (): void => {
    if (!takeSize()) return;
    fitAgain();
    // Drawn at once: a canvas that has been resized is empty until then.
    drawStatic(true);
    overlayEmpty = false;
    drawOverlay();
    // What is in view has changed with the size.
    onViewport(zoom.viewport);
  };
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  // Moving to a screen with other pixels changes the ratio, not the size.
  let density: MediaQueryList | undefined;
  const watchDensity = (): void => {
    density?.removeEventListener('change', watchDensity);
    density = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    density.addEventListener('change', watchDensity);
    if (ratio !== devicePixelRatio) measure();
  };
  watchDensity();
  // A canvas does not wait for faces: what it has drawn without them is drawn anew.
  const faces = [`600 13px ${palette.textFace}`, `400 11px ${palette.codeFace}`];
  void Promise.all(faces.map((face) => page.fonts.load(face))).then((loaded) => {
    if (loaded.every(({ length }) => length === 0)) return;
    type.forget();
    cards.clear();
    if (width > 0) askStatic();
  });

  const letGo = (): void => {
    lifted = undefined;
    liftedIndexes = [];
    askStatic();
  };

  return {
    setScene(next) {
      if (next === scene) return;
      scene = next;
      routes = routesOf(scene);
      lifted = undefined;
      liftedIndexes = [];
      askStatic();
    },
    setOverlay(next) {
      overlay = next;
      overlayStale = true;
      ask();
    },
    setTheme(theme) {
      palette = paletteOf(theme);
      holder.style.background = palette.ground;
      cards.clear();
      askStatic();
    },
    setWheel: (action) => zoom.setWheel(action),
    get viewport() {
      return zoom.viewport;
    },
    get target() {
      return zoom.target;
    },
    setViewport(viewport, { animate = false } = {}) {
      zoom.set(viewport, animate);
    },
    fit(rectangle, { animate = false } = {}) {
      // What is made to fit is drawn with the next frame.
      if (width === 0 && takeSize()) askStatic();
      fitted = { rectangle, viewport: viewportFor(rectangle, width, height) };
      zoom.set(fitted.viewport, animate);
    },
    lift(indexes, by = { x: 0, y: 0 }) {
      if (indexes === undefined) {
        if (lifted) letGo();
        return;
      }
      liftedBy = by;
      if (!lifted || !sameNumbers(indexes, liftedIndexes)) {
        liftedIndexes = indexes;
        lifted = liftedWith(scene, indexes, () => liftedBy);
        askStatic();
      }
      overlayStale = true;
      ask();
    },
    resize(index, rectangle) {
      if (index === undefined) {
        if (lifted) letGo();
        return;
      }
      const item = scene.items[index];
      if (!item) return;
      liftedBox = rectangle ?? item;
      if (!lifted || !sameNumbers([index], liftedIndexes)) {
        liftedIndexes = [index];
        lifted = resized(scene, index, () => liftedBox);
        askStatic();
      }
      overlayStale = true;
      ask();
    },
    hit: (at) => hitAt(scene, routes, overlay, zoom.viewport, at),
    within: (rectangle) => itemsWithin(scene, rectangle),
    toUnits({ x, y }) {
      const { viewport } = zoom;
      return { x: (x - viewport.x) / viewport.scale, y: (y - viewport.y) / viewport.scale };
    },
    toPixels({ x, y }) {
      const { viewport } = zoom;
      return { x: x * viewport.scale + viewport.x, y: y * viewport.scale + viewport.y };
    },
    destroy() {
      observer.disconnect();
      density?.removeEventListener('change', watchDensity);
      clearTimeout(restTimer);
      cancelAnimationFrame(frameAsked);
      zoom.destroy();
      holder.remove();
      cards.clear();
    },
  };
}

const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);

const isEmpty = (overlay: Overlay): boolean =>
  overlay.selected.size === 0 &&
  overlay.guides.length === 0 &&
  !overlay.hovered &&
  !overlay.dropTarget &&
  !overlay.frame &&
  !overlay.connecting &&
  !overlay.ghost &&
  !overlay.path;
