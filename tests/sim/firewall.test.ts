import { describe, expect, test } from 'vitest';
import type { FlowOptions, HostOptions } from '../builders/options.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { ask, details, families, reason, route, told, verdict, warned } from './ask.ts';

const sides = (of: 4 | 6) =>
  of === 4 ? { a: '10.0.1.2', b: '10.0.2.2' } : { a: '2001:db8:1::2', b: '2001:db8:2::2' };

/** a – fw – b; both listen on TCP 80 and 443 and UDP 53. The firewall's interfaces are `near` and `far`. */
function guarded(firewall: NonNullable<HostOptions['firewall']>, more: HostOptions = {}) {
  const listens = ['tcp 80', 'tcp 443', 'tcp 8443', 'udp 53'];
  return network()
    .segment('left', ['10.0.1.0/24', '2001:db8:1::/64'])
    .segment('right', ['10.0.2.0/24', '2001:db8:2::/64'])
    .host('a', '10.0.1.2/24,2001:db8:1::2/64', {
      gateway: ['10.0.1.1', '2001:db8:1::1'],
      listens,
    })
    .router('fw', ['near=10.0.1.1/24,2001:db8:1::1/64', 'far=10.0.2.1/24,2001:db8:2::1/64'], {
      firewall,
      listens: ['tcp 22'],
      ...more,
    })
    .host('b', '10.0.2.2/24,2001:db8:2::2/64', {
      gateway: ['10.0.2.1', '2001:db8:2::1'],
      listens,
    });
}

