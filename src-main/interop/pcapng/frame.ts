import {
  headerBytes,
  ipProtocolNumber,
  type EthernetHeader,
  type IcmpHeader,
  type Ipv4Header,
  type Ipv6Header,
  type Packet,
  type PacketHeader,
  type TcpHeader,
  type UdpHeader,
} from '../../sim/vocabulary/index.ts';
import { concat, macBytes, u16, type Bytes } from './bytes.ts';
import { internetChecksum, upperLayerChecksum } from './checksum.ts';
import { espPacket } from './esp.ts';
import { ipv4Packets, ipv6Packet } from './internet.ts';
import { stackOrderFault, stackText } from './stack-order.ts';
import { tcpSegment, type TcpSender } from './tcp.ts';

/** What a packet holds beyond its headers. */
export interface FrameContent {
  readonly sender: TcpSender;
  /** What the innermost UDP header carries; zero bytes fill what it leaves. */
  readonly payload?: Uint8Array;
  /**
   * IPv4 identification (RFC 6864) of the innermost packet; each one around it has the next number.
   */
  readonly identification: number;
  /** MTUs, in bytes, that cut an IP packet of the stack, by how many IP headers are inside it. */
  readonly cuts: ReadonlyMap<number, readonly number[]>;
}

export type IpHeader = Ipv4Header | Ipv6Header;

export const isIp = (header: PacketHeader | undefined): header is IpHeader =>
  header?.type === 'ipv4' || header?.type === 'ipv6';

/**
 * The bytes of a packet, Ethernet header first and without frame check sequence: one frame, or one
 * for each fragment. Payload that nothing accounts for is zero.
 * @throws RangeError when the headers contradict each other: a length, a protocol number, an order
 * that no wire has.
 */
export function encodeFrames(packet: Packet, content: FrameContent): Uint8Array[] {
  const fault = stackOrderFault(packet);
  if (fault !== undefined) throw new RangeError(`packet ${stackText(packet)}: ${fault}`);
  return new FrameEncoder(packet, content).from(0, undefined);
}

/** Works from a header inwards, then puts the header in front of each piece that came back. */
class FrameEncoder {
  readonly #packet: Packet;
  readonly #content: FrameContent;

  constructor(packet: Packet, content: FrameContent) {
    this.#packet = packet;
    this.#content = content;
  }

