import { describe, expect, test } from 'vitest';
import { dispositions, isDelivered, type Disposition } from '../../src-main/sim/index.ts';
import type { FlowOptions } from '../builders/options.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { ask, reason } from './ask.ts';
import { cluster } from './cluster.ts';

/** a – r – b, with whatever each case adds. */
const base = () =>
  network()
    .segment('left', '10.0.1.0/24')
    .segment('right', '10.0.2.0/24')
    .host('a', '10.0.1.2/24', { gateway: '10.0.1.1' })
    .router('r', ['10.0.1.1/24', '10.0.2.1/24'])
    .host('b', '10.0.2.2/24', { gateway: '10.0.2.1', listens: ['tcp 80'] });

const routes = (...list: { destination: string; via?: string; action?: 'discard' }[]) =>
  base().change('node', 'r', (node) => ({ ...node, routes: list }));
const filter = (action: 'deny' | 'reject') =>
  base().change(
    'node',
    'r',
    (node) =>
      ({
        ...node,
        firewall: { defaultAction: action, rules: [] },
      }) as typeof node,
  );

/** Many routers in a row, so that a packet's TTL runs out. */
function long(): NetworkBuilder {
  const net = network();
  const routers = 64;
  for (let at = 0; at <= routers; at += 1) net.segment(`s${at}`, `10.1.${at}.0/24`);
  for (let at = 0; at < routers; at += 1) {
    net.router(`r${at}`, [`10.1.${at}.1/24`, `10.1.${at + 1}.3/24`], {
      routes: [
        `10.1.${routers}.0/24 via 10.1.${at + 1}.1`,
        ...(at > 0 ? [`0.0.0.0/0 via 10.1.${at}.3`] : []),
      ],
    });
  }
  return net
    .host('a', '10.1.0.2/24', { gateway: '10.1.0.1' })
    .host('b', `10.1.${routers}.2/24`, { gateway: `10.1.${routers}.3` });
}

interface Case {
  readonly net: () => NetworkBuilder;
  readonly from?: string;
  readonly to?: string;
  readonly options?: FlowOptions;
  readonly says: string;
}

