import type { Packet, PacketHeader } from '../../src-main/contract/index.ts';

export interface StackField {
  readonly name: string;
  readonly value: string | number | boolean;
  /** What it was before the step, where that was something else. */
  readonly before?: string | number | boolean;
}

/** One header of the stack, with what the step did to it. */
export interface StackHeader {
  readonly type: PacketHeader['type'];
  readonly change: 'same' | 'changed' | 'added' | 'removed';
  readonly fields: readonly StackField[];
}

/**
 * The headers after a step against those before it, outermost first; headers that went are listed where they were.
 * Encapsulation works on the outside, so the two stacks are held together from the inside out.
 */
export function stackChanges(before: Packet | undefined, after: Packet): readonly StackHeader[] {
  if (!before) return after.map((header) => whole(header, 'same'));
  const [old, now] = [[...before].reverse(), [...after].reverse()];
  const changes: StackHeader[] = [];
  let kept = 0;
  // A tunnel is put on or taken off as a whole: what is alike from the inside is what went through.
  while (kept < now.length && old[kept]?.type === now[kept]?.type) kept++;
  now.slice(0, kept).forEach((header, at) => changes.push(compared(old[at] ?? header, header)));
  old.slice(kept).forEach((header) => changes.push(whole(header, 'removed')));
  now.slice(kept).forEach((header) => changes.push(whole(header, 'added')));
  return changes.reverse();
}

const fieldsOf = (header: PacketHeader): [string, StackField['value']][] =>
  Object.entries<StackField['value']>({ ...header }).filter(([name]) => name !== 'type');

const whole = (header: PacketHeader, change: StackHeader['change']): StackHeader => ({
  type: header.type,
  change,
  fields: fieldsOf(header).map(([name, value]) => ({ name, value })),
});

function compared(before: PacketHeader, after: PacketHeader): StackHeader {
  const old = new Map(fieldsOf(before));
  const fields = fieldsOf(after).map(([name, value]): StackField => {
    const was = old.get(name);
    return was === undefined || was === value ? { name, value } : { name, value, before: was };
  });
  const changed = fields.some((field) => field.before !== undefined);
  return { type: after.type, change: changed ? 'changed' : 'same', fields };
}
