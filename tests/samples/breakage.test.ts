/** One thing taken away or made to clash at a time: where each flow then ends, and how. */
import { describe, expect, test } from 'vitest';
import type { Design } from '../../src-main/model/design.ts';
import { network } from '../builders/network.ts';
import { did, ending, legs, run } from './reading.ts';
import { sample } from './samples.ts';
import { without, withoutName, type Variant } from './variants.ts';

const base = sample('icp-on-vcenter');

const changeNode =
  (id: string, change: (node: NonNullable<Design['nodes']>[number]) => object): Variant =>
  (design) =>
    network(design)
      .change('node', id, (node) => ({ ...node, ...change(node) }))
      .build(design.name);

const withoutVteps = (id: string): Variant => changeNode(id, () => ({ vteps: [] }));

const interfaceDown = (id: string, item: string): Variant =>
  changeNode(id, (node) => ({
    interfaces: node.interfaces?.map((one) => (one.id === item ? { ...one, state: 'down' } : one)),
  }));

const linkDown: Variant = (design) =>
  network(design)
    .change('link', 'xcr-bcr', (link) => ({ ...link, state: 'down' }))
    .build(design.name);

/** The on-premises network uses the range of the cloud's concentrators for itself. */
const clashWithConcentrators: Variant = (design) =>
  changeNode('on-prem-router', (node) => ({
    interfaces: [
      ...(node.interfaces ?? []),
      { id: 'branch', segment: 'branch', addresses: ['10.208.243.65/26'] },
    ],
  }))(
    network(design)
      .add('segment', { id: 'branch', kind: 'lan', subnets: [{ cidr: '10.208.243.64/26' }] })
      .build(design.name),
  );

/** The pods of worker-1 are given the block that the database lives in. */
const clashWithPods: Variant = (design) =>
  network(design)
    .change('cluster', 'icp', (cluster) => ({
      ...cluster,
      podCidrs: [...cluster.podCidrs, '192.168.10.0/24'],
      calico: {
        ...cluster.calico,
        blocks: [...(cluster.calico?.blocks ?? []), { node: 'worker-1', cidr: '192.168.10.0/26' }],
      },
    }))
    .build(design.name);

const ingressElsewhere: Variant = changeNode('esg', (node) => ({
  interfaces: node.interfaces?.map((item) =>
    item.id === 'vnic1' ? { ...item, addresses: ['203.0.113.42/29'] } : item,
  ),
}));

const withoutProxyVip: Variant = (design) =>
  [1, 2, 3].reduce(
    (edited, n) => changeNode(`proxy-${n}`, () => ({ virtualIps: [] }))(edited),
    design,
  );

describe.each<[string, readonly (readonly [string, Variant, string])[]]>([
  [
    'internet-to-web',
    [
      ['the record of the name', withoutName('shop.example.com'), 'name-not-resolved'],
      [
        "the user's default route",
        without('route', 'internet-user', 'default'),
        'no-route at internet-user',
      ],
      ['rule 5', without('rule', 'esg', '5'), 'denied at esg'],
      ['NAT 5', without('nat', 'esg', '5'), 'no-listener at esg'],
      ['the secondary address', ingressElsewhere, 'neighbor-unreachable at fcr'],
      ["the edge's route to the cluster", without('route', 'esg', 'icp'), 'no-route at fcr'],
      ['the proxy virtual IP', withoutProxyVip, 'neighbor-unreachable at icp-dlr'],
      ['the VTEPs of ESXi-02', withoutVteps('esxi-02'), 'tunnel-down at esxi-01'],
      ['the uplink of proxy-1', interfaceDown('proxy-1', 'eth0'), 'delivered at web-'],
      // The routes by it are gone with it; the default route is left.
      ['the transit interface of the edge', interfaceDown('esg', 'vnic2'), 'no-route at fcr'],
    ],
  ],
  [
    'web-to-db',
    [
      ['the record of the name', withoutName('db.corp.example'), 'name-not-resolved'],
      ['NAT 2, so that no resolver can answer', without('nat', 'esg', '2'), 'name-not-resolved'],
      [
        'rule 1, so that no resolver can be asked',
        without('rule', 'esg', '1'),
        'name-not-resolved',
      ],
      ["the edge's route to the database", without('route', 'esg', 'workload'), 'no-route at fcr'],
      ['the VTEPs of ESXi-04', withoutVteps('esxi-04'), 'tunnel-down at esxi-01'],
      ['the listener', changeNode('db-vm', () => ({ listeners: [] })), 'no-listener at db-vm'],
      ['the freedom from clashing pods', clashWithPods, 'null-routed at worker-1'],
    ],
  ],
  [
    'enterprise-to-vm',
    [
      ['the record of the name', withoutName('app01.corp.example'), 'name-not-resolved'],
      [
        'the way to the WAN',
        without('route', 'on-prem-router', 'ibm-private'),
        'no-route at on-prem-router',
      ],
      ['the way of XCR to IBM Cloud', without('route', 'xcr', 'ibm-private'), 'no-route at xcr'],
      [
        'the WAN interface',
        interfaceDown('on-prem-router', 'wan'),
        'interface-down at on-prem-router',
      ],
      ['the link to BCR', linkDown, 'interface-down at xcr'],
      ['the VTEPs of the concentrator', withoutVteps('esxi-03'), 'tunnel-down at esxi-03'],
      [
        'the freedom from a clash with the concentrators',
        clashWithConcentrators,
        'neighbor-unreachable at on-prem-router',
      ],
    ],
  ],
])('%s without', (flow, cases) => {
  test.each(cases)('%s ends otherwise', (_, variant, expected) => {
    const result = run(variant(base), flow);
    expect(ending(result, 'forward').startsWith(expected), ending(result, 'forward')).toBe(true);
    expect(result.status).toBe(expected.startsWith('delivered') ? 'reachable' : 'unreachable');
  });
});

describe('a reply that cannot come back', () => {
  test.each<[string, Variant, string, string]>([
    [
      "app01's default route",
      without('route', 'app01', 'default'),
      'enterprise-to-vm',
      'no-route at app01',
    ],
    [
      'the way of BCR on-premises',
      without('route', 'bcr', 'on-premises'),
      'enterprise-to-vm',
      'no-route at bcr',
    ],
    [
      "db-vm's default route",
      without('route', 'db-vm', 'default'),
      'web-to-db',
      'no-route at db-vm',
    ],
  ])('for want of %s leaves the flow one-way', (_, variant, flow, expected) => {
    const result = run(variant(base), flow);
    expect(ending(result, 'forward')).toMatch(/^delivered/);
    expect(ending(result, 'reverse')).toBe(expected);
    expect(result.status).toBe('one-way');
  });

  test('for want of NAT 1 leaves the edge with a private source', () => {
    const result = run(without('nat', 'esg', '1')(base), 'worker-to-registry');
    const [sent] = did(legs(result, 'forward'), 'receive/accept').filter(
      ({ node }) => node === 'fcr',
    );
    const header = sent?.packet.find(({ type }) => type === 'ipv4');
    expect(header).toMatchObject({ src: '192.168.20.61' });
    expect(result.status).toBe('one-way');
    expect(ending(result, 'reverse')).toBe('no-route at fcr');
  });
});
