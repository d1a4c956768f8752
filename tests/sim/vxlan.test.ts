import { describe, expect, test } from 'vitest';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { deepest, did, legs, stack, warningsOf } from '../samples/reading.ts';
import { ask, details, families, reason, route, told, verdict, warned } from './ask.ts';

/** Two hypervisors in one transport zone, joined by one segment of jumbo frames. Segment `app` is VNI 5001. */
function overlay(underlay: 4 | 6 = 4): NetworkBuilder {
  const [one, two] =
    underlay === 4
      ? (['10.9.0.1/24', '10.9.0.2/24'] as const)
      : (['fd09::1/64', 'fd09::2/64'] as const);
  return network()
    .segment('wire', ['10.9.0.0/24', 'fd09::/64'], { mtu: 9000 })
    .vxlan('app', 5001, ['10.0.1.0/24', '2001:db8:1::/64'])
    .hypervisor('h1', [], { vteps: one })
    .hypervisor('h2', [], { vteps: two })
    .host('a', '10.0.1.2/24,2001:db8:1::2/64', { runsOn: 'h1' })
    .host('b', '10.0.1.3/24,2001:db8:1::3/64', { runsOn: 'h1', listens: ['tcp 80'] })
    .host('c', '10.0.1.4/24,2001:db8:1::4/64', { runsOn: 'h2', listens: ['tcp 80'] });
}

