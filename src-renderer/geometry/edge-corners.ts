import { isWall } from './changed-boxes.ts';
import type { Ground } from './edge-ground.ts';
import {
  clearance,
  cornersOf,
  inset,
  isLevel,
  stepOut,
  type EdgeAt,
  type EdgeRoutes,
  type Line,
  type Lines,
} from './edge-line.ts';
import { right } from './rectangle.ts';
import type { Rectangle, SceneEdge } from './scene.ts';

const laneWidth = 5;

/** Works out the corners of a line that has its ends. */
export function draw(line: Line | undefined, edge: SceneEdge | undefined, ground: Ground): void {
  if (!line || !edge) return;
  // A straight line has one coordinate for both ends: the crowded end decides.
  if (line.bend.kind === 'straight') line.toAt = line.fromAt;
  line.corners = cornersOf(line);
  delete line.looked;
  delete line.lane;
  avoid(line, edge, ground);
}

export function pack(lines: Lines, edgeAt: EdgeAt): EdgeRoutes {
  let total = 0;
  for (const line of lines) total += line?.corners.length ?? 0;
  const points = new Float64Array(total);
  const start = new Uint32Array(lines.length + 1);
  const rank = new Uint8Array(lines.length);
  let next = 0;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at];
    start[at] = next;
    if (!line) continue;
    points.set(line.corners, next);
    next += line.corners.length;
    rank[at] = Math.min(line.rank, 255);
  }
  start[lines.length] = next;
  shareLanes(lines, edgeAt, { points, start, rank });
  return { points, start, rank };
}

/** In one gap all lines to the same segment share a lane, like the branches of a trunk. */
function shareLanes(lines: Lines, edgeAt: EdgeAt, { points, start }: EdgeRoutes): void {
  const lanes = new Map<number, { readonly at: number; readonly to: number }[]>();
  lines.forEach((line, at) => {
    const edge = line?.lane === undefined ? undefined : edgeAt(at);
    if (line?.lane === undefined || !edge) return;
    const run = { at, to: edge.to };
    const others = lanes.get(line.lane);
    if (others) others.push(run);
    else lanes.set(line.lane, [run]);
  });
  for (const [lane, runs] of lanes) {
    const ends = [...new Set(runs.map(({ to }) => to))].sort((a, b) => a - b);
    if (ends.length < 2) continue;
    const places = new Map(ends.map((to, place) => [to, place]));
    for (const { at, to } of runs) {
      const aside = ((places.get(to) ?? 0) - (ends.length - 1) / 2) * laneWidth;
      const first = start[at] ?? 0;
      points[first + 4] = points[first + 6] = lane + Math.max(-7, Math.min(7, aside));
    }
  }
}

/** Lets a straight drop that would run through other boxes take the gap beside them. */
function avoid(line: Line, edge: SceneEdge, { scene, index, lifted }: Ground): void {
  if (line.bend.kind !== 'straight' || !line.toBar || isLevel(line.fromSide)) return;
  const { items } = scene;
  const inTheWay = (at: number): boolean =>
    at !== edge.from && at !== edge.to && !lifted?.has(at) && isWall(items[at]);
  const [, y0 = 0, , y1 = 0] = line.corners;
  if (Math.abs(y1 - y0) <= stepOut * 2) return;
  const up = y1 < y0;
  const out = up ? y0 - stepOut : y0 + stepOut;
  const top = Math.min(out, y1);
  const height = Math.abs(y1 - out);
  const strip = (x: number): Rectangle => ({ x: x - 4, y: top, width: 8, height });
  const blocked = (x: number): boolean => index.some(strip(x), inTheWay);
  line.looked = strip(line.fromAt);
  if (!blocked(line.fromAt)) return;

  const reach = inset(line.to.x, right(line.to), clearance);
  const sides = index
    .search(strip(line.fromAt))
    .filter(inTheWay)
    .flatMap((at) => {
      const item = items[at];
      return item ? [item.x - clearance, right(item) + clearance] : [];
    })
    .filter((x) => x >= reach.low && x <= reach.high)
    .sort((a, b) => Math.abs(a - line.fromAt) - Math.abs(b - line.fromAt));
  const left = Math.min(line.fromAt, ...sides) - 4;
  line.looked = {
    x: left,
    y: top - 3,
    width: Math.max(line.fromAt, ...sides) + 4 - left,
    height: height + 6,
  };
  const free = sides.find(
    (x) =>
      !blocked(x) &&
      !index.some(
        { x: Math.min(x, line.fromAt), y: out - 3, width: Math.abs(x - line.fromAt), height: 6 },
        inTheWay,
      ),
  );
  if (free === undefined) return;
  const lane = Math.round(free);
  line.lane = lane;
  const jog = up ? out + 4 - line.rank * 3 : out - 4 + line.rank * 3;
  line.corners = [line.fromAt, y0, line.fromAt, jog, lane, jog, lane, y1];
}
