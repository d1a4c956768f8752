/** The drawing alone on a page, driven from outside: for measuring it, and for looking at it. */
import '../../../../src-renderer/theme/tokens.css';
import '../../../../src-renderer/theme/base.css';
import './page.css';
import type { Design, Finding } from '../../../../src-main/contract/index.ts';
import {
  createMinimap,
  createNetworkCanvas,
  pageTheme,
  type NetworkCanvas,
  type Overlay,
} from '../../../../src-renderer/canvas/canvas.ts';
import type { Minimap } from '../../../../src-renderer/canvas/minimap.ts';
import { buildScene } from '../../../../src-renderer/geometry/build-scene.ts';
import type {
  Point,
  Rectangle,
  Scene,
  ViewChoice,
} from '../../../../src-renderer/geometry/scene.ts';
import { createFloor } from './floor.ts';

export interface Drawing {
  /** Milliseconds until the first picture was drawn. */
  show(design: Design, choice: ViewChoice, findings: readonly Finding[]): Promise<number>;
  floor(design: Design): Promise<number>;
  readonly canvas: NetworkCanvas | undefined;
  readonly scene: Scene | undefined;
  fit(rectangle?: Rectangle): void;
  overlay(overlay: Partial<Overlay>): void;
  /** A drag of one node that follows the mouse, as a tool of the app would do it. */
  dragging(index: number | undefined): void;
  /** A card in a part of the scene, and where it is on the page. */
  findNode(rectangle: Rectangle): { readonly index: number } & Point;
  /** Times between frames shown from now on; the second call answers them. */
  measure(): void;
  measured(): readonly number[];
  /** How often the view or the dragged node has moved since then: what did not move was not measured. */
  moves(): number;
  minimap(): Minimap;
}

declare global {
  interface Window {
    drawing: Drawing;
  }
}

const element = document.querySelector<HTMLElement>('#drawing');
const small = document.querySelector<HTMLElement>('#small');
if (!element || !small) throw new Error('the page has no place for a drawing');

let canvas: NetworkCanvas | undefined;
let floor: ReturnType<typeof createFloor> | undefined;
let scene: Scene | undefined;
let floorScene: Scene | undefined;
let dragged: number | undefined;
let pressed: Point | undefined;
let overlay: Overlay = { selected: new Set(), guides: [] };
let frames: number[] = [];
let counting = 0;
let moves = 0;

const painted = (): Promise<void> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });

function close(): void {
  canvas?.destroy();
  floor?.destroy();
  canvas = undefined;
  floor = undefined;
}

element.addEventListener('mousedown', (event) => {
  pressed = { x: event.clientX, y: event.clientY };
});
window.addEventListener('mousemove', (event) => {
  if (!pressed || dragged === undefined || !canvas) return;
  const { scale } = canvas.viewport;
  const by = { x: (event.clientX - pressed.x) / scale, y: (event.clientY - pressed.y) / scale };
  canvas.lift([dragged], by);
  moves += 1;
});
window.addEventListener('mouseup', () => {
  pressed = undefined;
});

window.drawing = {
  async show(design, choice, findings) {
    const began = performance.now();
    close();
    scene = buildScene(design, choice, findings);
    canvas = createNetworkCanvas({
      element,
      theme: pageTheme(document.documentElement),
      onViewport: () => {
        moves += 1;
      },
      pans: () => dragged === undefined,
      wheel: 'zoom',
    });
    canvas.setScene(scene);
    canvas.setOverlay(overlay);
    canvas.fit(scene.bounds);
    await painted();
    return performance.now() - began;
  },
  async floor(design) {
    const began = performance.now();
    close();
    scene = undefined;
    floorScene = buildScene(design, { view: 'all', hiddenTags: [] }, []);
    floor = createFloor(
      element,
      floorScene,
      () => dragged,
      () => {
        moves += 1;
      },
    );
    await painted();
    return performance.now() - began;
  },
  get canvas() {
    return canvas;
  },
  get scene() {
    return scene;
  },
  fit(rectangle) {
    if (canvas && scene) canvas.fit(rectangle ?? scene.bounds);
    floor?.fit(rectangle);
  },
  overlay(next) {
    overlay = { ...overlay, ...next };
    canvas?.setOverlay(overlay);
  },
  dragging(index) {
    if (index === undefined) canvas?.lift(undefined);
    dragged = index;
  },
  findNode(rectangle) {
    const { items } = scene ?? floorScene ?? { items: [] };
    const x = rectangle.x + rectangle.width / 2;
    const y = rectangle.y + rectangle.height / 2;
    const index = items.findIndex(
      (item) =>
        item.kind.is === 'node' &&
        !item.container &&
        Math.abs(item.x - x) < rectangle.width / 4 &&
        Math.abs(item.y - y) < rectangle.height / 4,
    );
    const item = items[index];
    if (!item) throw new Error('no card to drag');
    const scale = Math.min(
      (element.clientWidth - 80) / rectangle.width,
      (element.clientHeight - 80) / rectangle.height,
    );
    return {
      index,
      x: (item.x + 40 - x) * scale + element.clientWidth / 2,
      y: (item.y + 20 - y) * scale + element.clientHeight / 2,
    };
  },
  measure() {
    frames = [];
    moves = 0;
    cancelAnimationFrame(counting);
    let last: number | undefined;
    const count = (now: number): void => {
      if (last !== undefined) frames.push(now - last);
      last = now;
      counting = requestAnimationFrame(count);
    };
    counting = requestAnimationFrame(count);
  },
  measured() {
    cancelAnimationFrame(counting);
    return frames;
  },
  moves: () => moves,
  minimap() {
    const theme = pageTheme(document.documentElement);
    const map = createMinimap({ element: small, theme, onMove: () => undefined });
    if (scene) map.setScene(scene);
    const at = canvas?.viewport ?? { scale: 1, x: 0, y: 0 };
    map.setView({
      x: -at.x / at.scale,
      y: -at.y / at.scale,
      width: element.clientWidth / at.scale,
      height: element.clientHeight / at.scale,
    });
    return map;
  },
};
