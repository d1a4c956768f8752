import { describe, expect, test } from 'vitest';
import type { NetworkBuilder } from '../builders/network.ts';
import { deepest, did, legs, stack, warningsOf } from '../samples/reading.ts';
import { ask, details, families, reason, route, told, verdict, warned } from './ask.ts';
import { cluster, pool } from './cluster.ts';

type Mode = 'always' | 'cross-subnet' | 'never';

/** One pod on n1 that asks, and one that listens on each node: web-1 on n1, web-2 on n2, web-3 on n3. */
const pods = (net: NetworkBuilder) =>
  net.workload('client', ['n1']).workload('web', ['n1', 'n2', 'n3'], { ports: ['http 80'] });

const ipInIp = (mode: Mode, natOutgoing = true) =>
  pods(
    cluster({
      ipPools: [
        pool('172.28.0.0/16', { ipInIp: mode, natOutgoing }),
        pool('fd28::/112', { natOutgoing }),
      ],
    }),
  );

describe('pod to pod', () => {
  test.each(families)('on one node: by the veth pairs, IPv%d', (family) => {
    const result = ask(ipInIp('always'), 'client-1', 'web-1', { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('client-1 → n1 → web-1');
    expect(details(result, 'encapsulate/ip-in-ip')).toEqual([]);
    expect(details(result, 'nat/masquerade')).toEqual([]);
    const [toNode] = details(result, 'route/match');
    expect(toNode).toMatchObject({
      via: family === 4 ? '169.254.1.1' : 'fe80::ecee:eeff:feee:eeee',
      origin: 'link-local',
    });
  });

  // mode; the pod asked; the way; whether by IP-in-IP
  test.each<[Mode, string, string, boolean]>([
    ['always', 'web-2', 'client-1 → n1 → n2 → web-2', true],
    ['always', 'web-3', 'client-1 → n1 → r → n3 → web-3', true],
    ['cross-subnet', 'web-2', 'client-1 → n1 → n2 → web-2', false],
    ['cross-subnet', 'web-3', 'client-1 → n1 → r → n3 → web-3', true],
    ['never', 'web-2', 'client-1 → n1 → n2 → web-2', false],
  ])('IP-in-IP %s to %s: %s', (mode, to, way, tunnelled) => {
    const result = ask(ipInIp(mode), 'client-1', to);
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe(way);
    expect(route(result, 'reverse')).toBe(way.split(' → ').reverse().join(' → '));
    expect(details(result, 'encapsulate/ip-in-ip')).toHaveLength(tunnelled ? 1 : 0);
    expect(details(result, 'encapsulate/ip-in-ip', 'reverse')).toHaveLength(tunnelled ? 1 : 0);
    expect(details(result, 'nat/masquerade')).toEqual([]);
  });

  test('never, over a router that does not know the pods', () => {
    const result = ask(ipInIp('never'), 'client-1', 'web-3');
    expect(verdict(result)).toBe('no-route at r');
  });

  test('IPv6 has no IP-in-IP: pods of another subnet need a router that knows them', () => {
    expect(verdict(ask(ipInIp('always'), 'client-1', 'web-2', { family: 6 }))).toBe('reachable');
    expect(verdict(ask(ipInIp('always'), 'client-1', 'web-3', { family: 6 }))).toBe(
      'no-route at r',
    );
    const known = ipInIp('always').change('node', 'r', (node) => ({
      ...node,
      routes: [
        { destination: 'fd28::80/122', via: '2001:db8:2::13' },
        { destination: 'fd28::/122', via: '2001:db8:1::11' },
      ],
    }));
    expect(verdict(ask(known, 'client-1', 'web-3', { family: 6 }))).toBe('reachable');
  });

  test('the outer header is between the nodes, protocol 4, 20 bytes more', () => {
    const result = ask(ipInIp('always'), 'client-1', 'web-2');
    expect(told(result, ['encapsulate'])).toEqual([
      expect.stringContaining(
        'n1: Encapsulates in IP-in-IP by tunl0, 10.0.1.11 → 10.0.1.12 (+20 bytes',
      ),
    ]);
    expect(stack(deepest(legs(result, 'forward')))).toBe(
      'Ethernet | IP 10.0.1.11→10.0.1.12 proto 4 | IP 172.28.0.2→172.28.0.66 | TCP',
    );
    const lengths = did(legs(result, 'forward'), 'transmit/send').map(
      ({ detail }) => detail.lengthBytes,
    );
    expect(lengths).toEqual([60, 80, 60]);
  });

  test("a node's filter sees protocol 4", () => {
    const rules = (protocol: 'ip-in-ip' | 'tcp') =>
      ipInIp('always').change('node', 'r', (node) => ({
        ...node,
        firewall: { rules: [{ id: 'x', services: [{ protocol }], action: 'accept' as const }] },
      }));
    expect(verdict(ask(rules('ip-in-ip'), 'client-1', 'web-3'))).toBe('reachable');
    expect(verdict(ask(rules('tcp'), 'client-1', 'web-3'))).toBe('denied at r');
  });
});

describe('node and pod', () => {
  test('a node reaches its own pods from its own address', () => {
    const result = ask(ipInIp('always'), 'n1', 'web-1');
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'originate/send')[0]).toMatchObject({ source: '10.0.1.11' });
  });

  test("through the tunnel it speaks with its tunnel's address", () => {
    const result = ask(ipInIp('always'), 'n1', 'web-2');
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'originate/send')[0]).toMatchObject({ source: '172.28.0.0' });
    expect(details(result, 'encapsulate/ip-in-ip')[0]).toMatchObject({ from: '10.0.1.11' });
    expect(route(result, 'reverse')).toBe('web-2 → n2 → n1');
    expect(details(result, 'encapsulate/ip-in-ip', 'reverse')).toHaveLength(1);
  });

  test('a pod asks another node with the address of its own, since that is in no pool', () => {
    const result = ask(ipInIp('always'), 'client-1', 'n2', { port: 22 });
    expect(verdict(result)).toBe('reachable');
    expect(told(result, ['nat'])).toEqual([
      expect.stringMatching(
        /^n1: Masquerade: source 172\.28\.0\.2:\d+ becomes 10\.0\.1\.11:\d+, since the IP pool/,
      ),
    ]);
  });

  test('a pod asks its own node with its own address', () => {
    const result = ask(ipInIp('always'), 'client-1', '10.0.1.11', { port: 22 });
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'nat/masquerade')).toEqual([]);
  });
});

