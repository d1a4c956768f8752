import { ipFromWords, type Ip } from '../model/ip.ts';
import { hashWord } from './compile/hash.ts';
import {
  headerBytes,
  ipProtocolNumber,
  type IcmpHeader,
  type Packet,
  type PacketHeader,
  type TcpHeader,
} from './vocabulary/packet.ts';

export const noIp = ipFromWords(4, 0, 0, 0, 0);

/** One header of the packet on its way. One class for all kinds, so that the walk stays on one hidden class. */
export class Header {
  type: PacketHeader['type'] = 'ethernet';
  /** Bytes of this header and everything that it holds. */
  total = 0;
  /** Bytes of the largest of an IP packet's fragments; 0 where it is whole. */
  fragmentBytes = 0;
  /** Tells apart the outer packets of one walk, which may look the same; 0 for the flow's own. */
  serial = 0;
  src: Ip = noIp;
  dst: Ip = noIp;
  ttl = 0;
  protocol = 0;
  df = false;
  sourcePort = 0;
  destinationPort = 0;
  flags: TcpHeader['flags'] = 'SYN';
  message: IcmpHeader['message'] = 'echo-request';
  /** VNI, SPI or ICMP id. */
  number = 0;
  overhead = 0;
  vlan = 0;
  srcMac = '';
  dstMac = '';
  /** Interface index that an Ethernet frame is for; what its destination address stands for. */
  target = -1;
}

/** The header stack, innermost first, in slots that are used again. Nothing is allocated once the slots are there. */
export class PacketState {
  readonly headers: Header[] = [];
  count = 0;
  /** Tunnels around the flow's own packet. */
  depth = 0;
  payloadBytes = 0;
  /** Some packet of the stack travels in fragments. */
  private inFragments = false;
  private outerPackets = 0;

  reset(payloadBytes: number): void {
    this.count = 0;
    this.depth = 0;
    this.payloadBytes = payloadBytes;
    this.inFragments = false;
    this.outerPackets = 0;
  }

  private push(type: PacketHeader['type'], bytes: number): Header {
    const below = this.count > 0 ? this.at(this.count - 1).total : this.payloadBytes;
    let header = this.headers[this.count];
    if (!header) {
      header = new Header();
      this.headers[this.count] = header;
    }
    this.count += 1;
    header.type = type;
    header.total = below + bytes;
    header.fragmentBytes = 0;
    return header;
  }

  at(index: number): Header {
    return this.headers[index] as Header;
  }

  get top(): Header {
    return this.at(this.count - 1);
  }

  pop(): void {
    this.count -= 1;
  }

  /** The header right inside the outermost; undefined where that is all there is. */
  get inner(): Header | undefined {
    return this.count > 1 ? this.at(this.count - 2) : undefined;
  }

  /** Length in bytes of the largest thing that travels: the packet, or what tunnels make of a fragment inside it. */
  get wireBytes(): number {
    if (!this.inFragments) return this.top.total;
    let saved = 0;
    for (let index = 0; index < this.count; index += 1) {
      const { total, fragmentBytes } = this.at(index);
      if (fragmentBytes > 0) saved = Math.max(saved, total - fragmentBytes);
    }
    return this.top.total - saved;
  }

  /** The outermost IP packet is cut; its largest fragment has that many bytes. */
  cut(fragmentBytes: number): void {
    this.top.fragmentBytes = fragmentBytes;
    this.inFragments = true;
  }

  /** The transport or ICMP header of the outermost IP packet, if it has one. */
  get transport(): Header | undefined {
    const header = this.inner;
    return header && (header.type === 'tcp' || header.type === 'udp' || header.type === 'icmp')
      ? header
      : undefined;
  }

  get sourcePort(): number {
    return this.transport?.sourcePort ?? 0;
  }

  get destinationPort(): number {
    return this.transport?.destinationPort ?? 0;
  }

  pushTcp(sourcePort: number, destinationPort: number, flags: TcpHeader['flags']): void {
    const header = this.push('tcp', headerBytes.tcp);
    header.sourcePort = sourcePort;
    header.destinationPort = destinationPort;
    header.flags = flags;
  }

