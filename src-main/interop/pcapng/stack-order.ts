import type { Packet, PacketHeader } from '../../sim/vocabulary/index.ts';

type HeaderType = PacketHeader['type'];

const ipContents = ['tcp', 'udp', 'icmp', 'ipv4', 'ipv6', 'esp', 'end'] as const;

/**
 * What a header may hold on a wire: another header, or the end of the stack, that is plain payload.
 */
const mayHold: Readonly<Record<HeaderType, readonly (HeaderType | 'end')[]>> = {
  ethernet: ['ipv4', 'ipv6'],
  ipv4: ipContents,
  ipv6: ipContents,
  tcp: ['end'],
  udp: ['vxlan', 'esp', 'end'],
  icmp: ['end'],
  vxlan: ['ethernet'],
  esp: ['ethernet', 'ipv4', 'ipv6', 'end'],
};

/** The header types, outermost first, for a message. */
export const stackText = (packet: Packet): string =>
  packet.map((header) => header.type).join(' | ');

/** Why the headers cannot follow each other so on an Ethernet wire, or undefined. */
export function stackOrderFault(packet: Packet): string | undefined {
  const first = packet[0]?.type ?? 'end';
  if (first !== 'ethernet') return `header 1 is ${first}, ethernet expected`;
  for (const [index, { type }] of packet.entries()) {
    const held = packet[index + 1]?.type ?? 'end';
    if (!mayHold[type].includes(held)) {
      return `header ${index + 1} (${type}) holds ${held}, ${mayHold[type].join(' or ')} expected`;
    }
  }
  return undefined;
}
