import { describe, expect, test } from 'vitest';
import type { HostOptions } from '../builders/options.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { ask, details, families, reason, route, told, verdict, warned } from './ask.ts';

/**
 * user – isp – edge – two inside networks. The edge's interfaces are `out` (also .43), `one` and `two`; everything
 * is let through, so that translation alone decides. The isp knows the outside networks only.
 */
function behindNat(nat: readonly string[], more: HostOptions = {}): NetworkBuilder {
  return network()
    .segment('public', ['203.0.113.0/24', '2001:db8:f::/64'])
    .segment('users', ['198.51.100.0/24', '2001:db8:e::/64'])
    .segment('net-one', ['10.0.1.0/24', 'fd00:1::/64'])
    .segment('net-two', ['10.0.2.0/24', 'fd00:2::/64'])
    .host('user', '198.51.100.25/24,2001:db8:e::25/64', {
      gateway: ['198.51.100.1', '2001:db8:e::1'],
      listens: ['tcp 80'],
    })
    .router('isp', ['198.51.100.1/24,2001:db8:e::1/64', '203.0.113.1/24,2001:db8:f::1/64'])
    .edge(
      'edge',
      [
        'out=203.0.113.42/24,203.0.113.43/24,2001:db8:f::42/64,2001:db8:f::43/64',
        'one=10.0.1.1/24,fd00:1::1/64',
        'two=10.0.2.1/24,fd00:2::1/64',
      ],
      { gateway: ['203.0.113.1', '2001:db8:f::1'], firewall: ['accept'], nat, ...more },
    )
    .host('web', '10.0.1.80/24,fd00:1::80/64', {
      gateway: ['10.0.1.1', 'fd00:1::1'],
      listens: ['tcp 80', 'tcp 8080'],
    })
    .host('db', '10.0.2.80/24,fd00:2::80/64', {
      gateway: ['10.0.2.1', 'fd00:2::1'],
      listens: ['tcp 80'],
    });
}

const names = {
  4: {
    any: '0.0.0.0/0',
    inside: '10.0.1.0/24',
    web: '10.0.1.80',
    db: '10.0.2.80',
    edge: '203.0.113.42',
    spare: '203.0.113.43',
    nobody: '203.0.113.99',
    user: '198.51.100.25',
  },
  6: {
    any: '::/0',
    inside: 'fd00:1::/64',
    web: 'fd00:1::80',
    db: 'fd00:2::80',
    edge: '2001:db8:f::42',
    spare: '2001:db8:f::43',
    nobody: '2001:db8:f::99',
    user: '2001:db8:e::25',
  },
};

