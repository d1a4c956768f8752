import { changesBetween, isBar, isWall, type ChangedBox } from './changed-boxes.ts';
import { indexOfBoxes, indexOfItems, type BoxIndex } from './item-index.ts';
import { bottom, contains, right } from './rectangle.ts';
import type { Rectangle, Scene, SceneEdge } from './scene.ts';
import { headerHeight } from './sizes.ts';

/** The corners of the edges' lines, from the `from` end to the `to` end, in one array. */
export interface EdgeRoutes {
  /** x, y, x, y, …; edge `i` has the numbers from `start[i]` up to `start[i + 1]`. */
  readonly points: Float64Array;
  readonly start: Uint32Array;
  /** Of the edges that leave one side of a box, the how-manieth it is: labels step aside by it. */
  readonly rank: Uint8Array;
}

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

type Side = 'top' | 'bottom' | 'left' | 'right';

/** How a line that is not straight turns: levelled first or upright first, and where its middle part runs. */
type Bend =
  | { readonly kind: 'straight' }
  /** Level, then upright. */
  | { readonly kind: 'corner' }
  /** Two corners: the middle part at a share of the way. */
  | { readonly kind: 'step'; readonly share: number }
  /** Out, aside into the gap at `x`, along it past what is in the way, and then as a step. */
  | { readonly kind: 'detour'; readonly share: number; readonly x: number };

