import { indexOfBoxes, indexOfItems, type BoxIndex } from './item-index.ts';
import { bottom, contains, right } from './rectangle.ts';
import type { Rectangle, Scene, SceneEdge, SceneItem } from './scene.ts';
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

/** The lines of a scene, worked out once for the same boxes and edges. */
export function routesOf(scene: Scene): EdgeRoutes {
  const last = known.get(scene.items);
  if (last?.edges === scene.edges) return last.routes;
  const routes = routeEdges(scene);
  known.set(scene.items, { edges: scene.edges, routes });
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
  readonly edge: number;
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
  readonly edgeAt: (line: number) => SceneEdge | undefined;
  readonly lifted: ReadonlySet<number> | undefined;
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
  const { items, edges } = scene;
  const edgeAt = (line: number): SceneEdge | undefined => edges[only ? (only[line] ?? -1) : line];
  const ground: Ground = { scene, index: indexOfItems(items), edgeAt, lifted };
  const lines: (Line | undefined)[] = [];
  const count = only ? only.length : edges.length;
  for (let at = 0; at < count; at += 1) {
    const edge = edgeAt(at);
    const from = edge && boxOf(edge.from);
    const to = edge && boxOf(edge.to);
    lines.push(edge && from && to ? plan(ground, edge, at, from, to) : undefined);
  }
  spread(lines, ground);
  return pack(lines, ground);
}

const isBar = (item: SceneItem | undefined): boolean => item?.kind.is === 'segment';

