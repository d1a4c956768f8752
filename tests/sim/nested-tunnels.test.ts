import { describe, expect, test } from 'vitest';
import { network } from '../builders/network.ts';
import { deepest, did, legs, stack } from '../samples/reading.ts';
import { ask, details, reason, route, verdict, warned } from './ask.ts';

describe('IP-in-IP inside VXLAN', () => {
  /** Kubernetes nodes as machines on two hypervisors, whose VTEPs are in subnets of their own. */
  const net = (mtu = 9000) =>
    network()
      .segment('wire-1', '10.9.1.0/24', { mtu })
      .segment('wire-2', '10.9.2.0/24', { mtu })
      .vxlan('nodes', 5001, '10.0.1.0/24')
      .hypervisor('h1', [], { vteps: '10.9.1.11/24', gateway: '10.9.1.1' })
      .hypervisor('h2', [], { vteps: '10.9.2.12/24', gateway: '10.9.2.1' })
      .router('bcr', ['10.9.1.1/24', '10.9.2.1/24'])
      .host('n1', '10.0.1.11/24', { runsOn: 'h1' })
      .host('n2', '10.0.1.12/24', { runsOn: 'h2' })
      .cluster('k', ['n1', 'n2'])
      .workload('client', ['n1'])
      .workload('web', ['n2'], { ports: ['80'] });

  test('has all headers, each with its own TTL, and each layer is routed by its own devices', () => {
    const result = ask(net(), 'client-1', 'web-1');
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('client-1 → n1 → h1 → bcr → h2 → n2 → web-1');
    const packet = deepest(legs(result, 'forward'));
    expect(stack(packet)).toBe(
      'Ethernet | IP 10.9.1.11→10.9.2.12 | UDP 4789 | VXLAN 5001 | Ethernet | ' +
        'IP 10.0.1.11→10.0.1.12 proto 4 | IP 172.28.0.2→172.28.0.66 | TCP',
    );
    const depths = did(legs(result, 'forward'), 'transmit/send').map(({ depth, node }) => [
      node,
      depth,
    ]);
    expect(depths).toEqual([
      ['client-1', 0],
      ['n1', 0],
      ['h1', 1],
      ['bcr', 2],
      ['n2', 1],
    ]);
  });

  test('adds 20 and 50 bytes: 1480 in a pod are 1550 on the wire', () => {
    expect(ask(net(1550), 'client-1', 'web-1').pathMtu).toBe(1480);
    expect(warned(ask(net(1550), 'client-1', 'web-1'))).toEqual([]);
    const small = ask(net(1549), 'client-1', 'web-1');
    expect(small.pathMtu).toBe(1479);
    expect(new Set(warned(small))).toEqual(new Set(['mtu-black-hole']));
  });
});

describe('a stretch whose concentrator is a machine on an overlay', () => {
  test('has its tunnel carried in VXLAN', () => {
    const net = network()
      .segment('wire', '10.9.0.0/24', { mtu: 9000 })
      .segment('office', '10.0.9.0/24')
      .segment('lan-a', '10.0.1.0/24')
      .vxlan('uplink', 5001, '10.0.2.0/24')
      .segment('lan-b', [])
      .hypervisor('h1', [], { vteps: '10.9.0.1/24' })
      .hypervisor('h2', [], { vteps: '10.9.0.2/24' })
      .router('gw', ['10.0.9.1/24', '10.0.2.1/24'], { runsOn: 'h2' })
      .l2Gateway('one', ['up=10.0.9.10/24', 'ext=@lan-a'], { gateway: '10.0.9.1' })
      .l2Gateway('two', ['up=10.0.2.10/24', 'ext=@lan-b'], { gateway: '10.0.2.1', runsOn: 'h1' })
      .host('a', '10.0.1.2/24')
      .host('b', 'eth0=10.0.1.3/24@lan-b', { listens: ['tcp 80'] })
      .stretch('hcx', ['lan-a', 'one', 'up'], ['lan-b', 'two', 'up']);
    const result = ask(net, 'a', 'b');
    expect(verdict(result)).toBe('reachable');
    expect(stack(deepest(legs(result, 'forward')))).toBe(
      'Ethernet | IP 10.9.0.2→10.9.0.1 | UDP 4789 | VXLAN 5001 | Ethernet | ' +
        'IP 10.0.9.10→10.0.2.10 | UDP 4500 | ESP | Ethernet | IP 10.0.1.2→10.0.1.3 | TCP',
    );
  });
});