describe.each(families)('over IPv%d', (family) => {
  const { any, inside, web, db, edge, spare, nobody, user } = names[family];
  const seen = (nat: readonly string[], from: string, to: string) => {
    const result = ask(behindNat(nat), from, to, { family });
    const [at] = details(result, 'deliver/listener');
    return { result, source: at?.source, destination: at?.destination };
  };

  describe('source NAT', () => {
    test('hides the inside behind the address of the way out, and the reply is put right', () => {
      const { result, source } = seen([`snat ${inside} to ${spare} on out`], 'web', user);
      expect(source).toBe(spare);
      expect(verdict(result)).toBe('reachable');
      expect(details(result, 'nat/restore-destination', 'reverse')).toMatchObject([
        { from: expect.stringContaining(spare) as string, to: expect.stringContaining(web) },
      ]);
      expect(details(result, 'deliver/reply', 'reverse')[0]).toMatchObject({
        source: user,
        destination: web,
      });
    });

    test('leaves a connection by another interface alone', () => {
      const nat = [`snat ${inside} to ${spare} on out`];
      expect(seen(nat, 'web', db)).toMatchObject({ source: web });
      expect(seen([`snat ${inside} to ${edge} on one`], 'web', db)).toMatchObject({ source: web });
    });

    test('without an interface holds for every way out', () => {
      const nat = [`snat ${inside} to ${edge}`];
      expect(seen(nat, 'web', db)).toMatchObject({ source: edge });
      expect(seen(nat, 'web', user)).toMatchObject({ source: edge });
    });

    test('leaves other sources alone', () => {
      const { source, result } = seen([`snat ${inside} to ${edge} on out`], 'db', user);
      expect(source).toBe(db);
      expect(verdict(result)).toBe('one-way: no-route at isp');
    });

    test('may be limited to destinations', () => {
      const nat = [`snat ${inside} to ${edge} for ${user}`];
      expect(seen(nat, 'web', user)).toMatchObject({ source: edge });
      expect(seen(nat, 'web', db)).toMatchObject({ source: web });
    });

    test('the first matching rule wins, disabled ones aside', () => {
      const first = [`snat ${inside} to ${spare} on out`, `snat ${any} to ${edge} on out`];
      expect(seen(first, 'web', user)).toMatchObject({ source: spare });
      expect(seen([`disabled ${first[0] ?? ''}`, first[1] ?? ''], 'web', user)).toMatchObject({
        source: edge,
      });
    });

    test('to the interface takes the first address of the way out', () => {
      expect(seen([`snat ${any} to interface on out`], 'web', user)).toMatchObject({
        source: edge,
      });
    });

    test('to an address that nobody has: the reply finds nobody', () => {
      const { result } = seen([`snat ${inside} to ${nobody} on out`], 'web', user);
      expect(verdict(result)).toBe('one-way: neighbor-unreachable at isp');
      expect(reason(result)).toBe(`Dropped, neighbor-unreachable: nobody on public owns ${nobody}`);
    });

    test('missing: the request arrives, the reply has no way back', () => {
      const { result, source } = seen([], 'web', user);
      expect(source).toBe(web);
      expect(verdict(result)).toBe('one-way: no-route at isp');
    });

    test('to a pool takes one of its addresses, always the same for one connection', () => {
      const pool = family === 4 ? '203.0.113.42-203.0.113.43' : '2001:db8:f::42-2001:db8:f::43';
      const nat = [`snat ${inside} to ${pool} on out`];
      const { result, source } = seen(nat, 'web', user);
      expect([edge, spare]).toContain(source);
      expect(verdict(result)).toBe('reachable');
      expect(seen(nat, 'web', user).source).toBe(source);
    });
  });

  describe('destination NAT', () => {
    test('leads to the inside, keeps the source, and the answer comes from the address asked', () => {
      const nat = [`dnat ${spare} to ${web} on out`];
      const { result, source, destination } = seen(nat, 'user', spare);
      expect({ source, destination }).toEqual({ source: user, destination: web });
      expect(verdict(result)).toBe('reachable');
      expect(details(result, 'deliver/reply', 'reverse')[0]).toMatchObject({ source: spare });
    });

    test('holds for its interface only: others find nobody who listens', () => {
      const result = ask(behindNat([`dnat ${spare} to ${web} on out`]), 'db', spare);
      expect(verdict(result)).toBe('no-listener at edge');
      const anywhere = ask(behindNat([`dnat ${spare} to ${web}`]), 'db', spare);
      expect(verdict(anywhere)).toBe('reachable');
    });

    test.each([
      [`tcp 80 to ${names[family].web}`, 'reachable'],
      [`tcp 79-81 to ${names[family].web}`, 'reachable'],
      [`tcp 443 to ${names[family].web}`, 'no-listener at edge'],
      [`udp 80 to ${names[family].web}`, 'no-listener at edge'],
      [`to ${names[family].web} from ${names[family].user}`, 'reachable'],
      [`to ${names[family].web} from ${names[family].inside}`, 'no-listener at edge'],
    ])('with %s', (rest, expected) => {
      expect(verdict(seen([`dnat ${spare} ${rest} on out`], 'user', spare).result)).toBe(expected);
    });

    test('translates the port, and back', () => {
      const result = ask(
        behindNat([`dnat ${spare} tcp 443 to ${web} port 8080 on out`]),
        'user',
        spare,
        { port: 443 },
      );
      expect(verdict(result)).toBe('reachable');
      expect(details(result, 'deliver/listener')[0]).toMatchObject({ destinationPort: 8080 });
      expect(details(result, 'deliver/reply', 'reverse')[0]).toMatchObject({ sourcePort: 443 });
    });

    test('the first matching rule wins', () => {
      const nat = [`dnat ${spare} tcp 80 to ${db} on out`, `dnat ${spare} to ${web} on out`];
      expect(seen(nat, 'user', spare)).toMatchObject({ destination: db });
    });

    test('of an address that nobody has: it is not even heard of', () => {
      const { result } = seen([`dnat ${nobody} to ${web} on out`], 'user', nobody);
      expect(verdict(result)).toBe('neighbor-unreachable at isp');
      expect(reason(result)).toContain(`nobody on public owns ${nobody}`);
    });

    test('to an address that nobody has', () => {
      const lost = family === 4 ? '10.0.1.99' : 'fd00:1::99';
      const { result } = seen([`dnat ${spare} to ${lost} on out`], 'user', spare);
      expect(verdict(result)).toBe('neighbor-unreachable at edge');
    });

    test('maps a range to a range of the same size one to one', () => {
      const nat =
        family === 4
          ? ['dnat 203.0.113.43-203.0.113.46 to 10.0.1.77-10.0.1.80 on out']
          : ['dnat 2001:db8:f::43-2001:db8:f::46 to fd00:1::7d-fd00:1::80 on out'];
      const last = family === 4 ? '203.0.113.46' : '2001:db8:f::46';
      const net = behindNat(nat).change('node', 'edge', (node) => ({
        ...node,
        interfaces: (node.interfaces ?? []).map((item) =>
          item.id === 'out'
            ? {
                ...item,
                addresses: [...(item.addresses ?? []), family === 4 ? `${last}/24` : `${last}/64`],
              }
            : item,
        ),
      }));
      const result = ask(net, 'user', last);
      expect(verdict(result)).toBe('reachable');
      expect(details(result, 'deliver/listener')[0]).toMatchObject({ destination: web });
    });

    test('ping is translated as well', () => {
      const net = behindNat([`dnat ${spare} to ${web} on out`]);
      const result = ask(net, 'user', spare, { protocol: 'icmp' });
      expect(verdict(result)).toBe('reachable');
      expect(route(result)).toBe('user → isp → edge → web');
    });
  });

  describe('both', () => {
    test('a client inside asks the public address: with DNAT alone the server answers past the edge', () => {
      // pc and web are on one segment, so web answers pc directly, from an address pc never asked
      const pc = family === 4 ? '10.0.1.7/24' : 'fd00:1::7/64';
      const gateway = family === 4 ? '10.0.1.1' : 'fd00:1::1';
      const bare = behindNat([`dnat ${spare} to ${web}`]).host('pc', pc, { gateway });
      const result = ask(bare, 'pc', spare);
      expect(verdict(result)).toBe('one-way: no-listener at pc');
      expect(route(result, 'reverse')).toBe('web → pc');
      expect(reason(result)).toContain(`an answer from ${family === 4 ? web : `[${web}]`}:80`);
    });

    test('… and with SNAT on top it comes back through the edge', () => {
      const pc = family === 4 ? '10.0.1.7/24' : 'fd00:1::7/64';
      const gateway = family === 4 ? '10.0.1.1' : 'fd00:1::1';
      const nat = [`dnat ${spare} to ${web}`, `snat ${inside} to interface on one`];
      const result = ask(behindNat(nat).host('pc', pc, { gateway }), 'pc', spare);
      expect(verdict(result)).toBe('reachable');
      expect(route(result, 'reverse')).toBe('web → edge → pc');
      expect(told(result, ['nat'], 'reverse')).toHaveLength(2);
    });

    test('two edges one behind the other undo what each has done', () => {
      const nat = [`snat ${inside} to ${spare} on out`];
      const outer = behindNat(nat).change('node', 'isp', (node) => ({
        ...node,
        kind: 'router',
        nat: [
          { id: 'cgn', kind: 'snat', original: 'any', translated: 'interface', interface: 'eth0' },
        ],
      }));
      const result = ask(outer, 'web', user);
      expect(verdict(result)).toBe('reachable');
      expect(details(result, 'nat/snat').map(({ rule }) => rule.id)).toEqual(['nat-1', 'cgn']);
      expect(details(result, 'nat/restore-destination', 'reverse')).toHaveLength(2);
    });
  });
});

