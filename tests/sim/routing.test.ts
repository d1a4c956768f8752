import { describe, expect, test } from 'vitest';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { ask, details, families, reason, route, routeOf, told, verdict, warned } from './ask.ts';

/** The address of a host in one of the test's /24 and /64 subnets. */
const address = (family: 4 | 6, subnet: number, host: number) =>
  family === 4 ? `10.0.${subnet}.${host}` : `2001:db8:0:${subnet}::${host}`;
const both = (subnet: number, host: number) =>
  `${address(4, subnet, host)}/24,${address(6, subnet, host)}/64`;
const gateway = (subnet: number) => [address(4, subnet, 1), address(6, subnet, 1)];
const subnets = (subnet: number) => [`10.0.${subnet}.0/24`, `2001:db8:0:${subnet}::/64`];

/** a – r – b, and r – s beside it: `10.9.0.0/16` and `2001:db8:9::/48` are somewhere behind b or s. */
function triangle(routes: readonly string[]): NetworkBuilder {
  return network()
    .segment('left', subnets(1), { gateway: gateway(1) })
    .segment('right', subnets(2))
    .segment('side', subnets(3))
    .segment('far-b', ['10.9.0.0/17', '2001:db8:9::/49'])
    .segment('far-s', ['10.9.128.0/17', '2001:db8:9:8000::/49'])
    .host('a', both(1, 2), { gateway: gateway(1) })
    .router('r', [both(1, 1), both(2, 1), both(3, 1)], { routes })
    .router('b', [both(2, 2), 'far=10.9.0.1/17,2001:db8:9::1/49'], {
      gateway: gateway(2),
      listens: ['tcp 80'],
    })
    .router('s', [both(3, 2), 'far=10.9.128.1/17,2001:db8:9:8000::1/49'], {
      gateway: gateway(3),
      listens: ['tcp 80'],
    });
}

const target = { 4: '10.9.0.1', 6: '2001:db8:9::1' };

