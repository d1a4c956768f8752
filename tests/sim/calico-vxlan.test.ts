import { describe, expect, test } from 'vitest';
import type { NetworkBuilder } from '../builders/network.ts';
import { deepest, did, legs, stack } from '../samples/reading.ts';
import { ask, details, families, route, told, verdict, warned } from './ask.ts';
import { cluster, pool } from './cluster.ts';

type Mode = 'always' | 'cross-subnet' | 'never';

/** One pod on n1 that asks, and one that listens on each node: web-1 on n1, web-2 on n2, web-3 on n3. */
const pods = (net: NetworkBuilder) =>
  net.workload('client', ['n1']).workload('web', ['n1', 'n2', 'n3'], { ports: ['http 80'] });

const vxlan = (mode: Mode, mtu?: number) =>
  pods(
    cluster({
      ipPools: [
        pool('172.28.0.0/16', { vxlan: mode, natOutgoing: true }),
        pool('fd28::/112', { vxlan: mode, natOutgoing: true }),
      ],
      ...(mtu === undefined ? {} : { mtu }),
    }),
  );

describe.each(families)('Calico VXLAN, IPv%d', (family) => {
  // mode; the pod asked; the way; whether by VXLAN
  test.each<[Mode, string, string, boolean]>([
    ['always', 'web-1', 'client-1 → n1 → web-1', false],
    ['always', 'web-2', 'client-1 → n1 → n2 → web-2', true],
    ['always', 'web-3', 'client-1 → n1 → r → n3 → web-3', true],
    ['cross-subnet', 'web-2', 'client-1 → n1 → n2 → web-2', false],
    ['cross-subnet', 'web-3', 'client-1 → n1 → r → n3 → web-3', true],
    ['never', 'web-2', 'client-1 → n1 → n2 → web-2', false],
  ])('%s to %s: %s', (mode, to, way, tunnelled) => {
    const result = ask(vxlan(mode), 'client-1', to, { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe(way);
    expect(route(result, 'reverse')).toBe(way.split(' → ').reverse().join(' → '));
    for (const direction of ['forward', 'reverse'] as const) {
      expect(details(result, 'encapsulate/vxlan', direction)).toHaveLength(tunnelled ? 1 : 0);
      expect(details(result, 'decapsulate/vxlan', direction)).toHaveLength(tunnelled ? 1 : 0);
    }
    expect(details(result, 'nat/masquerade')).toEqual([]);
    expect(warned(result)).toEqual([]);
  });

  test('the frame between the tunnel ends, in UDP 4789 between the nodes, VNI 4096', () => {
    const result = ask(vxlan('always'), 'client-1', 'web-2', { family });
    const [outer, inner, bytes] =
      family === 4
        ? ['10.0.1.11→10.0.1.12', '172.28.0.2→172.28.0.66', 50]
        : ['2001:db8:1::11→2001:db8:1::12', 'fd28::2→fd28::42', 70];
    expect(stack(deepest(legs(result, 'forward')))).toBe(
      `Ethernet | IP ${outer} | UDP 4789 | VXLAN 4096 | Ethernet | IP ${inner} | TCP`,
    );
    expect(details(result, 'encapsulate/vxlan')[0]).toMatchObject({
      vni: 4096,
      segment: family === 4 ? 'vxlan.calico' : 'vxlan-v6.calico',
      overheadBytes: bytes,
    });
    const [first, second, third] = did(legs(result, 'forward'), 'transmit/send').map(
      ({ detail }) => detail.lengthBytes,
    );
    expect([(second ?? 0) - (first ?? 0), third]).toEqual([bytes, first]);
  });

  test('a node speaks through the tunnel with the address of its end', () => {
    const result = ask(vxlan('always'), 'n1', 'web-2', { family });
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'originate/send')[0]).toMatchObject({
      source: family === 4 ? '172.28.0.0' : 'fd28::',
    });
    expect(route(result, 'reverse')).toBe('web-2 → n2 → n1');
    expect(details(result, 'encapsulate/vxlan', 'reverse')).toHaveLength(1);
  });

  test("the pods' MTU is the link's less the overhead, unless it is given", () => {
    expect(ask(vxlan('always'), 'client-1', 'web-2', { family }).pathMtu).toBe(
      family === 4 ? 1430 : 1430,
    );
    expect(ask(vxlan('always', 1400), 'client-1', 'web-2', { family }).pathMtu).toBe(1400);
  });

  test("a node's filter sees UDP 4789", () => {
    const rules = (port: number) =>
      vxlan('always').change('node', 'r', (node) => ({
        ...node,
        firewall: {
          rules: [
            { id: 'x', services: [{ protocol: 'udp', ports: [port] }], action: 'accept' as const },
          ],
        },
      }));
    expect(verdict(ask(rules(4789), 'client-1', 'web-3', { family }))).toBe('reachable');
    expect(verdict(ask(rules(80), 'client-1', 'web-3', { family }))).toBe('denied at r');
  });
});

