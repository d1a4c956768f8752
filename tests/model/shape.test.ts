import { describe, expect, it } from 'vitest';
import { issueSentence } from '../../src-main/model/issue.ts';
import { parseDesign, parseEntity } from '../../src-main/model/validate.ts';
import { oneOfEverything, withValue } from './one-of-everything.ts';

function faults(document: unknown): string[] {
  const parsed = parseDesign(document);
  return parsed.ok ? [] : parsed.issues.map(issueSentence);
}

const id =
  'an id: letters, digits, ".", "_" or "-", starting with a letter or digit, at most 63 characters';
const address = 'an IPv4 or IPv6 address, such as 192.168.20.10 or 2001:db8::10';
const cidr = 'a network prefix with its host bits zero, such as 192.168.20.0/24 or 2001:db8::/64';
const interfaceAddress =
  'an address with its prefix length, such as 192.168.20.61/24 or 2001:db8::61/64';
const match =
  '"any", an address, a prefix, or a range from-to, such as 10.0.0.0/8 or 10.0.0.5-10.0.0.9';
const port = 'a port from 1 to 65535';
const portMatch = 'a port from 1 to 65535, or a range such as 30000-32767';
const portOrName = 'a port from 1 to 65535, or the name of a container port';
const objectName =
  'a Kubernetes object name: lower-case letters, digits, "-" or ".", at most 253 characters';
const labelKey =
  'a label key, such as app or app.kubernetes.io/name: at most 63 letters, digits, "-", "_" or "." behind an optional DNS name and "/"';
const labelValue =
  'a label value: at most 63 letters, digits, "-", "_" or ".", starting and ending with a letter or digit';
const map = 'a map of keys to values';
const nodeKinds =
  'one of "host", "router", "edge-gateway", "distributed-router", "hypervisor", "l2-gateway"';
const rule = 'nodes[2].firewall.rules[0]';

it('accepts one of everything', () => {
  expect(faults(oneOfEverything)).toEqual([]);
});

