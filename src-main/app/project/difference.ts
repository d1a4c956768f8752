import type { Design, Entity } from '../../model/design.ts';
import { collections, entityKinds, type EntityKind } from '../../model/ids.ts';
import { headOf } from './document.ts';
import type { Edit, HeadEdit, PutEdit } from './command.ts';

/** The edits that lead from one design to another: as few as the two differ in, order included. */
export function designDifference(from: Design, to: Design): readonly Edit[] {
  return [
    ...headDifference(from, to),
    ...entityKinds.flatMap((kind) => kindDifference(kind, from, to)),
  ];
}

function headDifference(from: Design, to: Design): readonly HeadEdit[] {
  const [old, head] = [headOf(from), headOf(to)];
  if (old.name === head.name && old.notes === head.notes) return [];
  return [{ kind: 'head', name: head.name, notes: head.notes ?? null }];
}

function kindDifference(entity: EntityKind, from: Design, to: Design): readonly Edit[] {
  const old: readonly Entity[] = from[collections[entity]] ?? [];
  const wanted: readonly Entity[] = to[collections[entity]] ?? [];
  const oldIndex = new Map(old.map((item, index) => [item.id, index]));
  const wantedIds = new Set(wanted.map(({ id }) => id));

  const edits: Edit[] = old
    .filter(({ id }) => !wantedIds.has(id))
    .map(({ id }) => ({ kind: 'remove', entity, id }));

  const staying = wanted.filter(({ id }) => oldIndex.has(id));
  const inPlace = longestRising(staying.map(({ id }) => oldIndex.get(id) ?? 0));
  const keepsPlace = new Set(inPlace.map((at) => staying[at]?.id));

  // From the last to the first: whatever an entity is put in front of stands where it belongs already.
  let before: string | undefined;
  for (const value of [...wanted].reverse()) {
    const place = before === undefined ? {} : { before };
    const at = oldIndex.get(value.id);
    if (at === undefined) edits.push({ kind: 'put', entity, value, ...place } as PutEdit);
    else {
      if (JSON.stringify(old[at]) !== JSON.stringify(value)) {
        edits.push({ kind: 'put', entity, value } as PutEdit);
      }
      if (!keepsPlace.has(value.id)) edits.push({ kind: 'move', entity, id: value.id, ...place });
    }
    before = value.id;
  }
  return edits;
}

/** Indexes of a longest rising subsequence (patience sorting). */
function longestRising(values: readonly number[]): readonly number[] {
  const tails: number[] = [];
  const previous: (number | undefined)[] = [];
  values.forEach((value, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous.push(low > 0 ? tails[low - 1] : undefined);
    tails[low] = index;
  });
  const rising: number[] = [];
  for (let at = tails.at(-1); at !== undefined; at = previous[at]) rising.push(at);
  return rising.reverse();
}
