import { describe, expect, it } from 'vitest';
import {
  captureEpochUs,
  encodePcapng,
  frameIntervalUs,
} from '../../../src-main/interop/pcapng/index.ts';
import { commentsOf, readPcapng, textsOf, type ReadCapture } from './read-pcapng.ts';
import {
  acceptBy,
  dnat,
  drop,
  encapsulateVxlan,
  hop,
  leg,
  matchIngress,
  receive,
  reply,
  result,
  trace,
  transmit,
} from './results.ts';
import { ethernet, ip, stack, tcp, udp, vxlan } from './stacks.ts';

const at = (dst: string) => stack(20, ethernet(), ip('198.51.100.25', dst), tcp());
const before = at('203.0.113.43');
const after = at('192.168.20.20');
const tunnelled = stack(
  20,
  ...[ethernet(), ip('10.0.0.1', '10.0.0.2'), udp(4789), vxlan(6002)],
  ...[ethernet(), ip('198.51.100.25', '192.168.20.20'), tcp()],
);

const request = leg(
  [
    hop('user', transmit(before, 'eth0')),
    hop(
      'esg',
      receive(before),
      acceptBy(before, '5'),
      dnat(after, '203.0.113.43', '192.168.20.20'),
      transmit(after, 'vnic2', 9000),
    ),
    { ...hop('dlr', receive(after), transmit(after, 'lif-icp')), on: 'esxi-01' },
    hop('esxi-01', encapsulateVxlan(tunnelled, 6002), transmit(tunnelled, 'vmk1', 9000)),
  ],
  { title: 'tcp 443 user → shop' },
);
const upstream = leg([hop('proxy-1', transmit(after, 'eth0'))], {
  title: 'tcp 8080 proxy-1 → pod',
});
const answer = leg([hop('esg', transmit(before, 'vnic2'))], { purpose: 'reply', title: 'reply' });

const encode = (...of: Parameters<typeof result>): ReadCapture =>
  readPcapng(encodePcapng(result(...of), { flowTitle: 'Flow A' }));

const namesOf = ({ interfaces }: ReadCapture): string[] =>
  interfaces.flatMap(({ options }) => textsOf(options, 2));

const code = { hardware: 2, os: 3, application: 4 };

