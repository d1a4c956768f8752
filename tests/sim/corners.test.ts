import { describe, expect, test } from 'vitest';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { cluster, pool } from './cluster.ts';
import { ask, details, reason, route, verdict, warned } from './ask.ts';

describe('addresses that no network carries', () => {
  const net = () =>
    network()
      .site('internet', 'internet')
      .segment('net', '203.0.113.0/24', { site: 'internet', gateway: '203.0.113.1' })
      .segment('lan', ['10.0.0.0/24', '2001:db8::/64'])
      .router('r', ['10.0.0.1/24,2001:db8::1/64', 'up=203.0.113.1/24'], {
        routes: [{ destination: '0.0.0.0/0', interface: 'up' }],
        nat: ['snat 10.0.0.0/24 to 203.0.113.1 on up'],
      })
      .host('a', '10.0.0.2/24,2001:db8::2/64', {
        gateway: ['10.0.0.1', '2001:db8::1'],
        listens: ['tcp 80'],
      });

  test.each(['127.0.0.1', '127.9.9.9', '::1'])('%s is the host itself', (loopback) => {
    const result = ask(net(), 'a', loopback);
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('a');
    expect(verdict(ask(net(), 'a', loopback, { port: 81 }))).toBe('no-listener at a');
  });

  test.each(['224.0.0.5', '255.255.255.255', '240.0.0.1', 'ff02::1'])(
    '%s has no route',
    (group) => {
      const result = ask(net(), 'a', group);
      expect(verdict(result)).toBe('no-route at a');
      expect(reason(result)).toContain('no unicast address');
    },
  );

  test('a host somewhere on the internet comes in by the gateway of its segment', () => {
    const from = { kind: 'address', address: '198.51.100.9', segment: 'net' } as const;
    const listening = net().change('node', 'r', (node) => ({
      ...node,
      listeners: [{ protocol: 'tcp', port: 80 }],
    }));
    expect(verdict(ask(listening, from, '203.0.113.1'))).toBe('reachable');
  });
});

describe('a distributed router itself', () => {
  const net = () =>
    network()
      .segment('wire', '10.9.0.0/24', { mtu: 1600 })
      .vxlan('web', 6001, '10.0.1.0/24')
      .dlr('dlr', ['lif=10.0.1.1/24'])
      .hypervisor('h1', [], { vteps: '10.9.0.1/24' })
      .hypervisor('h2', [], { vteps: '10.9.0.2/24' })
      .host('vm', '10.0.1.2/24', { runsOn: 'h2', gateway: '10.0.1.1' });

  test("answers its neighbour's ping on the neighbour's hypervisor", () => {
    const result = ask(net(), 'vm', '10.0.1.1', { protocol: 'icmp' });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('vm → dlr on h2');
    expect(route(result, 'reverse')).toBe('dlr on h2 → h2 → vm');
  });

  test('pings from an instance that the result names', () => {
    const result = ask(net(), 'dlr', 'vm', { protocol: 'icmp' });
    expect(verdict(result)).toBe('reachable');
    expect(result.assumptions.join()).toContain('dlr itself makes starts at its instance on h1');
  });

  test('is not reached from hardware on a VLAN, which is said', () => {
    const vlan = net()
      .vlan('office', 10, '10.0.2.0/24')
      .change('node', 'dlr', (node) => ({
        ...node,
        interfaces: [
          ...(node.interfaces ?? []),
          { id: 'vlan-lif', segment: 'office', addresses: ['10.0.2.1/24'] },
        ],
      }))
      .host('pc', '10.0.2.2/24', { gateway: '10.0.2.1' });
    const result = ask(vlan, 'pc', '10.0.2.1', { protocol: 'icmp' });
    expect(verdict(result)).toBe('tunnel-down at pc');
    expect(warned(result)).toContain('not-modelled');
  });
});

describe('what a balancer and a translation do together', () => {
  test('a translated address may be a virtual server of the same edge', () => {
    const net = network()
      .segment('out', '203.0.113.0/24')
      .segment('in', '10.0.0.0/24')
      .host('client', '203.0.113.9/24')
      .edge('edge', ['out=203.0.113.2/24', 'in=10.0.0.1/24,10.0.0.5/24'], {
        firewall: ['accept'],
        nat: ['dnat 203.0.113.2 to 10.0.0.5 on out'],
        loadBalancers: [
          {
            id: 'pool',
            address: '10.0.0.5',
            protocol: 'tcp',
            port: 80,
            mode: 'transparent',
            members: [{ id: 'm', address: '10.0.0.9' }],
          },
        ],
      })
      .host('s', '10.0.0.9/24', { gateway: '10.0.0.1', listens: ['tcp 80'] });
    const result = ask(net, 'client', '203.0.113.2');
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('client → edge → s');
  });
});

describe('a client that is sent to a proxy', () => {
  test('gets nowhere where a plain server listens in its place', () => {
    const net = network()
      .segment('lan', '10.0.0.0/24')
      .host('a', '10.0.0.2/24')
      .host('web', '10.0.0.3/24', { listens: ['tcp 80', 'tcp 443'] });
    const result = ask(net, 'a', 'https://10.0.0.3/', {
      proxy: { host: '10.0.0.3', port: 80, client: 'curl' },
    });
    expect(verdict(result)).toBe('proxy-refused at web');
    expect(reason(result)).toContain('no HTTP proxy');
  });
});

