/** What the flows of the IKS sample must be, statement by statement; the goldens hold the rest. */
import { describe, expect, test } from 'vitest';
import { checkDesign } from '../../src-main/checks/index.ts';
import type { Design } from '../../src-main/model/design.ts';
import { network } from '../builders/network.ts';
import {
  byBgp,
  byStrongswan,
  failed,
  icpMeetsIks,
  natEverywhere,
  nodePortsClosed,
  onInstanceVlan,
  privateAlbEnabled,
} from './iks-ways.ts';
import { deepest, did, ending, legs, lookupLegs, path, run, stack, vxlans } from './reading.ts';
import { sample } from './samples.ts';
import { podsOn, together, unchanged, type Variant } from './variants.ts';

const base = sample('iks-on-ibm-cloud');
const codes = (result: ReturnType<typeof run>) => result.warnings.map(({ code }) => code);

/** Virtual machine and pod ask each other for as long as the pods are reached by their own addresses. */
const withVmToPod: Variant = (design) =>
  network(design)
    .add('flow', {
      id: 'vm-to-pod',
      from: { kind: 'node', node: 'db-vm' },
      to: { kind: 'pod', pod: 'shop-2' },
      protocol: 'tcp',
      port: 8080,
    })
    .build(design.name);

test.each(base.intents ?? [])('intent $id holds', ({ subject, expect: expected }) => {
  if (subject.kind !== 'flow') return;
  const { status } = run(base, subject.flow);
  expect(status).toBe(expected === 'reachable' ? 'reachable' : 'unreachable');
});

describe('internet user → shop by the public ALB', () => {
  const result = run(base, 'internet-to-shop');
  const request = legs(result, 'forward');

  test('finds the portable address on the worker that holds it', () => {
    expect(did(lookupLegs(result), 'resolve-name/answer')[0]?.detail.addresses).toEqual([
      '203.0.113.82',
    ]);
    const [neighbor] = did(request, 'neighbor/resolve').filter(({ node }) => node === 'fcr');
    expect(neighbor?.detail).toMatchObject({ owner: 'iks-worker-1', virtualIp: 'public-alb' });
    expect(path(request).slice(0, 3)).toEqual(['internet-user', 'fcr', 'iks-worker-1']);
  });

  test('is led by kube-proxy to one of two ALB pods, masqueraded, and lets the policy pass', () => {
    const [chosen] = did(request, 'service/choose-endpoint');
    expect(chosen?.detail).toMatchObject({
      service: 'kube-system/public-alb',
      via: 'load-balancer-ip',
      choices: 2,
      masquerade: true,
    });
    const [accept] = did(request, 'network-policy/accept');
    expect(accept).toMatchObject({
      node: 'iks-worker-1',
      detail: { policy: 'allow-node-port-dnat' },
    });
  });

  test('goes on from the ALB pod straight to a pod of the shop, never to its cluster IP', () => {
    const [ingress] = did(request, 'ingress-rule/match');
    expect(ingress?.node).toMatch(/^public-alb-[12]$/);
    expect(ingress?.detail).toMatchObject({ ingress: 'shop', endsTls: true, choices: 2 });
    expect(request).toHaveLength(2);
    expect(did(request.slice(1), 'service/choose-endpoint')).toEqual([]);
    expect(did(request.slice(1), 'deliver/listener')[0]?.node).toMatch(/^shop-[12]$/);
  });

  test('is answered with the portable address', () => {
    expect(ending(result, 'reverse')).toBe('delivered at internet-user');
    expect(stack(did(legs(result, 'reverse'), 'transmit/send').at(-1)?.packet ?? [])).toBe(
      'Ethernet | IP 203.0.113.82→198.51.100.25 | TCP',
    );
  });

  const albToShop = (node: string) => {
    const moved = together(podsOn('public-alb', 'iks-worker-1'), podsOn('shop', node))(base);
    return legs(run(moved, 'internet-to-shop'), 'forward').slice(1);
  };

  test.each([
    [
      'the same worker: veth alone',
      'iks-worker-1',
      /^Ethernet \| IP 172\.30\.1\.\d+→172\.30\.1\.\d+ \| TCP$/,
    ],
    [
      'the other worker of the zone: as it is',
      'iks-worker-2',
      /^Ethernet \| IP 172\.30\.1\.\d+→172\.30\.1\.\d+ \| TCP$/,
    ],
    [
      'a worker of the other zone: IP-in-IP',
      'iks-worker-4',
      /^Ethernet \| IP 10\.208\.64\.11→10\.209\.64\.12 proto 4 \| IP 172\.30\.1\.\d+→172\.30\.2\.\d+ \| TCP$/,
    ],
  ])('from the ALB to %s', (_, node, packet) => {
    expect(stack(deepest(albToShop(node)))).toMatch(packet);
    expect(path(albToShop(node)).includes('bcr')).toBe(node === 'iks-worker-4');
  });

  test('goes to the other worker of the zone when the holder fails', () => {
    const moved = run(failed('iks-worker-1')(base), 'internet-to-shop');
    expect(moved.status).toBe('reachable');
    expect(path(legs(moved, 'forward')).slice(0, 3)).toEqual([
      'internet-user',
      'fcr',
      'iks-worker-2',
    ]);
    const [chosen] = did(legs(moved, 'forward'), 'service/choose-endpoint');
    expect(chosen?.detail).toMatchObject({ pod: 'public-alb-2', choices: 1 });
  });
});

