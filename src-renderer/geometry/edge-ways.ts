import { isBar } from './changed-boxes.ts';
import type { Ground } from './edge-ground.ts';
import {
  clearance,
  cornerInset,
  cornersOf,
  inset,
  middleOf,
  stepOut,
  type Bend,
  type Line,
  type Range,
  type Side,
} from './edge-line.ts';
import { bottom, contains, right } from './rectangle.ts';
import type { Rectangle, SceneEdge } from './scene.ts';
import { headerHeight } from './sizes.ts';

/** Between a box and a line that runs along it to turn in later. */
const corridor = 20;

/** From a bar's end to where lines from aside meet it. */
const barEnd = 24;

/** The sides that a line leaves and comes to, and how it turns: the way that costs least. */
export function plan(ground: Ground, edge: SceneEdge, from: Rectangle, to: Rectangle): Line {
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
