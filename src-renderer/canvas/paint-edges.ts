import type { EdgeRoutes } from '../geometry/edge-routes.ts';
import { labelSize, labelsOf, wordsOf } from '../geometry/edge-labels.ts';
import type { Scene, SceneEdge } from '../geometry/scene.ts';
import { hairline, legible, write, type Frame } from './brush.ts';
import { toneOf, type Tone } from './palette.ts';
import type { Face } from './text.ts';

/** One stroke for all edges that look alike. */
type Style = Tone | 'link' | 'stretch';

const cornerRadius = 8;
/** Below this scale, in pixels of the page a unit, corners are not rounded: nobody sees it. */
const roundedFrom = 0.3;

export function styleOf(scene: Pick<Scene, 'items'>, edge: SceneEdge): Style {
  if (edge.kind === 'stretch' || edge.kind === 'tunnel') return 'stretch';
  if (edge.kind === 'link') return 'link';
  const end = scene.items[edge.to];
  return end ? toneOf(end) : 'link';
}

export function paintEdges(
  frame: Frame,
  scene: Pick<Scene, 'items' | 'edges'>,
  routes: EdgeRoutes,
  edges: Iterable<number>,
  slot: (edge: number) => number = (edge) => edge,
): void {
  const buckets = new Map<
    string,
    { readonly style: Style; readonly down: boolean; readonly edges: number[] }
  >();
  for (const index of edges) {
    const edge = scene.edges[index];
    if (!edge) continue;
    const style = styleOf(scene, edge);
    const key = edge.down ? `${style} down` : style;
    const bucket = buckets.get(key);
    if (bucket) bucket.edges.push(slot(index));
    else buckets.set(key, { style, down: edge.down, edges: [slot(index)] });
  }
  for (const { style, down, edges: alike } of buckets.values())
    stroke(frame, routes, alike, style, down);
}

function stroke(
  frame: Frame,
  routes: EdgeRoutes,
  edges: readonly number[],
  style: Style,
  down: boolean,
): void {
  const { pen, palette, scale } = frame;
  const far = scale / frame.ratio < roundedFrom;
  pen.lineCap = 'butt';
  pen.lineJoin = 'round';
  const trace = (): void => {
    pen.beginPath();
    for (const edge of edges) addLine(frame, routes, edge, far ? 0 : cornerRadius * scale);
  };
  trace();
  if (style === 'stretch') {
    // Two dashed lines: a wide one with the ground drawn along its middle.
    pen.strokeStyle = down ? palette.inkFaint : palette.stretch;
    pen.lineWidth = hairline(frame, 5);
    pen.setLineDash([10 * scale, 6 * scale]);
    pen.stroke();
    pen.setLineDash([]);
    if (!far) {
      pen.strokeStyle = palette.ground;
      pen.lineWidth = hairline(frame, 2);
      pen.stroke();
    }
    return;
  }
  pen.lineWidth = hairline(frame, style === 'link' ? 2 : 1.5);
  pen.strokeStyle = down
    ? palette.inkFaint
    : style === 'link'
      ? palette.link
      : palette.tones[style].fill;
  if (down) pen.setLineDash([4 * scale, 4 * scale]);
  pen.stroke();
  pen.setLineDash([]);
}

export function addLine(frame: Frame, routes: EdgeRoutes, edge: number, radius: number): void {
  const { pen, scale, x: dx, y: dy } = frame;
  const { points, start } = routes;
  const from = start[edge] ?? 0;
  const end = start[edge + 1] ?? from;
  const X = (at: number): number => (points[at] ?? 0) * scale + dx;
  const Y = (at: number): number => (points[at + 1] ?? 0) * scale + dy;
  if (end - from < 4) return;
  pen.moveTo(X(from), Y(from));
  for (let at = from + 2; at < end - 2; at += 2) {
    const x = X(at);
    const y = Y(at);
    if (radius === 0) {
      pen.lineTo(x, y);
      continue;
    }
    const room = Math.min(
      radius,
      Math.hypot(x - X(at - 2), y - Y(at - 2)) / 2,
      Math.hypot(X(at + 2) - x, Y(at + 2) - y) / 2,
    );
    pen.arcTo(x, y, X(at + 2), Y(at + 2), room);
  }
  pen.lineTo(X(end - 2), Y(end - 2));
}

