import type { Design } from '../../src-main/contract/index.ts';
import { neighboursOf, partOfScene, withContents } from './part-scene.ts';
import type { Scene, SceneItem } from './scene.ts';
import type { Size } from './sizes.ts';

/** One of the drawings that show a scene together. */
export interface Part {
  readonly scene: Scene;
  /** References of the containers that it shows with all that is in them; none: the drawing as a whole. */
  readonly of: readonly string[];
  /** Whether some containers are folded, or parts of their own. */
  readonly overview: boolean;
  /** Of several that show the same together. */
  readonly piece?: { readonly number: number; readonly count: number };
}

/** Canvas units of the pages that there are. */
export interface Pages {
  /** Any of these is wanted. */
  readonly wanted: readonly Size[];
  /** Taken before much is folded or cut up. */
  readonly largest: Size;
}

export interface Divider {
  readonly design: Design;
  /** Gives a scene its places on paper. */
  readonly layOut: (scene: Scene) => Scene;
  readonly pages: Pages;
}

/**
 * A drawing that is too large for a page becomes an overview in which containers are folded, the largest first, and a
 * drawing of what each of them holds, with what lines lead to from there. What holds nothing that could be folded is
 * drawn in pieces.
 */
export function divided(scene: Scene, divider: Divider): readonly Part[] {
  return partsOf(scene, new Set(), divider);
}

function partsOf(scene: Scene, focus: ReadonlySet<number>, divider: Divider): readonly Part[] {
  const of = [...focus].flatMap((index) => scene.items[index]?.ref ?? []);
  const folding = fold(scene, focus, divider);
  if (!folding) return pieces(scene, focus, of, divider);
  const { folded, drawn } = folding;
  return [
    { scene: drawn, of, overview: folded.size > 0 },
    ...groups(scene, folded, divider).flatMap((group) => partsOf(scene, group, divider)),
  ];
}

/** What is shown of a container: all that is in it, and where lines lead from there. */
function shownOf(scene: Scene, focus: ReadonlySet<number>): ReadonlySet<number> | undefined {
  if (focus.size === 0) return undefined;
  const inside = withContents(scene.items, focus);
  return new Set([...inside, ...neighboursOf(scene, inside)]);
}

const fits = ({ bounds }: Scene, pages: readonly Size[]): boolean =>
  pages.some(({ width, height }) => bounds.width <= width && bounds.height <= height);

const isOpen = ({ container, collapsed }: SceneItem): boolean => container && !collapsed;

interface Folding {
  readonly folded: ReadonlySet<number>;
  readonly drawn: Scene;
}

/** Folds what is innermost and largest along the side that is too long, until the rest has its place on the page. */
function fold(scene: Scene, focus: ReadonlySet<number>, divider: Divider): Folding | undefined {
  const { wanted, largest } = divider.pages;
  const small = foldOnto(wanted, scene, focus, divider);
  if (small && shareOf(scene, focus, small.drawn) >= leastShare) return small;
  return foldOnto([largest], scene, focus, divider) ?? small;
}

/** Where less than this of what there is would be seen on the page that is wanted, a larger one is taken. */
const leastShare = 0.5;

function shareOf(scene: Scene, focus: ReadonlySet<number>, { items }: Scene): number {
  const all = focus.size === 0 ? scene.items.length : withContents(scene.items, focus).size;
  const hidden = items.reduce(
    (sum, { collapsed, kind, hidden: some }) => sum + (collapsed && kind.is !== 'pod' ? some : 0),
    0,
  );
  return 1 - hidden / Math.max(1, all);
}

function foldOnto(
  pages: readonly Size[],
  scene: Scene,
  focus: ReadonlySet<number>,
  { design, layOut }: Divider,
): Folding | undefined {
  const shown = shownOf(scene, focus);
  const draw = (folded: ReadonlySet<number>): Scene =>
    layOut(partOfScene(design, scene, { ...(shown ? { shown } : {}), folded }));
  let folding: Folding = { folded: new Set(), drawn: draw(new Set()) };
  while (!fits(folding.drawn, pages)) {
    let best: Folding | undefined;
    for (const group of foldable(scene, folding, focus)) {
      const folded = outermost(scene, new Set([...folding.folded, ...group]));
      const drawn = draw(folded);
      if (!best || excess(drawn, pages) < excess(best.drawn, pages)) best = { folded, drawn };
    }
    if (!best) return undefined;
    folding = best;
  }
  return folding;
}

/** How far a drawing is from having its place, as a share of the page that suits it best. */
const excess = ({ bounds }: Scene, pages: readonly Size[]): number =>
  Math.min(
    ...pages.map(
      ({ width, height }) =>
        Math.max(1, bounds.width / width) * Math.max(1, bounds.height / height),
    ),
  );

