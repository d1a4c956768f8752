import type { Hop, Step } from '../../src-main/contract/index.ts';
import { routesOf } from './edge-routes.ts';
import { bottom, holds, right } from './rectangle.ts';
import type { Point, Scene, SceneItem } from './scene.ts';
import { headerHeight } from './sizes.ts';

/** The way of a leg's packet over the drawing: along the lines and bars that it takes. */
export interface TraceWay {
  readonly points: readonly Point[];
  /** Tunnels around the packet at each point. */
  readonly depth: readonly number[];
  /** Of each hop, the index of its point; hops that are not drawn have that of the one before. */
  readonly pointOfHop: readonly number[];
  /** Of each hop, the index of the box that shows it. */
  readonly boxOfHop: readonly (number | undefined)[];
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
  // Hypervisors that only pass a frame on lie on the way from the one before them to the one after.
  let passed: { readonly hop: Hop; readonly at: number; readonly box: SceneItem }[] = [];
  hops.forEach((hop, at) => {
    const index = itemOf(scene, hop);
    const item = index === undefined ? undefined : scene.items[index];
    if (index !== undefined && item) {
      if (last && isOpen(item) && passesOn(hop) && joined(scene, last, nextStop(scene, hops, at))) {
        passed.push({ hop, at, box: item });
        pointOfHop.push(Math.max(0, points.length - 1));
        return;
      }
      if (last && last.index !== index) {
        const ways = [...between(scene, last, { hop, index }), placeOf(item)];
        for (const one of passed) {
          const from = points.at(-1);
          const border = from && crossing(from, ways, one.box);
          if (border) {
            for (const point of ways.splice(0, border.after)) go(point, last.hop.depth);
            go(border.point, one.hop.depth);
          }
          pointOfHop[one.at] = Math.max(0, points.length - 1);
        }
        for (const point of ways.slice(0, -1)) go(point, (passed.at(-1)?.hop ?? last.hop).depth);
      }
      passed = [];
      const place = placeOf(item);
      // Two hops in one folded container are one place, but each has its depth.
      if (last?.index === index && depth.at(-1) !== hop.depth) {
        points.push(place);
        depth.push(hop.depth);
      } else go(place, hop.depth);
      last = { hop, index };
    }
    pointOfHop.push(Math.max(0, points.length - 1));
  });
  return { points, depth, pointOfHop, boxOfHop: hops.map((hop) => itemOf(scene, hop)) };
}

const isOpen = ({ container, collapsed }: SceneItem): boolean => container && !collapsed;

/** A hypervisor that has no part in the segment that the frame is on: it hands it to its machine, or takes it from there. */
const passesOn = ({ nodeKind, steps }: Hop): boolean =>
  nodeKind === 'hypervisor' &&
  !steps.some(({ kind }) => ['receive', 'transmit', 'encapsulate', 'decapsulate'].includes(kind));

/** Where the packet is drawn next, without those that pass it on. */
function nextStop(scene: Scene, hops: readonly Hop[], after: number): Stop | undefined {
  for (const hop of hops.slice(after + 1)) {
    const index = passesOn(hop) ? undefined : itemOf(scene, hop);
    if (index !== undefined) return { hop, index };
  }
  return undefined;
}

/** Whether a segment that is drawn has lines of both. */
function joined(scene: Scene, from: Stop, to: Stop | undefined): boolean {
  if (!to) return false;
  const out = edgeOf(scene, from, leaving(from.hop.steps));
  const into = edgeOf(scene, to, entering(to.hop.steps));
  if (out === undefined || into === undefined || out === into) return false;
  return farEnd(scene, out, from.index) === farEnd(scene, into, to.index);
}

/** Where a way first goes into a box or out of it, and how many of its points come before. */
function crossing(
  from: Point,
  way: readonly Point[],
  box: SceneItem,
): { readonly point: Point; readonly after: number } | undefined {
  let a = from;
  for (const [after, b] of way.entries()) {
    if (holds(box, a) !== holds(box, b)) return { point: border(a, b, box), after };
    a = b;
  }
  return undefined;
}

/** Of a line with one end in the box, where it crosses the border. */
function border(a: Point, b: Point, box: SceneItem): Point {
  const [inside, outside] = holds(box, a) ? [a, b] : [b, a];
  const dx = outside.x - inside.x;
  const dy = outside.y - inside.y;
  const across = dx > 0 ? right(box) - inside.x : box.x - inside.x;
  const down = dy > 0 ? bottom(box) - inside.y : box.y - inside.y;
  const share = Math.min(dx === 0 ? 1 : across / dx, dy === 0 ? 1 : down / dy);
  return { x: inside.x + dx * share, y: inside.y + dy * share };
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
  return (
    corner(scene, from.index, to.index) ??
    fromBar(scene, outEdge, from.index, to.index) ??
    fromBar(scene, inEdge, to.index, from.index)?.toReversed() ??
    bend(scene, from.index, to.index)
  );
}

/** Where only one has a line: by that to its segment, along it to where the other stands, and straight over to it. */
function fromBar(
  scene: Scene,
  edge: number | undefined,
  near: number,
  far: number,
): readonly Point[] | undefined {
  const bar = edge === undefined ? undefined : scene.items[farEnd(scene, edge, near) ?? -1];
  const target = scene.items[far];
  if (edge === undefined || bar?.kind.is !== 'segment' || !target) return undefined;
  const place = placeOf(target);
  const leaves = {
    x: Math.min(Math.max(place.x, bar.x), right(bar)),
    y: Math.min(Math.max(place.y, bar.y), bottom(bar)),
  };
  const out = line(scene, edge, near);
  const onBar = along(bar, out.at(-1), leaves);
  const last = onBar.at(-1) ?? leaves;
  const turn = bar.height > bar.width ? { x: place.x, y: last.y } : { x: last.x, y: place.y };
  return [...out, ...onBar, turn];
}

/** Where nothing is drawn between them: level, then upright. */
function bend(scene: Scene, from: number, to: number): readonly Point[] {
  const a = scene.items[from];
  const b = scene.items[to];
  return a && b ? [{ x: placeOf(b).x, y: placeOf(a).y }] : [];
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
function corner(scene: Scene, from: number, to: number): readonly Point[] | undefined {
  const a = scene.items[from];
  const b = scene.items[to];
  if (!a || !b || (a.parent !== to && b.parent !== from)) return undefined;
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

/** An edge's corners, beginning at the given box; within a box the way from its middle turns squarely, too. */
function line(scene: Scene, edge: number, near: number): Point[] {
  const { points, start } = routesOf(scene);
  const corners: Point[] = [];
  for (let at = start[edge] ?? 0; at + 1 < (start[edge + 1] ?? 0); at += 2) {
    corners.push({ x: points[at] ?? 0, y: points[at + 1] ?? 0 });
  }
  if (scene.edges[edge]?.from !== near) corners.reverse();
  const far = scene.items[farEnd(scene, edge, near) ?? -1];
  const out = turn(scene.items[near], corners[0], corners[1]);
  // On a segment it goes on along the middle.
  const into = far?.kind.is === 'segment' ? [] : turn(far, corners.at(-1), corners.at(-2));
  return [...out, ...corners, ...into];
}

function turn(
  item: SceneItem | undefined,
  end: Point | undefined,
  next: Point | undefined,
): Point[] {
  if (!item || !end || !next) return [];
  const place = placeOf(item);
  if (place.x === end.x || place.y === end.y) return [];
  return [end.x === next.x ? { x: end.x, y: place.y } : { x: place.x, y: end.y }];
}
