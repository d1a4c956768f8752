import { describe, expect, it } from 'vitest';
import { encodePcapng } from '../../../src-main/interop/pcapng/index.ts';
import type { Packet } from '../../../src-main/sim/vocabulary/index.ts';
import { dissect, type Dissection } from './dissect.ts';
import { readPcapng } from './read-pcapng.ts';
import { sending } from './results.ts';
import { stackTable } from './stack-table.ts';
import { esp, ethernet, frameBytes, icmp, ip, stack, tcp, udp, vxlan } from './stacks.ts';

function frameOf(packet: Packet): Buffer {
  const { frames } = readPcapng(encodePcapng(sending(packet), { flowTitle: 'test' }));
  const [frame, ...others] = frames;
  if (!frame || others.length > 0) throw new Error(`${frames.length} frames, one expected`);
  return frame.bytes;
}

const withChecksum = (layers: readonly string[]): string[] =>
  layers.filter((layer) => ['ipv4', 'tcp', 'udp', 'icmp', 'icmpv6'].includes(layer));

describe('the bytes of a header stack', () => {
  it.each(stackTable)('$title: layers, length and checksums are right', ({ packet, layers }) => {
    const bytes = frameOf(packet);
    const found = dissect(bytes);

    expect(found.layers.join(' ')).toBe(layers);
    expect(bytes.length).toBe(frameBytes(packet));
    expect(found.bad).toEqual([]);
    expect([...found.good, ...found.omitted].sort()).toEqual(withChecksum(found.layers).sort());
  });

  it('finds a checksum bad when any byte under it is changed', () => {
    const bytes = frameOf(stack(20, ethernet(), ip('192.0.2.1', '192.0.2.2'), tcp()));
    const beginOfIp = 14;
    for (let at = beginOfIp + 12; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 0x10, at);
      let found: Dissection['bad'];
      try {
        found = dissect(changed).bad;
      } catch {
        found = ['unreadable'];
      }
      expect(found, `byte ${at}`).not.toEqual([]);
    }
  });

  // RFC 7348 §5, RFC 3948 §2.1; RFC 8200 §8.1 demands it over IPv6.
  it.each([
    ['VXLAN over IPv4', ip('10.0.0.1', '10.0.0.2'), [udp(4789), vxlan(1)], 1],
    ['VXLAN over IPv6', ip('fd00::1', 'fd00::2'), [udp(4789), vxlan(1)], 0],
    ['ESP over IPv4', ip('10.0.0.1', '10.0.0.2'), [udp(4500), esp(40)], 1],
    ['ESP over IPv6', ip('fd00::1', 'fd00::2'), [udp(4500), esp(40)], 0],
  ])('%s: the outer UDP checksum is left out over IPv4 only', (_, outer, tunnel, omitted) => {
    const inner = [ethernet(), ip('192.0.2.1', '192.0.2.2'), tcp()] as const;
    const found = dissect(frameOf(stack(20, ethernet(), outer, ...tunnel, ...inner)));

    expect(found.omitted).toHaveLength(omitted);
    expect(found.bad).toEqual([]);
  });

  it('sends a UDP checksum that comes to zero as all ones', () => {
    const of = (sourcePort: number) => {
      const bytes = frameOf(
        stack(0, ethernet(), ip('0.0.0.0', '0.0.0.0'), udp(49_500, sourcePort)),
      );
      return bytes.readUInt16BE(14 + 20 + 6);
    };
    // Protocol 17 + twice the length 8 + both ports make 0xffff.
    expect(of(0xffff - 17 - 16 - 49_500)).toBe(0xffff);
  });

  it('changes the inner checksum with a rewritten address, and nothing else inside', () => {
    const before = frameOf(stack(20, ethernet(), ip('198.51.100.25', '203.0.113.43'), tcp()));
    const after = frameOf(stack(20, ethernet(), ip('198.51.100.25', '192.168.20.20'), tcp()));

    expect(dissect(after).bad).toEqual([]);
    expect(after.readUInt16BE(34 + 16)).not.toBe(before.readUInt16BE(34 + 16));
    const cleared = (bytes: Buffer) => Buffer.from(bytes.subarray(34)).fill(0, 16, 18);
    expect(cleared(after)).toEqual(cleared(before));
  });

  it('gives each IPv4 header its own identification, the same wherever the packet goes', () => {
    const [node, pod] = [ip('192.168.20.21', '192.168.20.61'), ip('172.28.0.1', '172.28.2.2')];
    const plain = frameOf(stack(20, ethernet(), pod, tcp()));
    const tunnelled = frameOf(stack(20, ethernet(), node, pod, tcp()));

    expect(tunnelled.readUInt16BE(14 + 20 + 4)).toBe(plain.readUInt16BE(14 + 4));
    expect(tunnelled.readUInt16BE(14 + 4)).not.toBe(plain.readUInt16BE(14 + 4));
  });

  it('writes addresses, TTL, DF and ports where RFC 791 and RFC 9293 have them', () => {
    const packet = stack(
      0,
      ethernet(),
      ip('198.51.100.25', '203.0.113.43', false),
      tcp('ACK', 443),
    );
    const [head, ipv4, ...rest] = packet;
    if (head?.type !== 'ethernet' || ipv4?.type !== 'ipv4') throw new Error('ipv4 expected');
    const bytes = frameOf([
      { ...head, src: '00:50:56:aa:bb:01', dst: '00:50:56:aa:bb:02' },
      { ...ipv4, ttl: 61 },
      ...rest,
    ]);

    expect(bytes.toString('hex', 0, 14)).toBe('005056aabb02005056aabb010800');
    expect(bytes.readUInt16BE(14 + 6)).toBe(0);
    expect(bytes.readUInt8(14 + 8)).toBe(61);
    expect([...bytes.subarray(26, 34)]).toEqual([198, 51, 100, 25, 203, 0, 113, 43]);
    expect([bytes.readUInt16BE(34), bytes.readUInt16BE(36)]).toEqual([40_001, 443]);
    expect(
      frameOf(stack(0, ethernet(), ip('192.0.2.1', '192.0.2.2'), tcp())).readUInt16BE(20),
    ).toBe(0x4000);
  });
});