describe.each(families)('out of the cluster, IPv%d', (family) => {
  const [pod, node] = family === 4 ? ['172.28.0.2', '10.0.1.11'] : ['fd28::2', '2001:db8:1::11'];

  test('natOutgoing gives the address of the node, and the reply finds back', () => {
    const result = ask(ipInIp('always'), 'client-1', 'pc', { family });
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'deliver/listener')[0]?.source).toBe(node);
    expect(route(result, 'reverse')).toBe('pc → r → n1 → client-1');
  });

  test('without natOutgoing the pod keeps its address, which nobody outside knows', () => {
    const result = ask(ipInIp('always', false), 'client-1', 'pc', { family });
    expect(details(result, 'deliver/listener')[0]?.source).toBe(pod);
    expect(verdict(result)).toBe('one-way: no-route at r');
  });

  test('to another pool nothing is translated', () => {
    const office = family === 4 ? '10.0.3.0/24' : '2001:db8:3::/64';
    const net = pods(
      cluster({
        ipPools: [
          pool('172.28.0.0/16', { ipInIp: 'always', natOutgoing: true }),
          pool('fd28::/112', { natOutgoing: true }),
          pool(office, { disabled: true }),
        ],
      }),
    );
    const result = ask(net, 'client-1', 'pc', { family });
    expect(details(result, 'deliver/listener')[0]?.source).toBe(pod);
  });
});

