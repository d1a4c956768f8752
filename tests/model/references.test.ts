import { describe, expect, it } from 'vitest';
import type { Design } from '../../src-main/model/design.ts';
import { issueSentence } from '../../src-main/model/issue.ts';
import { referenceIssues } from '../../src-main/model/references.ts';
import { parseDesign } from '../../src-main/model/validate.ts';
import { oneOfEverything, withValue } from './one-of-everything.ts';

function faults(document: unknown): string[] {
  const parsed = parseDesign(document);
  return parsed.ok ? [] : parsed.issues.map(issueSentence);
}

const dangling = (kind: string) => `the id of a ${kind} of this design`;

// Where a reference is replaced by another, this and nothing else is said of it.
describe.each<[group: string, rows: [path: string, value: unknown, expected: string][]]>([
  [
    'an id that nothing has',
    [
      ['sites[1].parent', 'x', dangling('site')],
      ['segments[0].site', 'x', dangling('site')],
      ['segments[2].transportZone', 'x', dangling('transport-zone')],
      ['nodes[0].site', 'x', dangling('site')],
      ['nodes[0].runsOn', 'x', dangling('node')],
      ['nodes[0].interfaces[0].segment', 'x', dangling('segment')],
      ['nodes[2].routes[0].interface', 'x', 'the id of an interface of esg'],
      ['nodes[2].firewall.rules[0].inInterface', 'x', 'the id of an interface of esg'],
      ['nodes[2].firewall.rules[0].outInterface', 'x', 'the id of an interface of esg'],
      ['nodes[2].nat[0].interface', 'x', 'the id of an interface of esg'],
      ['nodes[2].virtualIps[0].interface', 'x', 'the id of an interface of esg'],
      ['nodes[4].transportZone', 'x', dangling('transport-zone')],
      ['nodes[5].transportZones[0]', 'x', dangling('transport-zone')],
      ['nodes[5].vteps[0]', 'x', 'the id of an interface of esxi'],
      ['links[0].a.node', 'x', dangling('node')],
      ['links[0].b.interface', 'x', 'the id of an interface of isp'],
      ['stretches[0].a.gateway', 'x', dangling('node')],
      ['stretches[0].b.uplink', 'y', 'the id of an interface of far'],
      ['clusters[0].dns.service', 'x', dangling('service')],
      ['clusters[0].ingressController.workload', 'x', dangling('workload')],
      ['clusters[0].calico.blocks[0].node', 'esg', 'a member node of cluster k'],
      ['workloads[0].pods[0].node', 'esg', 'a member node of cluster k'],
      ['services[0].cluster', 'x', dangling('cluster')],
      ['ingresses[0].cluster', 'x', dangling('cluster')],
      ['networkPolicies[0].cluster', 'x', dangling('cluster')],
      ['calicoPolicies[0].cluster', 'x', dangling('cluster')],
      ['hostEndpoints[0].cluster', 'x', dangling('cluster')],
      ['hostEndpoints[0].node', 'x', dangling('node')],
      ['hostEndpoints[0].interfaceName', 'x', 'the id of an interface of a'],
      ['groups[0].members[0].node', 'x', dangling('node')],
      ['groups[0].members[1].pod', 'x', dangling('pod')],
      ['groups[0].members[2].segment', 'x', dangling('segment')],
      ['groups[0].members[0]', { kind: 'workload', workload: 'x' }, dangling('workload')],
      ['groups[0].members[0]', { kind: 'site', site: 'x' }, dangling('site')],
      ['flows[0].from', { kind: 'pod', pod: 'x' }, dangling('pod')],
      [
        'flows[0].from',
        { kind: 'address', address: '10.0.0.9', segment: 'x' },
        dangling('segment'),
      ],
      ['flows[0].from.node', 'x', dangling('node')],
      ['flows[1].to', { kind: 'service', service: 'x' }, dangling('service')],
      ['flows[1].to', { kind: 'node', node: 'x' }, dangling('node')],
      ['flows[1].to', { kind: 'pod', pod: 'x' }, dangling('pod')],
      ['intents[0].subject.flow', 'x', dangling('flow')],
      ['intents[1].subject.sources[0]', 'x', dangling('group')],
      ['intents[1].subject.destinations[0]', 'x', dangling('group')],
      ['installScenarios[0].cluster', 'x', dangling('cluster')],
      ['installScenarios[0].settings[0].nodes[0]', 'x', dangling('node')],
      ['layout[0].id', 'node:x', 'the reference of an entity of this design'],
    ],
  ],
  [
    'an id of the wrong kind of thing',
    [
      ['nodes[0].runsOn', 'esg', 'a node of kind hypervisor; esg is a edge-gateway'],
      ['stretches[0].a.gateway', 'near2', dangling('node')],
      [
        'clusters[0].nodes[2]',
        { node: 'dlr', roles: [] },
        'a node of kind host or router; dlr is a distributed-router',
      ],
      ['stretches[0].a.segment', 'lan2', dangling('segment')],
      ['stretches[0].b.segment', 'vteps2', dangling('segment')],
      ['flows[0].from.address', '10.0.0.3', 'an address of node a'],
      ['sites[0].parent', 'rack', 'a site outside this one; sites contain each other in a circle'],
    ],
  ],
  [
    'things that do not go together',
    [
      [
        'segments[0].subnets[0].gateway',
        '2001:db8::1',
        'an address of the same family as 10.0.0.0/24',
      ],
      ['nodes[2].routes[0].via', '2001:db8::1', 'an address of the same family as 0.0.0.0/0'],
      [
        'nodes[2].routes[0].action',
        'discard',
        'either a next hop ("via", "interface" or both) or "action": "discard"',
      ],
      [
        'nodes[2].routes[1].action',
        undefined,
        'either a next hop ("via", "interface" or both) or "action": "discard"',
      ],
      ['nodes[2].firewall.rules[0].services[0].protocol', 'icmp', 'no ports: icmp has none'],
      ['nodes[2].nat[1].translated', '2001:db8::1', 'an address of the same family as 10.7.0.9'],
      ['nodes[2].nat[1].source', '2001:db8::/32', 'an address of the same family as 10.7.0.9'],
      [
        'nodes[2].nat[0].destination',
        '2001:db8::5-2001:db8::9',
        'an address of the same family as 10.0.0.0/24',
      ],
      ['nodes[2].nat[1].protocol', undefined, '"tcp" or "udp", since the rule names ports'],
      ['transportZones[0].vniPool.to', 5999, 'a number from 6000 on'],
      ['clusters[0].nodePortRange.to', 29999, 'a number from 30000 on'],
      [
        'clusters[0].calico.ipPools[0].blockLength',
        33,
        'a prefix length from 16 to 32, that of a part of 172.28.0.0/16',
      ],
      [
        'clusters[0].calico.ipPools[0].cidr',
        '172.28.0.0/28',
        'a prefix length from 28 to 32, that of a part of 172.28.0.0/28',
      ],
      [
        'nodes[3].interfaces[0].segment',
        'lan',
        'an interface that is not connected yet; it is on segment lan',
      ],
      [
        'workloads[0].pods[1].addresses',
        [],
        'at least one address, since the workload is not on the host network',
      ],
      ['flows[1].port', undefined, 'a port, since the protocol is tcp'],
      ['intents[1].subject.services[0].port', undefined, 'a port, since the protocol is tcp'],
      ['services[0].type', 'ExternalName', 'a DNS name, since the type is ExternalName'],
    ],
  ],
])('%s', (_group, rows) => {
  it.each(rows)('%s: %j', (path, value, expected) => {
    const [fault = '', ...others] = faults(withValue(oneOfEverything, path, value));
    expect(fault.endsWith(`: expected ${expected}`)).toBe(true);
    expect(others).toEqual([]);
  });
});

