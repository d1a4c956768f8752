import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePcapng } from '../../../src-main/interop/pcapng/index.ts';
import { ip as parsed, ipFromWords } from '../../../src-main/model/ip.ts';
import type { Packet, PacketHeader } from '../../../src-main/sim/vocabulary/index.ts';
import { describeRequiring } from '../../support/capabilities.ts';
import { dissect } from './dissect.ts';
import { readPcapng } from './read-pcapng.ts';
import { hop, leg, result, sending, split, trace, transmit } from './results.ts';
import { esp, ethernet, frameBytes, ip, stack, vxlan, type Layer } from './stacks.ts';
import { faultsOf, protocolsOf, tshark } from './tshark.ts';

const word = fc.integer({ min: 0, max: 0xffffffff });
/** Unicast addresses, so that no analyser objects to a source. */
const v4 = word.map((w) => ipFromWords(4, (w & 0x7fffffff) | 0x01000000, 0, 0, 0).text);
const v6 = fc
  .tuple(word, word, word, word)
  .map(([a, b, c, d]) => ipFromWords(6, (a & 0x1fffffff) | 0x20000000, b, c, d).text);

const ethernetLayer = fc
  .option(fc.integer({ min: 1, max: 4094 }), { nil: undefined })
  .map((vlan) => ethernet(vlan));
const ipLayer = fc
  .oneof(fc.tuple(v4, v4), fc.tuple(v6, v6))
  .map(([src, dst]) => ip(src, dst, false));

/** Ports that no dissector takes for its own, so that zero bytes are what they are: data. */
const port = fc.integer({ min: 49_400, max: 49_900 });

const lastLayer: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({
    type: fc.constant('tcp' as const),
    sourcePort: port,
    destinationPort: port,
    flags: fc.constantFrom('SYN' as const, 'SYN-ACK' as const, 'ACK' as const),
  }),
  fc.record({ type: fc.constant('udp' as const), sourcePort: port, destinationPort: port }),
  fc.record({
    type: fc.constant('icmp' as const),
    message: fc.constantFrom('echo-request' as const, 'echo-reply' as const),
    id: fc.integer({ min: 0, max: 0xffff }),
  }),
);

/** What stands between one IP header and the next one inside. */
const tunnel: fc.Arbitrary<readonly Layer[]> = fc.oneof(
  fc.constant([]),
  fc
    .tuple(port, fc.integer({ min: 1, max: 0xffffff }), ethernetLayer)
    .map(([sourcePort, vni, frame]): readonly Layer[] => [
      { type: 'udp', sourcePort, destinationPort: 4789 },
      vxlan(vni),
      frame,
    ]),
  fc
    .tuple(fc.integer({ min: 8, max: 400 }), ethernetLayer)
    .map(([overhead, frame]): readonly Layer[] => [
      { type: 'udp', sourcePort: 4500, destinationPort: 4500 },
      esp(overhead),
      frame,
    ]),
);

const anyStack: fc.Arbitrary<Packet> = fc
  .tuple(
    ethernetLayer,
    fc.array(fc.tuple(ipLayer, tunnel), { maxLength: 3 }),
    ipLayer,
    lastLayer,
    fc.oneof(fc.nat(80), fc.nat(9_000)),
  )
  .map(([outermost, tunnels, innermost, last, payloadBytes]) =>
    stack(payloadBytes, outermost, ...tunnels.flat(2), innermost, last),
  );

/** The protocol column that Wireshark should show, up to the payload; ESP hides what is inside. */
function expectedProtocols(packet: Packet): string {
  const names: string[] = [];
  let around: PacketHeader | undefined;
  for (const header of packet) {
    switch (header.type) {
      case 'ethernet':
        names.push('eth', 'ethertype');
        if (header.vlan !== undefined) names.push('vlan', 'ethertype');
        break;
      case 'ipv4':
        names.push('ip');
        break;
      case 'icmp':
        names.push(around?.type === 'ipv6' ? 'icmpv6' : 'icmp');
        break;
      case 'esp':
        return [...names, 'udpencap', 'esp'].join(':');
      default:
        names.push(header.type);
    }
    around = header;
  }
  return names.join(':');
}

describe('any stack of headers', () => {
  it('becomes a frame of its length whose addresses and checksums are right', () => {
    fc.assert(
      fc.property(anyStack, (packet) => {
        const [frame] = readPcapng(encodePcapng(sending(packet), { flowTitle: 'any' })).frames;
        if (!frame) throw new Error('a frame expected');
        const found = dissect(frame.bytes);

        expect(frame.bytes.length).toBe(frameBytes(packet));
        expect(found.bad).toEqual([]);
        expect(found.layers.filter((layer) => layer.startsWith('ip'))).toEqual(
          packet.map(({ type }) => type).filter((type) => type.startsWith('ip')),
        );
        expect(found.layers.at(-1)?.replace('v6', '')).toBe(packet.at(-1)?.type);
        for (const header of packet) {
          if (header.type !== 'ipv4' && header.type !== 'ipv6') continue;
          expect(frame.bytes.includes(addressBytes(header.src))).toBe(true);
          expect(frame.bytes.includes(addressBytes(header.dst))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('that is cut over IPv4 makes the same packet again, whatever the MTUs on the way', () => {
    const mtus = fc.array(fc.integer({ min: 28, max: 1500 }), { minLength: 1, maxLength: 3 });
    const cuttable = anyStack.filter((packet) => packet[1]?.type === 'ipv4');
    fc.assert(
      fc.property(cuttable, mtus, (packet, cuts) => {
        const steps = cuts.map((mtuBytes) => split(packet, mtuBytes, 2));
        const walked = leg([hop('a', transmit(packet), ...steps, transmit(packet))]);
        const file = encodePcapng(result([trace([walked])]), { flowTitle: 'any' });
        const [whole, ...fragments] = readPcapng(file).frames;
        if (!whole) throw new Error('a frame expected');
        const begin = whole.bytes.length - (packet[1]?.type === 'ipv4' ? packet[1].length : 0);
        const payloads = fragments.map(({ bytes }) => bytes.subarray(begin + 20));

        expect(Buffer.concat(payloads).equals(whole.bytes.subarray(begin + 20))).toBe(true);
        for (const { bytes } of fragments) {
          expect(bytes.length - begin).toBeLessThanOrEqual(Math.max(...cuts.slice(-1)));
        }
      }),
      { numRuns: 100 },
    );
  });
});

function addressBytes(text: string): Buffer {
  const { family, w0, w1, w2, w3 } = parsed(text);
  const words = family === 4 ? [w0] : [w0, w1, w2, w3];
  return Buffer.concat(
    words.map((value) => Buffer.of(value >>> 24, value >>> 16, value >>> 8, value)),
  );
}

describeRequiring(['tshark'], 'tshark and any stack of headers', () => {
  it('agree on the layers, and on every checksum', () => {
    // One file for all of them, as each run of tshark takes its time; the seed makes a failure come
    // back.
    const packets = fc.sample(anyStack, { numRuns: 400, seed: 7348 });
    const frames = tshark(encodePcapng(sending(...packets), { flowTitle: 'any' }), []);

    expect(faultsOf(frames)).toEqual([]);
    expect(frames.map((frame) => protocolsOf(frame).replace(/:data$/, ''))).toEqual(
      packets.map(expectedProtocols),
    );
  });
});
