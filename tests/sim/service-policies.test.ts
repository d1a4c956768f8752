import { describe, expect, test } from 'vitest';
import type { ServiceOptions } from '../builders/options.ts';
import type { NetworkBuilder } from '../builders/network.ts';
import { ask, details, families, reason, route, routeOf, told, verdict } from './ask.ts';
import { cluster } from './cluster.ts';

type Family = 4 | 6;
const clusterIp = { 4: '172.29.0.10', 6: 'fd29::10' };
const external = { 4: '10.0.1.100', 6: '2001:db8:1::100' };
const balanced = { 4: '10.0.1.200', 6: '2001:db8:1::200' };
const node1 = { 4: '10.0.1.11', 6: '2001:db8:1::11' };
const node3 = { 4: '10.0.2.13', 6: '2001:db8:2::13' };

/**
 * Service web, reached by cluster IP, node port 30080, external and load-balancer address; its pods on n1 and n3 unless
 * said else. `client` is a pod on n1, and n1 answers for the addresses on the segment `east`. `r` routes the cluster IPs
 * to n1.
 */
const serving = (
  options: ServiceOptions = {},
  pods: readonly string[] = ['n1', 'n3'],
): NetworkBuilder =>
  cluster()
    .workload('client', ['n1'])
    .workload('web', pods, { ports: ['http 8080'] })
    .service('web', [clusterIp[4], clusterIp[6]], ['http 80 -> http node 30080'], {
      type: 'LoadBalancer',
      externalIps: [external[4], external[6]],
      loadBalancerIps: [balanced[4], balanced[6]],
      ...options,
    })
    .change('node', 'n1', (node) => ({
      ...node,
      virtualIps: [...Object.values(external), ...Object.values(balanced)].map((address, at) => ({
        id: `vip-${at}`,
        address,
        interface: 'eth0',
      })),
    }))
    .change('node', 'r', (node) => ({
      ...node,
      routes: [
        { destination: '172.29.0.0/16', via: node1[4] },
        { destination: 'fd29::/112', via: node1[6] },
        { destination: 'fd28::/122', via: node1[6] },
        { destination: 'fd28::80/122', via: node3[6] },
      ],
    }));

/** Where the flow can end, and whether each of these saw the client's own address or another: `web-1 snat, web-2 own`. */
function outcome(net: NetworkBuilder, from: string, to: string, port: number, family: Family) {
  const result = ask(net, from, to, { family, port }, { allPaths: true });
  if (result.status !== 'reachable') return verdict(result).replace(' at n1', '');
  const ends = result.forward.map((trace) => {
    const steps = trace.legs.flatMap((leg) => leg.hops.flatMap((hop) => hop.steps));
    const seen = steps.find((step) => step.kind === 'deliver');
    const sent = steps.find((step) => step.kind === 'originate');
    const same =
      sent && seen && 'source' in seen.detail && sent.detail.source === seen.detail.source;
    return `${routeOf(trace).split(' → ').at(-1) ?? ''} ${same ? 'own' : 'snat'}`;
  });
  return ends.sort().join(', ');
}

