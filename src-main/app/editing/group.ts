import { counted } from '../../sim/vocabulary/counted.ts';
import type { Change } from '../../contract/changes.ts';
import type { LayoutItem } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import { knownThings, hostOf, putInto, siteOf, type Thing } from './containers.ts';
import { clusterOf } from './cluster-members.ts';
import { onCanvas } from './move.ts';
import { freshId, numberedName } from './names.ts';
import { planned, refused, type Planned } from './outcome.ts';
import { defaultSize, type SizedKind } from './sizes.ts';
import type { WorkingCopy } from './working-copy.ts';

/** Canvas units between a frame and what is in it, and for its title above. */
const padding = 24;
const headerHeight = 40;

/** A new site around things; it stands in the innermost site that all of them stand in. */
export function group(copy: WorkingCopy, { refs }: Extract<Change, { kind: 'group' }>): Planned {
  const known = knownThings(copy, refs, ['refs']);
  if (!known.ok) return known;
  const things = known.things.filter((thing) => isGroupable(copy, thing));
  for (const thing of known.things) {
    if (!things.includes(thing))
      copy.tellLeftOut({ code: 'stays-in-place', detail: { id: thing.id } });
  }
  if (things.length === 0) {
    return refused(
      ['refs'],
      'sites, segments or machines that stand in no hypervisor or cluster',
      refs[0],
    );
  }
  const id = freshId(copy, 'site', 'site');
  const parent = commonSite(copy, things);
  copy.create('site', {
    id,
    kind: 'other',
    name: numberedName('Group', id),
    ...(parent === undefined ? {} : { parent }),
  });
  for (const thing of things) {
    const placed = putInto(copy, thing, { kind: 'site', id }, ['refs']);
    if (!placed.ok) return placed;
  }
  const frame = frameAround(copy, things);
  if (frame) copy.put('layout', { id: entityRef('site', id), ...frame });
  return planned(`Group ${counted(things.length, 'thing')}`);
}

/** What stands in a hypervisor or a cluster stays there. */
function isGroupable(copy: WorkingCopy, { kind, id }: Thing): boolean {
  if (kind === 'site' || kind === 'segment') return true;
  const node = kind === 'node' ? copy.get('node', id) : undefined;
  return node !== undefined && hostOf(node) === undefined && !clusterOf(copy, id);
}

function sitesAround(copy: WorkingCopy, thing: Thing): string[] {
  const first = thing.kind === 'site' ? copy.get('site', thing.id)?.parent : siteOf(copy, thing);
  const around: string[] = [];
  for (
    let up = first;
    up !== undefined && !around.includes(up);
    up = copy.get('site', up)?.parent
  ) {
    around.push(up);
  }
  return around;
}

function commonSite(copy: WorkingCopy, things: readonly Thing[]): string | undefined {
  const chosen = new Set(things.flatMap(({ kind, id }) => (kind === 'site' ? [id] : [])));
  const chains = things.map((thing) => sitesAround(copy, thing));
  return chains[0]?.find(
    (site) => !chosen.has(site) && chains.every((chain) => chain.includes(site)),
  );
}

function frameAround(
  copy: WorkingCopy,
  things: readonly Thing[],
): Omit<LayoutItem, 'id'> | undefined {
  const boxes = things.flatMap((thing) => {
    const item =
      thing.kind === 'pod' ? undefined : copy.get('layout', entityRef(thing.kind, thing.id));
    if (!item) return [];
    const size = defaultSize(sizedKind(copy, thing));
    const [width, height] = [item.width ?? size.width, item.height ?? size.height];
    return [{ left: item.x, top: item.y, right: item.x + width, bottom: item.y + height }];
  });
  if (boxes.length === 0) return undefined;
  const left = onCanvas(Math.min(...boxes.map((box) => box.left)) - padding);
  const top = onCanvas(Math.min(...boxes.map((box) => box.top)) - padding - headerHeight);
  const right = Math.max(...boxes.map((box) => box.right)) + padding;
  const bottom = Math.max(...boxes.map((box) => box.bottom)) + padding;
  return {
    x: left,
    y: top,
    width: onCanvas(right - left),
    height: onCanvas(bottom - top),
  };
}

function sizedKind(copy: WorkingCopy, { kind, id }: Thing): SizedKind {
  if (kind === 'node') return copy.get('node', id)?.kind ?? 'host';
  return kind === 'site' || kind === 'cluster' || kind === 'segment' || kind === 'pod'
    ? kind
    : 'host';
}