describe('addresses of pods that do not exist', () => {
  test.each([
    ['in the block of the own node', 'client-1', '172.28.0.9', 'null-routed at n1'],
    ['in the block of another node', 'client-1', '172.28.0.99', 'null-routed at n2'],
    ['of IPv6 in the block of another node', 'client-1', 'fd28::55', 'null-routed at n2'],
    ['in no block', 'client-1', '172.28.77.1', 'no-route at r'],
  ])('%s', (_, from, to, expected) => {
    expect(verdict(ask(ipInIp('always'), from, to))).toBe(expected);
  });

  test('the block that swallows them is named', () => {
    const result = ask(ipInIp('always'), 'client-1', '172.28.0.99');
    expect(reason(result)).toBe("Dropped, null-routed: n2's route 172.28.0.64/26 discards");
  });
});

describe('blocks and borrowed addresses', () => {
  test('blocks that the design gives are routed to their nodes', () => {
    const net = cluster({
      ipPools: [pool('172.28.0.0/16', { ipInIp: 'always' })],
      blocks: [{ node: 'n2', cidr: '172.28.5.0/26' }],
    })
      .workload('client', ['n1'])
      .workload('web', ['n2 172.28.5.9'], { ports: ['80'] });
    const result = ask(net, 'client-1', 'web-1');
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'route/match')[1]).toMatchObject({
      prefix: '172.28.5.0/26',
      origin: 'calico',
      interface: 'tunl0',
    });
  });

  test('a pod with an address of another block is announced by itself', () => {
    const net = cluster()
      .workload('client', ['n1'])
      .workload('web', ['n3 172.28.0.70'], { ports: ['80'] });
    const result = ask(net, 'client-1', 'web-1');
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('client-1 → n1 → r → n3 → web-1');
    expect(details(result, 'route/match')[1]).toMatchObject({ prefix: '172.28.0.70/32' });
  });
});

describe("Calico's MTU", () => {
  test.each<[string, NetworkBuilder, number]>([
    ['link less 20 with IP-in-IP', ipInIp('always'), 1480],
    ['the link itself without a tunnel', ipInIp('never'), 1500],
    ['what the design gives', pods(cluster({ mtu: 1430 })), 1430],
  ])('%s', (_, net, expected) => {
    const result = ask(net, 'client-1', 'web-2');
    expect(verdict(result)).toBe('reachable');
    expect(result.pathMtu).toBe(expected);
    expect(warned(result)).toEqual([]);
  });

  test('a Calico MTU that leaves no room for the tunnel: the node tells the pod', () => {
    const result = ask(pods(cluster({ mtu: 1500 })), 'client-1', 'web-2');
    expect(result.pathMtu).toBe(1480);
    expect([...new Set(warned(result))]).toEqual(['mtu-reduced']);
    expect(warningsOf(result, 'mtu-reduced')[0]?.at).toBe('east');
  });
});

describe('what is down', () => {
  test('a node that is down takes its pods with it', () => {
    const net = ipInIp('always').change('node', 'n2', (node) => ({ ...node, state: 'down' }));
    const result = ask(net, 'client-1', 'web-2');
    expect(verdict(result)).toBe('neighbor-unreachable at n1');
    expect(verdict(ask(net, 'client-1', 'web-3'))).toBe('reachable');
  });
});

describe('pods on the host network', () => {
  const net = () =>
    cluster()
      .workload('client', ['n1'])
      .workload('agent', ['n1', 'n2'], { hostNetwork: true, ports: ['9100'] });

  test('listen on the address of their node', () => {
    const result = ask(net(), 'pc', '10.0.1.12', { port: 9100 });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('pc → r → n2');
  });

  test('send from the address of their node', () => {
    const result = ask(net(), 'agent-1', 'pc');
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'originate/send')[0]?.source).toBe('10.0.1.11');
  });

  test('are asked by other pods as their nodes are', () => {
    const result = ask(net(), 'client-1', 'agent-2', { port: 9100 });
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'deliver/listener')[0]?.source).toBe('10.0.1.11');
  });
});