describe.each(['linux', 'nsx-v'] as const)('stage order %s', (stageOrder) => {
  describe.each(families)('over IPv%d', (family) => {
    const { a, b } = sides(family);
    const [aNet, bNet] =
      family === 4 ? ['10.0.1.0/24', '10.0.2.0/24'] : ['2001:db8:1::/64', '2001:db8:2::/64'];
    const next = family === 4 ? '10.0.2.1-10.0.2.3' : '2001:db8:2::1-2001:db8:2::3';
    const beyond = family === 4 ? '10.0.2.3-10.0.2.9' : '2001:db8:2::3-2001:db8:2::9';

    const asked = (rules: readonly string[], from: string, to: string, options: FlowOptions) =>
      ask(guarded(rules, { stageOrder }), from, to, { family, ...options });

    // The rules; then from, to, what is asked for, and how it ends.
    test.each<[readonly string[], [string, string, FlowOptions, string][]]>([
      // no rule: the default denies
      [
        [],
        [
          ['a', 'b', { port: 80 }, 'denied at fw'],
          ['b', 'a', { port: 80 }, 'denied at fw'],
          ['a', 'b', { protocol: 'icmp' }, 'denied at fw'],
        ],
      ],
      // one port of one host, one way
      [
        [`accept tcp 80 from ${a} to ${b}`],
        [
          ['a', 'b', { port: 80 }, 'reachable'],
          ['a', 'b', { port: 443 }, 'denied at fw'],
          ['a', 'b', { port: 53, protocol: 'udp' }, 'denied at fw'],
          ['a', 'b', { protocol: 'icmp' }, 'denied at fw'],
          ['b', 'a', { port: 80 }, 'denied at fw'],
        ],
      ],
      // networks, several ports and ranges of ports, several protocols
      [
        [`accept tcp 80,8000-9000 udp 53 from ${aNet} to ${bNet}`],
        [
          ['a', 'b', { port: 80 }, 'reachable'],
          ['a', 'b', { port: 8443 }, 'reachable'],
          ['a', 'b', { port: 443 }, 'denied at fw'],
          ['a', 'b', { port: 53, protocol: 'udp' }, 'reachable'],
          ['a', 'b', { port: 53 }, 'denied at fw'],
        ],
      ],
      // ranges of addresses hold their ends
      [
        [`accept tcp from any to ${next}`],
        [
          ['a', 'b', { port: 80 }, 'reachable'],
          ['b', 'a', { port: 80 }, 'denied at fw'],
        ],
      ],
      [[`accept tcp from any to ${beyond}`], [['a', 'b', { port: 80 }, 'denied at fw']]],
      // several addresses in one rule
      [
        [`accept tcp from ${a}, ${b} to ${bNet}, ${aNet}`],
        [
          ['a', 'b', { port: 80 }, 'reachable'],
          ['b', 'a', { port: 80 }, 'reachable'],
        ],
      ],
      // the first match decides, not the closest
      [
        [`deny tcp from ${aNet}`, `accept tcp 80 from ${a} to ${b}`],
        [['a', 'b', { port: 80 }, 'denied at fw']],
      ],
      [
        [`accept tcp 80 from ${a} to ${b}`, `deny tcp from ${aNet}`],
        [
          ['a', 'b', { port: 80 }, 'reachable'],
          ['a', 'b', { port: 443 }, 'denied at fw'],
        ],
      ],
      // reject tells the sender
      [
        ['reject tcp 80', 'accept'],
        [
          ['a', 'b', { port: 80 }, 'rejected at fw'],
          ['a', 'b', { port: 443 }, 'reachable'],
        ],
      ],
      // a disabled rule is not there
      [
        ['disabled accept', `accept udp from ${a}`],
        [
          ['a', 'b', { port: 80 }, 'denied at fw'],
          ['a', 'b', { port: 53, protocol: 'udp' }, 'reachable'],
        ],
      ],
      // ICMP of this family
      [
        ['accept icmp'],
        [
          ['a', 'b', { protocol: 'icmp' }, 'reachable'],
          ['a', 'b', { port: 80 }, 'denied at fw'],
        ],
      ],
      // "any" is every protocol
      [
        ['accept any'],
        [
          ['a', 'b', { protocol: 'icmp' }, 'reachable'],
          ['b', 'a', { port: 443 }, 'reachable'],
        ],
      ],
      // by the interface that a packet comes in by
      [
        ['accept in near'],
        [
          ['a', 'b', { port: 80 }, 'reachable'],
          ['b', 'a', { port: 80 }, 'denied at fw'],
        ],
      ],
      // what is for the firewall itself is filtered too
      [
        [`accept tcp 22 from ${a}`],
        [
          ['a', 'fw', { port: 22 }, 'reachable'],
          ['b', 'fw', { port: 22 }, 'denied at fw'],
        ],
      ],
      // what it sends itself is not
      [[], [['fw', 'b', { port: 80 }, 'reachable']]],
    ])('%j', (rules, rows) => {
      for (const [from, to, options, expected] of rows) {
        const result = asked(rules, from, to, options);
        expect(`${from} → ${to} ${JSON.stringify(options)}: ${verdict(result)}`).toBe(
          `${from} → ${to} ${JSON.stringify(options)}: ${expected}`,
        );
      }
    });

    test('a reply passes as established, whatever the rules say of its direction', () => {
      const result = asked([`accept tcp 80 to ${b}`, 'deny from any'], 'a', 'b', {});
      expect(told(result, ['firewall'], 'reverse')).toEqual([
        expect.stringMatching(/^fw: Known session lets tcp from .*:80.* through$/),
      ]);
      expect(warned(result)).toEqual([]);
    });
  });

  test.each([
    ['accept', 'reachable'],
    ['deny', 'denied at fw'],
    ['reject', 'rejected at fw'],
  ] as const)('default %s', (defaultAction, expected) => {
    const net = guarded({ defaultAction, rules: ['deny udp'] }, { stageOrder });
    expect(verdict(ask(net, 'a', 'b'))).toBe(expected);
    expect(verdict(ask(net, 'a', 'b', { protocol: 'udp', port: 53 }))).toBe('denied at fw');
  });

  test('names the rule with its number in the design, disabled ones counted', () => {
    const net = guarded(['disabled deny', 'web: accept tcp 80', 'stop: deny'], { stageOrder });
    expect(told(ask(net, 'a', 'b'), ['firewall'])).toEqual([
      'fw: Rule 2 web accepts tcp 80 from 10.0.1.2 to 10.0.2.2',
    ]);
    expect(reason(ask(net, 'a', 'b', { port: 443 }))).toBe(
      'Dropped, denied: fw: Rule 3 stop denies tcp 443 from 10.0.1.2 to 10.0.2.2',
    );
  });

  test('names the default where no rule matches', () => {
    expect(reason(ask(guarded([], { stageOrder }), 'a', 'b'))).toBe(
      'Dropped, denied: fw: The default rule denies tcp 80 from 10.0.1.2 to 10.0.2.2',
    );
  });
});