describe('what keeps two neighbours apart', () => {
  const tagged = (tag: number | undefined, other: number | undefined): NetworkBuilder => {
    const item = (id: string, address: string, vlan: number | undefined) => ({
      id,
      segment: 'v',
      addresses: [address],
      ...(vlan === undefined ? {} : { vlan }),
    });
    return network()
      .vlan('v', 10, '10.0.0.0/24')
      .host('a', item('eth0', '10.0.0.2/24', tag))
      .host('b', item('eth0', '10.0.0.3/24', other), { listens: ['tcp 80'] });
  };

  test.each([
    [undefined, undefined, 'reachable'],
    [20, 20, 'reachable'],
    [10, undefined, 'reachable'], // the VLAN's own number: a trunk port
    [20, undefined, 'neighbor-unreachable at a'],
    [20, 30, 'neighbor-unreachable at a'],
  ])('tags %s and %s: %s', (one, other, expected) => {
    expect(verdict(ask(tagged(one, other), 'a', 'b'))).toBe(expected);
  });

  test('the MTU of the receiver is told as the receiver’s', () => {
    const net = network()
      .segment('lan', '10.0.0.0/24')
      .host('a', '10.0.0.2/24')
      .router('r', [
        { id: 'right', segment: 'lan', addresses: ['10.0.0.1/24'], mtu: 1280 },
        'far=10.0.1.1/24',
      ])
      .segment('other', '10.0.1.0/24')
      .host('b', '10.0.1.2/24', { gateway: '10.0.1.1', listens: ['udp 80'] })
      .change('node', 'a', (node) => ({
        ...node,
        routes: [{ destination: '0.0.0.0/0', via: '10.0.0.1' }],
      }));
    const result = ask(net, 'a', 'b', { protocol: 'udp' });
    expect(result.warnings.map(({ text }) => text).join()).toContain('r right → lan');
  });
});

describe('a next hop on two connected prefixes', () => {
  test('is behind the longer one', () => {
    const net = network()
      .segment('wide', '10.0.0.0/8')
      .segment('narrow', '10.1.0.0/24')
      .host(
        'a',
        [
          { id: 'wide', segment: 'wide', addresses: ['10.0.0.1/8'] },
          { id: 'narrow', segment: 'narrow', addresses: ['10.1.0.1/24'] },
        ],
        { routes: ['192.0.2.0/24 via 10.1.0.254'] },
      )
      .router('r', [
        { id: 'in', segment: 'narrow', addresses: ['10.1.0.254/24'] },
        { id: 'out', segment: 'far', addresses: ['192.0.2.1/24'] },
      ])
      .segment('far', '192.0.2.0/24');
    expect(route(ask(net, 'a', '192.0.2.1', { protocol: 'icmp' }))).toBe('a → r');
  });
});

describe('a cluster', () => {
  const web = (net: NetworkBuilder) =>
    net.workload('web', ['n1 172.28.0.5', 'n2 172.28.0.70'], { ports: ['8080'] });

  test('masquerades what leaves a disabled pool with natOutgoing', () => {
    const pools = [pool('172.28.0.0/16', { natOutgoing: true, disabled: true, ipInIp: 'always' })];
    const net = web(cluster({ ipPools: pools }, { podCidrs: ['172.28.0.0/16'] }));
    const result = ask(net, { kind: 'pod', pod: 'web-1' }, 'pc');
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'nat/masquerade')).toMatchObject([{ reason: 'nat-outgoing' }]);
  });

  test('a load-balancer address that no node holds is nobody’s, as on the wire', () => {
    const net = web(cluster(undefined, { podCidrs: ['172.28.0.0/16'] })).service(
      'web',
      '172.29.0.5',
      ['80 -> 8080'],
      {
        selector: { app: 'web' },
        type: 'LoadBalancer',
        loadBalancerIps: ['10.0.1.50'],
      },
    );
    expect(verdict(ask(net, 'pc', '10.0.1.50'))).toBe('neighbor-unreachable at r');
  });
});

describe('name servers that multiply questions', () => {
  test('end in a sentence instead of without end', () => {
    const net = network().segment('lan', '10.0.0.0/16');
    const layers = 7;
    const width = 5;
    const address = (layer: number, at: number) => `10.0.${layer}.${at + 1}`;
    const row = (layer: number) => Array.from({ length: width }, (_, at) => address(layer, at));
    net.host('a', '10.0.250.1/16', { resolvers: row(0) });
    for (let layer = 0; layer < layers; layer += 1) {
      for (let at = 0; at < width; at += 1) {
        const forwarders = layer + 1 < layers ? row(layer + 1) : ['10.0.240.1'];
        net.host(`s${layer}-${at}`, `${address(layer, at)}/16`, { dns: { forwarders } });
      }
    }
    const result = ask(net, 'a', { kind: 'name', name: 'web.example' });
    expect(verdict(result)).toMatch(/^name-not-resolved/);
    expect(result.forward[0]?.legs.length).toBeLessThan(400);
  });
});

describe('a service without a cluster IP', () => {
  const net = () =>
    cluster(undefined, {
      podCidrs: ['172.28.0.0/16'],
      dns: { service: 'dns' },
    })
      .workload('dns', ['n1 172.28.0.3'], { ports: ['53/UDP'] })
      .service('dns', '172.29.0.10', ['53/UDP'])
      .workload('db', ['n2 172.28.0.70'], { ports: ['5432'] })
      .service('db', [], ['5432'], { headless: true })
      .workload('web', ['n1 172.28.0.5']);

  test('is reached by its name, which its pods stand behind', () => {
    const pod = { kind: 'pod', pod: 'web-1' } as const;
    const result = ask(net(), pod, { kind: 'service', service: 'db' }, { port: 5432 });
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'originate/send')).toMatchObject([{ destination: '172.28.0.70' }]);
  });
});
