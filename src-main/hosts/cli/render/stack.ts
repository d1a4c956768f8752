import { ipProtocolName, type Packet, type PacketHeader } from '../../../sim/vocabulary/index.ts';
import type { Terminal } from '../terminal.ts';

/** A header in the words that are shown, each of which can have changed by itself. */
function words(header: PacketHeader, next: PacketHeader | undefined): readonly string[] {
  switch (header.type) {
    case 'ethernet': {
      const tag = header.vlan === undefined ? [] : [`VLAN ${header.vlan}`];
      return ['Ethernet', header.src, '→', header.dst, ...tag];
    }
    case 'ipv4':
    case 'ipv6': {
      const name = header.type === 'ipv4' ? 'IPv4' : 'IPv6';
      const carried = carries(header.protocol, next) ? [] : [ipProtocolName(header.protocol)];
      const fragment = header.type === 'ipv4' && header.df ? ['DF'] : [];
      const { src, dst, ttl, length } = header;
      return [name, src, '→', dst, `ttl ${ttl}`, ...fragment, ...carried, `${length} B`];
    }
    case 'tcp':
      return ['TCP', `${header.sourcePort}`, '→', `${header.destinationPort}`, header.flags];
    case 'udp':
      return ['UDP', `${header.sourcePort}`, '→', `${header.destinationPort}`];
    case 'icmp':
      return ['ICMP', header.message, `id ${header.id}`];
    case 'vxlan':
      return ['VXLAN', `${header.vni}`];
    case 'esp':
      return ['ESP', `spi ${header.spi}`];
    default:
      return header satisfies never;
  }
}

/** Whether the next header shows by itself what the protocol number says. */
function carries(protocol: number, next: PacketHeader | undefined): boolean {
  const name = ipProtocolName(protocol);
  return next?.type === name;
}

export type HeaderChange = 'new' | 'changed' | 'same';

/** How each header came to be, seen from the packet before. Stacks grow and shrink at the outside. */
export function headerChanges(packet: Packet, before: Packet | undefined): readonly HeaderChange[] {
  return packet.map((header, index) => {
    const old = headerBefore(packet, before, index);
    if (!before) return 'same';
    if (old?.type !== header.type) return 'new';
    return sameHeader(header, old) ? 'same' : 'changed';
  });
}

function headerBefore(packet: Packet, before: Packet | undefined, index: number) {
  if (!before) return undefined;
  const at = before.length - (packet.length - index);
  return at < 0 ? undefined : before[at];
}

function sameHeader(a: PacketHeader, b: PacketHeader): boolean {
  const left = Object.entries(a);
  const right = new Map<string, unknown>(Object.entries(b));
  return left.length === right.size && left.every(([key, value]) => right.get(key) === value);
}

/** Whether the two packets would be shown alike. */
export const samePacket = (packet: Packet, before: Packet | undefined): boolean =>
  packet.length === before?.length &&
  packet.every((header, index) => {
    const old = before[index];
    return old !== undefined && sameHeader(header, old);
  });

/** Whether the only difference is the Ethernet header, which whoever receives a frame takes off. */
export const isUnframed = (packet: Packet, before: Packet | undefined): boolean =>
  before?.[0]?.type === 'ethernet' && samePacket(packet, before.slice(1));

/** Name, source, arrow, destination: words that keep their place. */
const fixedWords = 4;

const marks: Record<HeaderChange, string> = { new: '+', changed: '*', same: '' };

/**
 * The header stack, outermost first: `+` before a header that was put on, `*` before one that differs from `before`,
 * in colour also each word that differs. Wrapped between headers; every line begins with `indent`, whose last column
 * is the mark's.
 */
export function renderStack(
  packet: Packet,
  before: Packet | undefined,
  indent: string,
  { colors, width }: Terminal,
): readonly string[] {
  const outdent = indent.slice(0, -1);
  const changes = headerChanges(packet, before);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  packet.forEach((header, index) => {
    const change = changes[index] ?? 'same';
    const now = words(header, packet[index + 1]);
    const old = headerBefore(packet, before, index);
    const then = old ? words(old, undefined) : [];
    const shown = now.map((word, at) => {
      if (change === 'new') return colors.green(word);
      const differs = at < fixedWords ? then[at] !== word : !then.includes(word);
      return change === 'changed' && differs ? colors.bold(colors.yellow(word)) : colors.dim(word);
    });
    const mark = marks[change];
    const marked = colors.bold(mark) + shown.join(' ');
    const length = mark.length + now.join(' ').length;
    if (used > 0 && outdent.length + used + separator.length + length <= width) {
      line += colors.dim(separator) + marked;
      used += separator.length + length;
      return;
    }
    if (used > 0) lines.push(outdent + line);
    line = mark === '' ? ` ${marked}` : marked;
    used = Math.max(1, mark.length) + now.join(' ').length;
  });
  if (used > 0) lines.push(outdent + line);
  return lines;
}

const separator = ' │ ';