it('finds a stretch whose gateway is not on its segment, and a link end that is taken', () => {
  expect(faults(withValue(oneOfEverything, 'stretches[0].a.segment', 'lan'))).toEqual([]);
  expect(faults(withValue(oneOfEverything, 'stretches[0].a.segment', 'vteps'))).toEqual([
    'stretches[0].a.segment is "vteps": expected a segment that near has an interface on',
  ]);
  const links = [...(oneOfEverything.links ?? []), { ...oneOfEverything.links?.[0], id: 'again' }];
  expect(faults({ ...oneOfEverything, links })).toEqual([
    'links[1].a.interface is "up": expected an interface that is not connected yet; it is on links[0].a',
    'links[1].b.interface is "eth0": expected an interface that is not connected yet; it is on links[0].b',
  ]);
});

it('holds a cluster to services and workloads of its own', () => {
  const clusters = [
    ...(oneOfEverything.clusters ?? []),
    {
      id: 'k2',
      flavour: 'iks',
      nodes: [],
      podCidrs: [],
      serviceCidrs: [],
      dns: { service: 'web' },
    },
  ];
  expect(faults({ ...oneOfEverything, clusters })).toEqual([
    'clusters[1].dns.service is "web": expected a service of cluster k2; web belongs to k',
  ]);
});

