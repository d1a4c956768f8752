import { headerBytes, type Packet, type PacketHeader } from './packet.ts';

/** The packet's bytes, header by header, outermost first, and what is left for its payload. */
export interface StackBytes {
  readonly headers: readonly number[];
  readonly payload: number;
  /** Of the outermost IP packet: what an MTU speaks of. The Ethernet header around it does not count. */
  readonly packet: number;
}

export function stackBytes(packet: Packet): StackBytes {
  const headers = packet.map(bytesOf);
  const innermost = packet.findLastIndex(isIp);
  const outermost = packet.find(isIp);
  if (innermost < 0 || !outermost) return { headers, payload: 0, packet: 0 };
  const whole = packet[innermost];
  const own = headers.slice(innermost).reduce((sum, bytes) => sum + bytes, 0);
  const rest = whole && isIp(whole) ? Math.max(0, whole.length - own) : 0;
  // A segment that opens a connection is filled with options (RFC 9293 §3.1).
  const last = packet.at(-1);
  const opens = last?.type === 'tcp' && last.flags !== 'ACK';
  if (opens) headers[headers.length - 1] = (headers.at(-1) ?? 0) + rest;
  return { headers, payload: opens ? 0 : rest, packet: outermost.length };
}

export const isIp = (header: PacketHeader) => header.type === 'ipv4' || header.type === 'ipv6';

function bytesOf(header: PacketHeader): number {
  switch (header.type) {
    case 'ethernet':
      return headerBytes.ethernet + (header.vlan === undefined ? 0 : headerBytes.vlanTag);
    case 'esp':
      return header.overhead;
    case 'ipv4':
    case 'ipv6':
    case 'tcp':
    case 'udp':
    case 'icmp':
    case 'vxlan':
      return headerBytes[header.type];
    default:
      return header satisfies never;
  }
}
