import type {
  EspHeader,
  EthernetHeader,
  IcmpHeader,
  Packet,
  PacketHeader,
  TcpHeader,
  UdpHeader,
  VxlanHeader,
} from '../../../src-main/sim/vocabulary/index.ts';

/** An IP header whose length and protocol are still to come from what is inside. */
interface IpLayer {
  readonly type: 'ip';
  readonly src: string;
  readonly dst: string;
  readonly df: boolean;
}

export type Layer =
  EthernetHeader | IpLayer | TcpHeader | UdpHeader | IcmpHeader | VxlanHeader | EspHeader;

export const ethernet = (vlan?: number): EthernetHeader => ({
  type: 'ethernet',
  src: '02:00:00:00:00:0a',
  dst: '02:00:00:00:00:0b',
  ...(vlan !== undefined && { vlan }),
});

export const ip = (src: string, dst: string, df = true): IpLayer => ({ type: 'ip', src, dst, df });

export const tcp = (flags: TcpHeader['flags'] = 'SYN', destinationPort = 49_443): TcpHeader => ({
  type: 'tcp',
  sourcePort: 40_001,
  destinationPort,
  flags,
});

export const udp = (destinationPort: number, sourcePort = 51_002): UdpHeader => ({
  type: 'udp',
  sourcePort,
  destinationPort,
});

export const icmp = (message: IcmpHeader['message'] = 'echo-request'): IcmpHeader => ({
  type: 'icmp',
  message,
  id: 77,
});

export const vxlan = (vni: number): VxlanHeader => ({ type: 'vxlan', vni });

export const esp = (overhead: number): EspHeader => ({ type: 'esp', spi: 0x1001, overhead });

/** What the bytes of each header are, written down here once more, on purpose. */
const sizeOf = (layer: Layer): number => {
  switch (layer.type) {
    case 'ethernet':
      return layer.vlan === undefined ? 14 : 18;
    case 'ip':
      return layer.src.includes(':') ? 40 : 20;
    case 'tcp':
      return 20;
    case 'udp':
    case 'icmp':
    case 'vxlan':
      return 8;
    case 'esp':
      return layer.overhead;
  }
};

const protocolOf = (inside: PacketHeader | undefined, overIpv6: boolean): number => {
  switch (inside?.type) {
    case 'tcp':
      return 6;
    case 'udp':
      return 17;
    case 'icmp':
      return overIpv6 ? 58 : 1;
    case 'ipv4':
      return 4;
    case 'ipv6':
      return 41;
    case 'esp':
      return 50;
    default:
      return 253; // for experiments, RFC 3692
  }
};

/**
 * A packet round so many bytes behind its last header: lengths and protocols come from the inside
 * out.
 */
export function stack(payloadBytes: number, ...layers: readonly Layer[]): Packet {
  let length = payloadBytes;
  let packet: PacketHeader[] = [];
  for (const layer of layers.toReversed()) {
    length += sizeOf(layer);
    packet = [headerOf(layer, length, packet[0]), ...packet];
  }
  return packet;
}

function headerOf(layer: Layer, length: number, inside: PacketHeader | undefined): PacketHeader {
  if (layer.type !== 'ip') return layer;
  const { src, dst, df } = layer;
  return src.includes(':')
    ? { type: 'ipv6', src, dst, ttl: 63, df: true, length, protocol: protocolOf(inside, true) }
    : { type: 'ipv4', src, dst, ttl: 63, df, length, protocol: protocolOf(inside, false) };
}

/** Bytes of the whole frame: its Ethernet header and the length of the IP packet right inside. */
export function frameBytes([first, second]: Packet): number {
  if (first?.type !== 'ethernet' || (second?.type !== 'ipv4' && second?.type !== 'ipv6')) {
    throw new Error('a packet that begins with ethernet and IP expected');
  }
  return sizeOf(first) + second.length;
}