  pushUdp(sourcePort: number, destinationPort: number): void {
    const header = this.push('udp', headerBytes.udp);
    header.sourcePort = sourcePort;
    header.destinationPort = destinationPort;
  }

  /** Echo: the id takes the place of both ports, so that a reply matches its session. */
  pushIcmp(message: IcmpHeader['message'], id: number): void {
    const header = this.push('icmp', headerBytes.icmp);
    header.message = message;
    header.number = id;
    header.sourcePort = id;
    header.destinationPort = id;
  }

  pushIp(src: Ip, dst: Ip, protocol: number, ttl: number, df: boolean): void {
    const four = dst.family === 4;
    const header = this.push(four ? 'ipv4' : 'ipv6', four ? headerBytes.ipv4 : headerBytes.ipv6);
    header.src = src;
    header.dst = dst;
    header.protocol = protocol;
    header.ttl = ttl;
    header.df = df || !four;
    // Below the flow's own IP header there is its transport header alone.
    if (this.count > 2) this.outerPackets += 1;
    header.serial = this.outerPackets;
  }

  pushVxlan(vni: number): void {
    this.push('vxlan', headerBytes.vxlan).number = vni;
    this.depth += 1;
  }

  pushEsp(spi: number, overheadBytes: number): void {
    const header = this.push('esp', overheadBytes);
    header.number = spi;
    header.overhead = overheadBytes;
    this.depth += 1;
  }

  pushEthernet(srcMac: string, dstMac: string, vlan: number, target: number): void {
    const tagBytes = vlan > 0 ? headerBytes.vlanTag : 0;
    const header = this.push('ethernet', headerBytes.ethernet + tagBytes);
    header.srcMac = srcMac;
    header.dstMac = dstMac;
    header.vlan = vlan;
    header.target = target;
  }

  /** The 5-tuple of the outermost IP packet. */
  hash(seed: number): number {
    const { src, dst, protocol } = this.top;
    let hash = hashWord(0x811c9dc5 ^ seed, src.w0);
    hash = hashWord(hash, dst.w0);
    if (src.family === 6) {
      hash = hashWord(hashWord(hashWord(hash, src.w1), src.w2), src.w3);
      hash = hashWord(hashWord(hashWord(hash, dst.w1), dst.w2), dst.w3);
    }
    hash = hashWord(hash, protocol);
    return hashWord(hash, (this.sourcePort << 16) | this.destinationPort);
  }

  view(): Packet {
    const packet: PacketHeader[] = [];
    for (let index = this.count - 1; index >= 0; index -= 1) packet.push(show(this.at(index)));
    return packet;
  }
}

function show(header: Header): PacketHeader {
  switch (header.type) {
    case 'ethernet': {
      const { srcMac: src, dstMac: dst, vlan } = header;
      return vlan > 0 ? { type: 'ethernet', src, dst, vlan } : { type: 'ethernet', src, dst };
    }
    case 'ipv4': {
      const { ttl, protocol, df, total } = header;
      const [src, dst] = [header.src.text, header.dst.text];
      return { type: 'ipv4', src, dst, ttl, protocol, df, length: total };
    }
    case 'ipv6': {
      const { ttl, protocol, total } = header;
      const [src, dst] = [header.src.text, header.dst.text];
      return { type: 'ipv6', src, dst, ttl, protocol, df: true, length: total };
    }
    case 'tcp': {
      const { sourcePort, destinationPort, flags } = header;
      return { type: 'tcp', sourcePort, destinationPort, flags };
    }
    case 'udp':
      return {
        type: 'udp',
        sourcePort: header.sourcePort,
        destinationPort: header.destinationPort,
      };
    case 'icmp':
      return { type: 'icmp', message: header.message, id: header.number };
    case 'vxlan':
      return { type: 'vxlan', vni: header.number };
    case 'esp':
      return { type: 'esp', spi: header.number, overhead: header.overhead };
    default:
      return header.type satisfies never;
  }
}

/** The protocol number that an inner packet of this type is announced by in an outer IP header. */
export const innerProtocol = (type: PacketHeader['type']): number =>
  type === 'ipv6' ? ipProtocolNumber['ipv6-in-ip'] : ipProtocolNumber['ip-in-ip'];
