import { describe, expect, test } from 'vitest';
import type { NetworkBuilder } from '../builders/network.ts';
import { ask, details, families, reason, route, routeOf, told, verdict, warned } from './ask.ts';
import { cluster } from './cluster.ts';

const clusterIp = { 4: '172.29.0.10', 6: 'fd29::10' };

/** Service web → web-1 on n1 and web-2 on n3. `client` is a pod on n1; `r` knows the service range by n1. */
const serving = (pods: readonly string[] = ['n1', 'n3']): NetworkBuilder =>
  cluster()
    .workload('client', ['n1'])
    .workload('web', pods, { ports: ['http 8080'] })
    .service('web', [clusterIp[4], clusterIp[6]], ['http 80 -> http'])
    .change('node', 'r', (node) => ({
      ...node,
      routes: [
        { destination: '172.29.0.0/16', via: '10.0.1.11' },
        { destination: 'fd29::/112', via: '2001:db8:1::11' },
        { destination: 'fd28::/122', via: '2001:db8:1::11' },
        { destination: 'fd28::80/122', via: '2001:db8:2::13' },
      ],
    }));

describe.each(families)('a cluster IP of IPv%d', (family) => {
  const all = (from: string, net = serving()) =>
    ask(net, from, clusterIp[family], { family }, { allPaths: true });
  const sourcesSeen = (from: string, net = serving()) =>
    all(from, net).forward.map((trace) => {
      const steps = trace.legs.flatMap((leg) => leg.hops.flatMap((hop) => hop.steps));
      const end = steps.find((step) => step.kind === 'deliver');
      return end && 'source' in end.detail ? end.detail.source : undefined;
    });
  const [pod, node1, tunnel1] =
    family === 4
      ? ['172.28.0.2', '10.0.1.11', '172.28.0.0']
      : ['fd28::2', '2001:db8:1::11', '2001:db8:1::11'];

  test('goes to each of its endpoints in equal shares, on the node of the client', () => {
    const result = all('client-1');
    expect(result.status).toBe('reachable');
    expect(result.forward.map(({ probability }) => probability)).toEqual([0.5, 0.5]);
    expect(result.forward.map(routeOf)).toEqual([
      'client-1 → n1 → web-1',
      'client-1 → n1 → r → n3 → web-2',
    ]);
  });

  test('from a pod: no masquerade', () => {
    expect(sourcesSeen('client-1')).toEqual([pod, pod]);
  });

  test('from a node: masqueraded with the address of the way out', () => {
    expect(sourcesSeen('n1')).toEqual([node1, tunnel1]);
    expect(all('n1').status).toBe('reachable');
  });

  test('from outside, by a node that routes it: masqueraded', () => {
    const result = all('pc');
    expect(result.status).toBe('reachable');
    expect(result.forward.map(routeOf)).toEqual([
      'pc → r → n1 → web-1',
      'pc → r → n1 → r → n3 → web-2',
    ]);
    expect(sourcesSeen('pc')).toEqual([node1, tunnel1]);
  });

  test('the answer comes from the cluster IP', () => {
    const result = ask(serving(), 'client-1', clusterIp[family], { family });
    expect(details(result, 'deliver/reply', 'reverse')[0]).toMatchObject({
      source: clusterIp[family],
      sourcePort: 80,
    });
  });

  test('a pod that gets itself is masqueraded, or it would answer itself past the service', () => {
    const result = ask(serving(['n1']), 'web-1', clusterIp[family], { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('web-1 → n1 → web-1');
    expect(details(result, 'deliver/listener')[0]?.source).toBe(node1);
    expect(details(result, 'service/choose-endpoint')[0]?.masquerade).toBe(true);
  });

  test('without a ready endpoint it is rejected', () => {
    for (const from of ['client-1', 'n1', 'pc']) {
      const result = ask(serving([]), from, clusterIp[family], { family });
      expect(verdict(result)).toBe('rejected at n1');
      expect(reason(result)).toBe(
        'Dropped, rejected: service default/web has no endpoint that is ready',
      );
    }
  });

  test('is known inside the cluster only', () => {
    const net = serving().change('node', 'r', ({ routes: _, ...node }) => node);
    expect(verdict(ask(net, 'pc', clusterIp[family], { family }))).toBe('no-route at r');
  });

  test('a port that the service does not have goes where the routes lead', () => {
    const net = serving().change('node', 'r', ({ routes: _, ...node }) => node);
    const result = ask(net, 'client-1', clusterIp[family], { family, port: 81 });
    expect(verdict(result)).toBe('no-route at r');
  });
});

describe('which pods are endpoints', () => {
  const withStates = (
    ...states: ('ready' | 'not-ready' | 'terminating' | 'terminating-serving')[]
  ) =>
    serving(states.map(() => 'n1')).change('workload', 'web', (workload) => ({
      ...workload,
      pods: workload.pods.map((pod, at) => ({ ...pod, state: states[at] ?? 'ready' })),
    }));
  const chosen = (net: NetworkBuilder) =>
    ask(net, 'client-1', 'service:web', {}, { allPaths: true }).forward.map((trace) =>
      trace.disposition === 'delivered' ? routeOf(trace).split(' → ').at(-1) : trace.disposition,
    );

  test.each([
    [
      ['ready', 'ready'],
      ['web-1', 'web-2'],
    ],
    [['not-ready', 'ready'], ['web-2']],
    [['terminating', 'ready'], ['web-2']],
    // terminating but serving: only where none is ready
    [['terminating-serving', 'ready'], ['web-2']],
    [['terminating-serving', 'not-ready'], ['web-1']],
    [['terminating', 'not-ready'], ['rejected']],
  ] as const)('%j: %j', (states, expected) => {
    expect(chosen(withStates(...states))).toEqual(expected);
  });

  test('not-ready ones too, where the service publishes them', () => {
    const net = withStates('not-ready', 'ready').change('service', 'web', (service) => ({
      ...service,
      publishNotReadyAddresses: true,
    }));
    expect(chosen(net)).toEqual(['web-1', 'web-2']);
  });

  test('none on a node that is down', () => {
    const net = serving().change('node', 'n3', (node) => ({ ...node, state: 'down' }));
    expect(chosen(net)).toEqual(['web-1']);
  });

  test('those of the namespace whose labels have all that the selector asks for', () => {
    const net = serving(['n1'])
      .workload('other', ['n1'], { ports: ['http 8080'], labels: { app: 'web', tier: 'x' } })
      .workload('elsewhere', ['n1'], {
        ports: ['http 8080'],
        labels: { app: 'web' },
        namespace: 'b',
      })
      .workload('half', ['n1'], { ports: ['http 8080'], labels: { tier: 'x' } });
    expect(chosen(net)).toEqual(['web-1', 'other-1']);
    net.change('service', 'web', (service) => ({
      ...service,
      selector: { app: 'web', tier: 'x' },
    }));
    expect(chosen(net)).toEqual(['other-1']);
  });

  test('a target port by name is resolved per workload', () => {
    const net = serving(['n1']).workload('new', ['n1'], {
      ports: ['http 9090'],
      labels: { app: 'web' },
    });
    const ports = ask(net, 'client-1', 'service:web', {}, { allPaths: true }).forward.map((trace) =>
      trace.legs.flatMap((leg) =>
        leg.hops.flatMap((hop) =>
          hop.steps.flatMap((step) =>
            step.kind === 'service' && step.action === 'choose-endpoint' ? [step.detail.to] : [],
          ),
        ),
      ),
    );
    expect(ports).toEqual([['172.28.0.3:8080'], ['172.28.0.4:9090']]);
  });

  test('a target port by number need not be declared, but somebody must listen', () => {
    const net = serving(['n1']).change('service', 'web', (service) => ({
      ...service,
      ports: [{ port: 80, targetPort: 8081 }],
    }));
    const result = ask(net, 'client-1', 'service:web');
    expect(verdict(result)).toBe('no-listener at web-1');
    expect(reason(result)).toContain('nothing on web-1 listens on tcp 8081');
  });

  test('the addresses that a service without selector lists', () => {
    const net = cluster()
      .workload('client', ['n1'])
      .service('outside', '172.29.0.20', ['80'], {
        endpoints: [{ address: '10.0.3.9', port: 80 }],
      });
    const result = ask(net, 'client-1', 'service:outside');
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('client-1 → n1 → r → pc');
    // natOutgoing, since the endpoint is in no pool
    expect(details(result, 'deliver/listener')[0]?.source).toBe('10.0.1.11');
  });

  test('nodes of pods on the host network', () => {
    const net = cluster()
      .workload('client', ['n1'])
      .workload('agent', ['n2'], { hostNetwork: true, ports: ['9100'] })
      .service('agent', '172.29.0.30', ['9100']);
    const result = ask(net, 'client-1', 'service:agent', { port: 9100 });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('client-1 → n1 → n2');
  });
});

test('UDP and TCP of one port are different', () => {
  const net = cluster()
    .workload('client', ['n1'])
    .workload('web', ['n1'], { ports: ['53/UDP'] })
    .service('web', '172.29.0.10', ['53/UDP']);
  expect(verdict(ask(net, 'client-1', 'service:web', { port: 53, protocol: 'udp' }))).toBe(
    'reachable',
  );
  expect(verdict(ask(net, 'client-1', 'service:web', { port: 53 }))).toBe('no-route at r');
});

test('the step names service, port, pod and number of endpoints', () => {
  expect(told(ask(serving(['n1']), 'n1', 'service:web'), ['service'])).toEqual([
    'n1: Service default/web port 80 goes to pod web-1, 172.28.0.3:8080; the source will be masqueraded',
  ]);
  const [choice] = told(ask(serving(), 'client-1', 'service:web'), ['service']);
  expect(choice).toMatch(
    /^n1: Service default\/web port 80 goes to pod web-[12], .* \(one of 2 endpoints\)$/,
  );
});

test('a node without a client of its own answers for a host network pod on itself', () => {
  const net = cluster()
    .workload('agent', ['n1'], { hostNetwork: true, ports: ['9100'] })
    .service('agent', '172.29.0.30', ['9100']);
  const result = ask(net, 'n1', 'service:agent', { port: 9100 });
  expect(verdict(result)).toBe('reachable');
  expect(route(result)).toBe('n1');
});

test('modes of kube-proxy that are not simulated are said', () => {
  const ipvs = serving().change('cluster', 'k', (found) => ({ ...found, kubeProxyMode: 'ipvs' }));
  expect(warned(ask(ipvs, 'client-1', 'service:web'))).toContain('not-modelled');
  expect(warned(ask(serving(), 'client-1', 'service:web'))).toEqual([]);
});