describe('ids that are used twice', () => {
  // The list, and the place of the second of the two.
  it.each([
    ['nodes', 'nodes[8].id', 'nodes[0]'],
    ['segments', 'segments[4].id', 'segments[0]'],
    ['flows', 'flows[2].id', 'flows[0]'],
    ['nodes[0].interfaces', 'nodes[0].interfaces[1].id', 'nodes[0].interfaces[0]'],
    ['nodes[2].firewall.rules', 'nodes[2].firewall.rules[2].id', 'nodes[2].firewall.rules[0]'],
    ['nodes[2].nat', 'nodes[2].nat[2].id', 'nodes[2].nat[0]'],
    ['nodes[2].loadBalancers', 'nodes[2].loadBalancers[1].id', 'nodes[2].loadBalancers[0]'],
    [
      'nodes[2].loadBalancers[0].members',
      'nodes[2].loadBalancers[0].members[1].id',
      'nodes[2].loadBalancers[0].members[0]',
    ],
    ['nodes[2].virtualIps', 'nodes[2].virtualIps[1].id', 'nodes[2].virtualIps[0]'],
    ['nodes[2].routes', 'nodes[2].routes[2].id', 'nodes[2].routes[0]'],
    ['clusters[0].nodes', 'clusters[0].nodes[2].node', 'clusters[0].nodes[0]'],
    ['clusters[0].namespaces', 'clusters[0].namespaces[1].name', 'clusters[0].namespaces[0]'],
    [
      'clusters[0].calico.ipPools',
      'clusters[0].calico.ipPools[1].id',
      'clusters[0].calico.ipPools[0]',
    ],
    ['workloads[0].pods', 'workloads[0].pods[2].id', 'workloads[0].pods[0]'],
    ['layout', 'layout[1].id', 'layout[0]'],
  ])('in %s', (list, path, first) => {
    const members = list
      .split(/[.[\]]+/)
      .filter((key) => key !== '')
      .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], oneOfEverything);
    const twice = withValue(oneOfEverything, list, [
      ...(members as unknown[]),
      (members as unknown[])[0],
    ]);
    const [fault = '', ...others] = faults(twice);
    expect(fault.startsWith(`${path} is `)).toBe(true);
    expect(fault.endsWith(`expected an id of its own; ${first} has it already`)).toBe(true);
    expect(others).toEqual([]);
  });

  it('may be the same in two kinds', () => {
    expect(faults(withValue(oneOfEverything, 'stretches[0].id', 'a'))).toEqual([]);
  });
});