describe('what is told of translations', () => {
  test('the rule by number and name, old and new address', () => {
    const nat = [
      'disabled snat 10.0.0.0/8 to 203.0.113.44 on out',
      'hide: snat 10.0.1.0/24 to 203.0.113.42 on out',
    ];
    const result = ask(behindNat(nat), 'web', '198.51.100.25', { sourcePort: 50001 });
    expect(told(result, ['nat'])).toEqual([
      'edge: SNAT 2 hide: source 10.0.1.80:50001 becomes 203.0.113.42:50001',
    ]);
    expect(told(result, ['nat'], 'reverse')).toEqual([
      'edge: Session restores the destination: 203.0.113.42:50001 becomes 10.0.1.80:50001',
    ]);
  });

  test('NAT opens nothing by itself', () => {
    const nat = ['dnat 203.0.113.43 to 10.0.1.80 on out'];
    const closed = behindNat(nat, { firewall: ['accept tcp 80 to 10.0.1.80'] });
    expect(verdict(ask(closed, 'user', '203.0.113.43'))).toBe('denied at edge');
    const open = behindNat(nat, { firewall: ['accept tcp 80 to 203.0.113.43'] });
    expect(verdict(ask(open, 'user', '203.0.113.43'))).toBe('reachable');
    expect(warned(ask(open, 'user', '203.0.113.43'))).toEqual([]);
  });

  test('a rule of the other family does nothing', () => {
    const result = ask(behindNat(['snat any to 203.0.113.43 on out']), 'web', 'user', {
      family: 6,
    });
    expect(details(result, 'nat/snat')).toEqual([]);
    expect(verdict(result)).toBe('one-way: no-route at isp');
  });
});
