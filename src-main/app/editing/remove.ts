import { counted } from '../../sim/vocabulary/counted.ts';
import type { Change } from '../../contract/changes.ts';
import { contentsOf, knownThings, refOf, type Thing } from './containers.ts';
import { planned, refused, titleOf, type Planned } from './outcome.ts';
import { Gone, settle } from './settle.ts';
import type { WorkingCopy } from './working-copy.ts';

export function remove(copy: WorkingCopy, { refs }: Extract<Change, { kind: 'remove' }>): Planned {
  const known = knownThings(copy, refs, ['refs']);
  if (!known.ok) return known;
  const { things } = known;
  const label = labelOf(copy, things);
  const gone = new Gone(copy);
  for (const thing of things) gone.add(thing);
  for (const thing of contentsOf(copy, things)) {
    // A cluster and its machines are two things: the machines stay.
    if (thing.kind === 'node' && isMachineOfCluster(copy, thing.id, things)) continue;
    if (gone.add(thing)) {
      const detail = { kind: thing.kind, title: titleIn(copy, thing), why: 'inside' as const };
      copy.tellTaken(refOf(thing), { code: 'taken', detail });
    }
  }
  settle(copy, gone);
  return planned(label);
}

/** Takes one interface away; the link or stretch that it ends goes with it. */
export function disconnect(
  copy: WorkingCopy,
  { node: id, interface: item }: Extract<Change, { kind: 'disconnect' }>,
): Planned {
  const node = copy.get('node', id);
  if (!node) return refused(['node'], 'the id of a node of this design', id);
  const found = node.interfaces?.find((one) => one.id === item);
  if (!found) return refused(['interface'], `the id of an interface of ${id}`, item);
  const link = [...copy.all('link')].find(({ a, b }) =>
    [a, b].some((end) => end.node === id && end.interface === item),
  );
  const gone = new Gone(copy);
  gone.takeInterfaces(id, new Set([item]));
  settle(copy, gone);
  const segment = copy.get('segment', found.segment);
  const other = link && (link.a.node === id ? link.b.node : link.a.node);
  const far = other === undefined ? undefined : copy.get('node', other);
  if (segment) return planned(`Disconnect ${titleOf(node)} from ${titleOf(segment)}`);
  if (far) return planned(`Disconnect ${titleOf(node)} from ${titleOf(far)}`);
  return planned(`Remove interface ${item} of ${titleOf(node)}`);
}

function labelOf(copy: WorkingCopy, things: readonly Thing[]): string {
  const [only] = things;
  if (things.length !== 1 || !only) return `Delete ${counted(things.length, 'thing')}`;
  return `Delete ${titleIn(copy, only)}`;
}

function titleIn(copy: WorkingCopy, { kind, id }: Thing): string {
  const entity = kind === 'pod' ? undefined : copy.get(kind, id);
  return entity ? titleOf(entity) : id;
}

function isMachineOfCluster(copy: WorkingCopy, node: string, asked: readonly Thing[]): boolean {
  const found = copy.get('node', node);
  const isInAsked = asked.some(
    ({ kind, id }) =>
      (kind === 'site' && found?.site !== undefined && isWithin(copy, found.site, id)) ||
      (kind === 'node' && found && 'runsOn' in found && found.runsOn === id),
  );
  return !isInAsked && asked.some(({ kind }) => kind === 'cluster');
}

function isWithin(copy: WorkingCopy, site: string, outer: string): boolean {
  const seen = new Set<string>();
  for (let up: string | undefined = site; up !== undefined && !seen.has(up);) {
    if (up === outer) return true;
    seen.add(up);
    up = copy.get('site', up)?.parent;
  }
  return false;
}
