import { describe, expect, test } from 'vitest';
import type { IngressOptions } from '../builders/options.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { legs } from '../samples/reading.ts';
import { ask, details, families, reason, route, told, verdict } from './ask.ts';
import { cluster } from './cluster.ts';

/**
 * The controller on the host network of n1 (10.0.1.11); services `one`, `two` and `three`, one pod each on n1, n2
 * and n3. Names are answered by pc.
 */
function published(rules: readonly string[], options: IngressOptions = {}): NetworkBuilder {
  const hosts = [
    'shop.example.com',
    'a.example.com',
    'a.b.example.com',
    'example.com',
    'other.test',
  ];
  const net = cluster(undefined, { ingressController: { workload: 'nginx' } })
    .workload('nginx', ['n1'], { hostNetwork: true, ports: ['80', '443'] })
    .ingress('rules', rules, options);
  for (const [id, node, address] of [
    ['one', 'n1', '172.29.0.1'],
    ['two', 'n2', '172.29.0.2'],
    ['three', 'n3', '172.29.0.3'],
  ] as const) {
    net.workload(id, [node], { ports: ['http 8080'] }).service(id, address, ['http 80 -> http']);
  }
  return net
    .host('user', '10.0.3.20/24,2001:db8:3::20/64', {
      gateway: ['10.0.3.1', '2001:db8:3::1'],
      resolvers: ['10.0.3.53'],
    })
    .host('dns', '10.0.3.53/24', {
      dns: {
        zones: Object.fromEntries(
          hosts.map((host) => [host, { [host]: ['10.0.1.11', '2001:db8:1::11'] }]),
        ),
      },
    });
}

/** The service whose pod gets the request. */
function served(net: NetworkBuilder, url: string): string {
  const result = ask(net, 'user', url);
  const [match] = details(result, 'ingress-rule/match');
  if (!match) return verdict(result);
  expect(verdict(result)).toBe('reachable');
  return match.service.replace('default/', '');
}

describe('which rule gets a request', () => {
  // rules; then URL and the service that answers
  test.each<[readonly string[], [string, string][]]>([
    // hosts
    [
      ['shop.example.com/ -> one:80', '*.example.com/ -> two:80', '/ -> three:80'],
      [
        ['http://shop.example.com/', 'one'],
        ['http://a.example.com/', 'two'],
        // a wildcard stands for one label
        ['http://a.b.example.com/', 'three'],
        ['http://example.com/', 'three'],
        ['http://other.test/', 'three'],
        ['http://10.0.1.11/', 'three'],
        ['http://SHOP.example.com/', 'one'],
      ],
    ],
    // without a rule for all hosts
    [
      ['shop.example.com/ -> one:80'],
      [
        ['http://a.example.com/', 'no-endpoints at n1'],
        ['http://10.0.1.11/', 'no-endpoints at n1'],
      ],
    ],
    // prefixes count by path elements; the longest wins, whatever the order
    [
      ['/ -> one:80', '/cart -> two:80', '/cart/items/ -> three:80'],
      [
        ['http://shop.example.com/', 'one'],
        ['http://shop.example.com/cartoon', 'one'],
        ['http://shop.example.com/cart', 'two'],
        ['http://shop.example.com/cart/', 'two'],
        ['http://shop.example.com/cart/pay?now=1', 'two'],
        ['http://shop.example.com/cart/items', 'three'],
        ['http://shop.example.com/cart/items/7', 'three'],
        ['http://shop.example.com/cart/itemss', 'two'],
        ['http://shop.example.com/Cart', 'one'],
      ],
    ],
    // exact paths are exact, and win over the same prefix
    [
      ['exact /cart -> one:80', '/cart -> two:80', '/ -> three:80'],
      [
        ['http://shop.example.com/cart', 'one'],
        ['http://shop.example.com/cart/', 'two'],
        ['http://shop.example.com/cart/pay', 'two'],
        ['http://shop.example.com/car', 'three'],
      ],
    ],
    // a host that has rules of its own is answered by them alone
    [
      ['shop.example.com/cart -> one:80', '*.example.com/ -> two:80', '/ -> three:80'],
      [
        ['http://shop.example.com/cart', 'one'],
        ['http://shop.example.com/other', 'no-endpoints at n1'],
        ['http://a.example.com/other', 'two'],
      ],
    ],
  ])('%j', (rules, rows) => {
    const net = published(rules);
    expect(rows.map(([url]) => [url, served(net, url)])).toEqual(rows);
  });

  test('the default backend gets what no rule is for', () => {
    const net = published(['shop.example.com/cart -> one:80'], { defaultBackend: 'three:80' });
    expect(served(net, 'http://other.test/')).toBe('three');
    expect(served(net, 'http://shop.example.com/else')).toBe('three');
    expect(served(net, 'http://shop.example.com/cart')).toBe('one');
  });

  test('rules of another cluster are not its own', () => {
    const two = published(['shop.example.com/ -> one:80']).build();
    const net = network(two)
      .host('m', '10.0.3.80/24')
      .cluster('k2', ['m'], { podCidrs: ['172.30.0.0/16'], serviceCidrs: ['172.31.0.0/16'] })
      .ingress('theirs', ['/ -> one:80'], { cluster: 'k2' });
    expect(served(net, 'http://other.test/')).toBe('no-endpoints at n1');
  });
});