describe.each([
  ['private-to-shop', ['vcenter', 'esxi-01', 'bcr', 'iks-worker-1']],
  ['enterprise-to-shop', ['enterprise-user', 'on-prem-router', 'xcr', 'bcr', 'iks-worker-1']],
])('%s, by the private ALB', (flow, way) => {
  test('is rejected by the worker while the ALB is disabled', () => {
    const result = run(base, flow);
    expect(ending(result, 'forward')).toBe('rejected at iks-worker-1');
    expect(path(legs(result, 'forward'))).toEqual(way);
  });

  test('arrives once it is enabled, by the ingress of its class', () => {
    const result = run(privateAlbEnabled(base), flow);
    expect(result.status).toBe('reachable');
    const [ingress] = did(legs(result, 'forward'), 'ingress-rule/match');
    expect(ingress?.detail).toMatchObject({ ingress: 'shop-private', host: 'shop.corp.example' });
    // Its class is not served by the public ALB: the name is unknown there.
    expect(ingress?.node).toMatch(/^private-alb-[12]$/);
  });
});

describe('a NodePort from the internet', () => {
  test('reaches any pod by the worker that is asked', () => {
    const result = run(base, 'internet-to-node-port', { allPaths: true });
    expect(result.status).toBe('reachable');
    const ends = result.forward.map(({ legs: [leg] }) => leg?.hops.at(-1)?.node);
    expect(ends.toSorted()).toEqual(['shop-1', 'shop-2']);
  });

  test('is closed by the policy before DNAT, which leaves load balancers and ALBs open', () => {
    const closed = nodePortsClosed(base);
    const result = run(closed, 'internet-to-node-port');
    expect(ending(result, 'forward')).toBe('denied at iks-worker-1');
    expect(did(legs(result, 'forward'), 'service/choose-endpoint')).toEqual([]);
    const [deny] = did(legs(result, 'forward'), 'network-policy/deny');
    expect(deny?.detail).toMatchObject({ policies: ['deny-nodeports'] });
    expect(run(closed, 'internet-to-shop').status).toBe('reachable');
    expect(run(closed, 'internet-to-nlb').status).toBe('reachable');
  });
});

describe('a network load balancer with policy Local', () => {
  test("serves by a pod of the holder's, which sees the client's own address", () => {
    const result = run(base, 'internet-to-nlb');
    const [chosen] = did(legs(result, 'forward'), 'service/choose-endpoint');
    expect(chosen).toMatchObject({
      node: 'iks-worker-2',
      detail: { pod: 'shop-1', local: true, masquerade: false },
    });
    const [delivered] = did(legs(result, 'forward'), 'deliver/listener');
    expect(stack(delivered?.packet ?? [])).toContain('IP 198.51.100.25→172.30.1.80');
  });

  test('serves nobody where the address has moved to a worker without such a pod', () => {
    const result = run(failed('iks-worker-2')(base), 'internet-to-nlb');
    expect(ending(result, 'forward')).toBe('no-endpoints at iks-worker-1');
  });
});

test('the kubelet is closed to the internet by what no policy allows', () => {
  expect(ending(run(base, 'internet-to-kubelet'), 'forward')).toBe('denied at iks-worker-1');
});

test('a name of the cluster: IP-in-IP from worker to worker of two zones, 20 bytes that fit', () => {
  const result = run(base, 'shop-to-catalog');
  expect(did(lookupLegs(result), 'resolve-name/answer')[0]?.detail.addresses).toEqual([
    '172.21.86.30',
  ]);
  expect(stack(deepest(legs(result, 'forward')))).toBe(
    'Ethernet | IP 10.208.64.12→10.209.64.12 proto 4 | IP 172.30.1.80→172.30.2.74 | TCP',
  );
  expect(result.pathMtu).toBe(1480);
  expect(codes(result)).toEqual([]);
});

