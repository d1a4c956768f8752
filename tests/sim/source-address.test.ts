/** The address that a machine speaks with, and what it makes of packets that name it as their source. */
import { describe, expect, test } from 'vitest';
import { network } from '../builders/network.ts';
import { ask, details, families, reason, route, routeOf, verdict } from './ask.ts';
import { address, both, gateway, subnets } from './plan.ts';

describe.each(families)('equal routes by several interfaces over IPv%d', (family) => {
  const any = family === 4 ? '0.0.0.0/0' : '::/0';
  const server = address(family, 3, 2);
  const net = network()
    .segment('left', subnets(1))
    .segment('right', subnets(2))
    .segment('far', subnets(3))
    .host('a', [both(1, 2), both(2, 2)], {
      routes: [`${any} via ${address(family, 1, 1)}`, `${any} via ${address(family, 2, 1)}`],
    })
    .router('r1', [both(1, 1), both(3, 1)])
    .router('r2', [both(2, 1), both(3, 3)])
    .host('b', both(3, 2), {
      gateway: gateway(3),
      routes: [`${address(family, 2, 0)}/${family === 4 ? 24 : 64} via ${address(family, 3, 3)}`],
      listens: ['tcp 80'],
    });

  test('each way has the source of its own interface', () => {
    const result = ask(net, 'a', server, {}, { allPaths: true });
    const sources = result.forward.map((trace) => {
      const [sent] = details({ ...result, forward: [trace] }, 'originate/send');
      return `${routeOf(trace)} from ${sent?.source}`;
    });
    expect(sources).toEqual([
      `a → r1 → b from ${address(family, 1, 2)}`,
      `a → r2 → b from ${address(family, 2, 2)}`,
    ]);
    expect(result.forward.map(({ probability }) => probability)).toEqual([0.5, 0.5]);
    expect(result.status).toBe('reachable');
  });

  test('the connection picks one of them, always the same', () => {
    const ways = new Set<string>();
    for (let sourcePort = 50000; sourcePort < 50020; sourcePort += 1) {
      const result = ask(net, 'a', server, { sourcePort });
      const [sent] = details(result, 'originate/send');
      const [out] = details(result, 'route/match');
      expect(sent?.source).toBe(address(family, out?.interface === 'eth0' ? 1 : 2, 2));
      expect(verdict(result)).toBe('reachable');
      ways.add(route(result));
    }
    expect([...ways].sort()).toEqual(['a → r1 → b', 'a → r2 → b']);
  });

  test('a source that the program names leaves the choice of the way open', () => {
    const from = { kind: 'node' as const, node: 'a', address: address(family, 1, 2) };
    const result = ask(net, from, server, {}, { allPaths: true });
    expect(result.forward.map(routeOf)).toEqual(['a → r1 → b', 'a → r2 → b']);
  });
});

describe('to an address of its own', () => {
  const net = network()
    .segment('lan', ['10.0.1.0/24', '10.0.7.0/24', '2001:db8:0:1::/64'])
    .host('a', '10.0.1.4/24,10.0.1.5/24,10.0.7.6/24,2001:db8:0:1::4/64,2001:db8:0:1::5/64', {
      listens: ['tcp 80'],
    });

  test.each([
    ['10.0.1.4', '10.0.1.4'],
    ['10.0.1.5', '10.0.1.4'], // a further one of a subnet: by the subnet's first
    ['10.0.7.6', '10.0.7.6'], // the only one of its subnet
    ['2001:db8:0:1::5', '2001:db8:0:1::5'],
    ['127.0.0.1', '127.0.0.1'],
  ])('%s a machine speaks as %s', (to, source) => {
    const result = ask(net, 'a', to);
    expect(details(result, 'originate/send')).toMatchObject([{ source }]);
    expect(verdict(result)).toBe('reachable');
  });
});

describe.each(families)('a machine without an address of the family of IPv%d', (family) => {
  const subnet = family === 4 ? '10.0.9.0/24' : '2001:db8:0:9::/64';
  const own = address(family === 4 ? 6 : 4, 1, 2);

  // Its route; how a packet that would take it ends.
  test.each([
    [[`${subnet} discard`], 'null-routed at a'],
    [[`${subnet} dev eth0`], 'no-route at a'],
    [[], 'no-route at a'],
  ])('with %j', (routes, expected) => {
    const net = network()
      .segment('lan', subnets(1))
      .host('a', `${own}/${family === 4 ? 64 : 24}`, { routes });
    const result = ask(net, 'a', address(family, 9, 2));
    expect(verdict(result)).toBe(expected);
    const why = expected.startsWith('no-route') ? 'a has no address of the family' : 'discards';
    expect(reason(result)).toContain(why);
  });
});

