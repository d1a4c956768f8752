import { describe, expect, test } from 'vitest';
import { network, type NetworkBuilder } from '../builders/network.ts';
import type { HostOptions } from '../builders/options.ts';
import { did, legs, warningsOf } from '../samples/reading.ts';
import { ask, details, families, reason, verdict, warned } from './ask.ts';

interface Sizes {
  /** MTU of the segments, bytes. */
  readonly near?: number;
  readonly mid?: number;
  readonly far?: number;
  /** MTU of the interfaces, where it is not the segment's. */
  readonly a?: number;
  readonly rNear?: number;
  readonly rMid?: number;
  readonly sMid?: number;
  readonly sFar?: number;
  readonly b?: number;
}

/** a – near – r – mid – s – far – b */
function links(sizes: Sizes): NetworkBuilder {
  const mtu = (bytes: number | undefined) => (bytes === undefined ? {} : { mtu: bytes });
  const subnets = { near: 1, mid: 2, far: 3 };
  const item = (id: string, segment: keyof typeof subnets, host: number, bytes?: number) => ({
    id,
    segment,
    addresses: [`10.0.${subnets[segment]}.${host}/24`, `2001:db8:${subnets[segment]}::${host}/64`],
    ...mtu(bytes),
  });
  const net = network();
  for (const [segment, subnet] of Object.entries(subnets)) {
    const cidrs = [`10.0.${subnet}.0/24`, `2001:db8:${subnet}::/64`];
    net.segment(segment, cidrs, mtu(sizes[segment as keyof typeof subnets]));
  }
  return net
    .host('a', [item('eth0', 'near', 9, sizes.a)], { gateway: ['10.0.1.1', '2001:db8:1::1'] })
    .router('r', [item('eth0', 'near', 1, sizes.rNear), item('eth1', 'mid', 1, sizes.rMid)], {
      gateway: ['10.0.2.2', '2001:db8:2::2'],
    })
    .router('s', [item('eth0', 'mid', 2, sizes.sMid), item('eth1', 'far', 1, sizes.sFar)], {
      gateway: ['10.0.2.1', '2001:db8:2::1'],
    })
    .host('b', [item('eth0', 'far', 9, sizes.b)], {
      gateway: ['10.0.3.1', '2001:db8:3::1'],
      listens: ['tcp 80', 'udp 53'],
    });
}