/** One network for each way in which a walk can end, and the sentence that it ends with. */
const cases: Record<Disposition, Case> = {
  delivered: { net: base, says: 'Delivered: tcp 80 takes tcp 80 from 10.0.1.2 to 10.0.2.2' },
  'exits-network': {
    net: () =>
      base()
        .site('world', 'internet')
        .segment('net', '198.51.100.0/24', { site: 'world' })
        .change('node', 'r', (node) => ({
          ...node,
          interfaces: [
            ...(node.interfaces ?? []),
            { id: 'out', segment: 'net', addresses: ['198.51.100.1/24'] },
          ],
          routes: [{ destination: '0.0.0.0/0', interface: 'out' }],
        })),
    to: '192.0.2.1',
    says: 'Leaves the drawn network towards 192.0.2.1',
  },
  denied: {
    net: () => filter('deny'),
    says: 'Dropped, denied: r: The default rule denies tcp 80 from 10.0.1.2 to 10.0.2.2',
  },
  rejected: {
    net: () => filter('reject'),
    says: 'Dropped, rejected: r: The default rule rejects tcp 80 from 10.0.1.2 to 10.0.2.2',
  },
  'no-route': {
    net: base,
    to: '10.0.3.1',
    says: 'Dropped, no-route: r has no route to 10.0.3.1',
  },
  'null-routed': {
    net: () => routes({ destination: '10.0.3.0/24', action: 'discard' }),
    to: '10.0.3.1',
    says: "Dropped, null-routed: r's route 10.0.3.0/24 discards",
  },
  'neighbor-unreachable': {
    net: base,
    to: '10.0.2.3',
    says: 'Dropped, neighbor-unreachable: nobody on right owns 10.0.2.3',
  },
  'no-listener': {
    net: base,
    options: { port: 81 },
    says: 'Dropped, no-listener: nothing on b listens on tcp 81',
  },
  'name-not-resolved': {
    net: base,
    to: 'b.example.com',
    says: 'Dropped, name-not-resolved: a has no resolver',
  },
  'no-endpoints': {
    net: () =>
      base().edge('lb', '10.0.1.5/24', {
        firewall: ['accept'],
        loadBalancers: [
          {
            id: 'pool',
            address: '10.0.1.5',
            protocol: 'tcp',
            port: 80,
            mode: 'proxy',
            members: [],
          },
        ],
      }),
    to: '10.0.1.5',
    says: 'Dropped, no-endpoints: load balancer pool has no member',
  },
  'proxy-refused': {
    net: () =>
      base().host('squid', '10.0.1.5/24', {
        httpProxy: { port: 3128, allowedSources: [], allowedDestinations: ['b.test'] },
      }),
    to: 'http://c.test/',
    options: { proxy: { host: '10.0.1.5', port: 3128, client: 'go' } },
    says: 'Dropped, proxy-refused: squid: c.test is not among the hosts it goes to',
  },
  'mtu-exceeded': {
    net: () => base().change('segment', 'right', (segment) => ({ ...segment, mtu: 1400 })),
    options: { packetBytes: 1500 },
    says: 'Dropped, mtu-exceeded: 1500 bytes do not fit the MTU of 1400 bytes on right',
  },
  loop: {
    net: () =>
      routes({ destination: '10.0.3.0/24', via: '10.0.2.3' }).router('s', '10.0.2.3/24', {
        gateway: '10.0.2.1',
      }),
    to: '10.0.3.1',
    says: 'Dropped, loop: the packet was at r before, unchanged',
  },
  'ttl-expired': { net: long, says: 'Dropped, ttl-expired: the TTL ran out at r63' },
  'tunnel-down': {
    net: () =>
      network()
        .vxlan('app', 5001, '10.0.1.0/24')
        .hypervisor('h1')
        .hypervisor('h2')
        .host('a', '10.0.1.2/24', { runsOn: 'h1' })
        .host('b', '10.0.1.3/24', { runsOn: 'h2' }),
    says: 'Dropped, tunnel-down: h1 is not in transport zone tz, so it cannot carry VNI 5001',
  },
  'interface-down': {
    net: () => base().change('node', 'a', (node) => ({ ...node, state: 'down' })),
    says: 'Dropped, interface-down: a is down',
  },
};

describe('each way in which a walk ends', () => {
  test('is shown here', () => {
    expect(Object.keys(cases).sort()).toEqual([...dispositions].sort());
  });

  test.each(dispositions)('%s', (disposition) => {
    const { net, from = 'a', to = 'b', options = {}, says } = cases[disposition];
    const result = ask(net(), from, to, options);
    const [trace] = result.forward;
    expect(trace?.disposition).toBe(disposition);
    const end = trace?.legs.at(-1)?.hops.at(-1)?.steps.at(-1);
    expect(end?.text).toBe(says);
    expect(end?.kind).toBe(isDelivered(disposition) ? 'deliver' : 'drop');
    expect(result.reverse).toHaveLength(isDelivered(disposition) ? 1 : 0);
  });
});

describe('other reasons of the same endings', () => {
  test.each<[Disposition, () => NetworkBuilder, string, string, string]>([
    [
      'rejected',
      () => cluster().workload('p', ['n1']).service('s', '172.29.0.9', ['80']),
      'p-1',
      'service:s',
      'service default/s has no endpoint that is ready',
    ],
    ['no-route', base, 'a', 'none', 'none has no address'],
    ['no-route', base, 'a', '2001:db8::1', 'a has no address of the family of 2001:db8::1'],
    [
      'no-route',
      () => base().host('none'),
      'none',
      'b',
      'none has no address of the family of 10.0.2.2',
    ],
  ])('%s: %#', (disposition, build, from, to, why) => {
    const net = build();
    if (to === 'none') net.host('none');
    const result = ask(net, from, to);
    expect(result.forward[0]?.disposition).toBe(disposition);
    expect(reason(result)).toBe(`Dropped, ${disposition}: ${why}`);
  });
});
