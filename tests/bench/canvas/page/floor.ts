/**
 * What no drawing can be faster than: flat boxes and straight lines, drawn once onto a canvas that is then moved and
 * stretched; no labels, no containers, no marks.
 */
import { select, zoom, zoomIdentity, type D3ZoomEvent } from 'd3';
import type { Rectangle, Scene } from '../../../../src-renderer/geometry/scene.ts';

const restMs = 120;

export function createFloor(
  element: HTMLElement,
  scene: Scene,
  dragged: () => number | undefined,
  onMove: () => void,
): { fit(rectangle?: Rectangle): void; destroy(): void } {
  const width = element.clientWidth;
  const height = element.clientHeight;
  const holder = document.createElement('div');
  Object.assign(holder.style, { position: 'absolute', inset: '0', overflow: 'hidden' });
  const layer = document.createElement('canvas');
  layer.width = width * 2;
  layer.height = height * 2;
  Object.assign(layer.style, {
    position: 'absolute',
    transformOrigin: '0 0',
    willChange: 'transform',
  });
  const top = document.createElement('canvas');
  top.width = width;
  top.height = height;
  Object.assign(top.style, { position: 'absolute', left: '0', top: '0', pointerEvents: 'none' });
  holder.append(layer, top);
  element.append(holder);
  const pen = layer.getContext('2d', { alpha: false });
  const topPen = top.getContext('2d');

  const { items, edges } = scene;
  const boxes = new Float64Array(items.length * 4);
  items.forEach(({ x, y, width: w, height: h }, index) => boxes.set([x, y, w, h], index * 4));
  const ends = new Uint32Array(edges.length * 2);
  edges.forEach(({ from, to }, index) => ends.set([from, to], index * 2));
  const at = (index: number): number => boxes[index] ?? 0;

  let view = { k: 1, x: 0, y: 0 };
  let drawn = view;
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start: { readonly x: number; readonly y: number } | undefined;
  let by = { x: 0, y: 0 };

  const lines = (
    to: CanvasRenderingContext2D,
    only: number | undefined,
    k: number,
    x: number,
    y: number,
  ) => {
    to.beginPath();
    for (let edge = 0; edge < ends.length; edge += 2) {
      const from = ends[edge] ?? 0;
      const end = ends[edge + 1] ?? 0;
      if (only !== undefined && from !== only && end !== only) continue;
      to.moveTo(
        (at(from * 4) + at(from * 4 + 2) / 2) * k + x,
        (at(from * 4 + 1) + at(from * 4 + 3) / 2) * k + y,
      );
      to.lineTo(
        (at(end * 4) + at(end * 4 + 2) / 2) * k + x,
        (at(end * 4 + 1) + at(end * 4 + 3) / 2) * k + y,
      );
    }
    to.stroke();
  };
  const draw = (): void => {
    drawn = view;
    if (!pen) return;
    const { k } = view;
    const x = view.x + width / 2;
    const y = view.y + height / 2;
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, layer.width, layer.height);
    pen.strokeStyle = '#99a';
    lines(pen, undefined, k, x, y);
    pen.fillStyle = '#357';
    for (let box = 0; box < boxes.length; box += 4) {
      pen.fillRect(at(box) * k + x, at(box + 1) * k + y, at(box + 2) * k, at(box + 3) * k);
    }
    place();
  };
  const place = (): void => {
    const by = view.k / drawn.k;
    const x = view.x - (width / 2 + drawn.x) * by;
    const y = view.y - (height / 2 + drawn.y) * by;
    layer.style.transform = `matrix(${by},0,0,${by},${x},${y})`;
  };
  const frame = (): void => {
    asked = 0;
    const by2 = view.k / drawn.k;
    const x = view.x - (width / 2 + drawn.x) * by2;
    const y = view.y - (height / 2 + drawn.y) * by2;
    const covers =
      x <= 0 && y <= 0 && x + width * 2 * by2 >= width && y + height * 2 * by2 >= height;
    // Where everything is in view there is nothing beyond the picture.
    if ((!covers && view.k > 0.3) || by2 > 2 || by2 < 0.5) draw();
    else place();
    const one = dragged();
    if (one === undefined || !topPen) return;
    topPen.clearRect(0, 0, width, height);
    topPen.fillStyle = '#357';
    const left = (at(one * 4) + by.x) * view.k + view.x;
    const upper = (at(one * 4 + 1) + by.y) * view.k + view.y;
    topPen.fillRect(left, upper, at(one * 4 + 2) * view.k, at(one * 4 + 3) * view.k);
  };
  const ask = (): void => {
    if (asked === 0) asked = requestAnimationFrame(frame);
  };

  const behaviour = zoom<HTMLElement, unknown>()
    .scaleExtent([0.02, 4])
    .filter(() => dragged() === undefined)
    .on('zoom', ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => {
      onMove();
      view = { k: transform.k, x: transform.x, y: transform.y };
      clearTimeout(timer);
      timer = setTimeout(draw, restMs);
      ask();
    });
  const root = select(element).call(behaviour);
  const press = (event: MouseEvent): void => {
    start = { x: event.clientX, y: event.clientY };
  };
  const move = (event: MouseEvent): void => {
    if (!start || dragged() === undefined) return;
    onMove();
    by = { x: (event.clientX - start.x) / view.k, y: (event.clientY - start.y) / view.k };
    ask();
  };
  const release = (): void => {
    start = undefined;
  };
  element.addEventListener('mousedown', press);
  window.addEventListener('mousemove', move);
  window.addEventListener('mouseup', release);

  const fit = (rectangle: Rectangle = scene.bounds): void => {
    const k = Math.min((width - 80) / rectangle.width, (height - 80) / rectangle.height, 1.5);
    const x = width / 2 - (rectangle.x + rectangle.width / 2) * k;
    const y = height / 2 - (rectangle.y + rectangle.height / 2) * k;
    behaviour.transform(root, zoomIdentity.translate(x, y).scale(k));
  };
  fit();
  draw();
  return {
    fit,
    destroy() {
      clearTimeout(timer);
      cancelAnimationFrame(asked);
      root.on('.zoom', null);
      element.removeEventListener('mousedown', press);
      window.removeEventListener('mousemove', move);
      window.removeEventListener('mouseup', release);
      holder.remove();
    },
  };
}
