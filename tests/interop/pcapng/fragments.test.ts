import { describe, expect, it } from 'vitest';
import { encodePcapng } from '../../../src-main/interop/pcapng/index.ts';
import type { Packet, Step } from '../../../src-main/sim/vocabulary/index.ts';
import { dissect } from './dissect.ts';
import { commentsOf, readPcapng, type ReadFrame } from './read-pcapng.ts';
import {
  decapsulateVxlan,
  encapsulateVxlan,
  hop,
  leg,
  receive,
  result,
  sending,
  split,
  trace,
  transmit,
} from './results.ts';
import { ethernet, ip, stack, tcp, udp, vxlan } from './stacks.ts';

interface Fragment {
  readonly id: number;
  readonly more: boolean;
  readonly offset: number;
  readonly payload: Buffer;
}

const inner = () => [ethernet(), ip('192.168.20.11', '192.168.20.12'), tcp('ACK')] as const;
/** 1500 bytes inside, 1550 outside. */
const overlong = stack(
  1460,
  ...[ethernet(), ip('10.0.0.1', '10.0.0.2', false), udp(4789), vxlan(6002), ...inner()],
);
const inside = overlong.slice(4);

function framesOf(...hops: readonly (readonly Step[])[]): readonly ReadFrame[] {
  const walked = leg(hops.map((steps, index) => hop(`n${index}`, ...steps)));
  return readPcapng(encodePcapng(result([trace([walked])]), { flowTitle: 'test' })).frames;
}

function fragmentOf({ bytes }: ReadFrame): Fragment {
  const packet = bytes.subarray(14);
  expect(packet.readUInt16BE(2)).toBe(packet.length);
  const flags = packet.readUInt16BE(6);
  return {
    id: packet.readUInt16BE(4),
    more: (flags & 0x2000) !== 0,
    offset: (flags & 0x1fff) * 8,
    payload: packet.subarray(20),
  };
}

/** RFC 815 at its simplest: every fragment where its offset says, and no hole left. */
function reassemble(frames: readonly ReadFrame[]): Buffer {
  const fragments = frames.map(fragmentOf);
  expect(new Set(fragments.map(({ id }) => id)).size).toBe(1);
  let at = 0;
  for (const { offset, more, payload } of fragments) {
    expect(offset).toBe(at);
    at += payload.length;
    expect(more).toBe(offset !== fragments.at(-1)?.offset);
  }
  return Buffer.concat(fragments.map(({ payload }) => payload));
}

const wholePayload = (packet: Packet): Buffer => {
  const [frame] = readPcapng(encodePcapng(sending(packet), { flowTitle: 'test' })).frames;
  if (!frame) throw new Error('a frame expected');
  return frame.bytes.subarray(34);
};

const sizes = (frames: readonly ReadFrame[]): number[] =>
  frames.map(({ bytes }) => bytes.length - 14);

describe('a packet that is cut', () => {
  it('is sent as fragments that fit the MTU and make the packet again', () => {
    const frames = framesOf([split(overlong, 1500, 2), transmit(overlong)]);

    expect(sizes(frames)).toEqual([1500, 70]);
    expect(reassemble(frames).equals(wholePayload(overlong))).toBe(true);
  });

  it('has pieces of a multiple of eight bytes, all but the last', () => {
    const frames = framesOf([split(overlong, 577, 3), transmit(overlong, 'eth0', 577)]);

    expect(sizes(frames)).toEqual([572, 572, 446]);
    expect(reassemble(frames).equals(wholePayload(overlong))).toBe(true);
  });

  it('stays in fragments on the links behind, however large their MTU', () => {
    const frames = framesOf(
      [split(overlong, 1500, 2), transmit(overlong)],
      [receive(overlong), transmit(overlong, 'eth1', 9000)],
    );

    expect(sizes(frames)).toEqual([1500, 70, 1500, 70]);
    expect(reassemble(frames.slice(2)).equals(wholePayload(overlong))).toBe(true);
  });

  it('is cut again where a later link is narrower still', () => {
    const frames = framesOf(
      [split(overlong, 1500, 2), transmit(overlong)],
      [receive(overlong), split(overlong, 1400, 2), transmit(overlong, 'eth1', 1400)],
    );

    expect(sizes(frames)).toEqual([1500, 70, 1396, 124, 70]);
    expect(reassemble(frames.slice(2)).equals(wholePayload(overlong))).toBe(true);
  });

  it('is whole again behind the end of its tunnel', () => {
    const frames = framesOf(
      [split(overlong, 1500, 2), transmit(overlong)],
      [receive(overlong), decapsulateVxlan(inside, 6002), transmit(inside)],
      [receive(inside), encapsulateVxlan(overlong, 6002), transmit(overlong, 'eth1', 9000)],
    );

    expect(sizes(frames)).toEqual([1500, 70, 1500, 1550]);
    expect(dissect(frames[2]?.bytes ?? Buffer.of()).bad).toEqual([]);
  });

  it('is carried fragment by fragment where it then enters a tunnel', () => {
    const plain = stack(1472, ethernet(), ip('192.0.2.1', '192.0.2.2', false), udp(49_500));
    const tunnelled = stack(
      1472,
      ...[ethernet(), ip('10.0.0.1', '10.0.0.2'), udp(4789), vxlan(1)],
      ...[ethernet(), ip('192.0.2.1', '192.0.2.2', false), udp(49_500)],
    );
    const frames = framesOf(
      [split(plain, 1400, 2), transmit(plain, 'eth0', 1400)],
      [receive(plain), encapsulateVxlan(tunnelled, 1), transmit(tunnelled)],
    );

    expect(sizes(frames)).toEqual([1396, 124, 1446, 174]);
    for (const [index, frame] of frames.slice(2).entries()) {
      expect(frame.bytes.subarray(50).equals(frames[index]?.bytes ?? Buffer.of())).toBe(true);
    }
  });

  it('is not the packet of the next leg', () => {
    const cut = leg([hop('a', split(overlong, 1500, 2), transmit(overlong))]);
    const next = leg([hop('b', transmit(overlong, 'eth1', 9000))]);
    const file = encodePcapng(result([trace([cut, next])]), { flowTitle: 'test' });
    const { frames } = readPcapng(file);

    expect(sizes(frames)).toEqual([1500, 70, 1550]);
    expect(new Set(frames.map((frame) => fragmentOf(frame).id)).size).toBe(2);
  });

  it('tells why on its first fragment only', () => {
    const [first, second] = framesOf([split(overlong, 1500, 2), transmit(overlong)]);

    expect(first && commentsOf(first)).toContain('Cuts it into 2 fragments of up to 1500 bytes');
    expect(second && commentsOf(second)).toEqual([]);
  });

  it('is refused where it is IPv6, and where nothing fits', () => {
    const v6 = stack(1472, ethernet(), ip('fd00::1', 'fd00::2'), udp(49_500));

    expect(() => framesOf([split(v6, 1400, 2), transmit(v6)])).toThrow(
      /header 2 \(ipv6\): fragments, one piece \(RFC 8200 §5\) expected/,
    );
    expect(() => framesOf([split(overlong, 27, 2), transmit(overlong)])).toThrow(
      /MTU 27 bytes: at least 28 expected/,
    );
  });
});
