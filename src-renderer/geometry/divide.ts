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

export interface Divider {
  readonly design: Design;
  /** Gives a scene its places on paper. */
  readonly layOut: (scene: Scene) => Scene;
  /** Canvas units of a page; the first is the one that is wanted, those that follow are larger. */
  readonly pages: readonly Size[];
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

const fits = ({ bounds }: Scene, page: Size | undefined): boolean =>
  page !== undefined && bounds.width <= page.width && bounds.height <= page.height;

const isOpen = ({ container, collapsed }: SceneItem): boolean => container && !collapsed;

interface Folding {
  readonly folded: ReadonlySet<number>;
  readonly drawn: Scene;
}

/** Folds what is innermost and largest along the side that is too long, until the rest has its place on the page. */
function fold(scene: Scene, focus: ReadonlySet<number>, divider: Divider): Folding | undefined {
  const { design, layOut, pages } = divider;
  const shown = shownOf(scene, focus);
  const inside = focus.size === 0 ? undefined : withContents(scene.items, focus);
  const folded = new Set<number>();
  for (;;) {
    const part = partOfScene(design, scene, { ...(shown ? { shown } : {}), folded });
    const drawn = layOut(part);
    const [page] = pages;
    if (fits(drawn, page)) return { folded, drawn };
    const isWide =
      drawn.bounds.width / (page?.width ?? 1) > drawn.bounds.height / (page?.height ?? 1);
    const holders = new Set(
      drawn.items.flatMap((item) => (isOpen(item) ? (drawn.items[item.parent]?.ref ?? []) : [])),
    );
    let largest: number | undefined;
    let most = 0;
    for (const item of drawn.items) {
      const index = scene.indexOf.get(item.ref) ?? -1;
      if (!isOpen(item) || holders.has(item.ref) || focus.has(index)) continue;
      if (inside && !inside.has(index)) continue;
      const size = isWide ? item.width : item.height;
      if (size > most) [largest, most] = [index, size];
    }
    if (largest === undefined) return undefined;
    for (const index of alike(scene, largest)) folded.add(index);
    for (const index of [...folded]) {
      if (folded.has(scene.items[index]?.parent ?? -1)) folded.delete(index);
    }
  }
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
  { design, layOut, pages: [page] }: Divider,
): readonly ReadonlySet<number>[] {
  const made: Set<number>[] = [];
  const ordered = [...folded].sort((a, b) => a - b);
  for (const index of ordered) {
    const last = made.at(-1);
    const [first = -1] = last ?? [];
    if (last && scene.items[first]?.parent === scene.items[index]?.parent) {
      const together = new Set([...last, index]);
      const shown = shownOf(scene, together);
      if (fits(layOut(partOfScene(design, scene, shown ? { shown } : {})), page)) {
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
  const [wanted] = pages;
  const largest = pages.at(-1);
  const halves = (some: readonly number[]) => {
    const half = Math.ceil(some.length / 2);
    return [some.slice(0, half), some.slice(half)];
  };
  const split = (some: readonly number[], near: readonly number[]): readonly Scene[] => {
    const drawn = draw(some, near);
    if (fits(drawn, wanted)) return [drawn];
    if (some.length > 1) {
      return halves(some).flatMap((half) => split(half, [...neighboursOf(scene, new Set(half))]));
    }
    if (near.length > 1 && !fits(drawn, largest)) {
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
