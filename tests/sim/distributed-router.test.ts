import { describe, expect, test } from 'vitest';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { did, legs } from '../samples/reading.ts';
import { ask, details, families, reason, route, told, verdict } from './ask.ts';

/** Segments web (VNI 6001) and db (VNI 6002) with the DLR between them, on two hypervisors. */
function distributed(): NetworkBuilder {
  return network()
    .segment('wire', '10.9.0.0/24', { mtu: 1600 })
    .vxlan('web', 6001, ['10.0.1.0/24', '2001:db8:1::/64'])
    .vxlan('db', 6002, ['10.0.2.0/24', '2001:db8:2::/64'])
    .dlr('dlr', ['web-lif=10.0.1.1/24,2001:db8:1::1/64', 'db-lif=10.0.2.1/24,2001:db8:2::1/64'])
    .hypervisor('h1', [], { vteps: '10.9.0.1/24' })
    .hypervisor('h2', [], { vteps: '10.9.0.2/24' })
    .host('web-1', '10.0.1.2/24,2001:db8:1::2/64', {
      runsOn: 'h1',
      gateway: ['10.0.1.1', '2001:db8:1::1'],
      listens: ['tcp 80'],
    })
    .host('db-1', '10.0.2.2/24,2001:db8:2::2/64', {
      runsOn: 'h1',
      gateway: ['10.0.2.1', '2001:db8:2::1'],
      listens: ['tcp 80'],
    })
    .host('db-2', '10.0.2.3/24,2001:db8:2::3/64', {
      runsOn: 'h2',
      gateway: ['10.0.2.1', '2001:db8:2::1'],
      listens: ['tcp 80'],
    });
}

