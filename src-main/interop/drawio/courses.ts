import type { Box } from './arrange.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** How a line runs that somebody has drawn, as draw.io says it. */
export interface Course {
  /** Where it leaves and enters its boxes, as shares of them. */
  readonly style: string;
  /** Between its ends. */
  readonly corners: readonly Point[];
  readonly words: readonly [from: Place, to: Place];
}

/** Where words stand at a line: along it, from -1 at its beginning to 1, and aside of it in canvas units. */
export interface Place {
  readonly along: number;
  readonly aside: number;
}

/** Where they stand at a line that nobody has drawn. */
export const usualPlaces = [
  { along: -0.8, aside: 0 },
  { along: 0.8, aside: 0 },
] as const satisfies readonly Place[];

export interface Drawn {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly ends: readonly [from: string, to: string];
}

/** Of letters of size 9, in canvas units. */
const letterWidth = 5.2;
const lineHeight = 11;
/** Nearer to the middle, words would be read as those of the whole line. */
const furthest = 0.35;

/** The courses of those of the lines whose corners are known and end at their boxes, by the line's id. */
export function coursesOf(
  lines: readonly Drawn[],
  corners: ReadonlyMap<string, readonly Point[]>,
  boxes: ReadonlyMap<string, Box>,
): ReadonlyMap<string, Course> {
  const found = lines.flatMap((line) => {
    const points = corners.get(line.id) ?? [];
    const [start, end] = [points[0], points.at(-1)];
    const [from, to] = [boxes.get(line.from), boxes.get(line.to)];
    if (points.length < 2 || !start || !end || !from || !to) return [];
    return touches(start, from) && touches(end, to) ? [{ line, points, start, end, from, to }] : [];
  });
  const liftOf = liftsOf(
    found.flatMap(({ line, points, start, end }) => [
      { id: line.id, box: line.from, text: line.ends[0], at: start, towards: points[1] ?? end },
      { id: line.id, box: line.to, text: line.ends[1], at: end, towards: points.at(-2) ?? start },
    ]),
  );
  return new Map(
    found.map(({ line, points, start, end, from, to }) => {
      const length = lengthOf(points);
      const crowded = isLevel(start, points[1] ?? end) && widthOf(line.ends.join('')) + 16 > length;
      const place = (text: string, at: Point, next: Point, box: string): Place => {
        const reach = isLevel(at, next)
          ? widthOf(text) / 2 + 6
          : heightOf(text) / 2 + 4 + (liftOf.get(`${line.id} ${box}`) ?? 0);
        const share = Math.min(furthest, reach / Math.max(1, length));
        return { along: 1 - 2 * share, aside: crowded ? 9 : 0 };
      };
      const first = place(line.ends[0], start, points[1] ?? end, line.from);
      const last = place(line.ends[1], end, points.at(-2) ?? start, line.to);
      const course: Course = {
        style: `${anchor('exit', start, from)}${anchor('entry', end, to)}`,
        corners: points.slice(1, -1),
        words: [{ along: -first.along, aside: -first.aside }, last],
      };
      return [line.id, course];
    }),
  );
}

const touches = ({ x, y }: Point, box: Box): boolean =>
  x >= box.x - 1 && x <= box.x + box.width + 1 && y >= box.y - 1 && y <= box.y + box.height + 1;

function anchor(end: 'exit' | 'entry', { x, y }: Point, box: Box): string {
  const share = (value: number, low: number, size: number): number =>
    size > 0 ? Math.round(((value - low) / size) * 1e5) / 1e5 : 0.5;
  return `${end}X=${share(x, box.x, box.width)};${end}Y=${share(y, box.y, box.height)};${end}Perimeter=0;`;
}

const isLevel = (at: Point, next: Point): boolean =>
  Math.abs(next.x - at.x) > Math.abs(next.y - at.y);

const widthOf = (text: string): number =>
  Math.max(...text.split('\n').map((line) => line.length)) * letterWidth;

function lengthOf(points: readonly Point[]): number {
  let length = 0;
  points.forEach((point, at) => {
    const before = points[at - 1];
    if (before) length += Math.hypot(point.x - before.x, point.y - before.y);
  });
  return length;
}

const heightOf = (text: string): number => text.split('\n').length * lineHeight;

interface End {
  readonly id: string;
  readonly box: string;
  readonly text: string;
  readonly at: Point;
  readonly towards: Point;
}

/** How far the words of lines that leave one side of a box upright stand off for those of their neighbours. */
function liftsOf(ends: readonly End[]): ReadonlyMap<string, number> {
  const sides = Map.groupBy(
    ends.filter(({ text, at, towards }) => text !== '' && !isLevel(at, towards)),
    ({ box, at, towards }) => `${box} ${towards.y > at.y ? 'down' : 'up'}`,
  );
  const lifts = new Map<string, number>();
  for (const side of sides.values()) {
    side.sort((a, b) => a.at.x - b.at.x);
    let taken = -Infinity;
    let lift = 0;
    for (const { id, box, text, at } of side) {
      const half = widthOf(text) / 2 + 2;
      if (at.x - half >= taken) lift = 0;
      lifts.set(`${id} ${box}`, lift);
      lift += heightOf(text) + 2;
      taken = Math.max(taken, at.x + half);
    }
  }
  return lifts;
}
