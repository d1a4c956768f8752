import type { Design, Entity } from '../../model/design.ts';
import { collections, entityRef, type EntityRef } from '../../model/ids.ts';
import type { Command, Edit } from '../project/index.ts';

/** What an edit and somebody else have both changed since the edit's maker read it. */
export interface Conflict {
  readonly ref: EntityRef;
  /** The key that both have written; absent where the other has taken the entity away. */
  readonly key?: string;
}

export type Entities = Readonly<Record<string, unknown>>;

/**
 * The command as it is to be done upon what the design holds now. Of an entity that somebody else has written since it was
 * read (`read`, by reference), each key keeps what either has changed; where both have changed one, neither is lost
 * unseen: the command is not done.
 */
export function uponPresent(
  design: Design,
  command: Command,
  read: Entities,
): { readonly command: Command } | { readonly conflict: Conflict } {
  const conflicts: Conflict[] = [];
  const again = (edit: Edit): Edit => {
    // What is no entity at all is refused where the command is done.
    if (edit.kind !== 'put' || !isObject(edit.value)) return edit;
    const ref = entityRef(edit.entity, edit.value.id);
    const before = read[ref];
    if (!isObject(before)) return edit;
    const now = entityOf(design, edit);
    if (!now) conflicts.push({ ref });
    if (!now || isSame(now, before)) return edit;
    const merged = merge(before, edit.value, now);
    if ('key' in merged) {
      conflicts.push({ ref, key: merged.key });
      return edit;
    }
    return { ...edit, value: merged.value } as Edit;
  };
  const done =
    command.kind === 'compound' ? { ...command, edits: command.edits.map(again) } : again(command);
  const [conflict] = conflicts;
  return conflict ? { conflict } : { command: done };
}

const entityOf = (design: Design, edit: Edit & { readonly kind: 'put' }): Entity | undefined =>
  (design[collections[edit.entity]] as readonly Entity[] | undefined)?.find(
    ({ id }) => id === edit.value.id,
  );

/** The keys of both, in the order of what is there now; or the first that both have changed, each its own way. */
function merge(
  before: Entities,
  mine: object,
  now: object,
): { readonly value: object } | { readonly key: string } {
  const [own, present] = [mine as Entities, now as Entities];
  const value: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(present), ...Object.keys(own)])) {
    const isMine = !isSame(own[key], before[key]);
    const isTheirs = !isSame(present[key], before[key]);
    if (isMine && isTheirs && !isSame(own[key], present[key])) return { key };
    const kept = isMine ? own[key] : present[key];
    if (kept !== undefined) value[key] = kept;
  }
  return { value };
}

const isObject = (value: unknown): value is Entities =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of values as JSON has them; the order of keys means nothing. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => isSame(item, b[at]));
  }
  if (!isObject(a) || !isObject(b)) return Object.is(a, b);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}