describe('a capture file', () => {
  it('has one section, then the interfaces, then the frames', () => {
    const { order } = encode([trace([request])], [reply(0, [answer])]);

    expect(order).toEqual([0x0a0d0d0a, 1, 1, 1, 1, 6, 6, 6, 6, 6]);
  });

  it('names the flow and tells nothing of the machine that wrote it', () => {
    const { sectionOptions } = encode([trace([request])]);

    expect(textsOf(sectionOptions, 1)).toEqual([
      'Flow A',
      'Simulated by Hopscope: reachable, trace 1 of 1 delivered',
      'Timestamps are synthetic: 1 µs apart from 2000-01-01T00:00:00Z',
    ]);
    const codes = sectionOptions.map((option) => option.code);
    for (const machine of Object.values(code)) expect(codes).not.toContain(machine);
  });

  it('has the same bytes for the same result', () => {
    const bytes = () =>
      encodePcapng(result([trace([request, upstream])], [reply(0, [answer])]), { flowTitle: 'A' });

    expect(Buffer.from(bytes()).equals(Buffer.from(bytes()))).toBe(true);
  });

  it('describes each sending interface once, by node and name, as Ethernet without a cut', () => {
    const capture = encode([trace([request])], [reply(0, [answer])]);

    expect(namesOf(capture)).toEqual([
      'user/eth0',
      'esg/vnic2',
      'dlr@esxi-01/lif-icp',
      'esxi-01/vmk1',
    ]);
    expect(capture.interfaces.flatMap(({ options }) => textsOf(options, 3))).toEqual([
      'interface eth0 of user, segment lan-1, MTU 1500',
      'interface vnic2 of esg, segment lan-1, MTU 9000',
      'interface lif-icp of dlr on esxi-01, segment lan-1, MTU 1500',
      'interface vmk1 of esxi-01, segment lan-1, MTU 9000',
    ]);
    for (const { linkType, snapLength } of capture.interfaces) {
      expect(linkType).toBe(1);
      expect(snapLength).toBeGreaterThanOrEqual(65_535 + 18);
    }
    expect(capture.frames.map(({ interfaceIndex }) => interfaceIndex)).toEqual([0, 1, 2, 3, 1]);
  });

  it('takes the frames whole, outbound, one microsecond apart from the epoch on', () => {
    const { frames } = encode([trace([request])], [reply(0, [answer])]);

    for (const [index, { timestamp, bytes, originalLength, options }] of frames.entries()) {
      expect(timestamp).toBe(BigInt(captureEpochUs) + BigInt(index * frameIntervalUs));
      expect(originalLength).toBe(bytes.length);
      expect(options.find((option) => option.code === 2)?.value.readUInt32LE()).toBe(2);
    }
    expect(captureEpochUs).toBe(Date.parse('2000-01-01T00:00:00Z') * 1000);
  });

  it('says on each frame which leg begins, and what changed it since the one before', () => {
    const { frames } = encode([trace([request])], [reply(0, [answer])]);

    expect(frames.map(commentsOf)).toEqual([
      ['forward leg 1 of 1: tcp 443 user → shop'],
      ['Rule 5 accepts', 'NAT rule 5 rewrites the destination 203.0.113.43 to 192.168.20.20'],
      [],
      ['Puts the frame into VXLAN 6002'],
      ['reverse leg 1 of 1: reply'],
    ]);
  });

  it('says on the first frame of a new connection what asked for it, not what went before', () => {
    const ended = leg([
      hop('user', transmit(before)),
      hop('proxy-1', receive(before), acceptBy(before, '9'), matchIngress(before)),
    ]);
    const { frames } = encode([trace([ended, upstream])]);

    expect(frames.map(commentsOf)).toEqual([
      ['forward leg 1 of 2: tcp 443 a → b'],
      ['forward leg 2 of 2: tcp 8080 proxy-1 → pod', 'Ingress shop sends shop.example.com/ to web'],
    ]);
  });

  it('says on the last frame of a leg where and why the packet was dropped', () => {
    const dropped = leg(
      [hop('user', transmit(before)), hop('esg', receive(before), drop(before, 'No rule matches'))],
      { disposition: 'denied' },
    );
    const { frames } = encode([trace([dropped], 'denied')]);

    expect(frames.map(commentsOf)).toEqual([
      ['forward leg 1 of 1: tcp 443 a → b', 'No rule matches (at esg)'],
    ]);
  });

  it('has no frame where the packet never left, and leaves earlier frames alone', () => {
    const stuck = leg([hop('user', drop(before, 'No route'))], { disposition: 'no-route' });

    expect(encode([trace([stuck], 'no-route')]).frames).toEqual([]);
    const { frames } = encode([trace([upstream, stuck], 'no-route')]);
    expect(frames.map(commentsOf)).toEqual([['forward leg 1 of 2: tcp 8080 proxy-1 → pod']]);
  });

  it('holds the trace that was asked for, with its own reply', () => {
    const traces = [trace([request]), trace([upstream])];
    const replies = [reply(1, [answer]), reply(0, [upstream])];
    const file = (index: number) =>
      readPcapng(encodePcapng(result(traces, replies), { flowTitle: 'A', trace: index }));

    expect(namesOf(file(1))).toEqual(['proxy-1/eth0', 'esg/vnic2']);
    expect(file(1).frames).toHaveLength(2);
    expect(file(0).frames).toHaveLength(5);
    expect(() => file(2)).toThrow(/trace 2: an index below 2 expected/);
  });

  it('keeps a comment that is too long for an option up to a whole character', () => {
    const long = 'µ'.repeat(40_000);
    const [first] = encode([trace([{ ...request, title: long }])]).frames;
    const [comment = ''] = first ? commentsOf(first) : [];

    expect(comment.startsWith('forward leg 1 of 1: µµ')).toBe(true);
    expect(comment.endsWith('µ')).toBe(true);
    expect(Buffer.byteLength(comment)).toBeGreaterThan(65_000);
    expect(Buffer.byteLength(comment)).toBeLessThan(65_536);
  });
});
