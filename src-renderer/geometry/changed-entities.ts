import type { Design, Node, Segment, Site } from '../../src-main/contract/index.ts';

/** Entities that are another object than before, and stand where they stood, on the same segments; nodes that came or went. */
export interface Changed {
  readonly nodes: readonly Node[];
  readonly added: readonly Node[];
  readonly removed: readonly Node[];
  readonly segments: readonly Segment[];
  readonly sites: readonly Site[];
}

/** With more than these it is quicker to begin anew. */
const most = 100;

const known = new WeakMap<
  Design,
  { readonly before: WeakRef<Design>; readonly changed: Changed | undefined }
>();

/** What differs between two designs, the layout aside; undefined where it decides what is drawn, or in what. */
export function changedEntities(before: Design, now: Design): Changed | undefined {
  const last = known.get(now);
  if (last?.before.deref() === before) return last.changed;
  const changed = compare(before, now);
  known.set(now, { before: new WeakRef(before), changed });
  return changed;
}

function compare(before: Design, now: Design): Changed | undefined {
  const rest = ['clusters', 'workloads', 'links', 'stretches'] as const;
  if (rest.some((key) => before[key] !== now[key])) return undefined;
  const { added, removed } = exchanged(before.nodes, now.nodes);
  const nodes = replaced(without(before.nodes, removed), without(now.nodes, added), (node) => [
    node.kind,
    node.site,
    'runsOn' in node ? node.runsOn : undefined,
    node.tags,
    node.interfaces?.map(({ id, segment }) => [id, segment]),
  ]);
  const segments = replaced(before.segments, now.segments, ({ kind, site, tags }) => [
    kind,
    site,
    tags,
  ]);
  const sites = replaced(before.sites, now.sites, ({ parent, tags }) => [parent, tags]);
  return nodes && segments && sites && { nodes, added, removed, segments, sites };
}

/** What came and went; of what stands in another order, or of too much, no more than its beginning. */
function exchanged<One extends { readonly id: string }>(
  before: readonly One[] = [],
  now: readonly One[] = [],
): { readonly added: readonly One[]; readonly removed: readonly One[] } {
  const added: One[] = [];
  const removed: One[] = [];
  if (before.length === now.length && before.at(-1)?.id === now.at(-1)?.id) {
    return { added, removed };
  }
  let was = 0;
  let at = 0;
  while ((was < before.length || at < now.length) && added.length + removed.length <= most) {
    const old = before[was];
    const one = now[at];
    if (old && one && old.id === one.id) {
      was += 1;
      at += 1;
    } else if (old && !now.slice(at, at + most).some(({ id }) => id === old.id)) {
      removed.push(old);
      was += 1;
    } else if (one) {
      added.push(one);
      at += 1;
    }
  }
  return { added, removed };
}

function without<One>(all: readonly One[] | undefined, some: readonly One[]): readonly One[] {
  if (some.length === 0) return all ?? none;
  const left = new Set(some);
  return (all ?? none).filter((one) => !left.has(one));
}
const none: readonly never[] = [];

function replaced<One extends { readonly id: string }>(
  before: readonly One[] = [],
  now: readonly One[] = [],
  place: (one: One) => unknown,
): readonly One[] | undefined {
  if (before === now) return [];
  if (before.length !== now.length) return undefined;
  const changed: One[] = [];
  for (let at = 0; at < now.length; at += 1) {
    const old = before[at];
    const one = now[at];
    if (one === old || !one || !old) continue;
    if (one.id !== old.id || JSON.stringify(place(one)) !== JSON.stringify(place(old)))
      return undefined;
    changed.push(one);
    if (changed.length > most) return undefined;
  }
  return changed;
}