  /**
   * The header at `index` with all inside it, in `room` bytes; undefined where nothing outside sets
   * the length.
   */
  from(index: number, room: number | undefined): Uint8Array[] {
    const header = this.#packet[index];
    switch (header?.type) {
      case undefined:
        return [new Uint8Array(room ?? 0)];
      case 'ethernet':
        return this.#ethernet(header, index, room);
      case 'ipv4':
      case 'ipv6':
        return this.#ip(header, index, room);
      case 'tcp':
        return [this.#tcp(header, index, room)];
      case 'udp':
        return this.#udp(header, index, room);
      case 'icmp':
        return [this.#icmp(header, index, room)];
      case 'vxlan': {
        const vniIsValid = 0x08; // RFC 7348 §5, flag I
        const fields = [vniIsValid, 0, 0, 0, header.vni >>> 16, ...u16(header.vni), 0];
        const inside = this.#roomInside(index, room, fields.length);
        return this.from(index + 1, inside).map((frame) => concat([fields, frame]));
      }
      case 'esp': {
        const inside = this.#roomInside(index, room, header.overhead);
        const held = this.#packet[index + 1];
        const content = isIp(held) ? held.type : 'ethernet';
        return this.from(index + 1, inside).map((part) => espPacket(header, part, content));
      }
      default:
        return header satisfies never;
    }
  }

  #ethernet(header: EthernetHeader, index: number, room: number | undefined): Uint8Array[] {
    const tag: Bytes = header.vlan === undefined ? [] : [0x81, 0x00, ...u16(header.vlan)];
    const fields = [
      ...macBytes(header.dst),
      ...macBytes(header.src),
      ...tag,
      ...u16(this.#packet[index + 1]?.type === 'ipv4' ? 0x0800 : 0x86dd),
    ];
    const inside = room === undefined ? undefined : this.#roomInside(index, room, fields.length);
    return this.from(index + 1, inside).map((packet) => concat([fields, packet]));
  }

  #ip(header: IpHeader, index: number, room: number | undefined): Uint8Array[] {
    if (room !== undefined && room !== header.length) {
      throw this.#fault(index, `length ${header.length}`, `${room} by the headers around it`);
    }
    const protocol = protocolOf(this.#packet[index + 1], header);
    if (protocol !== undefined && protocol !== header.protocol) {
      throw this.#fault(index, `protocol ${header.protocol}`, `${protocol} by the header inside`);
    }
    const inside = this.#roomInside(index, header.length, headerBytes[header.type]);
    const payloads = this.from(index + 1, inside);
    const inner = this.#packet.slice(index + 1).filter(isIp).length;
    const cuts = this.#content.cuts.get(inner) ?? [];
    if (header.type === 'ipv6') {
      if (cuts.length > 0) throw this.#fault(index, 'fragments', 'one piece (RFC 8200 §5)');
      return payloads.map((payload) => ipv6Packet(header, payload));
    }
    const identification = (this.#content.identification + inner) & 0xffff;
    return payloads.flatMap((payload) => ipv4Packets(header, payload, identification, cuts));
  }

  #tcp(header: TcpHeader, index: number, room: number | undefined): Uint8Array {
    const payloadBytes = this.#roomInside(index, room, headerBytes.tcp);
    const { sender } = this.#content;
    const segment = tcpSegment(header, sender, headerBytes.tcp + payloadBytes);
    segment.set(u16(this.#upperLayerChecksum(index, segment)), 16);
    return segment;
  }

  #udp(header: UdpHeader, index: number, room: number | undefined): Uint8Array[] {
    const inside = this.#roomInside(index, room, headerBytes.udp);
    const tunnelled = index + 1 < this.#packet.length;
    const payloads = tunnelled ? this.from(index + 1, inside) : [this.#payload(index, inside)];
    // RFC 7348 §5 and RFC 3948 §2.1: zero over IPv4. Over IPv6 it must be there (RFC 8200 §8.1).
    const omitted = tunnelled && this.#packet[index - 1]?.type === 'ipv4';
    return payloads.map((payload) => {
      const ports = [...u16(header.sourcePort), ...u16(header.destinationPort)];
      const length = headerBytes.udp + payload.length;
      const datagram = concat([ports, u16(length), u16(0), payload]);
      // A sum of zero is sent as all ones: zero says that there is none (RFC 768).
      if (!omitted) datagram.set(u16(this.#upperLayerChecksum(index, datagram) || 0xffff), 6);
      return datagram;
    });
  }

  #payload(index: number, lengthBytes: number): Uint8Array {
    const payload = this.#content.payload ?? new Uint8Array();
    if (payload.length > lengthBytes) {
      throw this.#fault(
        index,
        `${lengthBytes} bytes of payload`,
        `${payload.length} for its message`,
      );
    }
    return concat([payload, new Uint8Array(lengthBytes - payload.length)]);
  }

  #icmp(header: IcmpHeader, index: number, room: number | undefined): Uint8Array {
    const overIpv6 = this.#packet[index - 1]?.type === 'ipv6';
    const types = overIpv6
      ? { 'echo-request': 128, 'echo-reply': 129 } // RFC 4443 §4
      : { 'echo-request': 8, 'echo-reply': 0 }; // RFC 792
    const sequence = 1;
    const fields = [types[header.message], 0, ...u16(0), ...u16(header.id), ...u16(sequence)];
    const data = new Uint8Array(this.#roomInside(index, room, fields.length));
    const message = concat([fields, data]);
    const checksum = overIpv6
      ? this.#upperLayerChecksum(index, message)
      : internetChecksum(message);
    message.set(u16(checksum), 2);
    return message;
  }

  #upperLayerChecksum(index: number, upper: Uint8Array): number {
    const around = this.#packet[index - 1];
    if (!isIp(around))
      throw this.#fault(index, `inside ${around?.type ?? 'nothing'}`, 'ipv4 or ipv6');
    return upperLayerChecksum(around, around.protocol, upper);
  }

  /** What is left of `room` bytes when the header has taken its own. */
  #roomInside(index: number, room: number | undefined, ownBytes: number): number {
    if (room === undefined || room < ownBytes) {
      throw this.#fault(index, `${room ?? 'unknown'} bytes`, `at least ${ownBytes}`);
    }
    return room - ownBytes;
  }

  #fault(index: number, value: string, expected: string): RangeError {
    const place = `header ${index + 1} (${this.#packet[index]?.type ?? 'end'})`;
    return new RangeError(
      `packet ${stackText(this.#packet)}: ${place}: ${value}, ${expected} expected`,
    );
  }
}

/** Undefined where nothing inside tells it. */
function protocolOf(inside: PacketHeader | undefined, around: IpHeader): number | undefined {
  switch (inside?.type) {
    case 'tcp':
    case 'udp':
    case 'esp':
      return ipProtocolNumber[inside.type];
    case 'icmp':
      return ipProtocolNumber[around.type === 'ipv4' ? 'icmp' : 'icmpv6'];
    case 'ipv4':
      return ipProtocolNumber['ip-in-ip'];
    case 'ipv6':
      return ipProtocolNumber['ipv6-in-ip'];
    default:
      return undefined;
  }
}
