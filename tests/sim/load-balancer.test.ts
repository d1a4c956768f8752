import { describe, expect, test } from 'vitest';
import type { LoadBalancer } from '../../src-main/model/design.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { ask, details, families, reason, route, routeOf, verdict, warned } from './ask.ts';

const vip = { 4: '203.0.113.10', 6: '2001:db8:f::10' };
const servers = { 4: ['10.0.1.11', '10.0.1.12'], 6: ['fd00:1::11', 'fd00:1::12'] } as const;
const balancerInside = { 4: '10.0.1.1', 6: 'fd00:1::1' };
const clients = { 4: '203.0.113.7', 6: '2001:db8:f::7' };

type Settings = Partial<LoadBalancer> & { readonly weights?: readonly number[] };

/** client – edge (virtual server) – s1, s2. The servers' gateway is the edge unless `gateway` says else. */
function balanced(family: 4 | 6, settings: Settings, gateway?: string): NetworkBuilder {
  const { weights = [1, 1], ...rest } = settings;
  const balancer: LoadBalancer = {
    id: 'shop',
    address: vip[family],
    protocol: 'tcp',
    port: 80,
    mode: 'proxy',
    members: servers[family].map((address, at) => ({
      id: `m${at + 1}`,
      address,
      port: 8080,
      weight: weights[at] ?? 1,
    })),
    ...rest,
  };
  const server = (at: 0 | 1): [string, { gateway: string; listens: string[] }] => [
    `${servers[family][at]}/${family === 4 ? 24 : 64}`,
    { gateway: gateway ?? balancerInside[family], listens: ['tcp 8080'] },
  ];
  return network()
    .segment('public', ['203.0.113.0/24', '2001:db8:f::/64'])
    .segment('inside', ['10.0.1.0/24', 'fd00:1::/64'])
    .host('client', '203.0.113.7/24,2001:db8:f::7/64')
    .edge('edge', ['203.0.113.10/24,2001:db8:f::10/64', '10.0.1.1/24,fd00:1::1/64'], {
      firewall: ['accept'],
      loadBalancers: [balancer],
    })
    .router('past', ['203.0.113.9/24,2001:db8:f::9/64', '10.0.1.9/24,fd00:1::9/64'])
    .host('s1', ...server(0))
    .host('s2', ...server(1));
}

