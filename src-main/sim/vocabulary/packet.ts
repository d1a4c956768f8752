/** A packet as it is shown: its headers, outermost first. Lengths are in bytes. */
export type Packet = readonly PacketHeader[];

export type PacketHeader =
  | EthernetHeader
  | Ipv4Header
  | Ipv6Header
  | TcpHeader
  | UdpHeader
  | IcmpHeader
  | VxlanHeader
  | EspHeader;

/** IEEE 802.3, with an 802.1Q tag where `vlan` is given. 14 bytes, 18 with a tag. */
export interface EthernetHeader {
  readonly type: 'ethernet';
  readonly src: string;
  readonly dst: string;
  readonly vlan?: number;
}

/** RFC 791. 20 bytes. `length` is the total length; `protocol` the IANA number. */
export interface Ipv4Header {
  readonly type: 'ipv4';
  readonly src: string;
  readonly dst: string;
  readonly ttl: number;
  readonly protocol: number;
  readonly df: boolean;
  readonly length: number;
}

/** RFC 8200. 40 bytes. `length` counts this header too, as IPv4's does; `ttl` is the hop limit. */
export interface Ipv6Header {
  readonly type: 'ipv6';
  readonly src: string;
  readonly dst: string;
  readonly ttl: number;
  readonly protocol: number;
  /** Always true: routers do not fragment IPv6 (RFC 8200 §5). */
  readonly df: true;
  readonly length: number;
}

/** RFC 9293. 20 bytes without options. */
export interface TcpHeader {
  readonly type: 'tcp';
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly flags: 'SYN' | 'SYN-ACK' | 'ACK';
}

/** RFC 768. 8 bytes. */
export interface UdpHeader {
  readonly type: 'udp';
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** RFC 792, RFC 4443: echo. 8 bytes. */
export interface IcmpHeader {
  readonly type: 'icmp';
  readonly message: 'echo-request' | 'echo-reply';
  readonly id: number;
}

/** RFC 7348 §5. 8 bytes. */
export interface VxlanHeader {
  readonly type: 'vxlan';
  readonly vni: number;
}

/** RFC 4303 in UDP (RFC 3948): the tunnel of a stretched network. `overhead` is all of its bytes, trailer included. */
export interface EspHeader {
  readonly type: 'esp';
  readonly spi: number;
  readonly overhead: number;
}

/** IANA protocol numbers. */
export const ipProtocolNumber = {
  icmp: 1,
  'ip-in-ip': 4,
  tcp: 6,
  udp: 17,
  /** IPv6 encapsulated in IP (RFC 2473). */
  'ipv6-in-ip': 41,
  esp: 50,
  icmpv6: 58,
} as const;

export const ipProtocolName = (protocol: number): string => {
  switch (protocol) {
    case 1:
    case 58:
      return 'icmp';
    case 4:
    case 41:
      return 'ip-in-ip';
    case 6:
      return 'tcp';
    case 17:
      return 'udp';
    case 50:
      return 'esp';
    default:
      return `protocol ${protocol}`;
  }
};

export const headerBytes = {
  /** IEEE 802.3 without preamble and FCS. */
  ethernet: 14,
  /** IEEE 802.1Q. */
  vlanTag: 4,
  /** RFC 791 §3.1, without options. */
  ipv4: 20,
  /** RFC 8200 §3. */
  ipv6: 40,
  /** RFC 9293 §3.1, without options. */
  tcp: 20,
  /** RFC 768. */
  udp: 8,
  /** RFC 792, echo. */
  icmp: 8,
  /** RFC 7348 §5. */
  vxlan: 8,
} as const;
