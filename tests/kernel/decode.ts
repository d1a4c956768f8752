/** Frames as they were captured, in the words of the simulator's packets. */
import { ipFromWords } from '../../src-main/model/ip.ts';

/** What a packet of a flow is to the flow. */
export type Role = 'request' | 'answer' | 'reset' | 'error' | 'other';

export interface Tuple {
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
}

export interface Decoded {
  /** Its headers, outermost first, one text each. */
  readonly headers: readonly string[];
  /** The innermost packet. */
  readonly tuple: Tuple;
  readonly ttl: number;
  readonly role: Role;
  /** An ICMP error: what kind, the MTU that it tells, and about which packet. */
  readonly error?: {
    readonly type: number;
    readonly code: number;
    readonly mtu: number;
    readonly about: Tuple;
    readonly aboutRole: Role;
  };
  /** Cut into fragments; this is the first. */
  readonly cut: boolean;
}

const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const macText = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');

function addressText(bytes: DataView, at: number, family: 4 | 6): string {
  if (family === 4) return ipFromWords(4, bytes.getUint32(at), 0, 0, 0).text;
  const [a, b, c, d] = [0, 4, 8, 12].map((more) => bytes.getUint32(at + more));
  return ipFromWords(6, a ?? 0, b ?? 0, c ?? 0, d ?? 0).text;
}

/** Decodes a frame, and what VXLAN on one of these ports carries in it. Undefined for what is no flow's. */
export function decodeFrame(
  frame: Uint8Array,
  vxlanPorts: ReadonlySet<number>,
): Decoded | undefined {
  if (frame.length < 14) return undefined;
  const type = view(frame).getUint16(12);
  const family = type === 0x0800 ? 4 : type === 0x86dd ? 6 : undefined;
  if (!family) return undefined;
  const ethernet = `ethernet ${macText(frame.subarray(6, 12))}>${macText(frame.subarray(0, 6))}`;
  const packet = decodePacket(frame.subarray(14), vxlanPorts);
  return packet && { ...packet, headers: [ethernet, ...packet.headers] };
}

/** Decodes an IP packet. */
export function decodePacket(
  packet: Uint8Array,
  vxlanPorts: ReadonlySet<number>,
): Decoded | undefined {
  if (packet.length < 20) return undefined;
  const bytes = view(packet);
  if (bytes.getUint8(0) >> 4 === 6) return decodeV6(packet, vxlanPorts);
  const fragment = bytes.getUint16(6);
  if ((fragment & 0x1fff) !== 0) return undefined;
  const [source, destination] = [addressText(bytes, 12, 4), addressText(bytes, 16, 4)];
  const ttl = bytes.getUint8(8);
  const length = bytes.getUint16(2);
  const header = ipText(source, destination, ttl, (fragment & 0x4000) !== 0, length);
  const start = (bytes.getUint8(0) & 0xf) * 4;
  const rest = packet.subarray(start);
  const cut = (fragment & 0x2000) !== 0;
  return inside(rest, bytes.getUint8(9), { source, destination, ttl, header, cut }, vxlanPorts);
}

function decodeV6(packet: Uint8Array, vxlanPorts: ReadonlySet<number>): Decoded | undefined {
  if (packet.length < 48) return undefined;
  const bytes = view(packet);
  const [source, destination] = [addressText(bytes, 8, 6), addressText(bytes, 24, 6)];
  const ttl = bytes.getUint8(7);
  const header = ipText(source, destination, ttl, true, bytes.getUint16(4) + 40);
  let next = bytes.getUint8(6);
  let start = 40;
  let cut = false;
  // A fragment header (RFC 8200 §4.5).
  if (next === 44) {
    const offset = bytes.getUint16(start + 2);
    if (offset >> 3 !== 0) return undefined;
    cut = (offset & 1) !== 0;
    next = bytes.getUint8(start);
    start += 8;
  }
  return inside(
    packet.subarray(start),
    next,
    { source, destination, ttl, header, cut },
    vxlanPorts,
  );
}

export const ipText = (
  source: string,
  destination: string,
  ttl: number,
  df: boolean,
  length: number,
): string => `ip ${source}>${destination} ttl ${ttl} ${df ? 'df' : '--'} ${length} bytes`;

interface Outer {
  readonly source: string;
  readonly destination: string;
  readonly ttl: number;
  readonly header: string;
  readonly cut: boolean;
}