describe('the connection behind the controller', () => {
  const net = () => published(['/ -> two:80']);

  test.each(families)('goes straight to a pod, never to the cluster IP, IPv%d', (family) => {
    const dual = net().change('service', 'two', (service) => ({
      ...service,
      clusterIps: ['172.29.0.2', 'fd29::2'],
    }));
    const result = ask(dual, 'user', 'http://shop.example.com/', { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('user → r → n1 | n1 → n2 → two-1');
    expect(details(result, 'service/choose-endpoint')).toEqual([]);
    expect(details(result, 'originate/send')[1]).toMatchObject({
      destination: family === 4 ? '172.28.0.66' : 'fd28::42',
      destinationPort: 8080,
    });
    expect(route(result, 'reverse')).toBe('two-1 → n2 → n1 | n1 → r → user');
  });

  test('TLS ends at the controller, unless it is passed through', () => {
    const ends = (options: IngressOptions) =>
      details(
        ask(published(['/ -> one:80'], options), 'user', 'https://shop.example.com/'),
        'ingress-rule/match',
      )[0]?.endsTls;
    expect(ends({})).toBe(true);
    expect(ends({ tlsPassthrough: true })).toBe(false);
    const plain = ask(net(), 'user', 'http://shop.example.com/');
    expect(details(plain, 'ingress-rule/match')[0]?.endsTls).toBe(false);
  });

  test('all endpoints get their share', () => {
    const two = net().change('workload', 'two', (workload) => ({
      ...workload,
      pods: [...workload.pods, { id: 'two-2', node: 'n3', addresses: ['172.28.0.140'] }],
    }));
    const result = ask(two, 'user', 'http://shop.example.com/', {}, { allPaths: true });
    expect(result.forward.map(({ probability }) => probability)).toEqual([0.5, 0.5]);
    expect(result.status).toBe('reachable');
  });

  test('a service without a ready pod: 503 by the controller', () => {
    const empty = net().change('workload', 'two', (workload) => ({ ...workload, pods: [] }));
    const result = ask(empty, 'user', 'http://shop.example.com/');
    expect(verdict(result)).toBe('no-endpoints at n1');
    expect(told(result, ['ingress-rule'])).toEqual([
      'n1: Ingress rules picks service default/two, which has no endpoints',
    ]);
  });

  test('no rule: 404 by the controller', () => {
    const result = ask(published(['x.test/ -> one:80']), 'user', 'http://shop.example.com/a');
    expect(verdict(result)).toBe('no-endpoints at n1');
    expect(reason(result)).toBe(
      'Dropped, no-endpoints: no ingress rule is for shop.example.com/a: the controller itself answers 404',
    );
  });
});

describe('the controller', () => {
  const net = (more: object = {}) =>
    published(['/ -> two:80']).change('cluster', 'k', (found) => ({
      ...found,
      ingressController: { workload: 'nginx', ...more },
    }));

  test('listens where its pods are, on the ports that the design gives', () => {
    expect(verdict(ask(net(), 'user', 'http://10.0.1.12/'))).toBe('no-listener at n2');
    const odd = net({ httpPort: 8080 });
    expect(verdict(ask(odd, 'user', 'http://shop.example.com:8080/'))).toBe('reachable');
  });

  test('a bare connection to its port is taken without a look at rules', () => {
    const bare = ask(published([]), 'user', '10.0.1.11', { port: 443 });
    expect(verdict(bare)).toBe('reachable');
    expect(legs(bare, 'forward')).toHaveLength(1);
  });

  test('as a pod of its own it is reached by its service, and goes on from the pod', () => {
    const podded = cluster(undefined, { ingressController: { workload: 'alb' } })
      .workload('client', ['n3'])
      .workload('alb', ['n1'], { ports: ['80', '443'] })
      .workload('one', ['n2'], { ports: ['http 8080'] })
      .service('alb', '172.29.0.9', ['80', '443'])
      .service('one', '172.29.0.1', ['http 80 -> http'])
      .ingress('rules', ['/ -> one:http']);
    const result = ask(podded, 'client-1', 'http://172.29.0.9/');
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('client-1 → n3 → r → n1 → alb-1 | alb-1 → n1 → n2 → one-1');
    expect(details(result, 'nat/masquerade')).toEqual([]);
  });
});

describe('several controllers', () => {
  /** `nginx` on n1 serves what no other does; `alb` on n2 the class `private`. */
  const two = () =>
    published(['shop.example.com/ -> one:80'])
      .workload('alb', ['n2'], { hostNetwork: true, ports: ['80', '443'] })
      .ingress('private', ['shop.example.com/ -> two:80', 'other.test/ -> two:80'])
      .change('ingress', 'private', (ingress) => ({ ...ingress, className: 'private' }))
      .ingress('classed', ['a.example.com/ -> three:80'])
      .change('ingress', 'classed', (ingress) => ({ ...ingress, className: 'nginx' }))
      .change('cluster', 'k', (found) => ({
        ...found,
        otherIngressControllers: [{ workload: 'alb', classes: ['private'] }],
      }));
  const at = (node: string, host: string) => {
    const net = two().change('node', 'dns', (found) => ({
      ...found,
      dnsServer: {
        zones: [{ name: host, records: [{ type: 'A' as const, name: host, address: node }] }],
      },
    }));
    return served(net, `http://${host}/`);
  };

  test.each([
    ['10.0.1.11', 'shop.example.com', 'one'],
    ['10.0.1.11', 'a.example.com', 'three'],
    ['10.0.1.11', 'other.test', 'no-endpoints at n1'],
    ['10.0.1.12', 'shop.example.com', 'two'],
    ['10.0.1.12', 'other.test', 'two'],
    ['10.0.1.12', 'a.example.com', 'no-endpoints at n2'],
  ])('at %s, %s: %s', (node, host, expected) => {
    expect(at(node, host)).toBe(expected);
  });
});

describe('TLS that is passed through', () => {
  const net = () =>
    published(['shop.example.com/cart -> one:80', 'shop.example.com/ -> two:80'], {
      tlsPassthrough: true,
    }).ingress('ended', ['shop.example.com/ -> three:80', '/ -> three:80']);

  test('goes by the name alone, to what the root path names, whatever other ingresses say', () => {
    expect(served(net(), 'https://shop.example.com/cart')).toBe('two');
    expect(
      details(ask(net(), 'user', 'https://shop.example.com/'), 'ingress-rule/match')[0],
    ).toMatchObject({ ingress: 'rules', endsTls: false });
  });

  test('other names and plain HTTP are for the rules', () => {
    expect(served(net(), 'https://a.example.com/cart')).toBe('three');
    expect(served(net(), 'http://shop.example.com/cart')).toBe('one');
    expect(
      details(ask(net(), 'user', 'https://a.example.com/'), 'ingress-rule/match')[0]?.endsTls,
    ).toBe(true);
  });
});