// Where the value at a path is replaced by another, this and nothing else is said of it.
describe.each<[group: string, rows: [path: string, value: unknown, expected: string][]]>([
  [
    'the head',
    [
      ['hopscope', 2, '1, the version of the text form'],
      ['hopscope', '1', '1, the version of the text form'],
      ['name', '', 'a text of 1 to 200 characters'],
      ['name', 7, 'a text of 1 to 200 characters'],
      ['notes', 'half \ud800 a pair', 'well-formed Unicode text'],
      ['nodes', {}, 'a list'],
      ['nodes', null, 'a list'],
      ['nodes', 'a', 'a list'],
    ],
  ],
  [
    'ids and texts',
    [
      ['segments[0].id', 'a b', id],
      ['segments[0].id', '', id],
      ['segments[0].id', '-a', id],
      ['segments[0].id', 'a\n', id],
      ['segments[0].id', 5, id],
      ['nodes[0].tags', ['x', ''], 'a text of 1 to 63 characters'],
      ['nodes[0].tags', 'x', 'a list'],
    ],
  ],
  [
    'addresses',
    [
      ['nodes[0].interfaces[0].addresses[0]', '10.0.0.2', interfaceAddress],
      ['nodes[0].interfaces[0].addresses[0]', '10.0.0.2/33', interfaceAddress],
      ['nodes[0].interfaces[0].addresses[0]', 10, interfaceAddress],
      ['nodes[0].interfaces[0].addresses[1]', '2001:db8::2/129', interfaceAddress],
      ['nodes[0].resolvers[0]', '010.0.0.3', address],
      ['nodes[0].resolvers[0]', 'fe80::1%eth0', address],
      ['nodes[0].resolvers[0]', null, address],
      ['segments[0].subnets[0].cidr', '10.0.0.1/24', cidr],
      ['segments[0].subnets[0].cidr', '10.0.0.0', cidr],
      ['segments[0].subnets[0].gateway', '10.0.0.1/24', address],
      ['nodes[2].routes[0].destination', 'default', cidr],
      [`${rule}.sources[0]`, 'all', match],
      [`${rule}.sources[0]`, '10.0.0.9-10.0.0.5', match],
      [`${rule}.sources[0]`, '10.0.0.1/24', match],
      ['nodes[2].nat[0].original', 'eth0', match],
      [
        'nodes[2].nat[0].translated',
        'any',
        '"interface", an address, a prefix, or a range from-to, such as 203.0.113.42',
      ],
      [
        'nodes[2].nat[1].translated',
        'interface',
        'an address, a prefix, or a range from-to, such as 203.0.113.42 or 10.0.0.5-10.0.0.9',
      ],
      [
        'nodes[0].interfaces[0].mac',
        '00-50-56-01-02-03',
        'a MAC address, such as 00:50:56:01:02:03',
      ],
      [
        'nodes[1].dnsServer.zones[0].records[0].address',
        '2001:db8::9',
        'an IPv4 address, such as 192.168.20.10',
      ],
      [
        'nodes[1].dnsServer.zones[0].records[1].address',
        '10.0.0.9',
        'an IPv6 address, such as 2001:db8::10',
      ],
    ],
  ],
  [
    'names and URLs',
    [
      ['nodes[0].searchDomains[0]', '-corp.example', 'a DNS name, such as shop.example.com'],
      ['nodes[0].searchDomains[0]', 'corp..example', 'a DNS name, such as shop.example.com'],
      ['nodes[0].searchDomains[0]', '*.example', 'a DNS name, such as shop.example.com'],
      [
        'ingresses[0].rules[0].host',
        '*.*.example',
        'a DNS name or a wildcard such as *.example.com',
      ],
      [
        'flows[0].to.url',
        'shop.example.com',
        'an http:// or https:// URL, such as https://shop.example.com/',
      ],
      [
        'flows[0].to.url',
        'ftp://shop.example.com/',
        'an http:// or https:// URL, such as https://shop.example.com/',
      ],
      [
        'flows[0].to.url',
        'http://',
        'an http:// or https:// URL, such as https://shop.example.com/',
      ],
      [
        'flows[0].proxy.host',
        'a b',
        'an IPv4 or IPv6 address, or a DNS name such as proxy.example.com',
      ],
      [
        'flows[0].proxy.host',
        5,
        'an IPv4 or IPv6 address, or a DNS name such as proxy.example.com',
      ],
      ['layout[0].id', 'a', 'an entity reference kind:id, such as node:esg'],
      ['layout[0].id', 'layout:node:a', 'an entity reference kind:id, such as node:esg'],
      ['layout[0].id', 'nodes:a', 'an entity reference kind:id, such as node:esg'],
    ],
  ],
  [
    'numbers',
    [
      ['nodes[0].listeners[0].port', 0, port],
      ['nodes[0].listeners[0].port', 65536, port],
      ['nodes[0].listeners[0].port', 80.5, port],
      ['nodes[0].listeners[0].port', '80', port],
      ['nodes[0].listeners[0].port', NaN, port],
      ['nodes[0].listeners[0].port', Infinity, port],
      ['segments[0].mtu', 67, 'a number of bytes from 68 to 65535'],
      ['segments[0].mtu', 65536, 'a number of bytes from 68 to 65535'],
      ['segments[0].mtu', '1500', 'a number of bytes from 68 to 65535'],
      ['segments[1].vlan', 0, 'a VLAN number from 1 to 4094'],
      ['segments[1].vlan', 4095, 'a VLAN number from 1 to 4094'],
      ['segments[2].vni', 16777216, 'a VXLAN network identifier from 1 to 16777215'],
      ['stretches[0].overheadBytes', 35, 'a number of bytes from 36 to 400'],
      ['nodes[2].routes[0].distance', 256, 'a whole number from 0 to 255'],
      ['nodes[2].routes[0].metric', -1, 'a whole number from 0 to 4294967295'],
      ['nodes[2].virtualIps[0].priority', 255, 'a whole number from 1 to 254'],
      ['nodes[2].loadBalancers[0].members[0].weight', 0, 'a whole number from 1 to 256'],
      ['flows[0].packetBytes', 27, 'a number of bytes from 28 to 65535'],
      ['layout[0].x', 1e10, 'a number from -1000000000 to 1000000000'],
      ['layout[0].x', '1', 'a number from -1000000000 to 1000000000'],
      ['layout[0].width', -1, 'a number from 0 to 1000000000'],
      ['clusters[0].calico.ipPools[0].blockLength', 129, 'a prefix length in bits from 16 to 128'],
    ],
  ],
  [
    'unions and choices',
    [
      [`${rule}.services[0].ports[0]`, 0, portMatch],
      [`${rule}.services[0].ports[0]`, 65536, portMatch],
      [`${rule}.services[0].ports[0]`, 1.5, portMatch],
      [`${rule}.services[0].ports[0]`, '443', portMatch],
      [`${rule}.services[0].ports[0]`, '90-80', portMatch],
      [`${rule}.services[0].ports[0]`, '0-80', portMatch],
      [`${rule}.services[0].ports[0]`, '80-65536', portMatch],
      [`${rule}.services[0].ports[0]`, true, portMatch],
      [`${rule}.services[0].ports[0]`, {}, portMatch],
      [
        `${rule}.services[0].protocol`,
        'TCP',
        'one of "tcp", "udp", "icmp", "esp", "ip-in-ip", "any"',
      ],
      [`${rule}.action`, 'allow', 'one of "accept", "deny", "reject"'],
      [`${rule}.action`, undefined, 'one of "accept", "deny", "reject"'],
      ['nodes[2].loadBalancers[0].layer', 5, 'one of 4, 7'],
      ['nodes[2].loadBalancers[0].layer', '4', 'one of 4, 7'],
      ['nodes[2].routes[1].action', 'drop', '"discard"'],
      ['flows[0].family', 5, 'one of 4, 6'],
      ['flows[0].df', 'yes', 'true or false'],
      ['segments[0].kind', 'wlan', 'one of "lan", "vlan", "vxlan"'],
      ['segments[0].kind', undefined, 'one of "lan", "vlan", "vxlan"'],
      ['segments[0].kind', 3, 'one of "lan", "vlan", "vxlan"'],
      ['nodes[0].kind', 'vm', nodeKinds],
      ['nodes[0].kind', null, nodeKinds],
      ['nodes[2].nat[0].kind', 'pat', 'one of "snat", "dnat"'],
      ['nodes[1].dnsServer.zones[0].records[0].type', 'MX', 'one of "A", "AAAA", "CNAME"'],
      ['flows[0].from', 'a', map],
      ['flows[0].from', [], map],
      ['flows[0].from.kind', 'host', 'one of "node", "pod", "address"'],
      ['flows[0].to.kind', undefined, 'one of "url", "name", "address", "node", "pod", "service"'],
      ['intents[0].subject', { kind: 'flows' }, 'one of "flow", "matrix"'],
      [
        'clusters[0].nodes[0].roles[0]',
        'slave',
        'one of "master", "proxy", "management", "worker", "boot", "etcd", "vulnerability-advisor"',
      ],
    ],
  ],
  [
    'maps and lists',
    [
      ['segments[0]', 5, map],
      ['segments[0]', [], map],
      ['segments[0]', null, map],
      ['nodes[2].firewall', [], map],
      ['nodes[2].firewall.rules', undefined, 'a list'],
      ['nodes[2].firewall.rules', {}, 'a list'],
      ['links[0].a', 'esg/eth0', map],
      ['links[0].a.node', undefined, id],
      ['nodes[0].interfaces[0].id', undefined, id],
      ['clusters[0].podCidrs', undefined, 'a list'],
    ],
  ],
  [
    'Kubernetes',
    [
      ['workloads[0].namespace', 'Default', objectName],
      ['workloads[0].namespace', 'a_b', objectName],
      ['workloads[0].namespace', '', objectName],
      ['workloads[0].labels', ['a'], map],
      ['workloads[0].labels', { app: 5 }, labelValue],
      ['workloads[0].labels', { app: 'a b' }, labelValue],
      ['workloads[0].labels', { app: '-a' }, labelValue],
      ['workloads[0].labels', { app: 'x'.repeat(64) }, labelValue],
      [
        'workloads[0].ports[0].name',
        'HTTP',
        'a port name: at most 15 lower-case letters, digits or "-", at least one letter among them',
      ],
      [
        'workloads[0].ports[0].name',
        '8080',
        'a port name: at most 15 lower-case letters, digits or "-", at least one letter among them',
      ],
      ['workloads[0].ports[0].protocol', 'tcp', 'one of "TCP", "UDP", "SCTP"'],
      ['services[0].ports[0].targetPort', 0, portOrName],
      ['services[0].ports[0].targetPort', 'Http', portOrName],
      ['services[0].ports[0].targetPort', 'a-name-that-is-too-long', portOrName],
      ['services[0].ports[0].targetPort', null, portOrName],
      [
        'networkPolicies[0].podSelector.matchExpressions[0].values',
        [],
        'one value or more for In and NotIn, none for Exists and DoesNotExist',
      ],
      [
        'networkPolicies[0].podSelector.matchExpressions[0].values',
        undefined,
        'one value or more for In and NotIn, none for Exists and DoesNotExist',
      ],
      [
        'networkPolicies[0].ingress[0].ports[0].endPort',
        8079,
        'a port not below "port", which has to be a number',
      ],
      [
        'networkPolicies[0].ingress[0].from[0]',
        'all',
        'either "ipBlock" alone, or "podSelector" and "namespaceSelector"',
      ],
      [
        'networkPolicies[0].ingress[0].from[0]',
        { ipBlock: { cidr: '10.0.0.0/8' }, podSelector: {} },
        'either "ipBlock" alone, or "podSelector" and "namespaceSelector"',
      ],
      [
        'networkPolicies[0].ingress[0].from[0]',
        {},
        'a "podSelector", a "namespaceSelector" or an "ipBlock"',
      ],
      ['networkPolicies[0].ingress[0].from[0].ipBlock.cidr', 'all', cidr],
      ['networkPolicies[0].ingress[0].from[0].ipBlock.except[0]', '10.1.0.1/16', cidr],
      ['networkPolicies[0].ingress[0].from[1].podSelector', 'all', map],
    ],
  ],
])('in %s', (_group, rows) => {
  it.each(rows)('%s: %j', (path, value, expected) => {
    const [fault = '', ...others] = faults(withValue(oneOfEverything, path, value));
    // A fault inside of a list or map that was put in stands deeper.
    expect(fault.startsWith(path)).toBe(true);
    expect(fault.endsWith(`: expected ${expected}`)).toBe(true);
    if (value === undefined) expect(fault).toContain(`${path} is missing`);
    expect(others).toEqual([]);
  });
});