/** What holds nothing open any more: what is alike together. */
function foldable(
  scene: Scene,
  { drawn }: Folding,
  focus: ReadonlySet<number>,
): readonly (readonly number[])[] {
  const inside = focus.size === 0 ? undefined : withContents(scene.items, focus);
  const holders = new Set(
    drawn.items.flatMap((item) => (isOpen(item) ? (drawn.items[item.parent]?.ref ?? []) : [])),
  );
  const groups = new Map<number, readonly number[]>();
  for (const item of drawn.items) {
    const index = scene.indexOf.get(item.ref) ?? -1;
    if (!isOpen(item) || holders.has(item.ref) || focus.has(index)) continue;
    if (inside && !inside.has(index)) continue;
    const group = alike(scene, index);
    groups.set(group[0] ?? index, group);
  }
  return [...groups.values()];
}

/** Without those that are in others of them. */
function outermost({ items }: Scene, folded: ReadonlySet<number>): ReadonlySet<number> {
  const inner = withContents(items, folded);
  return new Set([...folded].filter((index) => !inner.has(items[index]?.parent ?? -1)));
}

/** Machines of one kind side by side are folded together, or none of them is. */
function alike({ items }: Scene, index: number): readonly number[] {
  const item = items[index];
  if (item?.kind.is !== 'node') return [index];
  const { kind } = item.kind;
  return items.flatMap((other, at) =>
    isOpen(other) &&
    other.parent === item.parent &&
    other.kind.is === 'node' &&
    other.kind.kind === kind
      ? [at]
      : [],
  );
}

/** Containers side by side, as many together as have their place on one page. */
function groups(
  scene: Scene,
  folded: ReadonlySet<number>,
  { design, layOut, pages }: Divider,
): readonly ReadonlySet<number>[] {
  const made: Set<number>[] = [];
  const ordered = [...folded].sort((a, b) => a - b);
  for (const index of ordered) {
    const last = made.at(-1);
    const [first = -1] = last ?? [];
    if (last && scene.items[first]?.parent === scene.items[index]?.parent) {
      const together = new Set([...last, index]);
      const shown = shownOf(scene, together);
      if (fits(layOut(partOfScene(design, scene, shown ? { shown } : {})), pages.wanted)) {
        last.add(index);
        continue;
      }
    }
    made.push(new Set([index]));
  }
  return made;
}

/** What stands side by side, in reading order, as many together as have their place on a page, with what lines lead to. */
function pieces(
  scene: Scene,
  focus: ReadonlySet<number>,
  of: readonly string[],
  { design, layOut, pages }: Divider,
): readonly Part[] {
  const { items } = scene;
  const holders = focus.size === 0 ? new Set([-1]) : focus;
  const open = withOpenHolders(items, holders);
  const members = items
    .flatMap((item, index) => (holders.has(item.parent) || open.has(item.parent) ? [index] : []))
    .filter((index) => !open.has(index))
    .sort(
      (a, b) => (items[a]?.y ?? 0) - (items[b]?.y ?? 0) || (items[a]?.x ?? 0) - (items[b]?.x ?? 0),
    );
  const draw = (some: readonly number[], near: readonly number[]): Scene =>
    layOut(partOfScene(design, scene, { shown: new Set([...some, ...near]) }));
  const halves = (some: readonly number[]) => {
    const half = Math.ceil(some.length / 2);
    return [some.slice(0, half), some.slice(half)];
  };
  const split = (some: readonly number[], near: readonly number[]): readonly Scene[] => {
    const drawn = draw(some, near);
    if (fits(drawn, [pages.largest])) return [drawn];
    if (some.length > 1) {
      return halves(some).flatMap((half) => split(half, [...neighboursOf(scene, new Set(half))]));
    }
    if (near.length > 1) {
      return halves(near).flatMap((half) => split(some, half));
    }
    return [drawn];
  };
  const drawn = split(members, [...neighboursOf(scene, new Set(members))]);
  return drawn.map((one, at) => ({
    scene: one,
    of,
    overview: false,
    ...(drawn.length > 1 ? { piece: { number: at + 1, count: drawn.length } } : {}),
  }));
}

/** Open containers in these, which are no things of their own here. */
function withOpenHolders(items: Scene['items'], holders: ReadonlySet<number>): ReadonlySet<number> {
  const open = new Set<number>();
  items.forEach((item, index) => {
    if (isOpen(item) && (holders.has(item.parent) || open.has(item.parent))) open.add(index);
  });
  return open;
}