interface Line {
  readonly from: Rectangle;
  readonly to: Rectangle;
  readonly fromSide: Side;
  readonly toSide: Side;
  /** Where the end may slide along its side. */
  readonly fromRange: Range;
  readonly toRange: Range;
  readonly bend: Bend;
  readonly toBar: boolean;
  fromAt: number;
  toAt: number;
  rank: number;
  /** Where boxes were looked for to choose between ways. */
  readonly sought?: Rectangle;
  corners: readonly number[];
  /** Where boxes were looked for in a straight line's way, and the gap that it takes where there were some. */
  looked?: Rectangle;
  lane?: number;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** From a box's corner to the first line that leaves it. */
const cornerInset = 12;
/** How far a line goes before it turns aside for a box that is in its way. */
const stepOut = 12;
/** Between a line that turns aside and the box that it passes, and between two such lines. */
const clearance = 9;
const laneWidth = 5;
/** Between a box and a line that runs along it to turn in later. */
const corridor = 20;
/** From a bar's end to where lines from aside meet it. */
const barEnd = 24;
/** In larger drawings no ways are compared: nobody sees single lines there, and it would take long. */
const comparedUpTo = 6000;

interface Ground {
  readonly scene: Scene;
  readonly index: BoxIndex;
  readonly lifted: ReadonlySet<number> | undefined;
  /** Whether ways are compared. */
  readonly careful: boolean;
  /** Of each item, the bars before it: lines to neighbouring bars turn at different distances. */
  readonly barsBefore: Uint32Array;
}

type Lines = (Line | undefined)[];
type EdgeAt = (line: number) => SceneEdge | undefined;

const barCounts = new WeakMap<Scene['items'], Uint32Array>();

function barsBeforeEach(items: Scene['items']): Uint32Array {
  let counts = barCounts.get(items);
  if (!counts) {
    counts = new Uint32Array(items.length);
    let bars = 0;
    for (let at = 0; at < items.length; at += 1) {
      counts[at] = bars;
      if (isBar(items[at])) bars += 1;
    }
    barCounts.set(items, counts);
  }
  return counts;
}

const groundOf = (scene: Scene, lifted?: ReadonlySet<number>): Ground => ({
  scene,
  index: indexOfItems(scene.items),
  lifted,
  careful: isCareful(scene),
  barsBefore: barsBeforeEach(scene.items),
});

const isCareful = ({ edges }: Scene): boolean => edges.length <= comparedUpTo;

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

function plan(ground: Ground, edge: SceneEdge, from: Rectangle, to: Rectangle): Line {
  const toBar = isBar(ground.scene.items[edge.to]);
  const line = (
    fromSide: Side,
    toSide: Side,
    fromRange: Range,
    toRange: Range,
    bend: Bend = { kind: 'straight' },
  ): Line => ({
    from,
    to,
    fromSide,
    toSide,
    fromRange,
    toRange,
    bend,
    toBar,
    fromAt: middleOf(fromRange),
    toAt: middleOf(toRange),
    rank: 0,
    corners: [],
  });

  if (contains(from, to) || contains(to, from)) {
    // From what is inside up to the header of what is around it.
    const [outer, inner] = contains(from, to) ? [from, to] : [to, from];
    const range = inset(inner.x, right(inner));
    const header = { ...outer, height: headerHeight };
    return outer === from
      ? { ...line('bottom', 'top', range, range), from: header }
      : { ...line('top', 'bottom', range, range), to: header };
  }
  const below = to.y + to.height / 2 > from.y + from.height / 2;
  const down: Side = below ? 'bottom' : 'top';
  const up: Side = below ? 'top' : 'bottom';
  const columns = shared(from.x, right(from), to.x, right(to));
  if (columns) return line(down, up, columns, columns);

  const toTheRight = to.x > from.x;
  const fore: Side = toTheRight ? 'right' : 'left';
  const aft: Side = toTheRight ? 'left' : 'right';
  const shore = shared(from.y, bottom(from), to.y, bottom(to), toBar ? 2 : cornerInset);
  if (shore) return line(fore, aft, shore, shore);

  const rows = inset(from.y, bottom(from));
  const stands = inset(from.x, right(from));
  const far = inset(to.y, bottom(to), toBar ? 2 : cornerInset);
  // Onto a bar near its end, all at one point: branches of a trunk.
  const end = Math.min(to.width / 2, toBar ? barEnd : to.width / 2);
  const near = toBar ? point(toTheRight ? to.x + end : right(to) - end) : inset(to.x, right(to));
  const dx = toTheRight ? to.x - right(from) : from.x - right(to);
  const dy = below ? to.y - bottom(from) : from.y - bottom(to);

  if (!ground.careful) {
    return toBar && dy > 2 * stepOut
      ? line(down, up, stands, near, {
          kind: 'step',
          share: sharesOf(dy, corridor, toBar)[0] ?? 0.5,
        })
      : line(fore, up, rows, near, { kind: 'corner' });
  }
  const ways: Line[] = [];
  const apart = corridor + ((ground.barsBefore[edge.to] ?? 0) % 4) * 6;
  if (dx > 2 * stepOut && !toBar) {
    for (const share of sharesOf(dx, corridor, false))
      ways.push(line(fore, aft, rows, far, { kind: 'step', share }));
  }
  ways.push(line(fore, up, rows, near, { kind: 'corner' }));
  if (dy > 2 * stepOut) {
    for (const share of sharesOf(dy, apart, toBar))
      ways.push(line(down, up, stands, near, { kind: 'step', share }));
    if (dy > 4 * stepOut) {
      const [share = 0.5] = sharesOf(dy, apart, toBar);
      for (const x of [from.x - clearance, right(from) + clearance]) {
        ways.push(line(down, up, stands, near, { kind: 'detour', share, x }));
      }
    }
  }
  ways.push(line(down, aft, stands, far, { kind: 'corner' }));
  return cheapest(ways, ground, edge) ?? line(fore, aft, rows, far, { kind: 'corner' });
}

/** Where a middle part may run: half way, or along either end; for a bar along it, where its lines meet. */
function sharesOf(distance: number, room: number, toBar: boolean): readonly number[] {
  const close = Math.min(room / distance, 0.5);
  if (close >= 0.4) return [0.5];
  return toBar ? [1 - close, 0.5, close] : [0.5, 1 - close, close];
}

const middleOf = ({ low, high }: Range): number => (low + high) / 2;
const point = (at: number): Range => ({ low: at, high: at });

/** What crossing something costs, in canvas units of a longer way. */
const crossing = { box: 600, bar: 120, container: 90, corner: 60 };

function cheapest(ways: readonly Line[], ground: Ground, edge: SceneEdge): Line | undefined {
  const { items } = ground.scene;
  const around = new Set<number>();
  for (const end of [edge.from, edge.to]) {
    for (let at = end; at >= 0; at = items[at]?.parent ?? -1) around.add(at);
  }
  let best: Line | undefined;
  let least = Infinity;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (const way of ways) {
    const corners = cornersOf(way);
    const crossed = new Set<number>();
    let cost = (corners.length / 2) * crossing.corner;
    for (let at = 0; at + 3 < corners.length; at += 2) {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = corners.slice(at, at + 4);
      cost += Math.abs(x1 - x0) + Math.abs(y1 - y0);
      const strip = {
        x: Math.min(x0, x1) - 3,
        y: Math.min(y0, y1) - 3,
        width: Math.abs(x1 - x0) + 6,
        height: Math.abs(y1 - y0) + 6,
      };
      minX = Math.min(minX, strip.x);
      minY = Math.min(minY, strip.y);
      maxX = Math.max(maxX, right(strip));
      maxY = Math.max(maxY, bottom(strip));
      for (const index of ground.index.search(strip)) {
        if (!around.has(index) && !ground.lifted?.has(index)) crossed.add(index);
      }
    }
    for (const index of crossed) {
      const item = items[index];
      if (!item) continue;
      if (isBar(item)) cost += crossing.bar;
      else if (item.container && !item.collapsed) cost += crossing.container;
      else cost += crossing.box;
    }
    if (cost < least) {
      least = cost;
      best = way;
    }
  }
  return best && { ...best, sought: { x: minX, y: minY, width: maxX - minX, height: maxY - minY } };
}

function inset(low: number, high: number, by = cornerInset): Range {
  const room = Math.min(by, (high - low) / 2);
  return { low: low + room, high: high - room };
}

/** What two stretches of an axis have in common, away from corners. */
function shared(
  a0: number,
  a1: number,
  b0: number,
  b1: number,
  by = cornerInset,
): Range | undefined {
  const a = inset(a0, a1, by);
  const b = inset(b0, b1, by);
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  return low <= high ? { low, high } : undefined;
}

const sideNumber = { top: 0, right: 1, bottom: 2, left: 3 } as const;

const isLevel = (side: Side): boolean => side === 'left' || side === 'right';

interface End {
  readonly line: Line;
  readonly at: number;
  readonly end: 'from' | 'to';
}

/** Gives the lines that leave one side of a box places of their own; of some sides, by their keys, or of all. */
function spread(lines: Lines, edgeAt: EdgeAt, only?: ReadonlySet<number>): void {
  const sides = new Map<number, End[]>();
  const join = (key: number, one: End): void => {
    if (only && !only.has(key)) return;
    const others = sides.get(key);
    if (others) others.push(one);
    else sides.set(key, [one]);
  };
  lines.forEach((line, at) => {
    const edge = line && edgeAt(at);
    if (!edge) return;
    join(edge.from * 4 + sideNumber[line.fromSide], { line, at, end: 'from' });
    // What comes to a bar drops where it is, or joins the others at its end.
    if (!line.toBar) join(edge.to * 4 + sideNumber[line.toSide], { line, at, end: 'to' });
  });
  for (const ends of sides.values()) {
    if (ends.length < 2) continue;
    ends.sort((a, b) => aim(a) - aim(b) || a.at - b.at);
    ends.forEach(({ line, end }, position) => {
      const box = end === 'from' ? line.from : line.to;
      const side = end === 'from' ? line.fromSide : line.toSide;
      const range = end === 'from' ? line.fromRange : line.toRange;
      const whole = isLevel(side) ? inset(box.y, bottom(box)) : inset(box.x, right(box));
      const step = (whole.high - whole.low) / (ends.length + 1);
      const wanted = whole.low + step * (position + 1);
      const at = Math.min(Math.max(wanted, range.low), range.high);
      if (end === 'from') {
        line.fromAt = at;
        line.rank = position;
      } else line.toAt = at;
    });
  }
}

/** Where the line's other end lies along the side, so that lines leave in the order in which they arrive. */
function aim({ line, end }: End): number {
  const side = end === 'from' ? line.fromSide : line.toSide;
  const other = end === 'from' ? line.to : line.from;
  if (isLevel(side)) return other.y + other.height / 2;
  // Bars are so wide that their middle says little; the nearer one goes first.
  return line.toBar && end === 'from' ? other.y : other.x + other.width / 2;
}

/** Works out the corners of a line that has its ends. */
function draw(line: Line | undefined, edge: SceneEdge | undefined, ground: Ground): void {
  if (!line || !edge) return;
  // A straight line has one coordinate for both ends: the crowded end decides.
  if (line.bend.kind === 'straight') line.toAt = line.fromAt;
  line.corners = cornersOf(line);
  delete line.looked;
  delete line.lane;
  avoid(line, edge, ground);
}

function pack(lines: Lines, edgeAt: EdgeAt): EdgeRoutes {
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

function place(box: Rectangle, side: Side, at: number): readonly [number, number] {
  switch (side) {
    case 'top':
      return [at, box.y];
    case 'bottom':
      return [at, bottom(box)];
    case 'left':
      return [box.x, at];
    case 'right':
      return [right(box), at];
    default:
      return side satisfies never;
  }
}

function cornersOf(line: Line): number[] {
  const [x0, y0] = place(line.from, line.fromSide, line.fromAt);
  const [x1, y1] = place(line.to, line.toSide, line.toAt);
  const level = isLevel(line.fromSide);
  switch (line.bend.kind) {
    case 'straight':
      return [x0, y0, x1, y1];
    case 'corner':
      return level ? [x0, y0, x1, y0, x1, y1] : [x0, y0, x0, y1, x1, y1];
    case 'step': {
      const x = x0 + (x1 - x0) * line.bend.share;
      const y = y0 + (y1 - y0) * line.bend.share;
      return level ? [x0, y0, x, y0, x, y1, x1, y1] : [x0, y0, x0, y, x1, y, x1, y1];
    }
    case 'detour': {
      const { share, x } = line.bend;
      const out = y1 > y0 ? y0 + stepOut : y0 - stepOut;
      const y = y0 + (y1 - y0) * share;
      return [x0, y0, x0, out, x, out, x, y, x1, y, x1, y1];
    }
    default:
      return line.bend satisfies never;
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