describe('the payload of an ESP packet', () => {
  const inner = stack(20, ethernet(), ip('172.16.10.20', '172.16.50.20'), tcp('ACK'));
  const innerFrame = () => frameOf(inner);
  const around = (overhead: number) =>
    frameOf([
      ...stack(
        frameBytes(inner),
        ...[ethernet(), ip('172.16.250.10', '10.208.243.70'), udp(4500, 4500), esp(overhead)],
      ),
      ...inner,
    ]);
  const beginOfEsp = 14 + 20 + 8;

  it.each([8, 9, 21, 22, 34, 70, 300])(
    'holds the frame as it is behind SPI and sequence number, with %i bytes in all around it',
    (overhead) => {
      const bytes = around(overhead).subarray(beginOfEsp);
      const begin = 8 + innerFrame().length;

      expect(bytes.readUInt32BE(0)).toBe(0x1001);
      expect(bytes.readUInt32BE(4)).toBe(1);
      expect(bytes.subarray(8, begin).equals(innerFrame())).toBe(true);
      expect(bytes.length).toBe(innerFrame().length + overhead);
    },
  );

  it('ends with padding counted up from 1, its length, next header Ethernet and the ICV', () => {
    const trailer = around(34).subarray(beginOfEsp + 8 + innerFrame().length);
    const padding = Array.from({ length: 12 }, (_, index) => index + 1);

    expect([...trailer]).toEqual([...padding, 12, 143, ...new Array<number>(12).fill(0)]);
  });

  it('pads with 255 bytes at the most, and with zero bytes before them', () => {
    const rest = 300 - 8 - 2 - 12;
    const trailer = around(300).subarray(beginOfEsp + 8 + innerFrame().length);
    const zeros = rest - 255;

    expect(trailer.subarray(0, zeros).equals(Buffer.alloc(zeros))).toBe(true);
    expect(trailer.readUInt8(zeros)).toBe(1);
    expect(trailer.readUInt8(rest - 1)).toBe(255);
    expect(trailer.readUInt8(rest)).toBe(255);
    expect(trailer.readUInt8(rest + 1)).toBe(143);
  });
});

describe('a stack that no wire can carry is refused, naming header, value and expectation', () => {
  const v4 = ip('10.0.0.1', '10.0.0.2');
  const plain = stack(20, ethernet(), v4, tcp());
  const withIp = (change: object) =>
    plain.map((header) => (header.type === 'ipv4' ? { ...header, ...change } : header));

  it.each<[string, Packet, RegExp]>([
    ['no Ethernet', plain.slice(1), /header 1 is ipv4, ethernet expected/],
    ['no header', [], /header 1 is end, ethernet expected/],
    [
      'TCP right in Ethernet',
      [ethernet(), tcp()],
      /header 1 \(ethernet\) holds tcp, ipv4 or ipv6 expected/,
    ],
    [
      'a header in TCP',
      stack(0, ethernet(), v4, tcp(), icmp()),
      /header 3 \(tcp\) holds icmp, end expected/,
    ],
    [
      'an empty VXLAN',
      stack(0, ethernet(), v4, udp(4789), vxlan(1)),
      /vxlan\) holds end, ethernet expected/,
    ],
    [
      'a length too small for its headers',
      withIp({ length: 39 }),
      /ethernet \| ipv4 \| tcp: header 3 \(tcp\): 19 bytes, at least 20/,
    ],
    [
      'a protocol that is not what is inside',
      withIp({ protocol: 17 }),
      /header 2 \(ipv4\): protocol 17, 6 by the header inside expected/,
    ],
    [
      'a length that IPv4 cannot tell',
      withIp({ length: 70_000 }),
      /IPv4 total length 70000 bytes: at most 65535 expected/,
    ],
    [
      'two lengths that contradict each other',
      [...stack(60, ethernet(), ip('10.0.0.8', '10.0.0.9'), v4).slice(0, 2), ...plain.slice(1)].map(
        (header, index) => (index === 1 ? { ...header, protocol: 4 } : header),
      ),
      /header 3 \(ipv4\): length 60, 80 by the headers around it expected/,
    ],
    [
      'a MAC address that is none',
      [{ ...ethernet(), src: '02:00:zz' }, ...plain.slice(1)],
      /MAC address 02:00:zz/,
    ],
    [
      'an ESP overhead smaller than its head',
      stack(0, ethernet(), v4, udp(4500), esp(7)),
      /ESP overhead 7 bytes: at least 8 expected/,
    ],
  ])('%s', (_, packet, message) => {
    expect(() => frameOf(packet)).toThrow(message);
    expect(() => frameOf(packet)).toThrow(RangeError);
  });
});
