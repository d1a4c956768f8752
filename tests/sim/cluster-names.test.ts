import { describe, expect, test } from 'vitest';
import type { Result } from '../../src-main/sim/index.ts';
import type { FlowOptions } from '../builders/options.ts';
import type { NetworkBuilder } from '../builders/network.ts';
import { lookupLegs } from '../samples/reading.ts';
import { ask, details, verdict } from './ask.ts';
import { cluster } from './cluster.ts';

const lookUp = (net: NetworkBuilder, from: string, name: string, options: FlowOptions = {}) =>
  ask(net, from, { kind: 'name', name }, options);
/** Where the connection goes once the name is resolved. */
const resolved = (result: Result) =>
  details(result, 'originate/send')[0]?.destination ?? verdict(result);

/** Cluster DNS on n1; `web` in namespace default, `db` in namespace data; the nodes' resolver is pc. */
function clusterNames(forwarders?: string[]): NetworkBuilder {
  const net = cluster(undefined, {
    dns: { service: 'kube-dns', ...(forwarders ? { forwarders } : {}) },
  })
    .workload('dns', ['n1'], { namespace: 'kube-system', ports: ['dns 53/UDP', 'tcp 53'] })
    .service('kube-dns', ['172.29.0.53', 'fd29::53'], ['dns 53/UDP', 'tcp 53'], {
      namespace: 'kube-system',
      selector: { app: 'dns' },
    })
    .workload('client', ['n2'])
    .workload('web', ['n3'], { ports: ['http 80'] })
    .workload('db', ['n1'], { namespace: 'data', ports: ['80'] })
    .service('web', ['172.29.0.10', 'fd29::10'], ['http 80'])
    .service('db', '172.29.0.11', ['80'], { namespace: 'data' })
    .service('peers', [], ['http 80'], { headless: true, selector: { app: 'web' } })
    .service('alias', [], [], { type: 'ExternalName', externalName: 'pc.corp.test' });
  for (const node of ['n1', 'n2', 'n3']) {
    net.change('node', node, (found) => ({ ...found, resolvers: ['10.0.3.9'] }) as typeof found);
  }
  return net.change(
    'node',
    'pc',
    (found) =>
      ({
        ...found,
        dnsServer: {
          zones: [
            {
              name: 'corp.test',
              records: [{ type: 'A', name: 'pc.corp.test', address: '10.0.3.9' }],
            },
          ],
        },
      }) as typeof found,
  );
}

