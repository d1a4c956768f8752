import { describe, expect, it } from 'vitest';
import { encodePcapng } from '../../../src-main/interop/pcapng/index.ts';
import type { Leg, Packet, TcpHeader } from '../../../src-main/sim/vocabulary/index.ts';
import { dissect } from './dissect.ts';
import { readPcapng } from './read-pcapng.ts';
import { encapsulateIpInIp, hop, leg, result, sending, trace, transmit } from './results.ts';
import { ethernet, ip, stack, tcp, udp, vxlan } from './stacks.ts';

function framesOf(of: Leg): Buffer[] {
  const file = encodePcapng(result([trace([of])]), { flowTitle: 'test' });
  return readPcapng(file).frames.map(({ bytes }) => bytes);
}

function only(frames: readonly Buffer[]): Buffer {
  const [frame, ...others] = frames;
  if (!frame || others.length > 0) throw new Error(`${frames.length} frames, one expected`);
  return frame;
}

/** The options of a TCP header as kind and value; the end of options stops it. */
function optionsOf(segment: Buffer): [kind: number, value: string][] {
  const options: [number, string][] = [];
  const end = (segment.readUInt8(12) >> 4) * 4;
  for (let at = 20; at < end;) {
    const kind = segment.readUInt8(at);
    if (kind === 0) break;
    const length = kind === 1 ? 1 : segment.readUInt8(at + 1);
    if (kind !== 1) options.push([kind, segment.toString('hex', at + 2, at + length)]);
    at += length;
  }
  return options;
}

const segmentOf = (flags: TcpHeader['flags'], room: number, mtuBytes = 1500): Buffer => {
  const packet = stack(room, ethernet(), ip('192.0.2.1', '192.0.2.2'), tcp(flags));
  const purpose = flags === 'SYN-ACK' ? 'reply' : 'request';
  const frames = framesOf(leg([hop('a', transmit(packet, 'eth0', mtuBytes))], { purpose }));
  return only(frames).subarray(34);
};

describe('a TCP segment', () => {
  const mss: [number, string] = [2, '05b4'];
  const scale: [number, string] = [3, '07'];
  const sack: [number, string] = [4, ''];
  const stamps: [number, string] = [8, '0000000100000000'];

  it.each([
    [0, [], 0],
    [3, [], 3],
    [4, [mss], 0],
    [8, [mss, scale], 0],
    [12, [mss, scale, sack], 0],
    [16, [mss, sack, stamps], 0],
    [20, [mss, sack, stamps, scale], 0],
    [22, [mss, sack, stamps, scale], 2],
    [40, [mss, sack, stamps, scale], 0],
    [60, [mss, sack, stamps, scale], 20],
  ])('that opens fills %i bytes behind its header with options', (room, options, dataBytes) => {
    const segment = segmentOf('SYN', room);

    expect(optionsOf(segment)).toEqual(options);
    expect(segment.length - (segment.readUInt8(12) >> 4) * 4).toBe(dataBytes);
    expect(segment.readUInt8(13)).toBe(0x02);
  });

  it('that answers acknowledges the opening one and echoes its timestamp', () => {
    const syn = segmentOf('SYN', 20);
    const synAck = segmentOf('SYN-ACK', 20);

    expect(synAck.readUInt8(13)).toBe(0x12);
    expect(synAck.readUInt32BE(8)).toBe(syn.readUInt32BE(4) + 1);
    expect(syn.readUInt32BE(8)).toBe(0);
    expect(optionsOf(synAck)).toContainEqual([8, '0000000100000001']);
  });

  it('that carries data has zero bytes behind its header, right after the opening one', () => {
    const segment = segmentOf('ACK', 1460);

    expect(segment.readUInt8(12) >> 4).toBe(5);
    expect(segment.readUInt32BE(4)).toBe(segmentOf('SYN', 20).readUInt32BE(4) + 1);
    expect(segment.subarray(20).equals(Buffer.alloc(1460))).toBe(true);
  });

  const v4 = ip('172.28.1.2', '172.28.2.3');
  const v6 = ip('fd00::1', 'fd00::2');
  const node = ip('192.168.20.61', '192.168.20.62');
  // First the MTU of the sender's interface, then what is left for data.
  it.each<[string, Packet, number, number]>([
    ['IPv4', stack(20, ethernet(), v4, tcp()), 1500, 1460],
    ['IPv4, jumbo frames', stack(20, ethernet(), v4, tcp()), 9000, 8960],
    ['IPv6', stack(20, ethernet(), v6, tcp()), 1500, 1440],
    ['IP-in-IP', stack(20, ethernet(), node, v4, tcp()), 1450, 1390],
    ['VXLAN', stack(20, ethernet(), node, udp(4789), vxlan(1), ethernet(), v4, tcp()), 1500, 1410],
    ['an MTU below its headers', stack(20, ethernet(), v4, tcp()), 30, 0],
  ])('announces what the sender can take in one piece: %s', (_, packet, mtuBytes, expected) => {
    const frame = only(framesOf(leg([hop('a', transmit(packet, 'eth0', mtuBytes))])));
    const segment = frame.subarray(frame.length - 40);

    expect(optionsOf(segment)[0]).toEqual([2, expected.toString(16).padStart(4, '0')]);
  });

  it('announces what the tunnel takes that its sender puts it into', () => {
    const packet = stack(20, ethernet(), node, v4, tcp());
    const steps = [encapsulateIpInIp(packet, 1430), transmit(packet, 'eth0', 9000)];
    const frame = only(framesOf(leg([hop('a', ...steps)])));

    expect(optionsOf(frame.subarray(frame.length - 40))[0]).toEqual([2, '056e']); // 1390
  });

  it('announces the same all the way, whatever the MTU of later links', () => {
    const packet = stack(20, ethernet(), v4, tcp());
    const frames = framesOf(
      leg([hop('a', transmit(packet, 'eth0', 9000)), hop('b', transmit(packet, 'eth0', 1500))]),
    );

    expect(frames).toHaveLength(2);
    expect(frames[0]?.equals(frames[1] ?? Buffer.of())).toBe(true);
  });
});