describe('the interface that a packet leaves by', () => {
  test.each([
    ['linux', 'reachable', 'denied at fw'],
    ['nsx-v', 'denied at fw', 'denied at fw'],
  ] as const)('%s: the first way %s, the other %s', (stageOrder, forth, back) => {
    const net = guarded(['accept out far'], { stageOrder });
    expect(verdict(ask(net, 'a', 'b'))).toBe(forth);
    expect(verdict(ask(net, 'b', 'a'))).toBe(back);
  });
});

describe('an edge gateway', () => {
  const net = (more: HostOptions = {}) =>
    network()
      .segment('left', '10.0.1.0/24')
      .segment('right', '10.0.2.0/24')
      .host('a', '10.0.1.2/24', { gateway: '10.0.1.1' })
      .edge('esg', ['10.0.1.1/24', '10.0.2.1/24'], more)
      .host('b', '10.0.2.2/24', { gateway: '10.0.2.1', listens: ['tcp 80'] });

  test('denies by default, even where the design gives it no firewall at all', () => {
    expect(verdict(ask(net(), 'a', 'b'))).toBe('denied at esg');
    expect(verdict(ask(net({ firewall: [] }), 'a', 'b'))).toBe('denied at esg');
    expect(verdict(ask(net({ firewall: ['accept'] }), 'a', 'b'))).toBe('reachable');
  });

  test('a router without a firewall filters nothing', () => {
    const plain = guarded([]).change('node', 'fw', ({ id, interfaces }) => ({
      id,
      kind: 'router',
      interfaces: interfaces ?? [],
    }));
    expect(verdict(ask(plain, 'a', 'b'))).toBe('reachable');
  });
});

describe('what a filter sees of translated packets', () => {
  // a (10.0.1.2) asks 10.0.1.9, which is b (10.0.2.2) behind the firewall; b sees 10.0.2.77.
  const nat = ['dnat 10.0.1.9 to 10.0.2.2 on near', 'snat 10.0.1.0/24 to 10.0.2.77 on far'];
  const translating = (rule: string, stageOrder: 'linux' | 'nsx-v') =>
    guarded([rule], { nat, stageOrder }).change('node', 'fw', (node) => ({
      ...node,
      interfaces: [
        { id: 'near', segment: 'left', addresses: ['10.0.1.1/24', '10.0.1.9/24'] },
        { id: 'far', segment: 'right', addresses: ['10.0.2.1/24', '10.0.2.77/24'] },
      ],
    }));

  test.each([
    // nsx-v: the addresses as they come in, on both sides
    ['nsx-v', 'accept tcp 80 from 10.0.1.2 to 10.0.1.9', 'reachable'],
    ['nsx-v', 'accept tcp 80 from 10.0.1.2 to 10.0.2.2', 'denied at fw'],
    ['nsx-v', 'accept tcp 80 from 10.0.2.77 to 10.0.2.2', 'denied at fw'],
    // linux: after DNAT, before SNAT
    ['linux', 'accept tcp 80 from 10.0.1.2 to 10.0.1.9', 'denied at fw'],
    ['linux', 'accept tcp 80 from 10.0.1.2 to 10.0.2.2', 'reachable'],
    ['linux', 'accept tcp 80 from 10.0.2.77 to 10.0.2.2', 'denied at fw'],
  ] as const)('%s: %s: %s', (order, rule, expected) => {
    const result = ask(translating(rule, order), 'a', '10.0.1.9');
    expect(verdict(result)).toBe(expected);
  });

  test.each([
    ['nsx-v', ['firewall', 'nat/dnat', 'route', 'nat/snat']],
    ['linux', ['nat/dnat', 'route', 'firewall', 'nat/snat']],
  ] as const)('%s: the stages stand in this order: %j', (order, stages) => {
    const result = ask(translating('accept', order), 'a', '10.0.1.9');
    const hop = result.forward[0]?.legs[0]?.hops.find(({ node }) => node === 'fw');
    const seen = hop?.steps.map(({ kind, action }) => (kind === 'nat' ? `nat/${action}` : kind));
    expect(seen?.filter((kind) => (stages as readonly string[]).includes(kind))).toEqual(stages);
  });

  test('b sees the translated client, and a gets its answer from the address it asked', () => {
    const result = ask(translating('accept', 'nsx-v'), 'a', '10.0.1.9');
    expect(details(result, 'deliver/listener')[0]).toMatchObject({
      source: '10.0.2.77',
      destination: '10.0.2.2',
    });
    expect(details(result, 'deliver/reply', 'reverse')[0]).toMatchObject({
      source: '10.0.1.9',
      destination: '10.0.1.2',
    });
  });
});