describe.each(families)('path MTU over IPv%d', (family) => {
  test.each<[string, Sizes, number, string[]]>([
    ['Ethernet all the way', {}, 1500, []],
    ['jumbo frames all the way', { near: 9000, mid: 9000, far: 9000 }, 9000, []],
    ['a host with a smaller interface', { a: 1400 }, 1400, []],
    // the receiver announces how much it takes (MSS), so nobody sends more
    ['jumbo at one end only, TCP', { near: 9000 }, 1500, []],
    // the routers tell the senders
    ['a smaller link between the routers', { mid: 1400 }, 1400, ['mtu-reduced']],
    // nobody tells anybody
    [
      'a segment smaller than the interfaces on it',
      { mid: 1400, rMid: 1500, sMid: 1500 },
      1400,
      ['mtu-black-hole'],
    ],
    [
      'the first segment smaller than the interfaces on it',
      { near: 1400, a: 1500, rNear: 1500 },
      1400,
      ['mtu-black-hole'],
    ],
    [
      'a router that drops the giants of its neighbor',
      { sMid: 1400 },
      1400,
      ['mtu-black-hole', 'mtu-reduced'],
    ],
  ])('%s', (_, sizes, expected, codes) => {
    const result = ask(links(sizes), 'a', 'b', { family });
    expect(verdict(result)).toBe('reachable');
    expect(result.pathMtu).toBe(expected);
    expect([...new Set(warned(result))]).toEqual(codes);
  });

  test('each leg has its own; the result has the smallest of both ways', () => {
    const result = ask(links({ mid: 1400, near: 9000, far: 9000 }), 'a', 'b', { family });
    expect(legs(result, 'forward')[0]?.pathMtu).toBe(1400);
    expect(legs(result, 'reverse')[0]?.pathMtu).toBe(1400);
    expect(result.pathMtu).toBe(1400);
  });

  test('a black hole on the way back is found, too', () => {
    const result = ask(links({ near: 1400, a: 1500, rNear: 1500 }), 'b', 'a', {
      family,
      protocol: 'icmp',
    });
    const places = warningsOf(result, 'mtu-black-hole').map(({ at, text }) => [
      at,
      text.slice(0, 40),
    ]);
    expect(places).toEqual([
      ['near', 'small packets of b pass, those of 1500 b'],
      ['near', 'small packets of a pass, those of 1500 b'],
    ]);
  });

  test('the warning names sizes, device, interface and link, and the largest that passes', () => {
    const [hole] = warningsOf(
      ask(links({ mid: 1400, rMid: 1500, sMid: 1500 }), 'a', 'b', { family }),
      'mtu-black-hole',
    );
    expect(hole).toMatchObject({ at: 'mid' });
    expect(hole?.text).toBe(
      'small packets of a pass, those of 1500 bytes vanish at r eth1 → mid: 1500 bytes do not fit ' +
        'its MTU of 1400 bytes, and the sender is not told; the largest that passes has 1400 bytes',
    );
    const [told] = warningsOf(ask(links({ mid: 1400 }), 'a', 'b', { family }), 'mtu-reduced');
    expect(told).toMatchObject({ at: 'mid' });
    expect(told?.text).toContain('a has to go down from 1500 to 1400 bytes');
  });

  test('a large packet asked for by itself ends at the link that is too small', () => {
    const result = ask(links({ mid: 1400 }), 'a', 'b', { family, packetBytes: 1500 });
    expect(verdict(result)).toBe('mtu-exceeded at r');
    expect(reason(result)).toBe(
      'Dropped, mtu-exceeded: 1500 bytes do not fit the MTU of 1400 bytes on mid',
    );
    expect(verdict(ask(links({ mid: 1400 }), 'a', 'b', { family, packetBytes: 1400 }))).toBe(
      'reachable',
    );
  });

  test('a packet larger than the own interface does not leave the sender', () => {
    const result = ask(links({}), 'a', 'b', { family, packetBytes: 1501 });
    expect(verdict(result)).toBe('mtu-exceeded at a');
  });
});

describe('packets that may be fragmented', () => {
  const large = { packetBytes: 1500, df: false } as const;

  test('are cut by the router, IPv4 only', () => {
    const net = links({ mid: 1400 });
    const four = ask(net, 'a', 'b', { ...large, family: 4 });
    expect(verdict(four)).toBe('reachable');
    expect(details(four, 'fragment/split')).toEqual([
      { interface: 'eth1', lengthBytes: 1500, mtuBytes: 1400, fragments: 2 },
    ]);
    expect(verdict(ask(net, 'a', 'b', { ...large, family: 6 }))).toBe('mtu-exceeded at r');
  });

  test.each([
    [1500, 1500, 0],
    // 20 bytes of header and 1376 of payload fit into 1400: RFC 791 counts in units of eight
    [1500, 1400, 2],
    [1396, 1400, 0],
    [4020, 1020, 4],
    [4021, 1020, 5],
    [2020, 1023, 2],
  ])('%d bytes over a link of %d: %d fragments', (packetBytes, mtu, fragments) => {
    const net = links({ near: 9000, mid: mtu });
    const result = ask(net, 'a', 'b', { df: false, packetBytes });
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'fragment/split').map((cut) => cut.fragments)).toEqual(
      fragments === 0 ? [] : [fragments],
    );
  });

  test('go on as fragments: the length on the wire is that of the largest', () => {
    const result = ask(links({ mid: 1400 }), 'a', 'b', large);
    const sent = did(legs(result, 'forward'), 'transmit/send').map(
      ({ detail }) => detail.lengthBytes,
    );
    expect(sent).toEqual([1500, 1396, 1396]);
  });

  test('vanish nevertheless on a segment smaller than the fragments', () => {
    const net = links({ mid: 1300, rMid: 1400, sMid: 1400 });
    const result = ask(net, 'a', 'b', large);
    expect(verdict(result)).toBe('mtu-exceeded at r');
    expect(reason(result)).toContain('1396 bytes do not fit the MTU of 1300 bytes on mid');
  });

  test('are told to be cut; the path MTU is that of packets in one piece', () => {
    const result = ask(links({ mid: 1400 }), 'a', 'b', { df: false });
    expect(verdict(result)).toBe('reachable');
    expect(warned(result)).toContain('fragmentation');
    expect(warned(result)).not.toContain('mtu-black-hole');
    expect(result.pathMtu).toBe(1400);
  });

  test('into a tunnel of VXLAN each fragment goes by itself', () => {
    const net = network()
      .segment('near', '10.0.1.0/24')
      .segment('wire', '10.9.0.0/24', { mtu: 1450 })
      .vxlan('app', 5001, '10.0.2.0/24')
      .hypervisor('h1', [], { vteps: '10.9.0.1/24' })
      .hypervisor('h2', [], { vteps: '10.9.0.2/24' })
      .host('a', '10.0.1.2/24', { gateway: '10.0.1.1' })
      .router(
        'r',
        [
          { id: 'eth0', segment: 'near', addresses: ['10.0.1.1/24'] },
          { id: 'eth1', segment: 'app', addresses: ['10.0.2.1/24'], mtu: 1400 },
        ],
        { runsOn: 'h1' },
      )
      .host('b', '10.0.2.2/24', { runsOn: 'h2', gateway: '10.0.2.1', listens: ['tcp 80'] });
    const result = ask(net, 'a', 'b', large);
    expect(verdict(result)).toBe('reachable');
    const sent = did(legs(result, 'forward'), 'transmit/send').map(
      ({ detail }) => detail.lengthBytes,
    );
    expect(sent).toEqual([1500, 1396, 1446]);
  });
});

