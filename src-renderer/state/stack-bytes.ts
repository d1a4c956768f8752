import {
  headerBytes,
  type Packet,
  type PacketHeader,
  type Step,
} from '../../src-main/contract/index.ts';
import type { PlacedStep } from './reading.svelte.ts';

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

const isIp = (header: PacketHeader) => header.type === 'ipv4' || header.type === 'ipv6';

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

export interface LinkMtu {
  readonly bytes: number;
  /** The segment, or the tunnel's interface. */
  readonly place: string;
}

/**
 * The MTU that the packet of a step has to fit: of the link that it is sent on next with this length, or that it has
 * come by.
 */
export function linkMtu(steps: readonly PlacedStep[], at: number): LinkMtu | undefined {
  const current = steps[at];
  if (!current) return undefined;
  const { packet } = stackBytes(current.step.packet);
  const fits = (placed: PlacedStep | undefined) =>
    placed?.legAt === current.legAt && stackBytes(placed.step.packet).packet === packet;
  for (let next = at; fits(steps[next]) && steps[next]?.hop === current.hop; next++) {
    const found = mtuOf(steps[next]?.step);
    if (found) return found;
  }
  for (let last = at - 1; fits(steps[last]); last--) {
    const found = mtuOf(steps[last]?.step);
    if (found) return found;
  }
  return undefined;
}

function mtuOf(step: Step | undefined): LinkMtu | undefined {
  if (step?.kind === 'transmit') {
    return { bytes: step.detail.mtuBytes, place: step.detail.segment };
  }
  if (step?.kind === 'fragment') {
    return { bytes: step.detail.mtuBytes, place: step.detail.interface };
  }
  return undefined;
}