// SPEC section 3: who gets which endpoint, with which source. n1 is asked; the pods are web-1 on n1 and web-2 on n3.
describe.each(families)('externalTrafficPolicy, IPv%d', (family) => {
  const anyOwn = 'web-1 own, web-2 own';
  const anySnat = 'web-1 snat, web-2 snat';
  const [pod, node, outside] = ['client-1', 'n1', 'pc'];
  const doors = [
    ['node port', node1[family], 30080],
    ['external address', external[family], 80],
    ['load-balancer address', balanced[family], 80],
  ] as const;

  test.each([
    [pod, anyOwn],
    [outside, anySnat],
  ])('the cluster IP from %s: %s', (from, expected) => {
    expect(outcome(serving(), from, clusterIp[family], 80, family)).toBe(expected);
  });

  test('the cluster IP from the node: any, with an address of the way out', () => {
    const result = ask(serving(), node, clusterIp[family], { family }, { allPaths: true });
    expect(result.forward.map(routeOf)).toEqual(['n1 → web-1', 'n1 → r → n3 → web-2']);
    expect(details(result, 'service/choose-endpoint')[0]?.masquerade).toBe(true);
  });

  describe.each(doors)('%s', (_, address, port) => {
    test.each([
      // policy, from: pods that may get it
      ['Cluster', pod, anySnat],
      ['Cluster', outside, anySnat],
      ['Local', pod, anyOwn],
      ['Local', outside, 'web-1 own'],
    ] as const)('%s, from %s: %s', (externalTrafficPolicy, from, expected) => {
      const net = serving({ externalTrafficPolicy });
      expect(outcome(net, from, address, port, family)).toBe(expected);
    });

    test.each(['Cluster', 'Local'] as const)('%s, from the node: any, masqueraded', (policy) => {
      const net = serving({ externalTrafficPolicy: policy });
      const result = ask(net, node, address, { family, port }, { allPaths: true });
      expect(result.status).toBe('reachable');
      expect(result.forward.map(routeOf)).toEqual(['n1 → web-1', 'n1 → r → n3 → web-2']);
      // All are: where its address is already that of the way out, nothing changes by it.
      expect(
        result.forward.flatMap(({ legs }) =>
          legs.flatMap(({ hops }) =>
            hops.flatMap(({ steps }) =>
              steps.flatMap((step) =>
                step.kind === 'service' && step.action === 'choose-endpoint'
                  ? [step.detail.masquerade]
                  : [],
              ),
            ),
          ),
        ),
      ).toEqual([true, true]);
    });

    // With no endpoint on n1: pods and the node are still taken to the one on n3.
    test.each([
      [pod, 'web-1 own'],
      [outside, 'no-endpoints'],
    ])('Local and none on this node, from %s: %s', (from, expected) => {
      const net = serving({ externalTrafficPolicy: 'Local' }, ['n3']);
      expect(outcome(net, from, address, port, family)).toBe(expected);
    });

    test.each(['Cluster', 'Local'] as const)('%s without any endpoint: rejected', (policy) => {
      const net = serving({ externalTrafficPolicy: policy }, []);
      expect(outcome(net, outside, address, port, family)).toBe('rejected');
      expect(outcome(net, pod, address, port, family)).toBe('rejected');
      // KUBE-EXTERNAL-SERVICES is not in OUTPUT, but in INPUT, where what the node sends to itself comes in.
      expect(outcome(net, node, address, port, family)).toBe('rejected');
    });
  });

  test('without any endpoint a node asks the holder of an external address all the same: rejected there', () => {
    const result = ask(serving({}, []), 'n3', external[family], { family });
    expect(verdict(result)).toBe('rejected at n1');
  });

  test('a node port is found on every address of every node', () => {
    const net = serving({ externalTrafficPolicy: 'Cluster' });
    for (const address of [node3[family], balanced[family]]) {
      expect(outcome(net, outside, address, 30080, family)).toBe(anySnat);
    }
    // Only on own addresses: what is routed through is left alone.
    expect(outcome(net, pod, family === 4 ? '10.0.3.9' : '2001:db8:3::9', 30080, family)).toContain(
      'no-listener',
    );
  });

  test('a pod that asks another node is an outsider there: it comes with the address of its node', () => {
    const net = serving({ externalTrafficPolicy: 'Local' });
    const result = ask(net, pod, node3[family], { family, port: 30080 });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('client-1 → n1 → r → n3 → web-2');
    expect(details(result, 'deliver/listener')[0]?.source).toBe(node1[family]);
  });

  test('the answer comes from the address that was asked', () => {
    for (const [, address, port] of doors) {
      for (const policy of ['Cluster', 'Local'] as const) {
        const result = ask(serving({ externalTrafficPolicy: policy }), outside, address, {
          family,
          port,
        });
        expect(verdict(result)).toBe('reachable');
        expect(details(result, 'deliver/reply', 'reverse')[0]).toMatchObject({
          source: address,
          sourcePort: port,
        });
      }
    }
  });

  test.each([
    // internalTrafficPolicy Local is about the cluster IP alone
    [pod, clusterIp, 80, 'web-1 own'],
    [outside, clusterIp, 80, 'web-1 snat'],
    [outside, node1, 30080, 'web-1 snat, web-2 snat'],
    [pod, balanced, 80, 'web-1 snat, web-2 snat'],
  ] as const)(
    'internalTrafficPolicy Local, from %s to %j port %d: %s',
    (from, to, port, expected) => {
      const net = serving({ internalTrafficPolicy: 'Local' });
      expect(outcome(net, from, to[family], port, family)).toBe(expected);
    },
  );

  test('internalTrafficPolicy Local and none on the node: dropped', () => {
    const net = serving({ internalTrafficPolicy: 'Local' }, ['n3']);
    for (const from of [pod, node, outside]) {
      expect(outcome(net, from, clusterIp[family], 80, family)).toBe('no-endpoints');
    }
  });

  test.each([
    // from, address, who may; then the verdict. The ranges do not hold for cluster IP and node port.
    ['pc', balanced, 80, 'pc', anySnat],
    ['pc', balanced, 80, 'others', 'denied'],
    ['client-1', balanced, 80, 'others', 'denied'],
    ['pc', external, 80, 'others', anySnat],
    ['pc', node1, 30080, 'others', anySnat],
    ['pc', clusterIp, 80, 'others', anySnat],
  ] as const)(
    'source ranges: from %s to %j port %d, open to %s: %s',
    (from, to, port, who, expected) => {
      const ranges = {
        pc: ['10.0.3.0/24', '2001:db8:3::/64'],
        others: ['192.0.2.0/24', 'fdff::/64'],
      };
      const net = serving({ loadBalancerSourceRanges: ranges[who] });
      expect(outcome(net, from, to[family], port, family)).toBe(expected);
    },
  );

  test('source ranges of the other family alone keep nobody out', () => {
    const ranges = [family === 4 ? 'fdff::/64' : '192.0.2.0/24'];
    const net = serving({ loadBalancerSourceRanges: ranges });
    expect(outcome(net, outside, balanced[family], 80, family)).toBe(anySnat);
  });

  test('source ranges that hold the node let it through to itself', () => {
    const own = family === 4 ? '10.0.1.0/24' : '2001:db8:1::/64';
    expect(
      ask(serving({ loadBalancerSourceRanges: [own] }), node, balanced[family], { family }).status,
    ).toBe('reachable');
    expect(
      outcome(
        serving({ loadBalancerSourceRanges: ['192.0.2.0/24', 'fdff::/64'] }),
        node,
        balanced[family],
        80,
        family,
      ),
    ).toBe('denied');
  });

  test('a pod that gets itself by a node port of policy Local is masqueraded', () => {
    const net = serving({ externalTrafficPolicy: 'Local' }, ['n1']);
    const result = ask(net, 'web-1', node1[family], { family, port: 30080 });
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'service/choose-endpoint')[0]?.masquerade).toBe(true);
  });
});