/** Dots where edges meet their segment, so that a line that passes behind a bar is not taken to end there. */
export function paintJunctions(
  frame: Frame,
  scene: Scene,
  routes: EdgeRoutes,
  edges: Iterable<number>,
  slot: (edge: number) => number = (edge) => edge,
): void {
  const { pen, palette, scale } = frame;
  if (scale / frame.ratio < 0.35) return;
  const byColor = new Map<string, number[]>();
  const radius = Math.max(3 * scale, 1.5 * frame.ratio);
  for (const index of edges) {
    const edge = scene.edges[index];
    const end = edge && scene.items[edge.to];
    if (!edge || end?.kind.is !== 'segment') continue;
    const color = edge.down ? palette.inkFaint : palette.tones[toneOf(end)].ink;
    const last = (routes.start[slot(index) + 1] ?? 2) - 2;
    const alike = byColor.get(color);
    if (alike) alike.push(last);
    else byColor.set(color, [last]);
  }
  for (const [color, ends] of byColor) {
    pen.beginPath();
    for (const last of ends) {
      const x = (routes.points[last] ?? 0) * scale + frame.x;
      const y = (routes.points[last + 1] ?? 0) * scale + frame.y;
      pen.moveTo(x + radius, y);
      pen.arc(x, y, radius, 0, 7);
    }
    pen.strokeStyle = palette.ground;
    pen.lineWidth = Math.max(2 * scale, frame.ratio);
    pen.stroke();
    pen.fillStyle = color;
    pen.fill();
  }
}

/** Addresses at the ends, where they stand clear of everything. */
export function paintEdgeLabels(frame: Frame, scene: Scene, edges: Iterable<number>): void {
  const face: Face = { family: frame.palette.codeFace, weight: 400, size: labelSize };
  if (!legible(frame, face.size)) return;
  const labels = labelsOf(scene);
  for (const index of edges) {
    const edge = scene.edges[index];
    for (const { text, x, y } of labels.get(index) ?? []) {
      writeAddress(frame, face, text, x, y, groundOf(frame, scene, edge));
    }
  }
}

/** The same while an end is dragged: each close to its end, in the order of the lines. */
export function paintMovingLabels(
  frame: Frame,
  scene: Scene,
  routes: EdgeRoutes,
  edges: Iterable<number>,
  slot: (edge: number) => number,
): void {
  const face: Face = { family: frame.palette.codeFace, weight: 400, size: labelSize };
  if (!legible(frame, face.size)) return;
  const { points, start } = routes;
  for (const index of edges) {
    const edge = scene.edges[index];
    if (!edge) continue;
    const text = wordsOf(scene, edge).from;
    const first = start[slot(index)] ?? 0;
    if (text === '' || (start[slot(index) + 1] ?? first) - first < 4) continue;
    const x = points[first] ?? 0;
    const y = points[first + 1] ?? 0;
    const dx = (points[first + 2] ?? 0) - x;
    const dy = (points[first + 3] ?? 0) - y;
    const ground = groundOf(frame, scene, edge);
    if (Math.abs(dy) >= Math.abs(dx)) {
      const step = 13 + ((routes.rank[slot(index)] ?? 0) % 4) * 13;
      writeAddress(frame, face, text, x + 5, dy < 0 ? y - step + 4 : y + step + 3, ground);
    } else {
      const left = dx < 0 ? x - 8 - text.length * labelSize * 0.6 : x + 8;
      writeAddress(frame, face, text, left, y - 4, ground);
    }
  }
}

function writeAddress(
  frame: Frame,
  face: Face,
  text: string,
  x: number,
  y: number,
  halo: string,
): void {
  write(frame, { text, face, x, y, room: 260, color: frame.palette.inkSoft, halo });
}

/** What is behind an edge's first end: the ground of the container that it leaves into. */
function groundOf({ palette }: Frame, scene: Scene, edge: SceneEdge | undefined): string {
  const around = scene.items[scene.items[edge?.from ?? -1]?.parent ?? -1];
  return around ? palette.tones[toneOf(around)].wash : palette.ground;
}