test('a pod on its way to the internet leaves with the public address of its worker', () => {
  const request = legs(run(base, 'shop-to-internet'), 'forward');
  const [nat] = did(request, 'nat/masquerade');
  expect(nat?.detail).toMatchObject({ reason: 'nat-outgoing' });
  const [seen] = did(request, 'receive/accept').filter(({ node }) => node === 'fcr');
  expect(stack(seen?.packet ?? [])).toBe('IP 203.0.113.72→198.51.100.106 | TCP');
});

test('a virtual machine reaches the private load balancer with the address of the edge', () => {
  const result = run(base, 'vm-to-shop');
  const request = legs(result, 'forward');
  expect(did(request, 'nat/snat')[0]?.detail).toMatchObject({ rule: { number: 2 } });
  expect(did(request, 'service/choose-endpoint')[0]?.node).toBe('iks-worker-2');
  expect(ending(result, 'reverse')).toBe('delivered at db-vm');
});

/** What of a pod's packet the edge gets from the private side, and the hops between. */
const ways: readonly [string, Variant, source: string, hops: readonly string[]][] = [
  ['static routes and NAT', unchanged, '10.208.64.12', ['iks-worker-2', 'bcr']],
  ['the VLAN of the instance', onInstanceVlan, '172.30.1.80', ['iks-worker-2']],
  ['strongSwan', byStrongswan, '172.30.1.80', ['iks-worker-2', 'iks-worker-1', 'bcr']],
  ['BGP', byBgp, '172.30.1.80', ['iks-worker-2', 'bcr']],
];

describe.each(ways)('shop pod → database, joined by %s', (_, variant, source, hops) => {
  const joined = variant(base);
  const result = run(joined, 'shop-to-db');
  const [request, reply] = [legs(result, 'forward'), legs(result, 'reverse')];

  test('takes its way to the edge, and back', () => {
    expect(result.status).toBe('reachable');
    const host = 'esxi-01';
    const rest = [host, 'esg', `workload-dlr on ${host}`, host, 'esxi-04', 'db-vm'];
    expect(path(request)).toEqual(['shop-1', ...hops, ...rest]);
    expect(path(reply)).toEqual([
      'db-vm',
      'workload-dlr on esxi-04',
      'esxi-04',
      host,
      'esg',
      host,
      ...hops.toReversed(),
      'shop-1',
    ]);
  });

  test(`comes to the database as ${source}`, () => {
    const [delivered] = did(request, 'deliver/listener');
    expect(stack(delivered?.packet ?? [])).toContain(`IP ${source}→192.168.10.50 | TCP`);
    expect(did(request, 'nat/masquerade')).toHaveLength(source.startsWith('172.30') ? 0 : 1);
    expect(did(request, 'nat/snat')).toEqual([]);
    expect(did(request, 'firewall/accept').at(-1)?.detail).toMatchObject({ rule: { number: 3 } });
    expect(did(reply, 'firewall/established')[0]?.node).toBe('esg');
  });

  test('crosses the overlay in VXLAN 6000, and 6001 on the way back', () => {
    expect(vxlans(request)).toEqual(['esxi-01: VXLAN 6000']);
    expect(vxlans(reply)).toEqual(['esxi-04: VXLAN 6001']);
  });

  test('has no fault but the open NodePort', () => {
    const faults = new Set(checkDesign(joined).map(({ code }) => code));
    expect([...faults]).toEqual(['node-port-from-internet']);
  });

  test('keeps every other promise of the sample', () => {
    for (const { subject, expect: expected } of joined.intents ?? []) {
      if (subject.kind !== 'flow') continue;
      const found = run(joined, subject.flow).status;
      expect(found, subject.flow).toBe(expected === 'reachable' ? 'reachable' : 'unreachable');
    }
  });
});

describe('who starts at the database VM', () => {
  test.each<[string, Variant]>([
    ['the VLAN of the instance', onInstanceVlan],
    ['strongSwan', byStrongswan],
    ['BGP', byBgp],
  ])('reaches a pod by its own address: %s', (_, variant) => {
    const result = run(withVmToPod(variant(base)), 'vm-to-pod');
    expect(result.status).toBe('reachable');
    const [delivered] = did(legs(result, 'forward'), 'deliver/listener');
    expect(stack(delivered?.packet ?? [])).toContain('IP 192.168.10.50→172.30.2.10 | TCP');
  });

  test('reaches none by static routes and NAT: the edge has no route there', () => {
    const result = run(withVmToPod(base), 'vm-to-pod');
    expect(ending(result, 'forward')).toBe('no-route at fcr');
  });
});