describe.each(families)('routes over IPv%d', (family) => {
  const far = family === 4 ? '10.9.0.0' : '2001:db8:9::';
  const [short, long] = family === 4 ? [16, 24] : [48, 64];
  const [b, s] = [address(family, 2, 2), address(family, 3, 2)];

  // Each row: the routes of r to what is behind b; where r sends it.
  test.each([
    ['the only one', [`${far}/${short} via ${b}`], 'b'],
    ['the longest prefix', [`${far}/${short} via ${s}`, `${far}/${long} via ${b}`], 'b'],
    [
      'the longest prefix, whatever its distance',
      [`${far}/${short} via ${s} distance 1`, `${far}/${long} via ${b} distance 200`],
      'b',
    ],
    [
      'the least distance',
      [`${far}/${long} via ${s} distance 5`, `${far}/${long} via ${b} distance 2 metric 900`],
      'b',
    ],
    [
      'the least metric among equal distances',
      [`${far}/${long} via ${s} metric 20`, `${far}/${long} via ${b} metric 10`],
      'b',
    ],
    [
      'a host route rather than a network',
      [`${far}/${long} via ${s}`, `${target[family]}/${family === 4 ? 32 : 128} via ${b}`],
      'b',
    ],
    ['the other way when only that is left', [`${far}/${short} via ${s}`], 's'],
  ])('takes %s', (_, routes, next) => {
    const result = ask(triangle(routes), 'a', target[family], { family });
    expect(route(result).split(' → ').slice(0, 3)).toEqual(['a', 'r', next]);
  });

  test('delivers there and back', () => {
    const net = triangle([`r9: ${far}/${short} via ${b}`]);
    const result = ask(net, 'a', target[family], { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('a → r → b');
    expect(route(result, 'reverse')).toBe('b → r → a');
  });

  test('names the route that was taken, its next hop and its interface', () => {
    const net = triangle([`r9: ${far}/${short} via ${b}`]);
    const [first, second] = details(ask(net, 'a', target[family]), 'route/match');
    expect(first).toMatchObject({ origin: 'static', via: address(family, 1, 1) });
    expect(second).toMatchObject({
      prefix: `${far}/${short}`,
      route: 'r9',
      via: b,
      interface: 'eth1',
      choices: 1,
    });
  });

  test('connected subnets win over static routes of the same prefix', () => {
    const own = family === 4 ? '10.0.2.0/24' : '2001:db8:0:2::/64';
    const result = ask(triangle([`${own} via ${s}`]), 'a', b, { family });
    expect(route(result)).toBe('a → r → b');
    expect(details(result, 'route/match')[1]).toMatchObject({ origin: 'connected' });
  });

  test('a discard route ends the walk and is named', () => {
    const net = triangle([`${far}/${short} via ${b}`, `hole: ${far}/${long} discard`]);
    const result = ask(net, 'a', target[family], { family });
    expect(verdict(result)).toBe('null-routed at r');
    expect(details(result, 'route/discard')).toEqual([
      { destination: target[family], prefix: `${far}/${long}`, route: 'hole' },
    ]);
    expect(reason(result)).toBe(`Dropped, null-routed: r's route ${far}/${long} discards`);
  });

  test('a floating static route takes over when the better one is withdrawn', () => {
    const routes = [`${far}/${short} via ${s} distance 10`, `${far}/${short} via ${b}`];
    const net = triangle(routes).change('node', 'r', (node) => ({
      ...node,
      interfaces: (node.interfaces ?? []).map((item) =>
        item.id === 'eth1' ? { ...item, state: 'down' as const } : item,
      ),
    }));
    expect(
      route(ask(net, 'a', target[family]))
        .split(' → ')
        .slice(0, 3),
    ).toEqual(['a', 'r', 's']);
  });

  test('a route by a next hop on no connected subnet is no route', () => {
    const elsewhere = address(family, 77, 1);
    const result = ask(triangle([`${far}/${short} via ${elsewhere}`]), 'a', target[family]);
    expect(verdict(result)).toBe('no-route at r');
    expect(reason(result)).toBe(`Dropped, no-route: r has no route to ${target[family]}`);
  });

  test('a route by an interface alone resolves the destination itself there', () => {
    const here = triangle([`${far}/${short} dev eth1`]);
    expect(verdict(ask(here, 'a', target[family]))).toBe('neighbor-unreachable at r');
    const net = network(here.build()).segment('more', subnets(9));
    const own = address(family, 9, 5);
    const bits = family === 4 ? 32 : 128;
    net.host('c', `eth0=${own}/${bits}@right`, { gateway: gateway(2), listens: ['tcp 80'] });
    net.change('node', 'r', (node) => ({
      ...node,
      routes: [{ destination: `${own}/${bits}`, interface: 'eth1' }],
    }));
    const result = ask(net, 'a', own, { family });
    expect(route(result)).toBe('a → r → c');
    expect(details(result, 'neighbor/resolve').at(-1)).toMatchObject({ address: own, owner: 'c' });
  });

  test('the TTL falls by one at each router and nowhere else', () => {
    const result = ask(triangle([`${far}/${short} via ${b}`]), 'a', target[family]);
    const ttls = result.forward[0]?.legs.at(-1)?.hops.map((hop) => {
      const header = hop.steps.at(-1)?.packet.find(({ type }) => type === `ipv${family}`);
      return header && 'ttl' in header ? header.ttl : undefined;
    });
    expect(ttls).toEqual([64, 63, 63]);
  });

  test('two routers that point at each other make a loop', () => {
    const net = triangle([`${far}/${short} via ${s}`]);
    const result = ask(net, 'a', target[family], { family });
    expect(verdict(result)).toBe('loop at r');
    expect(route(result)).toBe('a → r → s → r');
  });

  test('a host does not forward, whatever its routes', () => {
    const net = network()
      .segment('left', subnets(1))
      .segment('right', subnets(2))
      .host('a', both(1, 2), { gateway: gateway(1) })
      .host('h', [both(1, 1), both(2, 1)])
      .host('b', both(2, 2), { gateway: gateway(2), listens: ['tcp 80'] });
    const result = ask(net, 'a', b, { family });
    expect(verdict(result)).toBe('no-route at h');
    expect(reason(result)).toContain(`h is not a router, and ${b} is not its address`);
    net.change('node', 'h', (node) => ({ ...node, forwarding: true }));
    expect(verdict(ask(net, 'a', b, { family }))).toBe('reachable');
  });
});

/** n routers in a row between `a` and `z`. */
function row(routers: number, family: 4 | 6): NetworkBuilder {
  const net = network();
  const prefix = (at: number) => (family === 4 ? `10.1.${at}` : `2001:db8:1:${at}:`);
  const join = (at: number, host: number) => `${prefix(at)}${family === 4 ? '.' : ':'}${host}`;
  const length = family === 4 ? 24 : 64;
  for (let at = 0; at <= routers; at += 1) {
    net.segment(`s${at}`, family === 4 ? `${prefix(at)}.0/24` : `${prefix(at)}:/64`);
  }
  for (let at = 0; at < routers; at += 1) {
    const towards = `${join(routers, 2)}/${family === 4 ? 32 : 128}`;
    net.router(`r${at}`, [`${join(at, 1)}/${length}`, `up=${join(at + 1, 3)}/${length}`], {
      routes: [
        ...(at < routers - 1 ? [`${towards} via ${join(at + 1, 1)}`] : []),
        ...(at > 0 ? [`${family === 4 ? '0.0.0.0/0' : '::/0'} via ${join(at, 3)}`] : []),
      ],
    });
  }
  return net
    .host('a', `${join(0, 2)}/${length}`, { gateway: join(0, 1) })
    .host('z', `${join(routers, 2)}/${length}`, {
      gateway: join(routers, 3),
      listens: ['tcp 80'],
    });
}

describe.each(families)('hop limits over IPv%d', (family) => {
  test('63 routers pass a packet of TTL 64, the 64th drops it', () => {
    expect(verdict(ask(row(63, family), 'a', 'z'))).toBe('reachable');
    const result = ask(row(64, family), 'a', 'z');
    expect(verdict(result)).toBe('ttl-expired at r63');
    expect(reason(result)).toBe('Dropped, ttl-expired: the TTL ran out at r63');
  });
});

describe('what is down', () => {
  const base = () =>
    network()
      .segment('lan', '10.0.1.0/24')
      .host('a', '10.0.1.2/24', { gateway: '10.0.1.1' })
      .router('r', ['10.0.1.1/24', 'up=10.0.9.1/30'], {
        routes: ['10.0.2.0/24 via 10.0.9.2'],
      })
      .router('s', ['up=10.0.9.2/30', '10.0.2.1/24'], { gateway: '10.0.9.1' })
      .segment('servers', '10.0.2.0/24')
      .host('b', '10.0.2.2/24', { gateway: '10.0.2.1', listens: ['tcp 80'] })
      .link('wan', 'r/up', 's/up');
  const down = { state: 'down' } as const;
  const interfaceDown = (net: NetworkBuilder, node: string, id: string) =>
    net.change('node', node, (found) => ({
      ...found,
      interfaces: (found.interfaces ?? []).map((item) =>
        item.id === id ? { ...item, ...down } : item,
      ),
    }));

  test.each<[string, (net: NetworkBuilder) => NetworkBuilder, string, string]>([
    ['nothing', (net) => net, 'reachable', ''],
    [
      'the link',
      (net) => net.change('link', 'wan', (link) => ({ ...link, ...down })),
      'interface-down at r',
      'r has withdrawn its route 10.0.2.0/24: interface up is down',
    ],
    [
      'the interface that the route leaves by',
      (net) => interfaceDown(net, 'r', 'up'),
      'interface-down at r',
      'r has withdrawn its route 10.0.2.0/24: interface up is down',
    ],
    [
      'the far interface of the link',
      (net) => interfaceDown(net, 's', 'up'),
      'interface-down at r',
      'r has withdrawn its route 10.0.2.0/24: interface up is down',
    ],
    [
      'the next router',
      (net) => net.change('node', 's', (node) => ({ ...node, ...down })),
      'interface-down at r',
      'r has withdrawn its route 10.0.2.0/24: interface up is down',
    ],
    [
      'the sender',
      (net) => net.change('node', 'a', (node) => ({ ...node, ...down })),
      'interface-down at a',
      'a is down',
    ],
    [
      'the receiver',
      (net) => net.change('node', 'b', (node) => ({ ...node, ...down })),
      'neighbor-unreachable at s',
      'b, which owns 10.0.2.2, is down',
    ],
  ])('%s', (_, change, expected, why) => {
    const result = ask(change(base()), 'a', 'b');
    expect(verdict(result)).toBe(expected);
    expect(reason(result)).toContain(why);
  });

  test('an interface that is not connected', () => {
    const net = network()
      .segment('lan', '10.0.1.0/24')
      .host('b', '10.0.1.3/24')
      .add('node', {
        id: 'a',
        kind: 'host',
        interfaces: [{ id: 'eth0', addresses: ['10.0.1.2/24'] }],
      });
    const result = ask(net, 'a', 'b');
    expect(verdict(result)).toBe('interface-down at a');
    expect(reason(result)).toContain('interface eth0 of a is not connected');
  });
});

describe.each(families)('equal-cost paths over IPv%d', (family) => {
  const any = family === 4 ? '0.0.0.0/0' : '::/0';
  const one = `${any} via ${address(family, 1, 1)}`;
  const two = `${any} via ${address(family, 1, 3)}`;
  const server = address(family, 2, 2);
  const net = (other: string[] = []) =>
    network()
      .segment('left', subnets(1))
      .segment('right', subnets(2))
      .host('a', both(1, 2), { routes: [one, two, ...other] })
      .router('r1', [both(1, 1), both(2, 1)])
      .router('r2', [both(1, 3), both(2, 3)])
      .host('b', both(2, 2), { gateway: gateway(2), listens: ['tcp 80'] });

  test('all paths are listed with probabilities that add up to one', () => {
    const result = ask(net(), 'a', server, {}, { allPaths: true });
    expect(result.forward.map(({ probability }) => probability)).toEqual([0.5, 0.5]);
    expect(result.forward.map(routeOf)).toEqual(['a → r1 → b', 'a → r2 → b']);
    expect(result.reverse.map(({ replyTo }) => replyTo)).toEqual([0, 1]);
    expect(result.status).toBe('reachable');
  });

  test('by default the hash of the 5-tuple chooses one, always the same', () => {
    const ways = new Set<string>();
    for (let sourcePort = 50000; sourcePort < 50020; sourcePort += 1) {
      const first = ask(net(), 'a', server, { sourcePort });
      expect(first.forward).toHaveLength(1);
      expect(first.forward[0]?.probability).toBe(0.5);
      expect(route(ask(net(), 'a', server, { sourcePort }))).toBe(route(first));
      ways.add(route(first));
    }
    expect([...ways].sort()).toEqual(['a → r1 → b', 'a → r2 → b']);
  });

  test('nothing that is drawn elsewhere changes the choice', () => {
    const other = network().host('first', '10.0.1.9/24').segment('left', subnets(1)).build();
    for (let sourcePort = 50000; sourcePort < 50010; sourcePort += 1) {
      const before = route(ask(net(), 'a', server, { sourcePort }));
      const built = net().build();
      const more = { ...built, nodes: [...(other.nodes ?? []), ...(built.nodes ?? [])] };
      expect(route(ask(network(more), 'a', server, { sourcePort }))).toBe(before);
    }
  });

  test('a repeated route is one way, not two', () => {
    const result = ask(net([two]), 'a', server, {}, { allPaths: true });
    expect(result.forward).toHaveLength(2);
  });

  test('a way that ends otherwise than the one followed is warned of', () => {
    const broken = net().change('node', 'r2', (node) => ({
      ...node,
      firewall: { rules: [] },
    }));
    for (let sourcePort = 50000; sourcePort < 50010; sourcePort += 1) {
      const result = ask(broken, 'a', server, { sourcePort });
      expect(verdict(result)).toBe(route(result).includes('r2') ? 'denied at r2' : 'reachable');
      expect(warned(result)).toContain('paths-differ');
    }
    const all = ask(broken, 'a', server, {}, { allPaths: true });
    expect(all.status).toBe('unreachable');
    expect(all.forward.map(({ disposition }) => disposition)).toEqual(['delivered', 'denied']);
    expect(all.reverse.map(({ replyTo }) => replyTo)).toEqual([0]);
    expect(warned(all)).toContain('paths-differ');
  });

  test('more paths than are followed are warned of', () => {
    const result = ask(net(), 'a', server, {}, { allPaths: true, maxPaths: 1 });
    expect(result.forward).toHaveLength(1);
    expect(warned(result)).toContain('paths-cut');
  });
});

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
