import type { DesignIssue } from './issue.ts';

/** The value at a path; undefined where there is none. */
export function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
      return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/**
 * Puts issues in the order in which their places stand in the document. What is missing from a map or list comes
 * before all that is in it.
 */
export function inDocumentOrder(root: unknown, issues: readonly DesignIssue[]): DesignIssue[] {
  const ranks = new Map<object, Map<string, number>>();
  const rank = (holder: object, key: string | number): number => {
    if (Array.isArray(holder)) return Number(key);
    let known = ranks.get(holder);
    if (!known)
      ranks.set(holder, (known = new Map(Object.keys(holder).map((name, at) => [name, at]))));
    return known.get(String(key)) ?? -1;
  };
  const places = issues.map((issue) => {
    let holder: unknown = root;
    const place = issue.segments.map((key) => {
      if (typeof holder !== 'object' || holder === null) return -1;
      const at = rank(holder, key);
      holder = valueAt(holder, [key]);
      return at;
    });
    return { issue, place };
  });
  return places.sort((a, b) => comparePlaces(a.place, b.place)).map(({ issue }) => issue);
}

function comparePlaces(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
