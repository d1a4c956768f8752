import { entityRef } from '../../model/ids.ts';
import { showValue } from '../../model/issue.ts';
import type { Joined } from './connect.ts';
import { whole, type Draft } from './drafts.ts';
import type { Nested, Shape } from './nest.ts';
import type { Remarks } from './remarks.ts';
import type { Things } from './things.ts';

/**
 * What of the design each cell is drawn for, by the cell's id: `node:web`, `interface:web/eth0`, `design` for layers. The
 * cells that are there for nothing, and of which nothing is said yet, are told.
 */
export function accountFor(
  nested: Nested,
  things: Things,
  { drawn: joined }: Joined,
  remarks: Remarks,
): ReadonlyMap<string, string> {
  const drawn = new Map<string, string>(joined);
  for (const [cell, draft] of things.draftOf) drawn.set(cell, refOf(draft));
  // What is held before its holders: a group is there for what it holds.
  for (const shape of [...nested.shapes].reverse()) {
    const what = drawn.get(shape.cell.id) ?? heldBy(shape, drawn);
    if (what === undefined) continue;
    drawn.set(shape.cell.id, what);
    for (const { id } of shape.words) drawn.set(id, what);
  }
  for (const { cell, words } of nested.connectors) {
    const what = drawn.get(cell.id);
    for (const word of words) {
      if (what !== undefined) drawn.set(word.cell.id, what);
      else if (word.cell !== cell) {
        const detail = { words: showValue(word.text) };
        remarks.add(word.cell, { code: 'connector-words', detail });
      }
    }
  }
  const told = new Set(remarks.all.map(({ cell }) => cell));
  for (const cell of nested.cellOf.values()) {
    const isFrame = cell.is === 'other' && (cell.parent === undefined || nested.isLayer(cell.id));
    if (isFrame) drawn.set(cell.id, 'design');
    else if (!drawn.has(cell.id) && !told.has(cell.id)) {
      remarks.add(cell, 'wordless');
    }
  }
  return drawn;
}

const refOf = (draft: Draft): string =>
  draft.is === 'segment' ? entityRef('segment', whole(draft).id) : entityRef(draft.is, draft.id);

const heldBy = ({ held }: Shape, drawn: ReadonlyMap<string, string>): string | undefined =>
  held.map(({ cell }) => drawn.get(cell.id)).find((what) => what !== undefined);