describe.each(families)('a segment of IPv%d on two hypervisors', (family) => {
  test('machines of one hypervisor are switched there, without encapsulation', () => {
    const result = ask(overlay(), 'a', 'b', { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('a → h1 → b');
    expect(told(result, ['switch', 'encapsulate'])).toEqual([
      'h1: Switches on app to b, on this hypervisor',
    ]);
  });

  test('machines of two hypervisors talk in VXLAN between their VTEPs', () => {
    const result = ask(overlay(), 'a', 'c', { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('a → h1 → h2 → c');
    expect(told(result, ['encapsulate', 'decapsulate'])).toEqual([
      'h1: Encapsulates in VXLAN 5001 (app), 10.9.0.1 → 10.9.0.2 (+50 bytes)',
      'h2: Takes the frame out of VXLAN 5001 (app)',
    ]);
    expect(told(result, ['encapsulate'], 'reverse')).toEqual([
      'h2: Encapsulates in VXLAN 5001 (app), 10.9.0.2 → 10.9.0.1 (+50 bytes)',
    ]);
    const [from, to] = family === 4 ? ['10.0.1.2', '10.0.1.4'] : ['2001:db8:1::2', '2001:db8:1::4'];
    expect(stack(deepest(legs(result, 'forward')))).toBe(
      `Ethernet | IP 10.9.0.1→10.9.0.2 | UDP 4789 | VXLAN 5001 | Ethernet | IP ${from}→${to} | TCP`,
    );
  });
});

/** Outer length less inner length of the first packet that a tunnel carries. */
function grown(net: NetworkBuilder): number {
  const sent = did(legs(ask(net, 'a', 'c'), 'forward'), 'transmit/send');
  return (sent[1]?.detail.lengthBytes ?? 0) - (sent[0]?.detail.lengthBytes ?? 0);
}

describe('what VXLAN adds', () => {
  const tagged = (net: NetworkBuilder) =>
    ['a', 'c'].reduce(
      (done, id) =>
        done.change('node', id, (node) => ({
          ...node,
          interfaces: (node.interfaces ?? []).map((item) => ({ ...item, vlan: 7 })),
        })),
      net,
    );

  test.each([
    ['over IPv4', overlay(4), 50],
    ['over IPv6', overlay(6), 70],
    ['over IPv4 with a tag inside', tagged(overlay(4)), 54],
    ['over IPv6 with a tag inside', tagged(overlay(6)), 74],
  ])('%s: %#', (_, net, bytes) => {
    const result = ask(net, 'a', 'c');
    expect(verdict(result)).toBe('reachable');
    expect(grown(net)).toBe(bytes);
    expect(details(result, 'encapsulate/vxlan')[0]?.overheadBytes).toBe(bytes);
  });

  test('the outer packet has its own TTL, may not be fragmented, and ports of VXLAN', () => {
    const [outer] = details(ask(overlay(), 'a', 'c'), 'encapsulate/vxlan');
    expect(outer).toMatchObject({ vni: 5001, segment: 'app', from: '10.9.0.1', to: '10.9.0.2' });
    const packet = deepest(legs(ask(overlay(), 'a', 'c'), 'forward'));
    expect(packet[1]).toMatchObject({ ttl: 64, df: true, protocol: 17 });
    const udp = packet[2];
    expect(udp).toMatchObject({ type: 'udp', destinationPort: 4789 });
    expect(udp?.type === 'udp' && udp.sourcePort).toBeGreaterThanOrEqual(49152);
  });

  test('the source port of the outer packet differs from connection to connection', () => {
    const ports = Array.from({ length: 10 }, (_, at) => {
      const packet = deepest(legs(ask(overlay(), 'a', 'c', { sourcePort: 50000 + at }), 'forward'));
      return packet[2]?.type === 'udp' ? packet[2].sourcePort : 0;
    });
    expect(new Set(ports).size).toBeGreaterThan(5);
  });

  test("the zone's own UDP port is used both ways", () => {
    const net = overlay().change('transport-zone', 'tz', (zone) => ({ ...zone, udpPort: 8472 }));
    const result = ask(net, 'a', 'c');
    expect(verdict(result)).toBe('reachable');
    expect(stack(deepest(legs(result, 'reverse')))).toContain('UDP 8472');
  });
});

describe('a frame that cannot be carried', () => {
  const change = (net: NetworkBuilder, id: string, more: object) =>
    net.change('node', id, (node) => ({ ...node, ...more }));

  test.each<[string, NetworkBuilder, string, string]>([
    [
      'to a hypervisor outside the transport zone',
      change(overlay(), 'h2', { transportZones: [] }),
      'tunnel-down at h1',
      'h2 is not in transport zone tz, so it cannot carry VNI 5001',
    ],
    [
      'from a hypervisor outside the transport zone',
      change(overlay(), 'h1', { transportZones: [] }),
      'tunnel-down at h1',
      'h1 is not in transport zone tz, so it cannot carry VNI 5001',
    ],
    [
      'to a hypervisor without a VTEP',
      change(overlay(), 'h2', { vteps: [] }),
      'tunnel-down at h1',
      'h2 has no VTEP that is up',
    ],
    [
      'to a hypervisor whose VTEP is down',
      change(overlay(), 'h2', {
        interfaces: [
          { id: 'vtep0', segment: 'wire', addresses: ['10.9.0.2/24'], state: 'down' as const },
        ],
      }),
      'tunnel-down at h1',
      'h2 has no VTEP that is up',
    ],
    [
      'to a machine that is on no hypervisor',
      overlay().change('node', 'c', (node) => {
        const { id, interfaces } = node;
        return { id, kind: 'host', interfaces: interfaces ?? [] };
      }),
      'tunnel-down at a',
      'c runs on no hypervisor of the design, so nobody carries VNI 5001 to it',
    ],
    [
      'between VTEPs without a family in common',
      change(overlay(), 'h2', {
        interfaces: [{ id: 'vtep0', segment: 'wire', addresses: ['fd09::2/64'] }],
      }),
      'tunnel-down at h1',
      'the VTEPs of h1 and h2 have no address family in common',
    ],
  ])('%s', (_, net, expected, why) => {
    const result = ask(net, 'a', 'c');
    expect(verdict(result)).toBe(expected);
    expect(reason(result)).toContain(why);
  });

  test('does not matter to machines of one hypervisor', () => {
    const net = change(overlay(), 'h1', { vteps: [] });
    expect(verdict(ask(net, 'a', 'b'))).toBe('reachable');
  });
});

/** VTEPs in two subnets, routed by r1 and r2 over a link. */
function routedUnderlay(family: 4 | 6, mtu = 9000): NetworkBuilder {
  const [left, right] = family === 4 ? ['10.9.1', '10.9.2'] : ['fd09:1:', 'fd09:2:'];
  const [dot, length] = family === 4 ? ['.', 24] : [':', 64];
  const [via1, via2] = family === 4 ? ['10.9.9.1', '10.9.9.2'] : ['fd09:9::1', 'fd09:9::2'];
  const link = family === 4 ? 30 : 64;
  const net4 = family === 4 ? '.0' : ':';
  return network()
    .segment('wire-1', `${left}${net4}/${length}`, { mtu: 9000 })
    .segment('wire-2', `${right}${net4}/${length}`, { mtu: 9000 })
    .vxlan('app', 5001, '10.0.1.0/24')
    .hypervisor('h1', [], { vteps: `${left}${dot}11/${length}`, gateway: `${left}${dot}1` })
    .hypervisor('h2', [], { vteps: `${right}${dot}12/${length}`, gateway: `${right}${dot}1` })
    .router('r1', [`${left}${dot}1/${length}`, `up=${via1}/${link}`], {
      routes: [`to-2: ${right}${net4}/${length} via ${via2}`],
    })
    .router('r2', [`${right}${dot}1/${length}`, `up=${via2}/${link}`], {
      routes: [`to-1: ${left}${net4}/${length} via ${via1}`],
    })
    .link('trunk', 'r1/up', 'r2/up', { mtu })
    .host('a', '10.0.1.2/24', { runsOn: 'h1' })
    .host('c', '10.0.1.4/24', { runsOn: 'h2', listens: ['tcp 80'] });
}

describe.each(families)('a routed underlay of IPv%d', (family) => {
  test('outer packets take their own hops, and their own TTL falls', () => {
    const result = ask(routedUnderlay(family), 'a', 'c');
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('a → h1 → r1 → r2 → h2 → c');
    expect(route(result, 'reverse')).toBe('c → h2 → r2 → r1 → h1 → a');
    const sent = did(legs(result, 'forward'), 'transmit/send');
    const ttls = sent.map(({ packet }) =>
      packet.flatMap((header) => ('ttl' in header ? [header.ttl] : [])),
    );
    expect(ttls).toEqual([[64], [64, 64], [63, 64], [62, 64]]);
    expect(sent.map(({ depth }) => depth)).toEqual([0, 0, 1, 1]);
  });

  test.each([
    ['r1', 'no-route at r1', 'r1 has no route to'],
    ['r2', 'one-way: no-route at r2', 'r2 has no route to'],
  ])('without the route of %s the outer packet ends there', (router, expected, why) => {
    const net = routedUnderlay(family).change('node', router, (node) => ({ ...node, routes: [] }));
    const result = ask(net, 'a', 'c');
    expect(verdict(result)).toBe(expected);
    expect(reason(result)).toContain(why);
  });

  test('a filter in the underlay sees the outer packet', () => {
    const rule = (services: object) => ({
      firewall: { rules: [{ id: 'r', action: 'accept' as const, ...services }] },
    });
    const udp = (port: number) =>
      routedUnderlay(family).change('node', 'r1', (node) => ({
        ...node,
        ...rule({ services: [{ protocol: 'udp' as const, ports: [port] }] }),
      }));
    expect(verdict(ask(udp(4789), 'a', 'c'))).toBe('reachable');
    expect(verdict(ask(udp(8472), 'a', 'c'))).toBe('denied at r1');
  });

  test('a trunk too small for the outer packet loses what is full-size, in silence', () => {
    const overhead = family === 4 ? 50 : 70;
    expect(warned(ask(routedUnderlay(family, 1500 + overhead), 'a', 'c'))).toEqual([]);
    const result = ask(routedUnderlay(family, 1500), 'a', 'c');
    expect(verdict(result)).toBe('reachable');
    expect(result.pathMtu).toBe(1500 - overhead);
    const [hole] = warningsOf(result, 'mtu-black-hole');
    expect(hole?.at).toBe('trunk');
    expect(hole?.text).toContain(`the largest that passes has ${1500 - overhead} bytes`);
  });

  test('a large packet asked for by itself ends at that trunk', () => {
    const result = ask(routedUnderlay(family, 1500), 'a', 'c', { packetBytes: 1500 });
    expect(verdict(result)).toBe('mtu-exceeded at r1');
    expect(reason(result)).toBe(
      `Dropped, mtu-exceeded: ${family === 4 ? 1550 : 1570} bytes do not fit the MTU of 1500 bytes on trunk`,
    );
  });
});

describe('two VTEPs a hypervisor', () => {
  const net = () =>
    ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'].reduce(
      (done, id, at) => done.host(id, `10.0.1.${20 + at}/24`, { runsOn: 'h1' }),
      network()
        .segment('wire', '10.9.0.0/24', { mtu: 1600 })
        .vxlan('app', 5001, '10.0.1.0/24')
        .hypervisor('h1', [], { vteps: ['10.9.0.11/24', '10.9.0.12/24'] })
        .hypervisor('h2', [], { vteps: ['10.9.0.21/24', '10.9.0.22/24'] })
        .host('c', '10.0.1.4/24', { runsOn: 'h2', listens: ['tcp 80'] }),
    );
  const ends = (of: NetworkBuilder, from: string, sourcePort = 50000) => {
    const result = ask(of, from, 'c', { sourcePort });
    const [out] = details(result, 'encapsulate/vxlan');
    const [back] = details(result, 'encapsulate/vxlan', 'reverse');
    const sent = did(legs(result, 'forward'), 'transmit/send')[1]?.detail.interface;
    return { out: `${out?.from}→${out?.to}`, back: `${back?.from}→${back?.to}`, sent };
  };

  test('share the machines: each keeps to one, for all its connections and both ways', () => {
    const used = new Set<string>();
    for (const machine of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) {
      const first = ends(net(), machine);
      expect(ends(net(), machine, 50007)).toEqual(first);
      expect(first.back).toBe(first.out.split('→').reverse().join('→'));
      used.add(first.out.split('→')[0] ?? '');
    }
    expect([...used].sort()).toEqual(['10.9.0.11', '10.9.0.12']);
  });

  test('an outer packet leaves by the interface that its source address is on', () => {
    for (const machine of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) {
      const { out, sent } = ends(net(), machine);
      expect(sent).toBe(out.startsWith('10.9.0.11') ? 'vtep0' : 'vtep1');
    }
  });

  test('the other takes over where one is down', () => {
    const down = net().change('node', 'h1', (node) => ({
      ...node,
      interfaces: (node.interfaces ?? []).map((item) =>
        item.id === 'vtep0' ? { ...item, state: 'down' as const } : item,
      ),
    }));
    for (const machine of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) {
      expect(ends(down, machine).out).toMatch(/^10\.9\.0\.12→/);
    }
  });

  test('in a routed underlay too, the source address and the interface agree', () => {
    const far = net()
      .segment('wire-2', '10.9.2.0/24', { mtu: 1600 })
      .router('r', ['10.9.0.1/24', '10.9.2.1/24'])
      .hypervisor('h3', [], { vteps: '10.9.2.31/24', gateway: '10.9.2.1' })
      .host('z', '10.0.1.9/24', { runsOn: 'h3', listens: ['tcp 80'] })
      .change('node', 'h1', (node) => ({
        ...node,
        routes: [{ destination: '0.0.0.0/0', via: '10.9.0.1' }],
      }));
    for (const machine of ['a1', 'a2', 'a3', 'a4', 'a5', 'a6']) {
      const result = ask(far, machine, 'z');
      expect(verdict(result)).toBe('reachable');
      const [out] = details(result, 'encapsulate/vxlan');
      const sent = did(legs(result, 'forward'), 'transmit/send')[1]?.detail.interface;
      expect(sent).toBe(out?.from === '10.9.0.11' ? 'vtep0' : 'vtep1');
    }
  });
});

test('two segments with one VNI in zones of different UDP ports stay apart', () => {
  const net = network()
    .transportZone('east')
    .transportZone('west', { udpPort: 8472 })
    .segment('wire', '10.9.0.0/24', { mtu: 1600 })
    .vxlan('app-east', 5001, '10.0.1.0/24', { transportZone: 'east' })
    .vxlan('app-west', 5001, '10.0.2.0/24', { transportZone: 'west' })
    .hypervisor('h1', [], { vteps: '10.9.0.1/24', transportZones: ['east', 'west'] })
    .hypervisor('h2', [], { vteps: '10.9.0.2/24', transportZones: ['west'] })
    .host('a', '10.0.2.2/24', { runsOn: 'h1' })
    .host('c', '10.0.2.3/24', { runsOn: 'h2', listens: ['tcp 80'] })
    .host('e', '10.0.1.2/24', { runsOn: 'h1' });
  const result = ask(net, 'a', 'c');
  expect(verdict(result)).toBe('reachable');
  expect(details(result, 'decapsulate/vxlan')).toEqual([{ vni: 5001, segment: 'app-west' }]);
});
