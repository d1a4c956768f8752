import { describe, expect, test } from 'vitest';
import { network } from '../builders/network.ts';
import { ask, details, families, reason, route, told, verdict } from './ask.ts';
import { address, both, gateway, subnets } from './plan.ts';

describe('addresses on a segment', () => {
  const lan = () =>
    network()
      .segment('lan', ['10.0.1.0/24', '2001:db8:0:1::/64'])
      .host('a', both(1, 2), { gateway: gateway(1) });

  test.each([
    ['10.0.1.4', 'reachable'],
    ['10.0.1.5', 'reachable'],
    ['2001:db8:0:1::5', 'reachable'],
    ['10.0.1.6', 'neighbor-unreachable at a'],
    ['2001:db8:0:1::6', 'neighbor-unreachable at a'],
  ])('%s: first and further addresses of an interface are answered for', (to, expected) => {
    const net = lan().host('b', '10.0.1.4/24,10.0.1.5/24,2001:db8:0:1::5/64', {
      listens: ['tcp 80'],
    });
    expect(verdict(ask(net, 'a', to))).toBe(expected);
  });

  test('nobody there is told with the segment and the address', () => {
    const result = ask(lan(), 'a', '10.0.1.6');
    expect(told(result, ['neighbor'])).toEqual(['a: Nobody on lan answers for 10.0.1.6']);
    expect(reason(result)).toBe('Dropped, neighbor-unreachable: nobody on lan owns 10.0.1.6');
  });

  describe.each(['10.0.1.9', '2001:db8:0:1::9'])('virtual IP %s', (shared) => {
    const member = (priority: number | undefined) => ({
      listens: ['tcp 80'],
      virtualIps: [
        {
          id: 'vip',
          address: shared,
          interface: 'eth0',
          ...(priority === undefined ? {} : { priority }),
        },
      ],
    });
    const pair = (one: number | undefined, two: number | undefined) =>
      lan().host('m1', both(1, 11), member(one)).host('m2', both(1, 12), member(two));

    test.each([
      [110, 100, 'm1'],
      [100, 110, 'm2'],
      [undefined, 101, 'm2'],
      [undefined, undefined, 'm2'], // the higher primary address
    ])('priorities %s and %s: %s answers', (one, two, owner) => {
      const result = ask(pair(one, two), 'a', shared);
      expect(route(result)).toBe(`a → ${owner}`);
      expect(details(result, 'neighbor/resolve')).toMatchObject([{ owner, virtualIp: 'vip' }]);
      expect(verdict(result)).toBe('reachable');
    });

    test('moves to the next when its owner is down, and back', () => {
      const net = pair(110, 100).change('node', 'm1', (node) => ({ ...node, state: 'down' }));
      expect(route(ask(net, 'a', shared))).toBe('a → m2');
      net.change('node', 'm2', (node) => ({ ...node, state: 'down' }));
      expect(verdict(ask(net, 'a', shared))).toBe('neighbor-unreachable at a');
      net.change('node', 'm1', (node) => ({ ...node, state: 'up' }));
      expect(route(ask(net, 'a', shared))).toBe('a → m1');
    });
  });
});

describe('the source that a host speaks with', () => {
  const net = () =>
    network()
      .segment('lan', ['10.0.1.0/24', '192.168.7.0/24', '2001:db8:0:1::/64', 'fe80::/64'])
      .host('b', '192.168.7.9/24,2001:db8:0:1::9/64', { listens: ['tcp 80'] })
      .router('r', '192.168.7.1/24,fe80::1/64');

  test('is its address in the subnet of the next hop', () => {
    const here = net().host('a', 'eth0=10.0.1.2/24,192.168.7.2/24@lan', {
      gateway: '192.168.7.1',
    });
    expect(details(ask(here, 'a', '192.168.7.9'), 'originate/send')[0]?.source).toBe('192.168.7.2');
    expect(details(ask(here, 'a', '172.20.0.1'), 'originate/send')[0]?.source).toBe('192.168.7.2');
    expect(verdict(ask(here, 'a', '192.168.7.9'))).toBe('reachable');
  });

  test('is no link-local address where the destination is none', () => {
    const here = net().host('a', 'eth0=fe80::2/64,2001:db8:0:1::2/64@lan', {
      gateway: 'fe80::1',
    });
    const on = ask(here, 'a', '2001:db8:0:1::9');
    expect(details(on, 'originate/send')[0]?.source).toBe('2001:db8:0:1::2');
    const off = ask(here, 'a', '2001:db8:5::9');
    expect(details(off, 'originate/send')[0]?.source).toBe('2001:db8:0:1::2');
    expect(details(off, 'route/match')[0]).toMatchObject({ via: 'fe80::1' });
  });

  test('is the one that the flow names', () => {
    const here = net().host('a', 'eth0=10.0.1.2/24,192.168.7.2/24@lan');
    const from = { kind: 'node', node: 'a', address: '10.0.1.2' } as const;
    const result = ask(here, from, '192.168.7.9');
    expect(details(result, 'originate/send')[0]?.source).toBe('10.0.1.2');
    expect(verdict(result)).toBe('one-way: no-route at b');
  });
});

describe('a host with itself', () => {
  test.each([4, 6] as const)('IPv%d stays inside the host', (family) => {
    const net = network()
      .segment('lan', subnets(1))
      .host('a', both(1, 2), { listens: ['tcp 80'] });
    const result = ask(net, 'a', address(family, 1, 2));
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('a');
  });
});

describe('a host that the design does not draw', () => {
  const net = () =>
    network()
      .segment('lan', subnets(1), { gateway: gateway(1) })
      .segment('servers', subnets(2))
      .router('r', [both(1, 1), both(2, 1)])
      .host('b', both(2, 2), { gateway: gateway(2), listens: ['tcp 80'] });

  test.each(families)('sends and receives by the gateway of its subnet, IPv%d', (family) => {
    const result = ask(net(), `${address(family, 1, 77)}@lan`, address(family, 2, 2));
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe(`${address(family, 1, 77)} → r → b`);
    expect(route(result, 'reverse')).toBe(`b → r → ${address(family, 1, 77)}`);
  });

  test('is the drawn one where the design has that address', () => {
    const drawn = net().host('a', both(1, 2), { gateway: gateway(1) });
    expect(route(ask(drawn, '10.0.1.2@lan', 'b'))).toBe('a → r → b');
  });
});
