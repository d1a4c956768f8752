import { describe, expect, test } from 'vitest';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { ask, details, families, reason, route, verdict } from './ask.ts';
import { address, both, gateway, subnets } from './plan.ts';

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

  test.each(['', ' dev eth0'])('a route by the router itself%s is no route', (by) => {
    const itself = address(family, 1, 1);
    const result = ask(triangle([`${far}/${short} via ${itself}${by}`]), 'a', target[family]);
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
