import type { Design, Node, Segment, Site } from '../../src-main/contract/index.ts';

/** Entities that are another object than before, and stand where they stood, on the same segments. */
export interface Changed {
  readonly nodes: readonly Node[];
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
  const nodes = replaced(before.nodes, now.nodes, (node) => [
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
  return nodes && segments && sites && { nodes, segments, sites };
}

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