describe('a packet that comes back to whom it names as its source', () => {
  /** The router hands what is for its own address back to the client that asks for it. */
  const net = (family: 4 | 6) =>
    network()
      .segment('lan', subnets(1))
      .host('a', both(1, 2), { gateway: gateway(1), listens: ['tcp 80'] })
      .router('r', both(1, 1), {
        nat: [`dnat ${address(family, 1, 1)} tcp 80 to ${address(family, 1, 2)}`],
      });

  test('is dropped over IPv4', () => {
    const result = ask(net(4), 'a', '10.0.1.1');
    expect(verdict(result)).toBe('no-route at a');
    expect(reason(result)).toBe(
      'Dropped, no-route: a takes no packet from a network that comes from 10.0.1.2, an address of its own',
    );
  });

  test('is taken over IPv6, which has no such check', () => {
    expect(ask(net(6), 'a', address(6, 1, 1)).forward[0]?.disposition).toBe('delivered');
  });

  test.each(families)('unchanged goes round, over IPv%d', (family) => {
    const target = family === 4 ? '10.0.9.9' : '2001:db8:0:9::9';
    const circle = network()
      .segment('lan', subnets(1))
      .router('r1', both(1, 1), { gateway: [address(4, 1, 2), address(6, 1, 2)] })
      .router('r2', both(1, 2), { gateway: [address(4, 1, 1), address(6, 1, 1)] });
    const result = ask(circle, 'r1', target);
    // IPv4 ends it where it was made, IPv6 at the first that forwards it twice.
    expect(verdict(result)).toBe(family === 4 ? 'loop at r1' : 'loop at r2');
    expect(route(result)).toBe(family === 4 ? 'r1 → r2 → r1' : 'r1 → r2 → r1 → r2');
  });
});

test('a request that comes by again before it is answered is judged by the rules again', () => {
  const circle = network()
    .segment('lan', subnets(1))
    .router('r1', both(1, 1), { gateway: [address(6, 1, 2)], firewall: ['deny icmp'] })
    .router('r2', both(1, 2), { gateway: [address(6, 1, 1)] });
  const result = ask(circle, 'r1', '2001:db8:0:9::9', { protocol: 'icmp' });
  expect(verdict(result)).toBe('denied at r1');
});

describe.each(families)('path MTU over equal routes by interfaces that differ, IPv%d', (family) => {
  const any = family === 4 ? '0.0.0.0/0' : '::/0';
  const net = network()
    .segment('narrow', subnets(1))
    .segment('wide', subnets(2), { mtu: 9000 })
    .segment('far', subnets(3), { mtu: 9000 })
    .host('a', [both(1, 2), both(2, 2)], {
      routes: [`${any} via ${address(family, 1, 1)}`, `${any} via ${address(family, 2, 1)}`],
    })
    .router('r', [both(1, 1), both(2, 1), both(3, 1)])
    .host('b', both(3, 2), { gateway: gateway(3), listens: ['udp 53'] });

  test('each way has that of its own interface', () => {
    const options = { protocol: 'udp', port: 53 } as const;
    const result = ask(net, 'a', address(family, 3, 2), options, { allPaths: true });
    expect(result.forward.map(({ legs }) => legs.at(-1)?.pathMtu)).toEqual([1500, 9000]);
  });
});

test("a tunnel's packets share the equal next hops behind its own interface", () => {
  const net = network()
    .segment('left', '172.16.1.0/24')
    .segment('right', '172.16.2.0/24')
    .vxlan('app', 6000, '10.0.0.0/24')
    .hypervisor('esxi1', [], {
      vteps: '172.16.1.1/24',
      routes: ['172.16.2.0/24 via 172.16.1.8', '172.16.2.0/24 via 172.16.1.9'],
    })
    .hypervisor('esxi2', [], { vteps: '172.16.2.1/24', gateway: '172.16.2.8' })
    .router('r1', ['172.16.1.8/24', '172.16.2.8/24'])
    .router('r2', ['172.16.1.9/24', '172.16.2.9/24'])
    .host('vm1', '10.0.0.1/24', { runsOn: 'esxi1' })
    .host('vm2', '10.0.0.2/24', { runsOn: 'esxi2', listens: ['tcp 80'] });
  const result = ask(net, 'vm1', '10.0.0.2', {}, { allPaths: true });
  expect(result.forward.map(routeOf)).toEqual([
    'vm1 → esxi1 → r1 → esxi2 → vm2',
    'vm1 → esxi1 → r2 → esxi2 → vm2',
  ]);
});