test('a VTEP on the very overlay that it carries is a tunnel into itself', () => {
  const net = network()
    .vxlan('app', 5001, '10.0.1.0/24')
    .hypervisor('h1', [], { vteps: 'vtep0=10.0.1.101/24@app' })
    .hypervisor('h2', [], { vteps: 'vtep0=10.0.1.102/24@app' })
    .host('a', '10.0.1.2/24', { runsOn: 'h1' })
    .host('b', '10.0.1.3/24', { runsOn: 'h2', listens: ['tcp 80'] });
  const result = ask(net, 'a', 'b');
  expect(verdict(result)).toBe('loop at h1');
  expect(reason(result)).toContain('more than 8 tunnels inside each other');
});

test('a packet that crosses the same underlay twice is no loop', () => {
  // a (h1) → r1 (h2) → r2 (h1) → b (h2), each step on another segment, all by the router bcr below
  const net = network()
    .segment('wire-1', '10.9.1.0/24', { mtu: 1600 })
    .segment('wire-2', '10.9.2.0/24', { mtu: 1600 })
    .vxlan('one', 5001, '10.0.1.0/24')
    .vxlan('two', 5002, '10.0.2.0/24')
    .vxlan('three', 5003, '10.0.3.0/24')
    .hypervisor('h1', [], { vteps: '10.9.1.11/24', gateway: '10.9.1.1' })
    .hypervisor('h2', [], { vteps: '10.9.2.12/24', gateway: '10.9.2.1' })
    .router('bcr', ['10.9.1.1/24', '10.9.2.1/24'])
    .host('a', '10.0.1.2/24', { runsOn: 'h1', gateway: '10.0.1.1' })
    .router('r1', ['10.0.1.1/24', '10.0.2.1/24'], {
      runsOn: 'h2',
      routes: ['10.0.3.0/24 via 10.0.2.2'],
    })
    .router('r2', ['10.0.2.2/24', '10.0.3.1/24'], {
      runsOn: 'h1',
      routes: ['10.0.1.0/24 via 10.0.2.1'],
    })
    .host('b', '10.0.3.2/24', { runsOn: 'h2', gateway: '10.0.3.1', listens: ['tcp 80'] });
  const result = ask(net, 'a', 'b');
  expect(verdict(result)).toBe('reachable');
  expect(details(result, 'encapsulate/vxlan').map(({ from, to, vni }) => [from, to, vni])).toEqual([
    ['10.9.1.11', '10.9.2.12', 5001],
    ['10.9.2.12', '10.9.1.11', 5002],
    ['10.9.1.11', '10.9.2.12', 5003],
  ]);
  expect(route(result).match(/bcr/g)).toHaveLength(3);
});

test('a loop in the underlay is one', () => {
  const net = network()
    .segment('wire-1', '10.9.1.0/24', { mtu: 1600 })
    .segment('wire-2', '10.9.2.0/24', { mtu: 1600 })
    .segment('core', '10.9.9.0/24', { mtu: 1600 })
    .vxlan('app', 5001, '10.0.1.0/24')
    .hypervisor('h1', [], { vteps: '10.9.1.11/24', gateway: '10.9.1.1' })
    .hypervisor('h2', [], { vteps: '10.9.2.12/24', gateway: '10.9.2.1' })
    .router('r1', ['10.9.1.1/24', '10.9.9.1/24'], { gateway: '10.9.9.2' })
    .router('r2', ['10.9.9.2/24'], { gateway: '10.9.9.1' })
    .host('a', '10.0.1.2/24', { runsOn: 'h1' })
    .host('b', '10.0.1.3/24', { runsOn: 'h2', listens: ['tcp 80'] });
  const result = ask(net, 'a', 'b');
  expect(verdict(result)).toBe('loop at r1');
});