describe('endpoints that are terminating', () => {
  const states = (
    policy: 'Cluster' | 'Local',
    ...given: ('ready' | 'not-ready' | 'terminating' | 'terminating-serving')[]
  ) =>
    serving(
      { externalTrafficPolicy: policy },
      given.map((_, at) => (at === 2 ? 'n3' : 'n1')),
    ).change('workload', 'web', (workload) => ({
      ...workload,
      pods: workload.pods.map((pod, at) => ({ ...pod, state: given[at] ?? 'ready' })),
    }));

  test.each([
    // n1, n1, n3: under Local each node decides for itself (KEP-1669)
    ['Local', ['ready', 'terminating-serving', 'ready'], 'web-1 own'],
    ['Local', ['not-ready', 'terminating-serving', 'ready'], 'web-2 own'],
    ['Local', ['not-ready', 'terminating', 'ready'], 'no-endpoints'],
    ['Cluster', ['not-ready', 'terminating-serving', 'ready'], 'web-3 snat'],
    ['Cluster', ['not-ready', 'terminating-serving', 'not-ready'], 'web-2 snat'],
    ['Local', ['not-ready', 'terminating', 'terminating'], 'rejected'],
  ] as const)('%s, %j: %s', (policy, given, expected) => {
    expect(outcome(states(policy, ...given), 'pc', node1[4], 30080, 4)).toBe(expected);
  });
});

