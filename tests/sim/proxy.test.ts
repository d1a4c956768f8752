import { describe, expect, test } from 'vitest';
import type { HttpProxy, ProxySettings } from '../../src-main/model/design.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { lookupLegs } from '../samples/reading.ts';
import { ask, details, families, reason, route, told, verdict } from './ask.ts';

/**
 * node – edge – web. The edge lets the proxy out alone; the proxy (10.0.1.140) resolves by .53, the node by nobody.
 */
function proxied(settings: Partial<HttpProxy> = {}): NetworkBuilder {
  return network()
    .segment('inside', ['10.0.1.0/24', '2001:db8:1::/64'])
    .segment('outside', ['203.0.113.0/24', '2001:db8:f::/64'])
    .host('node', '10.0.1.2/24,2001:db8:1::2/64', { gateway: ['10.0.1.1', '2001:db8:1::1'] })
    .host('squid', '10.0.1.140/24,2001:db8:1::140/64', {
      gateway: ['10.0.1.1', '2001:db8:1::1'],
      resolvers: ['10.0.1.53'],
      httpProxy: { port: 3128, ...settings },
    })
    .host('dns', '10.0.1.53/24', {
      dns: {
        zones: { 'web.test': { 'web.test': ['203.0.113.80', '2001:db8:f::80'] } },
      },
    })
    .edge('edge', ['10.0.1.1/24,2001:db8:1::1/64', '203.0.113.1/24,2001:db8:f::1/64'], {
      firewall: ['accept tcp 80,443,8443 from 10.0.1.140, 2001:db8:1::140'],
    })
    .host('web', '203.0.113.80/24,2001:db8:f::80/64', {
      gateway: ['203.0.113.1', '2001:db8:f::1'],
      listens: ['tcp 80', 'tcp 443', 'tcp 8443'],
    });
}

const by = (more: Partial<ProxySettings> = {}) => ({
  proxy: { host: '10.0.1.140', port: 3128, client: 'go' as const, ...more },
});

describe('a client with a proxy', () => {
  test.each(['http://web.test/', 'https://web.test/'])('asks it for %s', (url) => {
    const result = ask(proxied(), 'node', url, by());
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('node → squid | squid → edge → web');
    expect(route(result, 'reverse')).toBe('web → edge → squid | squid → node');
    expect(told(result, ['proxy'])).toEqual([
      'node: Goes to web.test through proxy 10.0.1.140:3128',
      `squid: Opens the connection to web.test port ${url.startsWith('https') ? 443 : 80} for its client`,
    ]);
  });

  test('leaves the name to the proxy: the node itself has no resolver', () => {
    const result = ask(proxied(), 'node', 'https://web.test/', by());
    expect(lookupLegs(result).map(({ hops }) => hops[0]?.node)).toEqual(['squid', 'dns']);
    expect(verdict(ask(proxied(), 'node', 'https://web.test/'))).toBe('name-not-resolved at node');
  });

  test('looks the name of the proxy up itself', () => {
    const named = proxied().change(
      'node',
      'dns',
      (node) =>
        ({
          ...node,
          dnsServer: {
            zones: [
              {
                name: 'test',
                records: [
                  { type: 'A', name: 'proxy.test', address: '10.0.1.140' },
                  { type: 'A', name: 'web.test', address: '203.0.113.80' },
                ],
              },
            ],
          },
        }) as typeof node,
    );
    expect(verdict(ask(named, 'node', 'https://web.test/', by({ host: 'proxy.test' })))).toBe(
      'name-not-resolved at node',
    );
    named.change('node', 'node', (node) => ({ ...node, resolvers: ['10.0.1.53'] }) as typeof node);
    expect(verdict(ask(named, 'node', 'https://web.test/', by({ host: 'proxy.test' })))).toBe(
      'reachable',
    );
  });

  test('goes direct to what NO_PROXY names, and says by which token', () => {
    const direct = { ...by({ noProxy: '.corp,203.0.113.0/24' }) };
    const result = ask(proxied(), 'node', 'https://203.0.113.80/', direct);
    expect(told(result, ['proxy'])).toEqual([
      'node: Goes to 203.0.113.80 directly: NO_PROXY holds 203.0.113.0/24',
    ]);
    expect(verdict(result)).toBe('denied at edge');
    // a name is not resolved to see whether its address is in the network
    expect(verdict(ask(proxied(), 'node', 'https://web.test/', direct))).toBe('reachable');
  });

  test('is told of tokens that match nothing', () => {
    const result = ask(proxied(), 'node', 'https://web.test/', by({ noProxy: 'a.com,172.16.' }));
    expect(verdict(result)).toBe('reachable');
    expect(result.warnings).toEqual([
      {
        code: 'no-proxy-token',
        at: 'NO_PROXY 172.16.',
        text: 'NO_PROXY holds 172.16., which never matches for go: it is the start of an address, not a network',
        detail: { token: '172.16.', client: 'go', dead: 'address-start' },
      },
    ]);
  });

  test('goes by the proxy to an address, too', () => {
    const result = ask(proxied(), 'node', 'https://203.0.113.80/', by());
    expect(verdict(result)).toBe('reachable');
    expect(lookupLegs(result)).toEqual([]);
  });

  test.each(families)('speaks IPv%d to it', (family) => {
    const host = family === 4 ? '10.0.1.140' : '2001:db8:1::140';
    const result = ask(proxied(), 'node', 'https://web.test/', { ...by({ host }), family });
    expect(verdict(result)).toBe('reachable');
    expect(details(result, 'originate/send').map(({ destination }) => destination)).toEqual([
      host,
      family === 4 ? '203.0.113.80' : '2001:db8:f::80',
    ]);
  });

  test('finds the proxy down, or filtered, like any other connection', () => {
    const down = proxied().change('node', 'squid', (node) => ({ ...node, state: 'down' }));
    expect(verdict(ask(down, 'node', 'https://web.test/', by()))).toBe(
      'neighbor-unreachable at node',
    );
    expect(verdict(ask(proxied(), 'node', 'https://web.test/', by({ port: 8080 })))).toBe(
      'no-listener at squid',
    );
  });

  test('fails where the proxy cannot go', () => {
    const shut = proxied().change(
      'node',
      'edge',
      (node) =>
        ({
          ...node,
          firewall: { rules: [] },
        }) as typeof node,
    );
    expect(verdict(ask(shut, 'node', 'https://web.test/', by()))).toBe('denied at edge');
    expect(verdict(ask(proxied(), 'node', 'https://none.test/', by()))).toBe(
      'name-not-resolved at squid',
    );
  });
});

