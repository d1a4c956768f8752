/**
 * A frame taken apart by hand, with every checksum summed up in the plainest way there is: what is
 * protected, checksum field included, is one long number that 65,535 must divide.
 */
export interface Dissection {
  /** Header names from the outside in. */
  readonly layers: string[];
  /** Checksums that are wrong, with their layer. */
  readonly bad: string[];
  /** Names of the layers whose checksum was there and right. */
  readonly good: string[];
  /** UDP datagrams whose checksum is zero, that is, not there. */
  readonly omitted: string[];
  /** Bytes behind the last header. */
  payload: Buffer;
}

/** Ports whose payload is a tunnel's. */
const vxlanPort = 4789;
const espPort = 4500;

export function dissect(frame: Buffer): Dissection {
  const found: Dissection = { layers: [], bad: [], good: [], omitted: [], payload: frame };
  readEthernet(frame, found);
  return found;
}

function sumsToNothing(...parts: readonly Buffer[]): boolean {
  const even = parts.map((part) =>
    part.length % 2 === 0 ? part : Buffer.concat([part, Buffer.of(0)]),
  );
  return BigInt(`0x${Buffer.concat(even).toString('hex')}`) % 0xffffn === 0n;
}

function note(found: Dissection, layer: string, right: boolean): void {
  (right ? found.good : found.bad).push(layer);
}

function readEthernet(frame: Buffer, found: Dissection): void {
  found.layers.push('ethernet');
  let type = frame.readUInt16BE(12);
  let rest = frame.subarray(14);
  if (type === 0x8100) {
    found.layers.push(`vlan ${rest.readUInt16BE(0)}`);
    type = rest.readUInt16BE(2);
    rest = rest.subarray(4);
  }
  if (type === 0x0800) readIpv4(rest, found);
  else if (type === 0x86dd) readIpv6(rest, found);
  else throw new Error(`EtherType 0x${type.toString(16)}`);
}

function readIpv4(packet: Buffer, found: Dissection): void {
  found.layers.push('ipv4');
  if (packet[0] !== 0x45) throw new Error(`IPv4 begins with ${packet[0]}`);
  note(found, 'ipv4', sumsToNothing(packet.subarray(0, 20)));
  const payload = packet.subarray(20, packet.readUInt16BE(2));
  const protocol = packet.readUInt8(9);
  const pseudo = Buffer.concat([
    packet.subarray(12, 20),
    Buffer.of(0, protocol, payload.length >> 8, payload.length & 255),
  ]);
  readInside(protocol, payload, pseudo, found);
}

function readIpv6(packet: Buffer, found: Dissection): void {
  found.layers.push('ipv6');
  const payload = packet.subarray(40, 40 + packet.readUInt16BE(4));
  const protocol = packet.readUInt8(6);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  const pseudo = Buffer.concat([packet.subarray(8, 40), length, Buffer.of(0, 0, 0, protocol)]);
  readInside(protocol, payload, pseudo, found);
}

function readInside(protocol: number, payload: Buffer, pseudo: Buffer, found: Dissection): void {
  found.payload = payload;
  switch (protocol) {
    case 1:
      found.layers.push('icmp');
      note(found, 'icmp', sumsToNothing(payload));
      found.payload = payload.subarray(8);
      break;
    case 4:
      readIpv4(payload, found);
      break;
    case 6:
      found.layers.push('tcp');
      note(found, 'tcp', sumsToNothing(pseudo, payload));
      found.payload = payload.subarray((payload.readUInt8(12) >> 4) * 4);
      break;
    case 17:
      readUdp(payload, pseudo, found);
      break;
    case 41:
      readIpv6(payload, found);
      break;
    case 50:
      readEsp(payload, found);
      break;
    case 58:
      found.layers.push('icmpv6');
      note(found, 'icmpv6', sumsToNothing(pseudo, payload));
      found.payload = payload.subarray(8);
      break;
    default:
      found.layers.push(`protocol ${protocol}`);
  }
}

function readUdp(datagram: Buffer, pseudo: Buffer, found: Dissection): void {
  found.layers.push('udp');
  if (datagram.readUInt16BE(4) !== datagram.length) throw new Error('UDP length');
  if (datagram.readUInt16BE(6) === 0) found.omitted.push('udp');
  else note(found, 'udp', sumsToNothing(pseudo, datagram));
  const payload = datagram.subarray(8);
  found.payload = payload;
  const port = datagram.readUInt16BE(2);
  if (port === vxlanPort) {
    found.layers.push(`vxlan ${payload.readUIntBE(4, 3)}`);
    readEthernet(payload.subarray(8), found);
  } else if (port === espPort) {
    readEsp(payload, found);
  }
}

function readEsp(packet: Buffer, found: Dissection): void {
  found.layers.push('esp');
  readEthernet(packet.subarray(8), found);
}
