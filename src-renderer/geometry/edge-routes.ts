import { changesBetween, type ChangedBox } from './changed-boxes.ts';
import { draw, pack } from './edge-corners.ts';
import { spread } from './edge-ends.ts';
import { barsBeforeEach, groundOf, isCareful } from './edge-ground.ts';
import {
  middleOf,
  sideNumber,
  type EdgeAt,
  type EdgeRoutes,
  type Line,
  type Lines,
} from './edge-line.ts';
import { plan } from './edge-ways.ts';
import { indexOfBoxes, type BoxIndex } from './item-index.ts';
import { bottom, right } from './rectangle.ts';
import type { Rectangle, Scene, SceneEdge } from './scene.ts';

export type { EdgeRoutes } from './edge-line.ts';

const known = new WeakMap<
  Scene['items'],
  { readonly edges: Scene['edges']; readonly routes: EdgeRoutes }
>();

/** How lines came to be, so that after an edit only those that it touches are worked out anew. */
interface Routed {
  readonly scene: Scene;
  readonly lines: readonly (Line | undefined)[];
}

const routed = new WeakMap<EdgeRoutes, Routed>();

let latest: WeakRef<EdgeRoutes> | undefined;

/** The lines of a scene, worked out once for the same boxes and edges, and only where the last ones do not serve. */
export function routesOf(scene: Scene): EdgeRoutes {
  const last = known.get(scene.items);
  if (last?.edges === scene.edges) return last.routes;
  const before = latest?.deref();
  const routes = (before && reroute(scene, before)) ?? routeEdges(scene);
  known.set(scene.items, { edges: scene.edges, routes });
  latest = new WeakRef(routes);
  return routes;
}

const edgeIndexes = new WeakMap<EdgeRoutes, BoxIndex>();

/** Finds the edges that come near a rectangle: by the box around each line. */
export function indexOfRoutes(routes: EdgeRoutes): BoxIndex {
  let index = edgeIndexes.get(routes);
  if (!index) {
    index = indexOfBoxes(routes.rank.length, (edge) => boundsOf(routes, edge));
    edgeIndexes.set(routes, index);
  }
  return index;
}

function boundsOf({ points, start }: EdgeRoutes, edge: number): Rectangle {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let at = start[edge] ?? 0; at < (start[edge + 1] ?? 0); at += 2) {
    const x = points[at] ?? 0;
    const y = points[at + 1] ?? 0;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  // A line that is not drawn has no corners.
  if (minX > maxX) return { x: Infinity, y: Infinity, width: 0, height: 0 };
  return { x: minX, y: minY, width: maxX - minX, height: maxY - minY };
}

/**
 * Lines that look drawn by hand: straight from a box to the nearest point of its segment, around boxes that are in the
 * way where there is a gap, parallel ones side by side. While things are dragged: some edges `only`, the boxes where they
 * are now, and what is no obstacle because it is being dragged itself.
 */
export function routeEdges(
  scene: Scene,
  only?: readonly number[],
  boxOf: (index: number) => Rectangle | undefined = (index) => scene.items[index],
  lifted?: ReadonlySet<number>,
): EdgeRoutes {
  const { edges } = scene;
  const edgeAt: EdgeAt = (line) => edges[only ? (only[line] ?? -1) : line];
  const ground = groundOf(scene, lifted);
  const lines: Lines = [];
  const count = only ? only.length : edges.length;
  for (let at = 0; at < count; at += 1) {
    const edge = edgeAt(at);
    const from = edge && boxOf(edge.from);
    const to = edge && boxOf(edge.to);
    lines.push(edge && from && to ? plan(ground, edge, from, to) : undefined);
  }
  spread(lines, edgeAt);
  for (let at = 0; at < count; at += 1) draw(lines[at], edgeAt(at), ground);
  const routes = pack(lines, edgeAt);
  if (!only) routed.set(routes, { scene, lines });
  return routes;
}