// Too long by one.
it.each<[path: string, tooLong: string | unknown[], expected: string]>([
  ['name', 'x'.repeat(201), 'a text of 1 to 200 characters'],
  ['notes', 'x'.repeat(20_001), 'a text of at most 20000 characters'],
  ['stretches[0].id', 'x'.repeat(64), id],
  ['nodes[0].tags', Array(65).fill('x'), 'at most 64 entries'],
  ['nodes[0].tags[0]', 'x'.repeat(64), 'a text of 1 to 63 characters'],
  ['nodes[0].searchDomains[0]', 'x'.repeat(64), 'a DNS name, such as shop.example.com'],
  ['nodes[0].searchDomains[0]', `${'x.'.repeat(126)}xx`, 'a DNS name, such as shop.example.com'],
  ['workloads[0].labels.app', 'x'.repeat(64), labelValue],
  [
    'flows[0].to.url',
    `http://a/${'x'.repeat(504)}`,
    'an http:// or https:// URL, such as https://shop.example.com/',
  ],
  [
    'nodes[1].interfaces',
    Array.from({ length: 20_001 }, (_, at) => ({ id: `e${at}` })),
    'at most 20000 entries',
  ],
])('what is too long for %s is refused', (path, tooLong, expected) => {
  const [fault = '', ...others] = faults(withValue(oneOfEverything, path, tooLong));
  expect(fault.startsWith(`${path} is `)).toBe(true);
  expect(fault.endsWith(`: expected ${expected}`)).toBe(true);
  expect(fault.length).toBeLessThan(300);
  expect(others).toEqual([]);
  expect(faults(withValue(oneOfEverything, path, tooLong.slice(0, -1)))).toEqual([]);
});