function plan(ground: Ground, edge: SceneEdge, at: number, from: Rectangle, to: Rectangle): Line {
  const toBar = isBar(ground.scene.items[edge.to]);
  const line = (
    fromSide: Side,
    toSide: Side,
    fromRange: Range,
    toRange: Range,
    bend: Bend = { kind: 'straight' },
  ): Line => ({
    edge: at,
    from,
    to,
    fromSide,
    toSide,
    fromRange,
    toRange,
    bend,
    toBar,
    fromAt: (fromRange.low + fromRange.high) / 2,
    toAt: (toRange.low + toRange.high) / 2,
    rank: 0,
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

  if (ground.scene.edges.length > comparedUpTo) {
    return toBar && dy > 2 * stepOut
      ? line(down, up, stands, near, {
          kind: 'step',
          share: sharesOf(dy, corridor, toBar)[0] ?? 0.5,
        })
      : line(fore, up, rows, near, { kind: 'corner' });
  }
  const ways: Line[] = [];
  if (dx > 2 * stepOut && !toBar) {
    for (const share of sharesOf(dx, corridor, false))
      ways.push(line(fore, aft, rows, far, { kind: 'step', share }));
  }
  ways.push(line(fore, up, rows, near, { kind: 'corner' }));
  if (dy > 2 * stepOut) {
    for (const share of sharesOf(dy, corridor + (edge.to % 4) * 6, toBar))
      ways.push(line(down, up, stands, near, { kind: 'step', share }));
    if (dy > 4 * stepOut) {
      const [share = 0.5] = sharesOf(dy, corridor + (edge.to % 4) * 6, toBar);
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
  return best;
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

/** Gives the lines that leave one side of a box places of their own. */
function spread(lines: readonly (Line | undefined)[], { edgeAt }: Ground): void {
  const sides = new Map<number, { line: Line; end: 'from' | 'to' }[]>();
  const join = (key: number, line: Line, end: 'from' | 'to'): void => {
    const others = sides.get(key);
    if (others) others.push({ line, end });
    else sides.set(key, [{ line, end }]);
  };
  for (const line of lines) {
    const edge = line && edgeAt(line.edge);
    if (!edge) continue;
    join(edge.from * 4 + sideNumber[line.fromSide], line, 'from');
    // What comes to a bar drops where it is, or joins the others at its end.
    if (!line.toBar) join(edge.to * 4 + sideNumber[line.toSide], line, 'to');
  }
  for (const ends of sides.values()) {
    if (ends.length > 1) {
      ends.sort((a, b) => aim(a) - aim(b) || a.line.edge - b.line.edge);
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
  for (const line of lines) {
    // A straight line has one coordinate for both ends: the crowded end decides.
    if (line?.bend.kind === 'straight') line.toAt = line.fromAt;
  }
}

/** Where the line's other end lies along the side, so that lines leave in the order in which they arrive. */
function aim({ line, end }: { line: Line; end: 'from' | 'to' }): number {
  const side = end === 'from' ? line.fromSide : line.toSide;
  const other = end === 'from' ? line.to : line.from;
  if (isLevel(side)) return other.y + other.height / 2;
  // Bars are so wide that their middle says little; the nearer one goes first.
  return line.toBar && end === 'from' ? other.y : other.x + other.width / 2;
}

function pack(lines: readonly (Line | undefined)[], ground: Ground): EdgeRoutes {
  const corners = lines.map((line) => (line ? cornersOf(line) : []));
  avoid(lines, corners, ground);
  let total = 0;
  for (const list of corners) total += list.length;
  const points = new Float64Array(total);
  const start = new Uint32Array(lines.length + 1);
  const rank = new Uint8Array(lines.length);
  let at = 0;
  corners.forEach((list, edge) => {
    start[edge] = at;
    points.set(list, at);
    at += list.length;
    rank[edge] = Math.min(lines[edge]?.rank ?? 0, 255);
  });
  start[lines.length] = at;
  return { points, start, rank };
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

/** Lets straight drops that would run through other boxes take the gap beside them. */
function avoid(
  lines: readonly (Line | undefined)[],
  corners: number[][],
  { scene, index, edgeAt, lifted }: Ground,
): void {
  const lanes = new Map<number, { readonly edge: number; readonly to: number }[]>();
  const { items } = scene;
  for (const line of lines) {
    if (line?.bend.kind !== 'straight' || !line.toBar || isLevel(line.fromSide)) continue;
    const edge = edgeAt(line.edge);
    if (!edge) continue;
    const inTheWay = (at: number): boolean => {
      const item = items[at];
      if (!item || at === edge.from || at === edge.to || isBar(item)) return false;
      if (lifted?.has(at)) return false;
      return !item.container || item.collapsed;
    };
    const [, y0 = 0, , y1 = 0] = corners[line.edge] ?? [];
    const up = y1 < y0;
    const out = up ? y0 - stepOut : y0 + stepOut;
    const top = Math.min(out, y1);
    const height = Math.abs(y1 - out);
    const blocked = (x: number): boolean =>
      index.some({ x: x - 4, y: top, width: 8, height }, inTheWay);
    if (Math.abs(y1 - y0) <= stepOut * 2 || !blocked(line.fromAt)) continue;

    const reach = inset(line.to.x, right(line.to), clearance);
    const walls = index
      .search({ x: line.fromAt - 4, y: top, width: 8, height })
      .filter(inTheWay)
      .flatMap((at) => {
        const item = items[at];
        return item ? [item.x - clearance, right(item) + clearance] : [];
      })
      .filter((x) => x >= reach.low && x <= reach.high)
      .sort((a, b) => Math.abs(a - line.fromAt) - Math.abs(b - line.fromAt));
    const free = walls.find(
      (x) =>
        !blocked(x) &&
        !index.some(
          { x: Math.min(x, line.fromAt), y: out - 3, width: Math.abs(x - line.fromAt), height: 6 },
          inTheWay,
        ),
    );
    if (free === undefined) continue;
    const lane = Math.round(free);
    const run = { edge: line.edge, to: edge.to };
    const others = lanes.get(lane);
    if (others) others.push(run);
    else lanes.set(lane, [run]);
    const jog = up ? out + 4 - line.rank * 3 : out - 4 + line.rank * 3;
    corners[line.edge] = [line.fromAt, y0, line.fromAt, jog, lane, jog, lane, y1];
  }

  // In one gap all lines to the same segment share a lane, like the branches of a trunk.
  for (const [lane, runs] of lanes) {
    const ends = [...new Set(runs.map(({ to }) => to))].sort((a, b) => a - b);
    if (ends.length < 2) continue;
    for (const { edge, to } of runs) {
      const list = corners[edge];
      const aside = (ends.indexOf(to) - (ends.length - 1) / 2) * laneWidth;
      if (list) list[4] = list[6] = lane + Math.max(-7, Math.min(7, aside));
    }
  }
}