describe('a DNS message', () => {
  const name = 'shop.example.com';
  const messageOf = (
    purpose: 'dns-query' | 'dns-answer',
    dns: NonNullable<Leg['dns']>,
    bytes: number,
  ): Buffer => {
    const packet = stack(bytes, ethernet(), ip('192.0.2.1', '192.0.2.53'), udp(53));
    const found = dissect(only(framesOf(leg([hop('a', transmit(packet))], { purpose, dns }))));
    expect(found.bad).toEqual([]);
    return found.payload;
  };
  const encodedName = Buffer.from('\x04shop\x07example\x03com\x00', 'latin1');
  const queryBytes = 12 + name.length + 2 + 4;

  it.each([
    ['A', 1],
    ['AAAA', 28],
  ] as const)('asks for the %s record', (record, type) => {
    const message = messageOf('dns-query', { name, record, addresses: [] }, queryBytes);

    expect(message.readUInt16BE(2)).toBe(0x0100);
    expect([4, 6, 8, 10].map((at) => message.readUInt16BE(at))).toEqual([1, 0, 0, 0]);
    expect(message.subarray(12, 12 + encodedName.length).equals(encodedName)).toBe(true);
    expect(message.readUInt16BE(12 + encodedName.length)).toBe(type);
    expect(message.length).toBe(queryBytes);
  });

  it.each([
    ['A', ['203.0.113.43'], 16, 'cb00712b'],
    ['A', ['203.0.113.43', '203.0.113.44'], 16, 'cb00712c'],
    ['AAAA', ['2001:db8::43'], 28, '20010db8000000000000000000000043'],
  ] as const)('answers %s with %s', (record, addresses, bytesEach, lastAddress) => {
    const bytes = queryBytes + addresses.length * bytesEach;
    const message = messageOf('dns-answer', { name, record, addresses }, bytes);

    expect(message.readUInt16BE(2) & 0x800f).toBe(0x8000);
    expect(message.readUInt16BE(6)).toBe(addresses.length);
    expect(message.readUInt16BE(queryBytes)).toBe(0xc00c);
    expect(message.toString('hex').endsWith(lastAddress)).toBe(true);
    expect(message.length).toBe(bytes);
  });

  it('says that there is no such name where the answer has no address', () => {
    const dns = { name, record: 'A', addresses: [] } as const;
    const answer = messageOf('dns-answer', dns, queryBytes);

    expect(answer.readUInt16BE(2) & 0x800f).toBe(0x8003);
    expect(answer.readUInt16BE(6)).toBe(0);
  });

  it('has one number for a question and its answer, another for another question', () => {
    const addresses = ['203.0.113.43'];
    const id = (purpose: 'dns-query' | 'dns-answer', of: string, record: 'A' | 'AAAA' = 'A') =>
      messageOf(purpose, { name: of, record, addresses: [...addresses] }, 80).readUInt16BE(0);

    expect(id('dns-answer', name)).toBe(id('dns-query', name));
    expect(id('dns-query', 'db.corp.example')).not.toBe(id('dns-query', name));
    expect(id('dns-query', name, 'AAAA')).not.toBe(id('dns-query', name));
  });

  it('that does not fit is refused with the bytes that it needs', () => {
    const dns = { name, record: 'A', addresses: [] } as const;

    expect(() => messageOf('dns-query', dns, queryBytes - 1)).toThrow(
      /header 3 \(udp\): 33 bytes of payload, 34 for its message expected/,
    );
  });

  it('whose name has a label that DNS cannot write is refused', () => {
    const dns = { name: `${'a'.repeat(64)}.example`, record: 'A', addresses: [] } as const;

    expect(() => messageOf('dns-query', dns, 200)).toThrow(/has 64 bytes, 1–63 expected/);
  });
});

it('plain UDP carries zero bytes', () => {
  const packet = stack(5, ethernet(), ip('192.0.2.1', '192.0.2.2'), udp(49_500));
  const [frame] = readPcapng(encodePcapng(sending(packet), { flowTitle: 'test' })).frames;

  expect(dissect(frame?.bytes ?? Buffer.of()).payload.equals(Buffer.alloc(5))).toBe(true);
});
