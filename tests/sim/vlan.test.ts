import { describe, expect, test } from 'vitest';
import type { PacketHeader } from '../../src-main/sim/index.ts';
import { network } from '../builders/network.ts';
import { did, legs } from '../samples/reading.ts';
import { ask, details, families, reason, route, told, verdict } from './ask.ts';

const both = (host: number) => `10.0.1.${host}/24,2001:db8:1::${host}/64`;

describe.each(families)('a LAN of hardware, IPv%d', (family) => {
  const net = () =>
    network()
      .segment('lan', ['10.0.1.0/24', '2001:db8:1::/64'])
      .host('a', both(2))
      .host('b', both(3), { listens: ['tcp 80'] });

  test('joins its hosts directly', () => {
    const result = ask(net(), 'a', 'b', { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('a → b');
  });

  test('a frame goes from the MAC address of the one to that of the other', () => {
    const result = ask(net(), 'a', 'b', { family });
    const [sent] = did(legs(result, 'forward'), 'transmit/send');
    const [answered] = did(legs(result, 'reverse'), 'transmit/send');
    const frame = sent?.packet[0] as PacketHeader & { type: 'ethernet' };
    expect(frame.src).toMatch(/^00:50:56:[0-3][0-9a-f]:/);
    expect(details(result, 'neighbor/resolve')[0]?.mac).toBe(frame.dst);
    expect(answered?.packet[0]).toMatchObject({ src: frame.dst, dst: frame.src });
  });

  test('takes the MAC address that the design gives', () => {
    const given = net().change('node', 'b', (node) => ({
      ...node,
      interfaces: (node.interfaces ?? []).map((item) => ({ ...item, mac: '02:00:00:00:00:AA' })),
    }));
    const [resolved] = details(ask(given, 'a', 'b', { family }), 'neighbor/resolve');
    expect(resolved?.mac).toBe('02:00:00:00:00:aa');
  });
});

describe('one VLAN, machines on hypervisors and hardware', () => {
  const net = () =>
    network()
      .vlan('office', 1101, '10.0.1.0/24')
      .hypervisor('h1')
      .hypervisor('h2')
      .host('a', '10.0.1.2/24', { runsOn: 'h1' })
      .host('b', '10.0.1.3/24', { runsOn: 'h1', listens: ['tcp 80'] })
      .host('c', '10.0.1.4/24', { runsOn: 'h2', listens: ['tcp 80'] })
      .host('d', '10.0.1.5/24', { listens: ['tcp 80'] });

  test.each([
    ['a', 'b', 'a → h1 → b'],
    ['a', 'c', 'a → h1 → h2 → c'],
    ['a', 'd', 'a → h1 → d'],
    ['d', 'c', 'd → h2 → c'],
  ])('%s to %s: %s', (from, to, expected) => {
    const result = ask(net(), from, to);
    expect(route(result)).toBe(expected);
    expect(route(result, 'reverse')).toBe(expected.split(' → ').reverse().join(' → '));
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'encapsulate/vxlan')).toEqual([]);
  });

  test('the virtual switch says whether the frame stays inside', () => {
    expect(told(ask(net(), 'a', 'b'), ['switch'])).toEqual([
      'h1: Switches on office to b, on this hypervisor',
    ]);
    expect(told(ask(net(), 'a', 'c'), ['switch'])).toEqual([
      'h1: Switches on office by the uplink to c',
      'h2: Switches on office by the uplink to c',
    ]);
  });

  test('a machine on a hypervisor that is down is down', () => {
    const down = net().change('node', 'h2', (node) => ({ ...node, state: 'down' }));
    const result = ask(down, 'a', 'c');
    expect(verdict(result)).toBe('neighbor-unreachable at a');
    expect(reason(result)).toContain('c, which owns 10.0.1.4, is down');
    expect(verdict(ask(down, 'c', 'a'))).toBe('interface-down at c');
  });
});

test('an interface that tags its frames itself shows the tag, with four bytes more', () => {
  const net = network()
    .segment('lan', '10.0.1.0/24')
    .host('a', [{ id: 'eth0', segment: 'lan', addresses: ['10.0.1.2/24'], vlan: 42 }])
    .host('b', [{ id: 'eth0', segment: 'lan', addresses: ['10.0.1.3/24'], vlan: 42 }], {
      listens: ['tcp 80'],
    });
  const result = ask(net, 'a', 'b');
  const [sent] = did(legs(result, 'forward'), 'transmit/send');
  expect(sent?.packet[0]).toMatchObject({ type: 'ethernet', vlan: 42 });
  expect(sent?.detail.lengthBytes).toBe(60);
  expect(verdict(result)).toBe('reachable');
});
