import { around } from '../geometry/rectangle.ts';
import type { Point, Rectangle, Scene, SceneItem } from '../geometry/scene.ts';
import type { CanvasTheme } from './types.ts';
import { paletteOf, toneOf, type Palette, type Tone } from './palette.ts';
import { isOpen } from './parts.ts';

export interface MinimapOptions {
  /** Filled with a canvas of its own; has to be positioned. */
  readonly element: HTMLElement;
  readonly theme: CanvasTheme;
  /** The point, in canvas units, that the user wants in the middle of the view. */
  readonly onMove: (centre: Point) => void;
}

export interface Minimap {
  setScene(scene: Scene): void;
  /** What the view shows, in canvas units. */
  setView(view: Rectangle): void;
  setTheme(theme: CanvasTheme): void;
  destroy(): void;
}

/** Pixels of the page. */
const margin = 6;

/** All of the drawing in small, and the part that is in view. Dragging moves the view. */
export function createMinimap({ element, theme, onMove }: MinimapOptions): Minimap {
  const page = element.ownerDocument;
  const canvas = page.createElement('canvas');
  canvas.style.position = 'absolute';
  canvas.style.inset = '0';
  canvas.style.width = '100%';
  canvas.style.height = '100%';
  canvas.style.touchAction = 'none';
  element.append(canvas);
  const pen = canvas.getContext('2d');
  const picture = new OffscreenCanvas(1, 1);
  let palette = paletteOf(theme);
  let scene: Scene | undefined;
  let view: Rectangle | undefined;
  let stale = true;
  let pending = 0;
  let shown: Shown = { scale: 1, x: 0, y: 0 };

  let painted = shown;

  const transformFor = (boxes: readonly (Rectangle | undefined)[]): Shown => {
    const bounds = around(boxes.filter((box) => box !== undefined)) ?? {
      x: 0,
      y: 0,
      width: 1,
      height: 1,
    };
    const scale = Math.min(
      (element.clientWidth - 2 * margin) / Math.max(bounds.width, 1),
      (element.clientHeight - 2 * margin) / Math.max(bounds.height, 1),
    );
    return {
      scale,
      x: (element.clientWidth - bounds.width * scale) / 2 - bounds.x * scale,
      y: (element.clientHeight - bounds.height * scale) / 2 - bounds.y * scale,
    };
  };

  const draw = (): void => {
    pending = 0;
    const ratio = devicePixelRatio;
    const width = Math.max(1, Math.round(element.clientWidth * ratio));
    const height = Math.max(1, Math.round(element.clientHeight * ratio));
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = picture.width = width;
      canvas.height = picture.height = height;
      stale = true;
    }
    // While a drag goes on the picture keeps still under the pointer.
    if (!dragging) shown = transformFor([scene?.bounds, view]);
    if (!pen) return;
    if (stale && scene) {
      painted = transformFor([scene.bounds]);
      paintBoxes(picture, scene, painted, ratio, palette);
    }
    stale = false;
    pen.clearRect(0, 0, width, height);
    // A view that goes beyond the boxes makes them smaller: the picture of them is only stretched.
    const by = shown.scale / painted.scale;
    pen.drawImage(
      picture,
      (shown.x - painted.x * by) * ratio,
      (shown.y - painted.y * by) * ratio,
      width * by,
      height * by,
    );
    if (view) paintView(pen, view, shown, ratio, palette);
  };
  const schedule = (): void => {
    if (pending === 0) pending = requestAnimationFrame(draw);
  };

  let dragging = false;
  const move = (event: PointerEvent): void => {
    if (!dragging) return;
    const box = element.getBoundingClientRect();
    onMove({
      x: (event.clientX - box.left - shown.x) / shown.scale,
      y: (event.clientY - box.top - shown.y) / shown.scale,
    });
  };
  const press = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    dragging = true;
    canvas.setPointerCapture(event.pointerId);
    event.preventDefault();
    event.stopPropagation();
    move(event);
  };
  const release = (): void => {
    dragging = false;
    schedule();
  };
  const swallow = (event: Event): void => event.stopPropagation();
  canvas.addEventListener('pointerdown', press);
  canvas.addEventListener('mousedown', swallow);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', release);
  canvas.addEventListener('pointercancel', release);
  const observer = new ResizeObserver(schedule);
  observer.observe(element);

  return {
    setScene(next) {
      scene = next;
      stale = true;
      schedule();
    },
    setView(next) {
      view = next;
      schedule();
    },
    setTheme(next) {
      palette = paletteOf(next);
      stale = true;
      schedule();
    },
    destroy() {
      observer.disconnect();
      cancelAnimationFrame(pending);
      canvas.remove();
    },
  };
}

interface Shown {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

function paintBoxes(
  picture: OffscreenCanvas,
  scene: Scene,
  shown: Shown,
  ratio: number,
  palette: Palette,
): void {
  const pen = picture.getContext('2d');
  if (!pen) return;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, picture.width, picture.height);
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  const least = 1 / ratio;
  const fill = ({ x, y, width, height }: SceneItem): void => {
    pen.fillRect(
      x * shown.scale + shown.x,
      y * shown.scale + shown.y,
      Math.max(width * shown.scale, least),
      Math.max(height * shown.scale, least),
    );
  };
  for (const item of scene.items) {
    if (!isOpen(item)) continue;
    const shades = palette.tones[toneOf(item)];
    pen.fillStyle = item.depth % 2 === 0 ? shades.wash : shades.tint;
    fill(item);
  }
  const leaves = new Map<Tone, SceneItem[]>();
  for (const item of scene.items) {
    if (isOpen(item)) continue;
    const tone = toneOf(item);
    const alike = leaves.get(tone);
    if (alike) alike.push(item);
    else leaves.set(tone, [item]);
  }
  for (const [tone, items] of leaves) {
    pen.fillStyle = palette.tones[tone].fill;
    for (const item of items) fill(item);
  }
}

/** The view's rectangle, with what lies outside of it dimmed. */
function paintView(
  pen: CanvasRenderingContext2D,
  view: Rectangle,
  shown: Shown,
  ratio: number,
  palette: Palette,
): void {
  const x = Math.round((view.x * shown.scale + shown.x) * ratio);
  const y = Math.round((view.y * shown.scale + shown.y) * ratio);
  const width = Math.max(4, Math.round(view.width * shown.scale * ratio));
  const height = Math.max(4, Math.round(view.height * shown.scale * ratio));
  const { canvas } = pen;
  pen.globalAlpha = 0.45;
  pen.fillStyle = palette.sunken;
  pen.beginPath();
  pen.rect(0, 0, canvas.width, canvas.height);
  pen.roundRect(x, y, width, height, 3 * ratio);
  pen.fill('evenodd');
  pen.globalAlpha = 1;
  pen.strokeStyle = palette.accent;
  pen.lineWidth = 1.5 * ratio;
  pen.beginPath();
  pen.roundRect(x, y, width, height, 3 * ratio);
  pen.stroke();
}