/** The packets that go by the private VLANs in ESP. */
const inEsp = (walked: ReturnType<typeof legs>) =>
  did(walked, 'encapsulate/ipsec').map(({ node, packet }) => `${node}: ${stack(packet)}`);

describe('strongSwan', () => {
  const result = run(byStrongswan(base), 'shop-to-db');

  test('carries the whole packet in ESP between the two private portable addresses', () => {
    expect(inEsp(legs(result, 'forward'))).toEqual([
      'iks-worker-1: IP 10.208.65.4→10.208.242.130 | ESP | IP 172.30.1.80→192.168.10.50 | TCP',
    ]);
    expect(inEsp(legs(result, 'reverse'))).toEqual([
      'esg: IP 10.208.242.130→10.208.65.4 | ESP | IP 192.168.10.50→172.30.1.80 | TCP',
    ]);
    expect(did(legs(result, 'forward'), 'decapsulate/ipsec')[0]?.node).toBe('esg');
    expect(did(legs(result, 'reverse'), 'decapsulate/ipsec')[0]?.node).toBe('iks-worker-1');
  });

  test('leaves 1423 of 1500 bytes, and both senders are told', () => {
    expect(result.pathMtu).toBe(1423);
    expect(codes(result)).toEqual(['mtu-reduced', 'mtu-reduced']);
  });

  test('serves a pod of the other zone, by IP-in-IP on the way back', () => {
    const other = run(byStrongswan(base), 'shop-2-to-db');
    expect(other.status).toBe('reachable');
    const tunnels = did(legs(other, 'reverse'), 'encapsulate/ip-in-ip');
    expect(tunnels.map(({ node, packet }) => `${node}: ${stack(packet)}`)).toEqual([
      'iks-worker-1: IP 10.208.64.11→10.209.64.11 proto 4 | IP 192.168.10.50→172.30.2.10 | TCP',
    ]);
  });
});

test('strongSwan without a pool for the instance: NAT takes the pods out of the tunnel, and the checks say so', () => {
  const bare = together(byStrongswan, natEverywhere)(base);
  expect(checkDesign(bare).map(({ code }) => code)).toContain('nat-out-of-tunnel');
  // The back-end router sends what the tunnel did not take to the worker of the tunnel again.
  expect(ending(run(bare, 'shop-to-db'), 'forward')).toBe('loop at iks-worker-1');
});

describe('ICP and IKS, strongSwan on both sides', () => {
  const both: Design = icpMeetsIks(sample('icp-on-vcenter'), base);

  test('a pod of one reaches a pod of the other, and each sees the other by its own address', () => {
    const result = run(both, 'web-to-shop');
    expect(result.status).toBe('reachable');
    expect(inEsp(legs(result, 'forward'))).toEqual([
      'worker-1: IP 10.208.242.150→10.208.65.4 | ESP | IP 172.28.3.10→172.30.2.10 | TCP',
    ]);
    expect(inEsp(legs(result, 'reverse'))).toEqual([
      'iks-worker-1: IP 10.208.65.4→10.208.242.150 | ESP | IP 172.30.2.10→172.28.3.10 | TCP',
    ]);
    expect(did(legs(result, 'forward'), 'nat/masquerade')).toEqual([]);
    expect(result.pathMtu).toBe(1423);
  });

  test('at its deepest the reply has IP-in-IP in VXLAN, from the worker of the tunnel to that of the pod', () => {
    expect(stack(deepest(legs(run(both, 'web-to-shop'), 'reverse')))).toMatch(
      /^Ethernet \| IP 10\.208\.241\.1[56]→10\.208\.241\.1[78] \| UDP 4789 \| VXLAN 6002 \| Ethernet \| IP 192\.168\.20\.61→192\.168\.20\.64 proto 4 \| IP 172\.30\.2\.10→172\.28\.3\.10 \| TCP$/,
    );
  });

  test('a cluster IP is served at the other end of the tunnel', () => {
    const result = run(both, 'shop-to-web');
    expect(result.status).toBe('reachable');
    const [chosen] = did(legs(result, 'forward'), 'service/choose-endpoint');
    expect(chosen).toMatchObject({ node: 'worker-1', detail: { service: 'shop/web' } });
  });

  test('a route into the tunnel is no other use of the range at its end', () => {
    const faults = checkDesign(both).filter(({ code }) => code === 'cluster-range-in-use');
    expect(faults.map(({ text }) => text)).toEqual([]);
  });

  test('both samples keep what they promise', () => {
    for (const id of ['internet-to-web', 'web-to-db', 'enterprise-to-vm']) {
      expect(run(both, id).status, id).toBe('reachable');
    }
  });
});