describe.each(families)('a virtual server over IPv%d', (family) => {
  const bypass = family === 4 ? '10.0.1.9' : 'fd00:1::9';
  const seenBy = (net: NetworkBuilder) =>
    details(ask(net, 'client', vip[family]), 'deliver/listener');

  test('layer 4, proxy: members see the edge, and the client its answer from the virtual address', () => {
    const net = balanced(family, { layer: 4 });
    const result = ask(net, 'client', vip[family]);
    expect(verdict(result)).toBe('reachable');
    expect(seenBy(net)).toMatchObject([{ source: balancerInside[family], destinationPort: 8080 }]);
    expect(details(result, 'load-balance/choose')).toMatchObject([
      { balancer: 'shop', choices: 2, mode: 'proxy' },
    ]);
    expect(details(result, 'deliver/reply', 'reverse')).toMatchObject([
      { source: vip[family], sourcePort: 80, destination: clients[family] },
    ]);
    expect(result.forward[0]?.legs).toHaveLength(1);
  });

  test('layer 4, proxy: the answer comes back though the servers have another gateway', () => {
    const result = ask(balanced(family, { layer: 4 }, bypass), 'client', vip[family]);
    expect(verdict(result)).toBe('reachable');
  });

  test('layer 4, transparent: members see the client', () => {
    const net = balanced(family, { layer: 4, mode: 'transparent' });
    expect(seenBy(net)).toMatchObject([{ source: clients[family], destinationPort: 8080 }]);
    expect(verdict(ask(net, 'client', vip[family]))).toBe('reachable');
  });

  test('layer 4, transparent: an answer past the edge is not what the client asked for', () => {
    const net = balanced(family, { layer: 4, mode: 'transparent' }, bypass);
    const result = ask(net, 'client', vip[family]);
    expect(verdict(result)).toBe('one-way: no-listener at client');
    expect(route(result, 'reverse')).toMatch(/^s[12] → past → client$/);
    expect(reason(result)).toContain('client spoke to');
  });

  test('layer 7, proxy: ends the connection and opens another, each answered on its own', () => {
    const result = ask(balanced(family, { layer: 7 }), 'client', vip[family]);
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toMatch(/^client → edge \| edge → s[12]$/);
    expect(route(result, 'reverse')).toMatch(/^s[12] → edge \| edge → client$/);
    expect(details(result, 'deliver/listener')).toMatchObject([
      { source: clients[family], destination: vip[family], destinationPort: 80 },
      { source: balancerInside[family], destinationPort: 8080 },
    ]);
  });

  test('layer 7, transparent: the second connection carries the address of the client', () => {
    const net = balanced(family, { layer: 7, mode: 'transparent' });
    const result = ask(net, 'client', vip[family]);
    expect(route(result)).toMatch(/^client → edge \| edge → s[12]$/);
    expect(seenBy(net)[1]).toMatchObject({ source: clients[family], destinationPort: 8080 });
    expect(verdict(result)).toBe('reachable');
    expect(route(result, 'reverse')).toMatch(/^s[12] → edge \| edge → client$/);
  });

  test('layer 7, transparent: an answer past the edge is not what the client asked for', () => {
    const net = balanced(family, { layer: 7, mode: 'transparent' }, bypass);
    const result = ask(net, 'client', vip[family]);
    expect(verdict(result)).toMatch(/^one-way: no-listener at client$/);
  });

  test.each([4, 7] as const)('layer %d: lists every member with its share', (layer) => {
    const net = balanced(family, { layer, weights: [3, 1] });
    const result = ask(net, 'client', vip[family], {}, { allPaths: true });
    const shares = result.forward.map((trace) => [routeOf(trace).at(-1), trace.probability]);
    expect(shares).toEqual([
      ['1', 0.75],
      ['2', 0.25],
    ]);
    expect(result.reverse).toHaveLength(2);
  });

  test.each([4, 7] as const)('layer %d: the default share is that of the member taken', (layer) => {
    const net = balanced(family, { layer, weights: [3, 1] });
    const taken = { s1: 0, s2: 0 };
    for (let sourcePort = 50000; sourcePort < 50060; sourcePort += 1) {
      const result = ask(net, 'client', vip[family], { sourcePort });
      const member = route(result).endsWith('s1') ? 's1' : 's2';
      taken[member] += 1;
      expect(result.forward[0]?.probability).toBe(member === 's1' ? 0.75 : 0.25);
    }
    expect(taken.s1).toBeGreaterThan(taken.s2);
    expect(taken.s2).toBeGreaterThan(0);
  });

  test.each([4, 7] as const)('layer %d: without a member there is nobody to send to', (layer) => {
    const disabled = servers[family].map((address, at) => ({
      id: `m${at}`,
      address,
      enabled: false,
    }));
    for (const members of [[], disabled]) {
      const result = ask(balanced(family, { layer, members }), 'client', vip[family]);
      expect(verdict(result)).toBe('no-endpoints at edge');
      expect(reason(result)).toBe('Dropped, no-endpoints: load balancer shop has no member');
      expect(details(result, 'load-balance/no-member')).toEqual([{ balancer: 'shop' }]);
    }
  });

  test.each([4, 7] as const)(
    'layer %d: other ports and other protocols are not its own',
    (layer) => {
      const net = balanced(family, { layer });
      expect(verdict(ask(net, 'client', vip[family], { port: 81 }))).toBe('no-listener at edge');
      const udp = ask(net, 'client', vip[family], { port: 80, protocol: 'udp' });
      expect(verdict(udp)).toBe('no-listener at edge');
    },
  );

  test.each([4, 7] as const)('layer %d: a disabled virtual server is not there', (layer) => {
    const net = balanced(family, { layer, enabled: false });
    expect(verdict(ask(net, 'client', vip[family]))).toBe('no-listener at edge');
  });

  test.each([4, 7] as const)('layer %d: a member that is down fails its share only', (layer) => {
    const net = balanced(family, { layer }).change('node', 's2', (node) => ({
      ...node,
      state: 'down',
    }));
    const all = ask(net, 'client', vip[family], {}, { allPaths: true });
    expect(all.forward.map(({ disposition }) => disposition)).toEqual([
      'delivered',
      'neighbor-unreachable',
    ]);
    expect(warned(all)).toContain('paths-differ');
  });

  test('members keep the port of the virtual server where they name none', () => {
    const members = [{ id: 'm', address: servers[family][0] }];
    const result = ask(balanced(family, { members, port: 8080 }), 'client', vip[family], {
      port: 8080,
    });
    expect(verdict(result)).toBe('reachable');
  });
});

test('the firewall of the edge sees the virtual address, not the member', () => {
  const rule = (to: string) =>
    balanced(4, { layer: 4 }).change('node', 'edge', (node) => ({
      ...node,
      firewall: { rules: [{ id: 'r', destinations: [to], action: 'accept' as const }] },
    }));
  expect(verdict(ask(rule(vip[4]), 'client', vip[4]))).toBe('reachable');
  expect(verdict(ask(rule('10.0.1.0/24'), 'client', vip[4]))).toBe('denied at edge');
});

test('a virtual server of layer 7 that sends to itself opens connections in a circle', () => {
  const members = [{ id: 'self', address: vip[4], port: 80 }];
  const result = ask(balanced(4, { layer: 7, members }), 'client', vip[4]);
  expect(verdict(result)).toBe('loop at edge');
  expect(reason(result)).toContain('they go round in a circle');
});