test('UDP knows no segment size: what a jumbo sender sends, a receiver of Ethernet frames drops', () => {
  const net = links({ near: 9000, mid: 9000, far: 9000, b: 1500 });
  const udp = ask(net, 'a', 'b', { protocol: 'udp', port: 53 });
  expect(warningsOf(udp, 'mtu-black-hole').map(({ at }) => at)).toEqual(['far']);
  expect(legs(udp, 'forward')[0]?.pathMtu).toBe(1500);
  expect(warned(ask(net, 'a', 'b'))).toEqual([]);
});

test('a handshake that does not get through has no path MTU', () => {
  const result = ask(links({}), 'a', 'b', { port: 81 });
  expect(verdict(result)).toBe('no-listener at b');
  expect(result.pathMtu).toBeUndefined();
});

describe('a link', () => {
  /** a – r – (link) – s – b; the MTU of the link, and of its ends where they have their own. */
  const linked = (mtu: number | undefined, r?: number, s?: number) => {
    const end = (address: string, bytes: number | undefined) => ({
      id: 'wan',
      addresses: [address],
      ...(bytes === undefined ? {} : { mtu: bytes }),
    });
    return network()
      .segment('left', '10.0.1.0/24')
      .segment('right', '10.0.2.0/24')
      .host('a', '10.0.1.2/24', { gateway: '10.0.1.1' })
      .router('r', ['10.0.1.1/24', end('10.0.9.1/30', r)], { gateway: '10.0.9.2' })
      .router('s', ['10.0.2.1/24', end('10.0.9.2/30', s)], { gateway: '10.0.9.1' })
      .host('b', '10.0.2.2/24', { gateway: '10.0.2.1', listens: ['tcp 80'] })
      .link('wan', 'r/wan', 's/wan', mtu === undefined ? {} : { mtu });
  };

  test.each<[number | undefined, number | undefined, number | undefined, number, string[]]>([
    [undefined, undefined, undefined, 1500, []],
    // its ends take its own MTU
    [1400, undefined, undefined, 1400, ['mtu-reduced']],
    // or it takes the smaller of theirs
    [undefined, 1400, 1400, 1400, ['mtu-reduced']],
    // ends that think it larger than it is
    [1400, 1500, 1500, 1400, ['mtu-black-hole']],
  ])('of %s with ends of %s and %s: %d', (mtu, r, s, expected, codes) => {
    const result = ask(linked(mtu, r, s), 'a', 'b');
    expect(result.pathMtu).toBe(expected);
    expect([...new Set(warned(result))]).toEqual(codes);
  });
});

