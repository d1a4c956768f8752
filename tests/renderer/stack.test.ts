import { describe, expect, test } from 'vitest';
import type { Packet } from '../../src-main/contract/index.ts';
import { stackChanges } from '../../src-renderer/state/stack.ts';

const ethernet = (src = '02:00:00:00:00:01') =>
  ({ type: 'ethernet', src, dst: '02:00:00:00:00:02' }) as const;
const ip = (src: string, dst: string, ttl = 64, protocol = 6) =>
  ({ type: 'ipv4', src, dst, ttl, protocol, df: true, length: 60 }) as const;
const tcp = { type: 'tcp', sourcePort: 40000, destinationPort: 443, flags: 'SYN' } as const;
const udp = { type: 'udp', sourcePort: 50000, destinationPort: 4789 } as const;
const vxlan = { type: 'vxlan', vni: 6002 } as const;

const plain: Packet = [ip('10.0.0.1', '10.0.0.2'), tcp];
const framed: Packet = [ethernet(), ...plain];
const tunnelled: Packet = [ip('10.9.0.1', '10.9.0.2', 64, 17), udp, vxlan, ...framed];

const changes = (before: Packet | undefined, after: Packet) =>
  stackChanges(before, after).map(({ type, change }) => `${type} ${change}`);

describe('the header stack after a step', () => {
  test.each<[step: string, before: Packet | undefined, after: Packet, expected: string[]]>([
    ['the first', undefined, plain, ['ipv4 same', 'tcp same']],
    ['one that changes nothing', framed, framed, ['ethernet same', 'ipv4 same', 'tcp same']],
    ['onto the wire', plain, framed, ['ethernet added', 'ipv4 same', 'tcp same']],
    ['off the wire', framed, plain, ['ethernet removed', 'ipv4 same', 'tcp same']],
    [
      'into VXLAN',
      framed,
      tunnelled,
      ['ipv4 added', 'udp added', 'vxlan added', 'ethernet same', 'ipv4 same', 'tcp same'],
    ],
    [
      'out of VXLAN',
      tunnelled,
      framed,
      ['ipv4 removed', 'udp removed', 'vxlan removed', 'ethernet same', 'ipv4 same', 'tcp same'],
    ],
    [
      'into IP-in-IP',
      plain,
      [ip('10.1.0.1', '10.1.0.2', 64, 4), ...plain],
      ['ipv4 added', 'ipv4 same', 'tcp same'],
    ],
  ])('%s', (_step, before, after, expected) => {
    expect(changes(before, after)).toEqual(expected);
  });

  test('marks a rewritten field with what it was', () => {
    const after: Packet = [ip('203.0.113.42', '10.0.0.2', 63), tcp];
    const [header] = stackChanges(plain, after);
    expect(header?.change).toBe('changed');
    expect(header?.fields.filter((field) => field.before !== undefined)).toEqual([
      { name: 'src', value: '203.0.113.42', before: '10.0.0.1' },
      { name: 'ttl', value: 63, before: 64 },
    ]);
  });

  test('shows a packet that is gone as removed headers', () => {
    expect(changes(plain, [])).toEqual(['ipv4 removed', 'tcp removed']);
  });
});