describe('session affinity', () => {
  const many = ['n1', 'n1', 'n1', 'n2', 'n2', 'n3', 'n3', 'n3'];
  const chosen = (net: NetworkBuilder) =>
    new Set(
      Array.from({ length: 24 }, (_, at) => {
        const result = ask(net, 'client-1', clusterIp[4], { sourcePort: 50000 + 7 * at });
        return details(result, 'service/choose-endpoint')[0]?.to;
      }),
    );

  test('ClientIP: all connections of a client go to one endpoint', () => {
    expect(chosen(serving({ sessionAffinity: 'ClientIP' }, many)).size).toBe(1);
  });

  test('None: each connection is on its own', () => {
    expect(chosen(serving({}, many)).size).toBeGreaterThan(3);
  });

  test('every endpoint is as likely before the first connection', () => {
    const net = serving({ sessionAffinity: 'ClientIP' }, many);
    const result = ask(net, 'client-1', clusterIp[4], {}, { allPaths: true });
    expect(result.forward.map(({ probability }) => probability)).toEqual(many.map(() => 1 / 8));
  });
});

describe('steps and reasons', () => {
  test('say by which address, how many, and what becomes of the source', () => {
    const net = serving({ externalTrafficPolicy: 'Local' });
    expect(told(ask(net, 'pc', node1[4], { port: 30080 }), ['service'])).toEqual([
      'n1: Node port 30080 of service default/web port 80 goes to pod web-1, 172.28.0.3:8080',
    ]);
    expect(told(ask(serving({}, ['n1']), 'pc', balanced[4]), ['service'])).toEqual([
      'n1: The load balancer address of service default/web port 80 goes to pod web-1, 172.28.0.3:8080; the source will be masqueraded',
    ]);
  });

  test('say why it is dropped', () => {
    const local = serving({ externalTrafficPolicy: 'Local' }, ['n3']);
    expect(reason(ask(local, 'pc', node1[4], { port: 30080 }))).toBe(
      'Dropped, no-endpoints: service default/web has no endpoint on n1, and its externalTrafficPolicy is Local',
    );
    const ranged = serving({ loadBalancerSourceRanges: ['192.0.2.0/24'] });
    expect(reason(ask(ranged, 'pc', balanced[4]))).toBe(
      'Dropped, denied: 10.0.3.9 is in none of the loadBalancerSourceRanges of service default/web',
    );
  });
});

test('one address serves several services by their ports', () => {
  const net = serving()
    .workload('api', ['n3'], { ports: ['http 8081'] })
    .service('api', '172.29.0.11', ['http 443 -> http'], { loadBalancerIps: [balanced[4]] });
  expect(outcome(net, 'pc', balanced[4], 443, 4)).toBe('api-1 snat');
  expect(outcome(net, 'pc', balanced[4], 80, 4)).toBe('web-1 snat, web-2 snat');
  expect(outcome(net, 'pc', balanced[4], 81, 4)).toContain('no-listener');
});

test('an address that keepalived holds moves to the next worker when its own fails', () => {
  const net = serving()
    .change('node', 'n2', (node) => ({
      ...node,
      virtualIps: [{ id: 'vip', address: balanced[4], interface: 'eth0', priority: 50 }],
    }))
    .change('workload', 'web', (workload) => workload);
  expect(route(ask(net, 'pc', balanced[4]))).toMatch(/^pc → r → n1/);
  net.change('node', 'n1', (node) => ({ ...node, state: 'down' }));
  const moved = ask(net, 'pc', balanced[4]);
  expect(verdict(moved)).toBe('reachable');
  expect(route(moved)).toBe('pc → r → n2 → r → n3 → web-2');
});