/** The lines of a scene that differs little from one before: the same that `routeEdges` gives. */
function reroute(scene: Scene, last: EdgeRoutes): EdgeRoutes | undefined {
  const before = routed.get(last);
  if (!before || isCareful(before.scene) !== isCareful(scene)) return undefined;
  const changes = changesBetween(before.scene, scene);
  if (!changes) return undefined;
  if (changes.boxes.length === 0 && before.scene.edges === scene.edges) return last;
  const { items, edges } = scene;
  const { itemNow, edgeBefore, altered, boxes } = changes;
  const ground = groundOf(scene);
  const oldBars = barsBeforeEach(before.scene.items);
  const edgeAt: EdgeAt = (line) => edges[line];
  const lines: Lines = [];
  /** Which lines are new objects, and which of before are still there. */
  const own = new Uint8Array(edges.length);
  const stayed = new Uint8Array(before.lines.length);
  const crowds = new Set<number>();
  const crowd = (line: Line | undefined, from: number, to: number): void => {
    if (!line) return;
    crowds.add(from * 4 + sideNumber[line.fromSide]);
    if (!line.toBar) crowds.add(to * 4 + sideNumber[line.toSide]);
  };
  const stays = (line: Line | undefined, edge: SceneEdge, old: SceneEdge): boolean => {
    if (altered.has(edge.from) || altered.has(edge.to)) return false;
    if (itemNow(old.from) !== edge.from || itemNow(old.to) !== edge.to) return false;
    if (!ground.careful) return true;
    if ((oldBars[old.to] ?? 0) % 4 !== (ground.barsBefore[edge.to] ?? 0) % 4) return false;
    const { sought } = line ?? {};
    return !sought || !boxes.some((box) => !isAround(items, edge, box) && touches(box, sought));
  };

  for (let at = 0; at < edges.length; at += 1) {
    const edge = edges[at];
    const was = edgeBefore(at);
    const old = was < 0 ? undefined : before.scene.edges[was];
    const line = old && before.lines[was];
    if (edge && old && stays(line, edge, old)) {
      stayed[was] = 1;
      lines.push(line);
      continue;
    }
    const from = edge && items[edge.from];
    const to = edge && items[edge.to];
    const next = edge && from && to ? plan(ground, edge, from, to) : undefined;
    lines.push(next);
    own[at] = 1;
    if (edge) crowd(next, edge.from, edge.to);
  }
  for (let was = 0; was < stayed.length; was += 1) {
    const old = stayed[was] === 1 ? undefined : before.scene.edges[was];
    if (old) crowd(before.lines[was], itemNow(old.from), itemNow(old.to));
  }

  // Those of before are not touched: who leaves a side on which something has changed becomes a new line.
  const mine = (at: number): Line | undefined => {
    const line = lines[at];
    if (!line || own[at] === 1) return line;
    own[at] = 1;
    return (lines[at] = { ...line });
  };
  if (crowds.size > 0) {
    for (let at = 0; at < edges.length; at += 1) {
      const edge = edges[at];
      const line = lines[at];
      if (!edge || !line) continue;
      const fromCrowd = crowds.has(edge.from * 4 + sideNumber[line.fromSide]);
      const toCrowd = !line.toBar && crowds.has(edge.to * 4 + sideNumber[line.toSide]);
      if (!fromCrowd && !toCrowd) continue;
      const copy = mine(at);
      if (copy && fromCrowd) {
        copy.fromAt = middleOf(copy.fromRange);
        copy.rank = 0;
      }
      if (copy && toCrowd) copy.toAt = middleOf(copy.toRange);
    }
    spread(lines, edgeAt, crowds);
  }
  const walls = boxes.filter(({ wall }) => wall);
  for (let at = 0; at < edges.length; at += 1) {
    const looked = lines[at]?.looked;
    if (looked && own[at] === 0 && walls.some((box) => touches(box, looked))) mine(at);
    if (own[at] === 1) draw(lines[at], edges[at], ground);
  }
  const routes = pack(lines, edgeAt);
  routed.set(routes, { scene, lines });
  return routes;
}

const touches = (a: Rectangle, b: Rectangle): boolean =>
  a.x <= right(b) && b.x <= right(a) && a.y <= bottom(b) && b.y <= bottom(a);

/** Whether the box is that of something which an end of the edge stands in, then and now: no obstacle to it. */
function isAround(items: Scene['items'], edge: SceneEdge, { item }: ChangedBox): boolean {
  if (item === undefined) return false;
  for (const end of [edge.from, edge.to]) {
    for (let at = end; at >= 0; at = items[at]?.parent ?? -1) if (at === item) return true;
  }
  return false;
}