describe.each(families)('IPv%d between two segments', (family) => {
  test("is routed on the sender's hypervisor and travels in the VNI of the destination", () => {
    const result = ask(distributed(), 'web-1', 'db-2', { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('web-1 → dlr on h1 → h1 → h2 → db-2');
    expect(told(result, ['encapsulate'])).toEqual([
      'h1: Encapsulates in VXLAN 6002 (db), 10.9.0.1 → 10.9.0.2 (+50 bytes)',
    ]);
  });

  test('the reply is routed on the other hypervisor and travels in the other VNI', () => {
    const result = ask(distributed(), 'web-1', 'db-2', { family });
    expect(route(result, 'reverse')).toBe('db-2 → dlr on h2 → h2 → h1 → web-1');
    expect(told(result, ['encapsulate'], 'reverse')).toEqual([
      'h2: Encapsulates in VXLAN 6001 (web), 10.9.0.2 → 10.9.0.1 (+50 bytes)',
    ]);
  });

  test('never leaves a hypervisor that has both ends', () => {
    const result = ask(distributed(), 'web-1', 'db-1', { family });
    expect(route(result)).toBe('web-1 → dlr on h1 → h1 → db-1');
    expect(details(result, 'encapsulate/vxlan')).toEqual([]);
    expect(verdict(result)).toBe('reachable');
  });

  test('takes one off the TTL of the inner packet, and none for the outer one', () => {
    const sent = did(
      legs(ask(distributed(), 'web-1', 'db-2', { family }), 'forward'),
      'transmit/send',
    );
    const ttls = sent.map(({ packet }) =>
      packet.flatMap((header) => ('ttl' in header ? [header.ttl] : [])),
    );
    expect(ttls).toEqual([[64], [63], [64, 63]]);
  });
});

test('the frame from the router carries its MAC address of the segment it leaves by', () => {
  const result = ask(distributed(), 'web-1', 'db-2');
  const [, routed] = did(legs(result, 'forward'), 'transmit/send');
  const [, fromReply] = did(legs(result, 'reverse'), 'transmit/send');
  const [toRouter] = details(result, 'neighbor/resolve', 'reverse');
  expect(routed?.packet[0]).toMatchObject({ type: 'ethernet', src: toRouter?.mac });
  expect(fromReply?.packet[0]).not.toMatchObject({ src: toRouter?.mac });
});

describe('where there is no instance', () => {
  test('a hypervisor outside the zone has none', () => {
    const net = distributed().change('node', 'h1', (node) => ({ ...node, transportZones: [] }));
    const result = ask(net, 'web-1', 'db-2');
    expect(verdict(result)).toBe('tunnel-down at web-1');
    expect(reason(result)).toContain('h1 is not in transport zone tz');
  });

  test('hardware on the segment has none', () => {
    const net = distributed().change('node', 'web-1', ({ id, interfaces }) => ({
      id,
      kind: 'host',
      interfaces: interfaces ?? [],
      routes: [{ destination: '0.0.0.0/0', via: '10.0.1.1' }],
    }));
    const result = ask(net, 'web-1', 'db-2');
    expect(verdict(result)).toBe('tunnel-down at web-1');
    expect(reason(result)).toContain('dlr has no instance where the frame is');
  });

  test('a router that is down answers for no gateway', () => {
    const net = distributed().change('node', 'dlr', (node) => ({ ...node, state: 'down' }));
    const result = ask(net, 'web-1', 'db-2');
    expect(verdict(result)).toBe('neighbor-unreachable at web-1');
    expect(reason(result)).toContain('dlr, which owns 10.0.1.1, is down');
  });
});

describe('two distributed routers and an edge on a transit segment', () => {
  /** web – DLR one – transit – (edge) and DLR two – db; the edge is on h1. */
  const chained = (oneVia: string) =>
    network()
      .segment('wire', '10.9.0.0/24', { mtu: 1600 })
      .segment('outside', '203.0.113.0/24')
      .vxlan('web', 6001, '10.0.1.0/24')
      .vxlan('db', 6002, '10.0.2.0/24')
      .vxlan('transit', 6003, '10.0.3.0/24')
      .hypervisor('h1', [], { vteps: '10.9.0.1/24' })
      .hypervisor('h2', [], { vteps: '10.9.0.2/24' })
      .hypervisor('h3', [], { vteps: '10.9.0.3/24' })
      .edge('edge', ['10.0.3.1/24', '203.0.113.2/24'], {
        runsOn: 'h1',
        firewall: ['accept'],
        routes: ['10.0.1.0/24 via 10.0.3.2', '10.0.2.0/24 via 10.0.3.3'],
      })
      .dlr('one', ['10.0.1.1/24', '10.0.3.2/24'], { gateway: oneVia })
      .dlr('two', ['10.0.2.1/24', '10.0.3.3/24'], { gateway: '10.0.3.1' })
      .host('web-1', '10.0.1.2/24', { runsOn: 'h2', gateway: '10.0.1.1' })
      .host('db-1', '10.0.2.2/24', { runsOn: 'h3', gateway: '10.0.2.1', listens: ['tcp 80'] });

  test('through the edge: to its hypervisor in the transit VNI, on in the VNI of the destination', () => {
    const result = ask(chained('10.0.3.1'), 'web-1', 'db-1');
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('web-1 → one on h2 → h2 → h1 → edge → two on h1 → h1 → h3 → db-1');
    expect(details(result, 'encapsulate/vxlan').map(({ vni }) => vni)).toEqual([6003, 6002]);
    expect(details(result, 'encapsulate/vxlan', 'reverse').map(({ vni }) => vni)).toEqual([
      6003, 6001,
    ]);
    expect(route(result, 'reverse')).toBe(
      'db-1 → two on h3 → h3 → h1 → edge → one on h1 → h1 → h2 → web-1',
    );
  });

  test('from one to the other directly: both instances are those of one hypervisor', () => {
    const result = ask(chained('10.0.3.3'), 'web-1', 'db-1');
    expect(route(result)).toBe('web-1 → one on h2 → two on h2 → h2 → h3 → db-1');
    expect(details(result, 'encapsulate/vxlan').map(({ vni }) => vni)).toEqual([6002]);
  });

  test('from outside, the instance beside the edge routes', () => {
    const net = chained('10.0.3.1').host('user', '203.0.113.9/24', { gateway: '203.0.113.2' });
    expect(route(ask(net, 'user', 'db-1'))).toBe('user → h1 → edge → two on h1 → h1 → h3 → db-1');
  });
});