describe.each(families)('rules and a packet that may not be cut, over IPv%d', (family) => {
  const to = family === 4 ? '10.0.3.9' : '2001:db8:3::9';
  const large = { protocol: 'udp', port: 53, packetBytes: 1500 } as const;
  const filtered = (stageOrder: 'linux' | 'nsx-v') =>
    links({ mid: 1400 }).change('node', 'r', (node) => ({
      ...node,
      stageOrder,
      firewall: { rules: [{ id: 'no-dns', action: 'deny' as const }] },
    }));

  test('Linux holds it against the MTU before its filter sees it, NSX behind it', () => {
    expect(verdict(ask(filtered('linux'), 'a', to, large))).toBe('mtu-exceeded at r');
    expect(verdict(ask(filtered('nsx-v'), 'a', to, large))).toBe('denied at r');
    expect(verdict(ask(filtered('linux'), 'a', to, { protocol: 'udp', port: 53 }))).toBe(
      'denied at r',
    );
  });

  test('what does not fit the interface of its own sender is not translated', () => {
    const translating = links({}).change('node', 'a', (node) => ({
      ...node,
      nat: [{ id: 'hide', kind: 'snat' as const, original: 'any', translated: 'interface' }],
    }));
    const tooLarge = ask(translating, 'a', to, { ...large, packetBytes: 1501 });
    expect(verdict(tooLarge)).toBe('mtu-exceeded at a');
    expect(details(tooLarge, 'nat/snat')).toEqual([]);
    expect(details(ask(translating, 'a', to, large), 'nat/snat')).toHaveLength(1);
  });
});

/**
 * a – out – narrow – (1400 bytes) – far – b: what `narrow` tells `a`, and what `b` answers, comes back by `back`, which has
 * seen no request. `out` is what the case makes of it.
 */
describe.each(families)('what a router tells of a packet that is too large, IPv%d', (family) => {
  const both = (subnet: number, host: number) =>
    `10.0.${subnet}.${host}/24,2001:db8:${subnet}::${host}/64`;
  const via = (subnet: number, host: number) => [
    `10.0.${subnet}.${host}`,
    `2001:db8:${subnet}::${host}`,
  ];
  const net = (returnBy: number, out: HostOptions, back: HostOptions = {}) =>
    network()
      .segment('left', ['10.0.1.0/24', '2001:db8:1::/64'])
      .segment('core', ['10.0.3.0/24', '2001:db8:3::/64'])
      .segment('wan', ['10.0.9.0/24', '2001:db8:9::/64'], { mtu: 1400 })
      .segment('right', ['10.0.2.0/24', '2001:db8:2::/64'])
      .host('a', both(1, 9), { gateway: via(1, 1) })
      .router('out', [both(1, 1), both(3, 1)], { gateway: via(3, 3), ...out })
      .router('back', [both(1, 2), both(3, 2)], back)
      .router('narrow', [both(3, 3), both(9, 1)], {
        gateway: via(3, returnBy),
        routes: ['10.0.2.0/24 via 10.0.9.2', '2001:db8:2::/64 via 2001:db8:9::2'],
      })
      .router('far', [both(9, 2), both(2, 1)], { gateway: via(9, 1) })
      .host('b', both(2, 9), { gateway: via(2, 1), listens: ['tcp 80'] });
  const to = family === 4 ? '10.0.2.9' : '2001:db8:2::9';
  const onlyRequests = ['accept tcp 80 to 10.0.2.9,2001:db8:2::9'];
  const onlyAnswers = ['accept tcp from 10.0.2.9,2001:db8:2::9'];

  // About the packets of a, then about those of b, which far tells of.
  test.each([
    ['reaches the sender by itself', net(1, {}), ['mtu-reduced', 'mtu-reduced']],
    [
      'passes a filter that has seen the connection',
      net(1, { firewall: onlyRequests }),
      ['mtu-reduced', 'mtu-reduced'],
    ],
    [
      'finds the sender behind source NAT',
      net(1, { nat: ['snat any to interface on eth1'] }),
      ['mtu-reduced', 'mtu-reduced'],
    ],
    [
      'is dropped by a filter that has not seen the connection',
      net(2, {}, { firewall: onlyAnswers }),
      ['mtu-black-hole', 'asymmetric', 'mtu-reduced'],
    ],
  ])('%s', (_, design, expected) => {
    expect(warned(ask(design, 'a', to, { family }))).toEqual(expected);
  });
});