// A key that nobody knows, wherever it stands.
it.each([
  '',
  'segments[0]',
  'segments[0].subnets[0]',
  'nodes[0]',
  'nodes[0].interfaces[0]',
  'nodes[2].routes[0]',
  'nodes[2].firewall',
  rule,
  `${rule}.services[0]`,
  'nodes[2].nat[0]',
  'links[0].a',
  'clusters[0].calico',
  'clusters[0].dns',
  'workloads[0].pods[0]',
  'networkPolicies[0].podSelector',
  'networkPolicies[0].ingress[0].from[0].ipBlock',
  'calicoPolicies[0]',
  'calicoPolicies[0].ingress[0]',
  'calicoPolicies[0].ingress[0].source',
  'calicoPolicies[1].egress[0].icmp',
  'hostEndpoints[0]',
  'flows[0].from',
  'flows[0].to',
  'flows[0].proxy',
  'intents[1].subject',
  'installScenarios[0].settings[0]',
  'layout[0]',
])('an unknown key in "%s" is named', (holder) => {
  const path = holder === '' ? 'colour' : `${holder}.colour`;
  expect(faults(withValue(oneOfEverything, path, 'red'))).toEqual([
    `${path} is "red": expected no such key here`,
  ]);
});

it('names a key of another kind of node as unknown', () => {
  expect(faults(withValue(oneOfEverything, 'nodes[4].firewall', { rules: [] }))).toEqual([
    'nodes[4].firewall is {"rules":[]}: expected no such key here',
  ]);
});