describe('names inside a cluster', () => {
  test.each([
    // the search domains of a pod: its namespace, svc, the domain
    ['web', '172.29.0.10'],
    ['web.default', '172.29.0.10'],
    ['web.default.svc', '172.29.0.10'],
    ['web.default.svc.cluster.local', '172.29.0.10'],
    ['db.data', '172.29.0.11'],
    ['db', 'name-not-resolved at client-1'],
    ['web.data', 'name-not-resolved at client-1'],
    ['none.default.svc.cluster.local', 'name-not-resolved at client-1'],
    // headless: the pods themselves
    ['peers', '172.28.0.130'],
    // ExternalName: an alias that the servers behind resolve
    ['alias', '10.0.3.9'],
    // everything else goes to the resolvers of the node
    ['pc.corp.test', '10.0.3.9'],
    ['none.corp.test', 'name-not-resolved at client-1'],
  ])('%s: %s', (name, expected) => {
    expect(resolved(lookUp(clusterNames(), 'client-1', name))).toBe(expected);
  });

  test('a dual-stack service answers in both families', () => {
    expect(resolved(lookUp(clusterNames(), 'client-1', 'web', { family: 6 }))).toBe('fd29::10');
    expect(resolved(lookUp(clusterNames(), 'client-1', 'db.data', { family: 6 }))).toBe(
      '172.29.0.11',
    );
  });

  test('the question goes to the cluster IP of the DNS service, by kube-proxy, to its pod', () => {
    const [query] = lookupLegs(lookUp(clusterNames(), 'client-1', 'web'));
    expect(query?.hops.map(({ node }) => node)).toEqual(['client-1', 'n2', 'n1', 'dns-1']);
    expect(query?.title).toContain('172.29.0.53');
  });

  test('the DNS pod asks from its pod, translated like other pods on the way out', () => {
    const result = lookUp(clusterNames(), 'client-1', 'pc.corp.test');
    const [, forwarded] = lookupLegs(result).filter(({ purpose }) => purpose === 'dns-query');
    expect(forwarded?.hops.map(({ node }) => node)).toEqual(['dns-1', 'n1', 'r', 'pc']);
    const step = forwarded?.hops[1]?.steps.find(({ action }) => action === 'masquerade');
    expect(step).toBeDefined();
    expect(verdict(result)).toBe('reachable');
  });

  test('forwarders of the cluster win over the resolvers of the node', () => {
    const result = lookUp(clusterNames(['10.0.3.77']), 'client-1', 'pc.corp.test');
    expect(verdict(result)).toBe('name-not-resolved at client-1');
  });

  test('a node knows no name of the cluster', () => {
    expect(verdict(lookUp(clusterNames(), 'n2', 'web.default.svc.cluster.local'))).toBe(
      'name-not-resolved at n2',
    );
    expect(resolved(lookUp(clusterNames(), 'n2', 'pc.corp.test'))).toBe('10.0.3.9');
  });

  test('without a DNS pod nothing is resolved: the service rejects', () => {
    const net = clusterNames().change('workload', 'dns', (workload) => ({ ...workload, pods: [] }));
    const result = lookUp(net, 'client-1', 'web');
    expect(verdict(result)).toBe('name-not-resolved at client-1');
    expect(lookupLegs(result)[0]?.disposition).toBe('rejected');
  });

  test('another cluster domain', () => {
    const net = clusterNames().change('cluster', 'k', (found) => ({
      ...found,
      dns: { service: 'kube-dns', domain: 'icp.test' },
    }));
    expect(resolved(lookUp(net, 'client-1', 'web.default.svc.icp.test'))).toBe('172.29.0.10');
    expect(resolved(lookUp(net, 'client-1', 'web.default.svc.cluster.local'))).toBe(
      'name-not-resolved at client-1',
    );
  });

  test('a flow to a service without a cluster IP goes by its name', () => {
    const headless = ask(clusterNames(), 'client-1', 'service:peers');
    expect(resolved(headless)).toBe('172.28.0.130');
    expect(verdict(headless)).toBe('reachable');
    expect(resolved(ask(clusterNames(), 'client-1', 'service:alias'))).toBe('10.0.3.9');
  });

  test('a headless service without pods has no address', () => {
    const net = clusterNames().change('workload', 'web', (workload) => ({ ...workload, pods: [] }));
    expect(verdict(lookUp(net, 'client-1', 'peers'))).toBe('name-not-resolved at client-1');
  });
});

describe('names of the pods of a stateful set', () => {
  const net = () =>
    clusterNames()
      .workload('queue', ['n1', 'n3'], { kind: 'stateful-set', ports: ['amqp 5672'] })
      .change('workload', 'queue', (workload) => ({
        ...workload,
        pods: workload.pods.map((pod, at) => ({ ...pod, name: `queue-${at}` })),
      }))
      .service('queue', [], ['amqp 5672'], { headless: true })
      .service('queue-vip', '172.29.0.40', ['amqp 5672'], { selector: { app: 'queue' } });

  test.each([
    ['queue-0.queue', '172.28.0.4'],
    ['queue-1.queue.default.svc.cluster.local', '172.28.0.131'],
    ['queue-2.queue', 'name-not-resolved'],
    // only behind a headless service, and only for stateful sets
    ['queue-0.queue-vip', 'name-not-resolved'],
    ['web-1.peers', 'name-not-resolved'],
  ])('%s: %s', (name, expected) => {
    expect(resolved(lookUp(net(), 'client-1', name, { port: 5672 }))).toContain(expected);
  });

  test('a pod that is not ready has none', () => {
    const without = net().change('workload', 'queue', (workload) => ({
      ...workload,
      pods: workload.pods.map((pod) => ({ ...pod, state: 'not-ready' as const })),
    }));
    expect(resolved(lookUp(without, 'client-1', 'queue-0.queue'))).toContain('name-not-resolved');
  });
});

test('a headless service without ports is found by its name', () => {
  const net = clusterNames().service('bare', [], [], { headless: true, selector: { app: 'web' } });
  expect(resolved(lookUp(net, 'client-1', 'bare'))).toBe('172.28.0.130');
});