/** The transport header and what it carries. */
function inside(
  rest: Uint8Array,
  protocol: number,
  outer: Outer,
  vxlanPorts: ReadonlySet<number>,
): Decoded | undefined {
  if (protocol === 4 || protocol === 41) {
    const inner = decodePacket(rest, vxlanPorts);
    return inner && { ...inner, headers: [outer.header, ...inner.headers] };
  }
  if (rest.length < 8) return undefined;
  const bytes = view(rest);
  if (protocol === 17 && vxlanPorts.has(bytes.getUint16(2)) && rest.length > 30) {
    const inner = decodeFrame(rest.subarray(16), vxlanPorts);
    const vni = bytes.getUint32(12) >>> 8;
    const headers = [outer.header, vxlanUdpText(bytes.getUint16(2)), vxlanText(vni)];
    return inner && { ...inner, headers: [...headers, ...inner.headers] };
  }
  return transport(rest, protocol, outer, vxlanPorts);
}

/** The source port of VXLAN is a hash, and everybody's own. */
export const vxlanUdpText = (port: number): string => `udp *>${port}`;
export const vxlanText = (vni: number): string => `vxlan ${vni}`;

const tcpFlags = { syn: 0x02, rst: 0x04, ack: 0x10 };

function transport(
  rest: Uint8Array,
  protocol: number,
  outer: Outer,
  vxlanPorts: ReadonlySet<number>,
): Decoded | undefined {
  const bytes = view(rest);
  const { source, destination, ttl, header, cut } = outer;
  const ports = { sourcePort: bytes.getUint16(0), destinationPort: bytes.getUint16(2) };
  const common = { ttl, cut };
  switch (protocol) {
    case 6: {
      const flags = rest.length > 13 ? bytes.getUint8(13) : tcpFlags.syn;
      const role = tcpRole(flags);
      const tuple = { protocol: 'tcp', source, destination, ...ports } as const;
      const name = role === 'request' ? 'SYN' : role === 'answer' ? 'SYN-ACK' : role;
      return { headers: [header, portsText(tuple, name)], tuple, role, ...common };
    }
    case 17: {
      const tuple = { protocol: 'udp', source, destination, ...ports } as const;
      const role = isKey(tuple.sourcePort) ? 'request' : 'answer';
      return { headers: [header, portsText(tuple, '')], tuple, role, ...common };
    }
    case 1:
    case 58:
      return icmp(rest, protocol, outer, vxlanPorts);
    default:
      return undefined;
  }
}

function tcpRole(flags: number): Role {
  if (flags & tcpFlags.rst) return 'reset';
  if (!(flags & tcpFlags.syn)) return 'other';
  return flags & tcpFlags.ack ? 'answer' : 'request';
}

export const portsText = (
  {
    protocol,
    sourcePort,
    destinationPort,
  }: Pick<Tuple, 'protocol' | 'sourcePort' | 'destinationPort'>,
  flags: string,
): string => `${protocol} ${sourcePort}>${destinationPort}${flags === '' ? '' : ` ${flags}`}`;

export const echoText = (message: 'echo-request' | 'echo-reply', id: number): string =>
  `icmp ${message} ${id}`;

/** Source ports and ICMP ids that flows are told apart by. Servers listen below, and on Kubernetes' node ports. */
export const firstKey = 20_000;
export const isKey = (port: number): boolean => port >= firstKey && !isNodePort(port);
const isNodePort = (port: number) => port >= 30_000 && port < 32_768;

function icmp(
  rest: Uint8Array,
  protocol: number,
  outer: Outer,
  vxlanPorts: ReadonlySet<number>,
): Decoded | undefined {
  const bytes = view(rest);
  const [type, code] = [bytes.getUint8(0), bytes.getUint8(1)];
  const { source, destination, ttl, header, cut } = outer;
  const [request, reply] = protocol === 1 ? [8, 0] : [128, 129];
  if (type === request || type === reply) {
    const id = bytes.getUint16(4);
    const message = type === request ? 'echo-request' : 'echo-reply';
    const tuple = {
      protocol: 'icmp',
      source,
      destination,
      sourcePort: id,
      destinationPort: id,
    } as const;
    const role = type === request ? 'request' : 'answer';
    return { headers: [header, echoText(message, id)], tuple, ttl, role, cut };
  }
  const isError = protocol === 1 ? [3, 11, 12].includes(type) : type < 128;
  const about = isError ? decodePacket(rest.subarray(8), vxlanPorts) : undefined;
  if (!about) return undefined;
  const mtu = protocol === 1 ? bytes.getUint16(6) : bytes.getUint32(4);
  const tuple = {
    protocol: 'icmp',
    source,
    destination,
    sourcePort: 0,
    destinationPort: 0,
  } as const;
  return {
    headers: [header, `icmp ${type}/${code}`],
    tuple,
    ttl,
    role: 'error',
    error: { type, code, mtu, about: about.tuple, aboutRole: about.role },
    cut,
  };
}

/** The key of the flow that a packet belongs to; undefined where it is none's. */
export function keyOf({ tuple, role, error }: Decoded): number | undefined {
  const of = role === 'error' ? error?.about : tuple;
  if (!of) return undefined;
  return [of.sourcePort, of.destinationPort].find(isKey);
}