describe('a reply that comes back another way', () => {
  /** a asks b by r1; b's gateway is r2, so the reply goes back by it. */
  const bent = (first: HostOptions, second: HostOptions): NetworkBuilder =>
    network()
      .segment('left', ['10.0.1.0/24', '2001:db8:1::/64'])
      .segment('right', ['10.0.2.0/24', '2001:db8:2::/64'])
      .host('a', '10.0.1.2/24,2001:db8:1::2/64', { gateway: ['10.0.1.1', '2001:db8:1::1'] })
      .router('r1', ['10.0.1.1/24,2001:db8:1::1/64', '10.0.2.1/24,2001:db8:2::1/64'], first)
      .router('r2', ['10.0.1.3/24,2001:db8:1::3/64', '10.0.2.3/24,2001:db8:2::3/64'], second)
      .host('b', '10.0.2.2/24,2001:db8:2::2/64', {
        gateway: ['10.0.2.3', '2001:db8:2::3'],
        listens: ['tcp 80'],
      });

  describe.each(families)('IPv%d', (family) => {
    const { b } = sides(family);

    test.each<[string, HostOptions, HostOptions, string, string[]]>([
      ['through routers alone is no matter', {}, {}, 'reachable', []],
      [
        'is judged as new by a stateful firewall that has not seen the request, and denied',
        {},
        { firewall: ['accept tcp 80'] },
        'one-way: denied at r2',
        ['asymmetric'],
      ],
      [
        'passes where a rule lets it through as a new connection, and that is said',
        {},
        { firewall: ['accept'] },
        'reachable',
        ['asymmetric'],
      ],
      [
        'does not matter to the firewall that only sees the request',
        { firewall: ['accept tcp 80'] },
        {},
        'reachable',
        [],
      ],
    ])('%s', (_, first, second, expected, codes) => {
      const result = ask(bent(first, second), 'a', b);
      expect(route(result)).toBe('a → r1 → b');
      expect(verdict(result)).toBe(expected);
      expect(warned(result)).toEqual(codes);
    });

    test('the warning names the firewall', () => {
      const result = ask(bent({}, { firewall: [] }), 'a', b);
      expect(result.warnings[0]).toMatchObject({ code: 'asymmetric', at: 'r2' });
    });
  });
});

describe("a host's own firewall", () => {
  const guardedHost = (rules: readonly string[], client: HostOptions = {}) =>
    network()
      .segment('lan', ['10.0.1.0/24', '2001:db8:1::/64'])
      .host('a', '10.0.1.2/24,2001:db8:1::2/64', client)
      .host('b', '10.0.1.3/24,2001:db8:1::3/64', {
        listens: ['tcp 80', 'tcp 22'],
        firewall: rules,
      });

  test.each(families)('filters what comes in for its programs, IPv%d', (family) => {
    const net = guardedHost(['accept tcp 80']);
    expect(verdict(ask(net, 'a', 'b', { family }))).toBe('reachable');
    expect(verdict(ask(net, 'a', 'b', { family, port: 22 }))).toBe('denied at b');
  });

  test.each(families)('lets answers in to what it asked itself, IPv%d', (family) => {
    const net = guardedHost(['accept'], { firewall: [] });
    const result = ask(net, 'a', 'b', { family });
    expect(verdict(result)).toBe('reachable');
    expect(warned(result)).toEqual([]);
    expect(told(result, ['firewall'], 'reverse')).toEqual([
      expect.stringContaining('a: Known session'),
    ]);
    expect(verdict(ask(net, 'b', 'a', { family }))).toBe('denied at a');
  });
});