describe('what a proxy refuses', () => {
  // its settings; URL; how it ends, and why
  test.each<[Partial<HttpProxy>, string, string, string]>([
    // CONNECT, to 443 alone unless the proxy says else; plain HTTP goes anywhere
    [
      {},
      'https://web.test:8443/',
      'proxy-refused at squid',
      'squid: port 8443 is not open to CONNECT (443)',
    ],
    [{}, 'http://web.test:8443/', 'reachable', ''],
    [{ connectPorts: [443, 8443] }, 'https://web.test:8443/', 'reachable', ''],
    [
      { connectPorts: [8443] },
      'https://web.test/',
      'proxy-refused at squid',
      'port 443 is not open to CONNECT (8443)',
    ],
    // clients
    [{ allowedSources: ['10.0.1.0/24'] }, 'https://web.test/', 'reachable', ''],
    [
      { allowedSources: ['10.0.2.0/24'] },
      'https://web.test/',
      'proxy-refused at squid',
      '10.0.1.2 is not among its clients',
    ],
    // hosts
    [{ allowedDestinations: ['web.test'] }, 'https://web.test/', 'reachable', ''],
    [{ allowedDestinations: ['.test'] }, 'https://web.test/', 'reachable', ''],
    [{ allowedDestinations: ['.web.test'] }, 'https://web.test/', 'reachable', ''],
    [
      { allowedDestinations: ['est'] },
      'https://web.test/',
      'proxy-refused at squid',
      'web.test is not among the hosts it goes to',
    ],
    [{ allowedDestinations: ['203.0.113.0/24'] }, 'https://203.0.113.80/', 'reachable', ''],
    [
      { allowedDestinations: ['203.0.113.0/24'] },
      'https://web.test/',
      'proxy-refused at squid',
      'web.test is not among',
    ],
  ])('%j: %s: %s', (settings, url, expected, why) => {
    const result = ask(proxied(settings), 'node', url, by());
    expect(verdict(result)).toBe(expected);
    expect(reason(result)).toContain(why);
  });

  test('the step says so', () => {
    const result = ask(proxied(), 'node', 'https://web.test:8443/', by());
    expect(told(result, ['proxy/refuse'])).toEqual([
      'squid: Refuses web.test port 8443: port 8443 is not open to CONNECT (443)',
    ]);
  });
});

describe('the port of a proxy', () => {
  test('may be asked about like any other', () => {
    const result = ask(proxied(), 'node', 'squid', { port: 3128 });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe('node → squid');
  });

  test('of another server serves no proxy requests', () => {
    const plain = proxied().host('plain', '10.0.1.9/24', { listens: ['tcp 3128'] });
    const result = ask(plain, 'node', 'https://web.test/', by({ host: '10.0.1.9' }));
    expect(verdict(result)).toBe('proxy-refused at plain');
  });

  test('of a proxy that nobody draws: the request leaves the design', () => {
    const net = proxied()
      .site('world', 'internet')
      .change('segment', 'outside', (segment) => ({ ...segment, site: 'world' }))
      .change(
        'node',
        'edge',
        (node) =>
          ({
            ...node,
            routes: [{ destination: '0.0.0.0/0', interface: 'eth1' }],
            firewall: { defaultAction: 'accept', rules: [] },
            nat: [{ id: 's', kind: 'snat', original: 'any', translated: 'interface' }],
          }) as typeof node,
      );
    const result = ask(net, 'node', 'https://web.test/', by({ host: '192.0.2.9' }));
    expect(result.forward[0]?.disposition).toBe('exits-network');
    expect(verdict(result)).toBe('reachable');
  });

  test('a connection that goes on by a layer 7 balancer reaches the proxy behind it', () => {
    const net = proxied().edge('lb', '10.0.1.50/24', {
      firewall: ['accept'],
      loadBalancers: [
        {
          id: 'proxies',
          address: '10.0.1.50',
          protocol: 'tcp',
          port: 3128,
          mode: 'proxy',
          layer: 7,
          members: [{ id: 'm', address: '10.0.1.140' }],
        },
      ],
    });
    const result = ask(net, 'node', 'https://web.test/', by({ host: '10.0.1.50' }));
    expect(route(result)).toBe('node → lb | lb → squid | squid → edge → web');
    expect(verdict(result)).toBe('reachable');
  });
});
