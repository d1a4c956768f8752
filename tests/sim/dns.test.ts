import { describe, expect, test } from 'vitest';
import type { FlowOptions, HostOptions } from '../builders/options.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { lookupLegs, warningsOf } from '../samples/reading.ts';
import type { Result } from '../../src-main/sim/index.ts';
import { ask, details, reason, route, verdict, warned } from './ask.ts';

type Dns = NonNullable<HostOptions['dns']>;

/** A client, name servers .53, .54, … with these settings, and web on .80. All on one LAN behind nothing. */
function named(servers: readonly Dns[], client: HostOptions = {}): NetworkBuilder {
  const net = network()
    .segment('lan', ['10.0.1.0/24', '2001:db8:1::/64'])
    .host('client', '10.0.1.2/24,2001:db8:1::2/64', { resolvers: ['10.0.1.53'], ...client })
    .host('web', '10.0.1.80/24,2001:db8:1::80/64', { listens: ['tcp 80', 'tcp 443'] });
  servers.forEach((dns, at) => net.host(`ns${at + 1}`, `10.0.1.${53 + at}/24`, { dns }));
  return net;
}

const zone = (records: Record<string, string | string[]>, name = 'example.com'): Dns => ({
  zones: { [name]: records },
});
const lookUp = (net: NetworkBuilder, from: string, name: string, options: FlowOptions = {}) =>
  ask(net, from, { kind: 'name', name }, options);
/** Where the connection goes once the name is resolved. */
const resolved = (result: Result) =>
  details(result, 'originate/send')[0]?.destination ?? verdict(result);
/** `client→10.0.1.53`: who asked whom, in order. */
const questions = (result: Result) =>
  lookupLegs(result)
    .filter(({ purpose, dns }) => purpose === 'dns-query' && dns !== undefined)
    .map(({ hops }) => `${hops[0]?.node} → ${hops.at(-1)?.node}`);

describe('what a name server answers from its zones', () => {
  const records = {
    'web.example.com': ['10.0.1.80', '2001:db8:1::80'],
    'four.example.com': '10.0.1.80',
    'six.example.com': '2001:db8:1::80',
    'www.example.com': 'web.example.com',
    'far.example.com': 'web.other.test',
    'round.example.com': 'about.example.com',
    'about.example.com': 'round.example.com',
    '*.apps.example.com': '10.0.1.80',
    'own.apps.example.com': '10.0.1.81',
    '*.www.example.com': 'web.example.com',
  };
  const net = () =>
    named([
      {
        zones: {
          'example.com': records,
          'other.test': { 'web.other.test': '10.0.1.80' },
          'deep.example.com': { 'web.deep.example.com': '10.0.1.82' },
        },
      },
    ]);

  test.each([
    // name; over IPv4, over IPv6
    ['web.example.com', '10.0.1.80', '2001:db8:1::80'],
    ['WEB.Example.com', '10.0.1.80', '2001:db8:1::80'],
    ['web.example.com.', '10.0.1.80', '2001:db8:1::80'],
    // one family alone is taken, whatever was preferred
    ['four.example.com', '10.0.1.80', '10.0.1.80'],
    ['six.example.com', '2001:db8:1::80', '2001:db8:1::80'],
    // aliases, in the zone and out of it
    ['www.example.com', '10.0.1.80', '2001:db8:1::80'],
    ['far.example.com', '10.0.1.80', '10.0.1.80'],
    // wildcards, under exact names
    ['any.apps.example.com', '10.0.1.80', '10.0.1.80'],
    ['two.labels.apps.example.com', '10.0.1.80', '10.0.1.80'],
    ['own.apps.example.com', '10.0.1.81', '10.0.1.81'],
    ['x.www.example.com', '10.0.1.80', '2001:db8:1::80'],
    // … which end where a closer name exists
    ['x.own.apps.example.com', 'name-not-resolved at client', 'name-not-resolved at client'],
    // the closest zone answers
    ['web.deep.example.com', '10.0.1.82', '10.0.1.82'],
    // no such name
    ['apps.example.com', 'name-not-resolved at client', 'name-not-resolved at client'],
    ['nowhere.example.com', 'name-not-resolved at client', 'name-not-resolved at client'],
    ['web.deeper.test', 'name-not-resolved at client', 'name-not-resolved at client'],
    ['round.example.com', 'name-not-resolved at client', 'name-not-resolved at client'],
  ])('%s: %s, %s', (name, four, six) => {
    expect(resolved(ask(net(), 'client', name, { family: 4 }))).toBe(four);
    expect(resolved(ask(net(), 'client', name, { family: 6 }))).toBe(six);
  });

  test('a client of one family takes the address that it can use', () => {
    const four = net().change('node', 'client', (node) => ({
      ...node,
      interfaces: [{ id: 'eth0', segment: 'lan', addresses: ['10.0.1.2/24'] }],
    }));
    expect(resolved(ask(four, 'client', 'web.example.com', { family: 6 }))).toBe('10.0.1.80');
    const none = ask(four, 'client', 'six.example.com');
    expect(verdict(none)).toBe('name-not-resolved at client');
    expect(reason(none)).toContain('six.example.com has no address that the client can use');
  });

  test('question and answer are packets of UDP 53, there and back', () => {
    const result = ask(net(), 'client', 'web.example.com');
    const [query, answer] = lookupLegs(result);
    expect(query?.hops.map(({ node }) => node)).toEqual(['client', 'ns1']);
    expect(answer?.hops.map(({ node }) => node)).toEqual(['ns1', 'client']);
    expect(query?.dns).toEqual({ name: 'web.example.com', record: 'A', addresses: [] });
    expect(answer?.dns).toMatchObject({ record: 'A', addresses: ['10.0.1.80'] });
    const sent = query?.hops[0]?.steps.find(({ kind }) => kind === 'originate');
    expect(sent?.packet).toMatchObject([
      { type: 'ipv4', protocol: 17 },
      { type: 'udp', destinationPort: 53 },
    ]);
  });

  test('an address needs no look-up', () => {
    expect(lookupLegs(ask(net(), 'client', '10.0.1.80'))).toEqual([]);
    expect(lookupLegs(ask(net(), 'client', 'http://[2001:db8:1::80]/'))).toEqual([]);
  });
});