// A document with faults of every sort at once.
describe('a document that is misshapen in places', () => {
  it('has its dangling and duplicate ids told next to what is misshapen, in the order of the document', () => {
    const document = {
      name: 'x',
      flows: [
        {
          id: 'f',
          from: { kind: 'node', node: 'a' },
          to: { kind: 'node', node: 'nobody' },
          port: 80,
        },
        {
          id: 'f',
          from: { kind: 'pod', pod: 'nowhere' },
          to: { kind: 'name', name: 'a' },
          port: 0,
        },
      ],
      nodes: [
        {
          id: 'a',
          kind: 'host',
          interfaces: [{ id: 'e', segment: 'nowhere', addresses: ['10.0.0.1/33'] }],
        },
        { id: 'b', kind: 'host', runsOn: 'a', site: 'nowhere' },
        { id: 'c', kind: 'router', routes: [{ destination: '10.0.0.0/8' }] },
      ],
      hopscope: 2,
    };
    expect(faults(document)).toEqual([
      'flows[0].to.node is "nobody": expected the id of a node of this design',
      'flows[1].id is "f": expected an id of its own; flows[0] has it already',
      'flows[1].port is 0: expected a port from 1 to 65535',
      'nodes[0].interfaces[0].addresses[0] is "10.0.0.1/33": expected an address with its prefix length, such as 192.168.20.61/24 or 2001:db8::61/64',
      'nodes[1].site is "nowhere": expected the id of a site of this design',
      'nodes[2].routes[0] is {"destination":"10.0.0.0/8"}: expected either a next hop ("via", "interface" or both) or "action": "discard"',
      'hopscope is 2: expected 1, the version of the text form',
    ]);
  });

  // Each spoils one entity; everything that refers to it, or into it, is left in peace.
  it.each([
    ['a site', 'sites[0].kind'],
    ['a transport zone', 'transportZones[0].udpPort'],
    ['a segment', 'segments[0].mtu'],
    ['an edge with links and rules', 'nodes[2].firewall.rules[0].action'],
    ['a hypervisor', 'nodes[5].state'],
    ['an l2-gateway', 'nodes[6].interfaces[0].mac'],
    ['a host that a flow names an address of', 'nodes[0].interfaces[0].mtu'],
    ['a cluster with members', 'clusters[0].flavour'],
    ['a workload with pods', 'workloads[0].kind'],
    ['a service', 'services[0].type'],
    ['a group', 'groups[0].tags'],
    ['a flow', 'flows[0].df'],
    ['a node without id', 'nodes[0].id'],
    ['a segment without id', 'segments[0].id'],
    ['a pod without id', 'workloads[0].pods[0].id'],
    ['pods that are no list', 'workloads[0].pods'],
    ['nodes that are no list', 'nodes'],
    ['workloads that are no list', 'workloads'],
  ])('%s is the only thing told of', (_what, path) => {
    const wrong = faults(withValue(oneOfEverything, path, 'wrong thing'));
    expect(wrong).toHaveLength(1);
    expect(wrong[0]?.startsWith(`${path} is "wrong thing": expected `)).toBe(true);
  });

  it('still has ids that nothing has told, where other entities of the kind are misshapen', () => {
    const document = withValue(oneOfEverything, 'nodes[1].state', 'sideways');
    expect(faults(withValue(document, 'nodes[0].runsOn', 'nowhere'))).toEqual([
      'nodes[0].runsOn is "nowhere": expected the id of a node of this design',
      'nodes[1].state is "sideways": expected one of "up", "down"',
    ]);
  });

  it('has the id of a misshapen entity refused to others', () => {
    const nodes = [
      { id: 'a', kind: 'host', state: 'sideways' },
      { id: 'a', kind: 'host' },
    ];
    expect(faults({ hopscope: 1, name: 'x', nodes })).toEqual([
      'nodes[0].state is "sideways": expected one of "up", "down"',
      'nodes[1].id is "a": expected an id of its own; nodes[0] has it already',
    ]);
  });
});

it('looks at the references of a design that is known to be well-shaped', () => {
  const design: Design = {
    hopscope: 1,
    name: 'x',
    segments: [{ id: 'lan', kind: 'lan', site: 'x' }],
  };
  expect(referenceIssues(design).map(issueSentence)).toEqual([
    'segments[0].site is "x": expected the id of a site of this design',
  ]);
});
