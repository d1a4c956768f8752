import type { Packet, PacketHeader } from '../../src-main/contract/index.ts';
import { stackBytes } from './stack-bytes.ts';

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
  /** Its length; of a header that went, what it was. */
  readonly bytes: number;
}

/**
 * The headers after a step against those before it, outermost first; headers that went are listed where they were.
 * Encapsulation works on the outside, so the two stacks are held together from the inside out.
 */
export function stackChanges(before: Packet | undefined, after: Packet): readonly StackHeader[] {
  const now = measured(after).reverse();
  const old = before ? measured(before).reverse() : now;
  const changes: StackHeader[] = [];
  let kept = 0;
  // A tunnel is put on or taken off as a whole: what is alike from the inside is what went through.
  while (kept < now.length && old[kept]?.header.type === now[kept]?.header.type) kept++;
  now.slice(0, kept).forEach((one, at) => changes.push(compared(old[at] ?? one, one)));
  old.slice(kept).forEach((one) => changes.push(whole(one, 'removed')));
  now.slice(kept).forEach((one) => changes.push(whole(one, 'added')));
  return changes.reverse();
}

interface Measured {
  readonly header: PacketHeader;
  readonly bytes: number;
}

function measured(packet: Packet): Measured[] {
  const { headers } = stackBytes(packet);
  return packet.map((header, at) => ({ header, bytes: headers[at] ?? 0 }));
}

const fieldsOf = (header: PacketHeader): [string, StackField['value']][] =>
  Object.entries<StackField['value']>({ ...header }).filter(([name]) => name !== 'type');

const whole = ({ header, bytes }: Measured, change: StackHeader['change']): StackHeader => ({
  type: header.type,
  change,
  bytes,
  fields: fieldsOf(header).map(([name, value]) => ({ name, value })),
});

function compared(before: Measured, after: Measured): StackHeader {
  const old = new Map(fieldsOf(before.header));
  const fields = fieldsOf(after.header).map(([name, value]): StackField => {
    const was = old.get(name);
    return was === undefined || was === value ? { name, value } : { name, value, before: was };
  });
  const changed = fields.some((field) => field.before !== undefined);
  const { header, bytes } = after;
  return { type: header.type, change: changed ? 'changed' : 'same', bytes, fields };
}