describe('whom a server asks in turn', () => {
  test('forwarders, for names outside its zones only', () => {
    const net = named([
      { ...zone({ 'web.example.com': '10.0.1.80' }), forwarders: ['10.0.1.54'] },
      zone({ 'web.other.test': '10.0.1.80' }, 'other.test'),
    ]);
    expect(questions(ask(net, 'client', 'web.example.com'))).toEqual(['client → ns1']);
    const forwarded = ask(net, 'client', 'web.other.test');
    expect(questions(forwarded)).toEqual(['client → ns1', 'ns1 → ns2']);
    expect(verdict(forwarded)).toBe('reachable');
    const missing = ask(net, 'client', 'none.example.com');
    expect(questions(missing)).toEqual(['client → ns1']);
    expect(verdict(missing)).toBe('name-not-resolved at client');
  });

  test('conditional forwarders, the closest domain first', () => {
    const net = named([
      {
        forwarders: ['10.0.1.54'],
        conditionalForwarders: [
          { domain: 'corp.test', servers: ['10.0.1.55'] },
          { domain: 'lab.corp.test', servers: ['10.0.1.56'] },
        ],
      },
      zone({ 'web.other.test': '10.0.1.80', 'web.notcorp.test': '10.0.1.80' }, 'test'),
      zone({ 'web.corp.test': '10.0.1.80' }, 'corp.test'),
      zone({ 'web.lab.corp.test': '10.0.1.80' }, 'lab.corp.test'),
    ]);
    const asked = (name: string) => questions(ask(net, 'client', name))[1];
    expect(asked('web.other.test')).toBe('ns1 → ns2');
    expect(asked('web.notcorp.test')).toBe('ns1 → ns2');
    expect(asked('web.corp.test')).toBe('ns1 → ns3');
    expect(asked('web.lab.corp.test')).toBe('ns1 → ns4');
  });

  test('an alias out of the zone is followed by the server', () => {
    const net = named([
      { ...zone({ 'www.example.com': 'cdn.other.test' }), forwarders: ['10.0.1.54'] },
      zone({ 'cdn.other.test': '10.0.1.80' }, 'other.test'),
    ]);
    const result = ask(net, 'client', 'www.example.com');
    expect(verdict(result)).toBe('reachable');
    expect(questions(result)).toEqual(['client → ns1', 'ns1 → ns2']);
  });

  test('a circle of forwarders ends', () => {
    const net = named([{ forwarders: ['10.0.1.54'] }, { forwarders: ['10.0.1.53'] }]);
    const result = ask(net, 'client', 'web.example.com');
    expect(verdict(result)).toBe('name-not-resolved at client');
    expect(reason(result)).toContain('in a circle');
  });

  test('nobody: a server with neither zone nor forwarder knows no such name', () => {
    const result = ask(named([{}]), 'client', 'web.example.com');
    expect(verdict(result)).toBe('name-not-resolved at client');
    expect(reason(result)).toContain('there is no such name as web.example.com');
  });
});

