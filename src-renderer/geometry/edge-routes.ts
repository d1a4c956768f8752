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

const known = new WeakMap<Scene, EdgeRoutes>();

/** The lines of a scene, worked out once. */
export function routesOf(scene: Scene): EdgeRoutes {
  let routes = known.get(scene);
  if (!routes) {
    routes = routeEdges(scene);
    known.set(scene, routes);
  }
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

interface Line {
  readonly edge: number;
  readonly from: Rectangle;
  readonly to: Rectangle;
  readonly fromSide: Side;
  readonly toSide: Side;
  /** Where the end may slide along its side. */
  readonly fromRange: Range;
  readonly toRange: Range;
  readonly straight: boolean;
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
  const lines: (Line | undefined)[] = [];
  const count = only ? only.length : scene.edges.length;
  for (let at = 0; at < count; at += 1) {
    const index = only ? (only[at] ?? -1) : at;
    const edge = scene.edges[index];
    const from = edge && boxOf(edge.from);
    const to = edge && boxOf(edge.to);
    lines.push(edge && from && to ? plan(scene, edge, at, from, to) : undefined);
  }
  spread(lines, scene, only);
  return pack(lines, indexOfItems(scene.items), scene, only, lifted);
}

const isBar = ({ kind }: SceneItem): boolean => kind.is === 'segment';

function plan(
  scene: Scene,
  edge: SceneEdge,
  at: number,
  from: Rectangle,
  to: Rectangle,
): Line | undefined {
  const item = scene.items[edge.to];
  if (!item) return undefined;
  const toBar = isBar(item);
  const line = (
    fromSide: Side,
    toSide: Side,
    fromRange: Range,
    toRange: Range,
    straight: boolean,
  ): Line => ({
    edge: at,
    from,
    to,
    fromSide,
    toSide,
    fromRange,
    toRange,
    straight,
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
      ? { ...line('bottom', 'top', range, range, true), from: header }
      : { ...line('top', 'bottom', range, range, true), to: header };
  }
  const columns = shared(from.x, right(from), to.x, right(to));
  if (columns) {
    const down = to.y + to.height / 2 > from.y + from.height / 2;
    return down
      ? line('bottom', 'top', columns, columns, true)
      : line('top', 'bottom', columns, columns, true);
  }
  const shore = shared(from.y, bottom(from), to.y, bottom(to), toBar ? 2 : cornerInset);
  const toTheRight = to.x > from.x;
  if (shore) {
    return toTheRight
      ? line('right', 'left', shore, shore, true)
      : line('left', 'right', shore, shore, true);
  }
  const rows = inset(from.y, bottom(from));
  if (toBar && to.width >= to.height) {
    // Sideways, then a drop onto the near end of the bar.
    const end = Math.min(to.width / 2, 48);
    const near = toTheRight
      ? { low: to.x + cornerInset, high: to.x + end }
      : { low: right(to) - end, high: right(to) - cornerInset };
    const below = from.y > to.y;
    return line(toTheRight ? 'right' : 'left', below ? 'bottom' : 'top', rows, near, false);
  }
  const horizontal = toTheRight ? to.x - right(from) : from.x - right(to);
  const vertical = to.y > from.y ? to.y - bottom(from) : from.y - bottom(to);
  if (horizontal >= vertical) {
    return line(
      toTheRight ? 'right' : 'left',
      toTheRight ? 'left' : 'right',
      rows,
      inset(to.y, bottom(to)),
      false,
    );
  }
  const down = to.y > from.y;
  return line(
    down ? 'bottom' : 'top',
    down ? 'top' : 'bottom',
    inset(from.x, right(from)),
    inset(to.x, right(to)),
    false,
  );
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

const isLevel = (side: Side): boolean => side === 'left' || side === 'right';

/** Gives the lines that leave one side of a box places of their own. */
function spread(
  lines: readonly (Line | undefined)[],
  scene: Scene,
  only: readonly number[] | undefined,
): void {
  const sides = new Map<string, { line: Line; end: 'from' | 'to' }[]>();
  const join = (key: string, line: Line, end: 'from' | 'to'): void => {
    const others = sides.get(key);
    if (others) others.push({ line, end });
    else sides.set(key, [{ line, end }]);
  };
  for (const line of lines) {
    if (!line) continue;
    const edge = scene.edges[only ? (only[line.edge] ?? -1) : line.edge];
    if (!edge) continue;
    join(`${edge.from} ${line.fromSide}`, line, 'from');
    // Bars are wide: only what comes to their end from aside shares a place.
    if (!line.toBar || !line.straight) join(`${edge.to} ${line.toSide}`, line, 'to');
  }
  for (const ends of sides.values()) {
    if (ends.length > 1) {
      ends.sort((a, b) => aim(a) - aim(b) || a.line.edge - b.line.edge);
      ends.forEach(({ line, end }, position) => {
        const box = end === 'from' ? line.from : line.to;
        const side = end === 'from' ? line.fromSide : line.toSide;
        const range = end === 'from' ? line.fromRange : line.toRange;
        const whole = isLevel(side)
          ? inset(box.y, bottom(box))
          : line.toBar && end === 'to'
            ? range
            : inset(box.x, right(box));
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
    if (line?.straight) line.toAt = line.fromAt;
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

function pack(
  lines: readonly (Line | undefined)[],
  index: BoxIndex,
  scene: Scene,
  only: readonly number[] | undefined,
  lifted: ReadonlySet<number> | undefined,
): EdgeRoutes {
  const corners = lines.map((line) => (line ? cornersOf(line) : []));
  avoid(lines, corners, index, scene, only, lifted);
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
  if (line.straight) return [x0, y0, x1, y1];
  if (isLevel(line.fromSide) && !isLevel(line.toSide)) return [x0, y0, x1, y0, x1, y1];
  if (isLevel(line.fromSide)) {
    const middle = (x0 + x1) / 2;
    return [x0, y0, middle, y0, middle, y1, x1, y1];
  }
  const middle = (y0 + y1) / 2;
  return [x0, y0, x0, middle, x1, middle, x1, y1];
}

/** Lets straight drops that would run through other boxes take the gap beside them. */
function avoid(
  lines: readonly (Line | undefined)[],
  corners: number[][],
  index: BoxIndex,
  scene: Scene,
  only: readonly number[] | undefined,
  lifted: ReadonlySet<number> | undefined,
): void {
  const lanes = new Map<
    number,
    { readonly edge: number; readonly low: number; readonly high: number }[]
  >();
  const { items } = scene;
  for (const line of lines) {
    if (!line || !line.straight || !line.toBar || isLevel(line.fromSide)) continue;
    const edge = scene.edges[only ? (only[line.edge] ?? -1) : line.edge];
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
    const run = { edge: line.edge, low: Math.min(out, y1), high: Math.max(out, y1) };
    const others = lanes.get(lane);
    if (others) others.push(run);
    else lanes.set(lane, [run]);
    const jog = up ? out + 4 - line.rank * 3 : out - 4 + line.rank * 3;
    corners[line.edge] = [line.fromAt, y0, line.fromAt, jog, lane, jog, lane, y1];
  }

  for (const [lane, runs] of lanes) {
    runs.sort((a, b) => a.high - b.high || a.edge - b.edge);
    runs.forEach(({ edge }, position) => {
      const list = corners[edge];
      if (!list || runs.length < 2) return;
      const shift = Math.max(-6, Math.min(6, (position - (runs.length - 1) / 2) * laneWidth));
      list[4] = list[6] = lane + shift;
    });
  }
}