test('IPv4 pools alone take 50 bytes', () => {
  const net = pods(cluster({ ipPools: [pool('172.28.0.0/16', { vxlan: 'always' })] }));
  expect(ask(net, 'client-1', 'web-2').pathMtu).toBe(1450);
});

describe('several pools', () => {
  const two = () =>
    cluster({
      ipPools: [
        pool('172.28.0.0/20', { ipInIp: 'always', natOutgoing: true }),
        pool('172.28.16.0/20', { vxlan: 'always', natOutgoing: true }),
        pool('172.28.32.0/20'),
      ],
    })
      .workload('client', ['n1 172.28.0.2'])
      .workload('web', ['n2 172.28.0.66', 'n2 172.28.16.66', 'n2 172.28.32.66'], {
        ports: ['80'],
      });

  test('each has its own tunnel, or none', () => {
    const tunnels = ['web-1', 'web-2', 'web-3'].map((to) =>
      told(ask(two(), 'client-1', to), ['encapsulate'])
        .map((text) => text.replace(/,.*/, ''))
        .join(),
    );
    expect(tunnels).toEqual([
      'n1: Encapsulates in IP-in-IP by tunl0',
      'n1: Encapsulates in VXLAN 4096 (vxlan.calico)',
      '',
    ]);
  });

  test('from one pool to another nothing is masqueraded, out of all of them it is', () => {
    expect(details(ask(two(), 'client-1', 'web-3'), 'nat/masquerade')).toEqual([]);
    expect(details(ask(two(), 'client-1', 'pc'), 'nat/masquerade')).toHaveLength(1);
  });

  test('pods are as small as the largest tunnel asks for', () => {
    expect(ask(two(), 'client-1', 'web-3').pathMtu).toBe(1450);
  });
});

test('cross-subnet goes by the subnet of the node address, not by others that the node is on', () => {
  const net = pods(
    cluster({ ipPools: [pool('172.28.0.0/16', { ipInIp: 'cross-subnet' })] }).change(
      'node',
      'n1',
      (node) => ({
        ...node,
        interfaces: [
          ...(node.interfaces ?? []),
          { id: 'eth1', segment: 'west', addresses: ['10.0.2.99/24'] },
        ],
      }),
    ),
  );
  const result = ask(net, 'client-1', 'web-3');
  expect(details(result, 'encapsulate/ip-in-ip')).toHaveLength(1);
});

test('VXLAN inside VXLAN on one UDP port is warned of', () => {
  const base = () =>
    pods(cluster({ ipPools: [pool('172.28.0.0/16', { vxlan: 'always', natOutgoing: true })] }))
      .transportZone('tz')
      .segment('underlay', '10.9.0.0/24', { mtu: 9000 })
      .hypervisor('h1', [], { vteps: '10.9.0.1/24' })
      .hypervisor('h2', [], { vteps: '10.9.0.2/24' })
      .remove('segment', 'east')
      .vxlan('east', 6000, ['10.0.1.0/24', '2001:db8:1::/64']);
  const placed = base();
  for (const [node, runsOn] of [
    ['n1', 'h1'],
    ['n2', 'h2'],
    ['r', 'h1'],
  ] as const) {
    placed.change('node', node, (found) => ({ ...found, runsOn }) as typeof found);
  }
  const result = ask(placed, 'client-1', 'web-2');
  expect(verdict(result)).toBe('reachable');
  expect(warned(result)).toContain('nested-vxlan');
  placed.change('transport-zone', 'tz', (zone) => ({ ...zone, udpPort: 8472 }));
  expect(warned(ask(placed, 'client-1', 'web-2'))).not.toContain('nested-vxlan');
});