it('refuses a key that is there without a value', () => {
  const document = { ...oneOfEverything, notes: undefined };
  expect(faults(document)).toEqual([
    'notes is missing: expected a text of at most 20000 characters',
  ]);
});

it('shows the label key that is wrong', () => {
  expect(faults(withValue(oneOfEverything, 'workloads[0].labels', { 'a b': 'x' }))).toEqual([
    `workloads[0].labels["a b"] is "a b": expected ${labelKey}`,
  ]);
});

it.each([undefined, null, 5, 'text', true, [], () => 1, Symbol('x'), 10n, NaN])(
  'is told of a document that is %s',
  (document) => {
    const [fault = ''] = faults(document);
    expect(fault).toMatch(/^the document (is .*|is missing): expected a map of keys to values$/);
  },
);

it('checks one entity by itself, whatever it refers to', () => {
  const flow = { id: 'x', from: { kind: 'node', node: 'nobody' }, to: { kind: 'name', name: 'a' } };
  expect(parseEntity('flow', flow)).toEqual({ ok: true, value: flow });
  const parsed = parseEntity('flow', { ...flow, port: 0, df: 1, from: { kind: 'node' } });
  expect(!parsed.ok && parsed.issues.map(issueSentence)).toEqual([
    `from.node is missing: expected ${id}`,
    `port is 0: expected ${port}`,
    'df is 1: expected true or false',
  ]);
});