describe('several resolvers', () => {
  const two = { resolvers: ['10.0.1.53', '10.0.1.54'] };
  const good = zone({ 'web.example.com': '10.0.1.80' });

  test('the first answers', () => {
    const result = ask(named([good, good], two), 'client', 'web.example.com');
    expect(questions(result)).toEqual(['client → ns1']);
    expect(warned(result)).toEqual([]);
  });

  test.each<[string, (net: NetworkBuilder) => NetworkBuilder]>([
    ['is down', (net) => net.change('node', 'ns1', (node) => ({ ...node, state: 'down' }))],
    [
      'is no name server',
      (net) =>
        net.change('node', 'ns1', ({ id, interfaces }) => ({
          id,
          kind: 'host',
          interfaces: interfaces ?? [],
        })),
    ],
    [
      'filters its port',
      (net) => net.change('node', 'ns1', (node) => ({ ...node, firewall: { rules: [] } })),
    ],
  ])('the first %s: the second answers, and that is said', (_, change) => {
    const result = ask(change(named([good, good], two)), 'client', 'web.example.com');
    expect(verdict(result)).toBe('reachable');
    const [warning] = warningsOf(result, 'resolver-failed');
    expect(warning?.at).toBe('client');
    expect(warning?.text).toContain('10.0.1.53 does not answer client: ');
  });

  test('the first knows that there is no such name: the second is not asked', () => {
    const result = ask(named([zone({}), good], two), 'client', 'web.example.com');
    expect(questions(result)).toEqual(['client → ns1']);
    expect(verdict(result)).toBe('name-not-resolved at client');
  });

  test('none answers', () => {
    const down = named([good], { resolvers: ['10.0.1.98', '10.0.1.99'] });
    const result = ask(down, 'client', 'web.example.com');
    expect(verdict(result)).toBe('name-not-resolved at client');
    expect(reason(result)).toContain('no resolver answered for web.example.com');
  });

  test('there is none', () => {
    const result = ask(named([good], { resolvers: [] }), 'client', 'web.example.com');
    expect(verdict(result)).toBe('name-not-resolved at client');
    expect(reason(result)).toContain('client has no resolver');
  });
});

describe('a firewall before the resolver', () => {
  const guarded = (rules: readonly string[]) =>
    network()
      .segment('lan', '10.0.1.0/24')
      .segment('servers', '10.0.2.0/24')
      .host('client', '10.0.1.2/24', { gateway: '10.0.1.1', resolvers: ['10.0.2.53'] })
      .router('fw', ['10.0.1.1/24', '10.0.2.1/24'], { firewall: rules })
      .host('ns', '10.0.2.53/24', {
        gateway: '10.0.2.1',
        dns: zone({ 'web.example.com': '10.0.2.80' }),
      })
      .host('web', '10.0.2.80/24', { gateway: '10.0.2.1', listens: ['tcp 80'] });

  test('blocks the flow, though the flow itself would pass', () => {
    const result = ask(guarded(['accept tcp 80']), 'client', 'web.example.com');
    expect(verdict(result)).toBe('name-not-resolved at client');
    const [query] = lookupLegs(result);
    expect(query).toMatchObject({ purpose: 'dns-query', disposition: 'denied' });
    expect(query?.hops.at(-1)?.node).toBe('fw');
    expect(verdict(ask(guarded(['accept tcp 80']), 'client', '10.0.2.80'))).toBe('reachable');
  });

  test('must let UDP 53 through, too', () => {
    const result = ask(
      guarded(['accept tcp 80', 'accept udp 53 to 10.0.2.53']),
      'client',
      'web.example.com',
    );
    expect(verdict(result)).toBe('reachable');
  });

  test('may block what is resolved', () => {
    const result = ask(guarded(['accept udp 53']), 'client', 'web.example.com');
    expect(verdict(result)).toBe('denied at fw');
  });
});

describe('search domains of a host', () => {
  const search = { searchDomains: ['corp.test', 'example.com'] };
  const own = zone({ 'web.example.com': '10.0.1.80', 'a.web.example.com': '10.0.1.81' });

  test.each([
    // short names: with the domains, in order; long ones as they are first
    ['web', '10.0.1.80'],
    ['web.', 'name-not-resolved at client'],
    ['web.example.com', '10.0.1.80'],
    ['a.web', '10.0.1.81'],
    ['b', 'name-not-resolved at client'],
  ])('%s: %s', (name, expected) => {
    expect(resolved(lookUp(named([own], search), 'client', name))).toBe(expected);
  });

  test('hold for what the server has to ask others, too', () => {
    const net = named([{ forwarders: ['10.0.1.54'] }, own], search);
    expect(resolved(lookUp(net, 'client', 'web'))).toBe('10.0.1.80');
  });

  test('come after a name with dots, even where a wildcard of theirs would match it', () => {
    const wild = { ...zone({ '*.example.com': '10.0.1.66' }), forwarders: ['10.0.1.54'] };
    const net = named([wild, zone({ 'web.other.test': '10.0.1.80' }, 'other.test')], {
      searchDomains: ['example.com'],
    });
    expect(resolved(lookUp(net, 'client', 'web.other.test'))).toBe('10.0.1.80');
    expect(resolved(lookUp(net, 'client', 'none.other.test'))).toBe('10.0.1.66');
  });

  test('without them a short name is nobody', () => {
    expect(verdict(lookUp(named([own]), 'client', 'web'))).toBe('name-not-resolved at client');
  });
});

test('the route of the connection is told apart from the look-up', () => {
  const net = named([zone({ 'web.example.com': '10.0.1.80' })]);
  const result = ask(net, 'client', 'http://web.example.com/');
  expect(route(result)).toBe('client → web');
  expect(result.forward[0]?.legs.map(({ purpose }) => purpose)).toEqual([
    'dns-query',
    'dns-answer',
    'request',
  ]);
});
