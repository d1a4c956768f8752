import type { Hop, Step } from '../../src-main/contract/index.ts';
import { routesOf } from './edge-routes.ts';
import type { Point, Scene, SceneItem } from './scene.ts';
import { headerHeight } from './sizes.ts';

/** The way of a leg's packet over the drawing: along the lines and bars that it takes. */
export interface TraceWay {
  readonly points: readonly Point[];
  /** Tunnels around the packet at each point. */
  readonly depth: readonly number[];
  /** Of each hop, the index of its point; hops that are not drawn have that of the one before. */
  readonly pointOfHop: readonly number[];
}

export function tracePath(scene: Scene, hops: readonly Hop[]): TraceWay {
  const points: Point[] = [];
  const depth: number[] = [];
  const pointOfHop: number[] = [];
  let last: { readonly hop: Hop; readonly index: number } | undefined;
  const go = (point: Point, at: number): void => {
    const before = points.at(-1);
    if (before?.x === point.x && before.y === point.y) return;
    points.push(point);
    depth.push(at);
  };
  for (const hop of hops) {
    const index = itemOf(scene, hop);
    const item = index === undefined ? undefined : scene.items[index];
    if (index !== undefined && item) {
      if (last && last.index !== index) {
        for (const point of between(scene, last, { hop, index })) go(point, last.hop.depth);
      }
      const place = placeOf(item);
      // Two hops in one folded container are one place, but each has its depth.
      if (last?.index === index && depth.at(-1) !== hop.depth) {
        points.push(place);
        depth.push(hop.depth);
      } else go(place, hop.depth);
      last = { hop, index };
    }
    pointOfHop.push(Math.max(0, points.length - 1));
  }
  return { points, depth, pointOfHop };
}

/**
 * How far the packet is on its way from one point to a later one, as the index of a point plus a fraction: it moves
 * evenly over the ground, however many corners there are.
 */
export function positionBetween(
  points: readonly Point[],
  from: number,
  to: number,
  share: number,
): number {
  if (to === from || share <= 0) return from;
  if (share >= 1) return to;
  const [first, end] = from < to ? [from, to] : [to, from];
  let total = 0;
  for (let at = first; at < end; at += 1) total += lengthAt(points, at);
  let left = (from < to ? share : 1 - share) * total;
  for (let at = first; at < end; at += 1) {
    const length = lengthAt(points, at);
    if (left <= length) return at + (length === 0 ? 0 : left / length);
    left -= length;
  }
  return end;
}

function lengthAt(points: readonly Point[], at: number): number {
  const a = points[at];
  const b = points[at + 1];
  return a && b ? Math.hypot(b.x - a.x, b.y - a.y) : 0;
}

/** The box that shows a hop; where a distributed router is not drawn, the hypervisor that it runs in. */
function itemOf(scene: Scene, { node, nodeKind, on, steps }: Hop): number | undefined {
  if (nodeKind === 'pod') return scene.indexOf.get(`pod:${node}`);
  if (nodeKind === 'address') {
    // A sender that is not drawn stands for its segment.
    const segment = leaving(steps)?.segment;
    return segment === undefined ? undefined : scene.indexOf.get(`segment:${segment}`);
  }
  const own = scene.indexOf.get(`node:${node}`);
  return own ?? (on === undefined ? undefined : scene.indexOf.get(`node:${on}`));
}

/** The middle of a card; of what holds others, the middle of its head, where nothing is in the way. */
function placeOf(item: SceneItem): Point {
  const open = item.container && !item.collapsed;
  const height = open ? Math.min(headerHeight, item.height) : item.height;
  return { x: item.x + item.width / 2, y: item.y + height / 2 };
}

interface Stop {
  readonly hop: Hop;
  readonly index: number;
}

/** The corners from one box to the next: out by its line, along the segment, and in by the other's line. */
function between(scene: Scene, from: Stop, to: Stop): readonly Point[] {
  const out = leaving(from.hop.steps);
  const into = entering(to.hop.steps);
  const outEdge = edgeOf(scene, from, out);
  const inEdge = edgeOf(scene, to, into);
  if (outEdge !== undefined && inEdge !== undefined && outEdge !== inEdge) {
    const a = line(scene, outEdge, from.index);
    const b = line(scene, inEdge, to.index);
    const bar = farEnd(scene, outEdge, from.index);
    if (bar !== undefined && bar === farEnd(scene, inEdge, to.index)) {
      return [...a, ...along(scene.items[bar], a.at(-1), b.at(-1)), ...b.toReversed()];
    }
  }
  const direct = scene.edges.findIndex(
    (edge) =>
      (edge.from === from.index && edge.to === to.index) ||
      (edge.to === from.index && edge.from === to.index),
  );
  if (direct >= 0) return line(scene, direct, from.index);
  return corner(scene, from.index, to.index);
}

/** On a bar the packet goes along its middle. */
function along(bar: SceneItem | undefined, a: Point | undefined, b: Point | undefined): Point[] {
  if (!bar || !a || !b) return [];
  if (bar.height > bar.width) {
    const x = bar.x + bar.width / 2;
    return [
      { x, y: a.y },
      { x, y: b.y },
    ];
  }
  const y = bar.y + bar.height / 2;
  return [
    { x: a.x, y },
    { x: b.x, y },
  ];
}

/** From a machine to the head of what it is in, and back: upright first, as lines are drawn. */
function corner(scene: Scene, from: number, to: number): readonly Point[] {
  const a = scene.items[from];
  const b = scene.items[to];
  if (!a || !b || (a.parent !== to && b.parent !== from)) return [];
  const start = placeOf(a);
  const end = placeOf(b);
  return a.parent === to ? [{ x: start.x, y: end.y }] : [{ x: end.x, y: start.y }];
}

interface Port {
  readonly interface: string;
  readonly segment: string;
}

function leaving(steps: readonly Step[]): Port | undefined {
  const sent = steps.findLast((step) => step.kind === 'transmit');
  return sent?.kind === 'transmit' ? sent.detail : undefined;
}

function entering(steps: readonly Step[]): Port | undefined {
  const got = steps.find((step) => step.kind === 'receive');
  return got?.kind === 'receive' ? got.detail : undefined;
}

function edgeOf(scene: Scene, { hop }: Stop, port: Port | undefined): number | undefined {
  return port && scene.edgeIndexOf.get(`interface:${hop.node}/${port.interface}`);
}

function farEnd(scene: Scene, edge: number, near: number): number | undefined {
  const { from, to } = scene.edges[edge] ?? {};
  return from === near ? to : from;
}

/** An edge's corners, beginning at the given box. */
function line(scene: Scene, edge: number, near: number): Point[] {
  const { points, start } = routesOf(scene);
  const corners: Point[] = [];
  for (let at = start[edge] ?? 0; at + 1 < (start[edge + 1] ?? 0); at += 2) {
    corners.push({ x: points[at] ?? 0, y: points[at + 1] ?? 0 });
  }
  return scene.edges[edge]?.from === near ? corners : corners.toReversed();
}
