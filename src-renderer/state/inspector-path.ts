/** The way to a value in an entity. `#id` is the item of a list with that id, wherever it stands by then. */
export type Path = readonly (string | number)[];

type Tree = Readonly<Record<string | number, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** The step to take for a key: the index of the item that a `#id` names, or -1. */
function keyIn(value: unknown, key: string | number): string | number {
  if (typeof key === 'number' || !key.startsWith('#') || !Array.isArray(value)) return key;
  return value.findIndex((item) => isTree(item) && item['id'] === key.slice(1));
}

export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path) {
    if (!isTree(value)) return undefined;
    value = value[keyIn(value, key)];
  }
  return value;
}

/** The path with every `#id` as the index it has now. */
export function plainPath(root: unknown, path: Path): Path {
  let value = root;
  return path.map((key) => {
    const plain = keyIn(value, key);
    value = isTree(value) ? value[plain] : undefined;
    return plain;
  });
}

/**
 * A copy with the value in its place. `undefined` takes the key away. Maps on the way are made; the item of a list that
 * is no longer there is left alone.
 */
export function withValue(root: unknown, path: Path, value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  if (Array.isArray(root)) {
    const at = keyIn(root, first);
    if (typeof at !== 'number' || at < 0 || at > root.length) return root;
    const copy: unknown[] = [...(root as unknown[])];
    if (rest.length === 0 && value === undefined) copy.splice(at, 1);
    else copy[at] = withValue(copy[at], rest, value);
    return copy;
  }
  const tree = isTree(root) ? root : {};
  const next = withValue(tree[first], rest, value);
  if (next !== undefined) return { ...tree, [first]: next };
  return Object.fromEntries(Object.entries(tree).filter(([key]) => key !== String(first)));
}

/** A copy with an item put into a list; the list is made where there is none. */
export function withItem(root: unknown, list: Path, at: number, item: unknown): unknown {
  const found = valueAt(root, list);
  const items: unknown[] = Array.isArray(found) ? [...(found as unknown[])] : [];
  items.splice(Math.min(at, items.length), 0, item);
  return withValue(root, list, items);
}

/** A copy with an item moved: `to` is where it stands afterwards. */
export function withMoved(root: unknown, list: Path, from: number, to: number): unknown {
  const found = valueAt(root, list);
  if (!Array.isArray(found)) return root;
  const items: unknown[] = [...(found as unknown[])];
  const [item] = items.splice(from, 1);
  items.splice(to, 0, item);
  return withValue(root, list, items);
}

/** `firewall.rules[4]` as its keys; what is no path is empty. */
export function parsePath(text: string): Path {
  return [...text.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, key = '']) =>
    index === undefined ? key : Number(index),
  );
}

export const startsWith = (path: Path, start: Path): boolean =>
  start.length <= path.length && start.every((key, at) => path[at] === key);

/** A free id: the wish itself, else with the first number that makes it one. */
export function freeId(wish: string, taken: Iterable<string>): string {
  const ids = new Set(taken);
  const stem = /^[A-Za-z0-9]/.test(wish) ? wish.replace(/[^A-Za-z0-9._-]+/g, '-') : `x${wish}`;
  if (!ids.has(stem)) return stem;
  const [, base = stem, digits] = /^(.*?)-?(\d+)?$/.exec(stem) ?? [];
  const glue = digits === undefined || stem.endsWith(`-${digits}`) ? '-' : '';
  let count = digits === undefined ? 2 : Number(digits) + 1;
  while (ids.has(`${base}${glue}${count}`)) count++;
  return `${base}${glue}${count}`;
}
