import { inset, isLevel, sideNumber, type EdgeAt, type Line, type Lines } from './edge-line.ts';
import { bottom, right } from './rectangle.ts';

interface End {
  readonly line: Line;
  readonly at: number;
  readonly end: 'from' | 'to';
}

/** Gives the lines that leave one side of a box places of their own; of some sides, by their keys, or of all. */
export function spread(lines: Lines, edgeAt: EdgeAt, only?: ReadonlySet<number>): void {
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
