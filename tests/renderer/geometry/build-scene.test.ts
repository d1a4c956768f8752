import { describe, expect, test } from 'vitest';
import type { ViewKind } from '../../../src-renderer/geometry/scene.ts';
import { findingAt, item, on, sceneOf, tree } from './design.ts';

/** A cloud with a hypervisor and a cluster partly on it, an office with a router, a stretch between them. */
const network = {
  sites: [
    { id: 'cloud', kind: 'cloud' },
    { id: 'hall', kind: 'data-centre', parent: 'cloud' },
    { id: 'office', kind: 'office' },
  ],
  transportZones: [{ id: 'tz' }],
  segments: [
    { id: 'under', kind: 'vlan', vlan: 7, site: 'hall', subnets: [{ cidr: '10.0.0.0/24' }] },
    { id: 'over', kind: 'vxlan', vni: 5000, transportZone: 'tz', site: 'hall' },
    { id: 'lan', kind: 'lan', site: 'office' },
  ],
  nodes: [
    { id: 'esxi', kind: 'hypervisor', site: 'hall', interfaces: [on('under', '10.0.0.1/24')] },
    {
      id: 'vm',
      kind: 'host',
      site: 'hall',
      runsOn: 'esxi',
      interfaces: [on('over', '192.168.0.2/24')],
    },
    {
      id: 'worker',
      kind: 'host',
      site: 'hall',
      runsOn: 'esxi',
      interfaces: [on('over', '192.168.0.3/24')],
    },
    { id: 'metal', kind: 'host', site: 'hall', interfaces: [on('under', '10.0.0.9/24')] },
    {
      id: 'dlr',
      kind: 'distributed-router',
      transportZone: 'tz',
      site: 'hall',
      interfaces: [on('over', '192.168.0.1/24')],
    },
    {
      id: 'esg',
      kind: 'edge-gateway',
      runsOn: 'esxi',
      interfaces: [on('over', '192.168.0.254/24'), on('under', '10.0.0.5/24')],
    },
    {
      id: 'l2-a',
      kind: 'l2-gateway',
      runsOn: 'esxi',
      interfaces: [on('under', '10.0.0.6/24'), on('over')],
    },
    { id: 'l2-b', kind: 'l2-gateway', site: 'office', interfaces: [on('lan', '172.16.0.6/24')] },
    {
      id: 'router',
      kind: 'router',
      site: 'office',
      tags: ['edge'],
      interfaces: [on('lan', '172.16.0.1/24'), { id: 'wan', addresses: ['10.9.0.1/30'] }],
    },
    { id: 'far', kind: 'router', interfaces: [{ id: 'wan', addresses: ['10.9.0.2/30'] }] },
  ],
  links: [
    { id: 'wan', a: { node: 'router', interface: 'wan' }, b: { node: 'far', interface: 'wan' } },
  ],
  stretches: [
    {
      id: 'hcx',
      a: { segment: 'lan', gateway: 'l2-b', uplink: 'lan' },
      b: { segment: 'over', gateway: 'l2-a', uplink: 'under' },
    },
  ],
  clusters: [
    {
      id: 'k8s',
      flavour: 'kubernetes',
      name: 'Prod',
      nodes: [
        { node: 'worker', roles: ['worker'] },
        { node: 'metal', roles: ['worker'] },
      ],
      podCidrs: ['172.20.0.0/16'],
      serviceCidrs: ['172.21.0.0/16'],
    },
  ],
  workloads: [
    {
      id: 'web',
      kind: 'deployment',
      cluster: 'k8s',
      namespace: 'shop',
      pods: [
        { id: 'web-1', node: 'worker' },
        { id: 'web-2', node: 'metal' },
        { id: 'web-3', node: 'metal' },
      ],
    },
  ],
};

describe('what stands in what', () => {
  test.each<[view: ViewKind, drawn: string]>([
    [
      'all',
      `site:cloud
  site:hall
    segment:under
    segment:over
    node:dlr
    node:esxi
      node:vm
      node:worker (+1)
      node:esg
      node:l2-a
    cluster:k8s
      node:metal (+2)
site:office
  segment:lan
  node:l2-b
  node:router
node:far`,
    ],
    // No VXLAN, nothing that is on VXLAN only, no pods.
    [
      'underlay',
      `site:cloud
  site:hall
    segment:under
    node:esxi
      node:esg
      node:l2-a
    cluster:k8s
      node:metal
site:office
  segment:lan
  node:l2-b
  node:router
node:far`,
    ],
    // Machines without their hypervisors; the far segment of the stretch and who is on it.
    [
      'overlay',
      `site:cloud
  site:hall
    segment:over
    node:vm
    node:worker
    node:dlr
    node:esg
    node:l2-a
site:office
  segment:lan
  node:l2-b
  node:router`,
    ],
    // Members wherever they run, with their pods, and the routers on their segments.
    [
      'kubernetes',
      `cluster:k8s
  node:worker
    pod:web-1
  node:metal
    pod:web-2
    pod:web-3
segment:under
segment:over
node:dlr
node:esg`,
    ],
  ])('%s', (view, drawn) => {
    const lines = (text: string) => text.split('\n').sort().join('\n');
    const scene = sceneOf(network, { view });
    expect(lines(tree(scene))).toBe(lines(drawn));
    scene.items.forEach(({ parent }, index) => expect(parent).toBeLessThan(index));
  });

  test('a member that runs on a hypervisor carries its cluster as a badge, one inside the cluster does not', () => {
    const scene = sceneOf(network);
    expect(item(scene, 'node:worker').cluster).toBe('Prod');
    expect(item(scene, 'node:metal').cluster).toBeUndefined();
  });

  test('a virtual machine whose site is not said stands in that of its hypervisor', () => {
    const scene = sceneOf(network, { view: 'overlay' });
    expect(scene.items[item(scene, 'node:esg').parent]?.ref).toBe('site:hall');
  });

  test('sites that contain one another in a circle are not drawn, and nothing hangs', () => {
    const scene = sceneOf({
      sites: [
        { id: 'a', kind: 'cloud', parent: 'b' },
        { id: 'b', kind: 'cloud', parent: 'a' },
      ],
    });
    expect(scene.items).toEqual([]);
  });

  test('an empty design has no extent', () => {
    expect(sceneOf({}).bounds).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  });
});

describe('hidden tags', () => {
  test('leave out what carries them, and its edges', () => {
    const scene = sceneOf(network, { hiddenTags: ['edge'] });
    expect(scene.indexOf.has('node:router')).toBe(false);
    expect(scene.edgeIndexOf.has('link:wan')).toBe(false);
    expect(scene.indexOf.has('node:far')).toBe(true);
  });

  test('take along what stands in it', () => {
    const tagged = {
      ...network,
      sites: network.sites.map((site) => (site.id === 'cloud' ? { ...site, tags: ['x'] } : site)),
    };
    const scene = sceneOf(tagged, { hiddenTags: ['x'] });
    expect(tree(scene)).not.toMatch(/hall|esxi|vm|under/);
    expect(tree(scene)).toMatch(/site:office/);
  });
});

describe('folded containers', () => {
  const folded = {
    ...network,
    layout: [{ id: 'node:esxi', x: 0, y: 0, width: 900, height: 500, collapsed: true }],
  };

  test('count what they hide and stand for it', () => {
    const scene = sceneOf(folded);
    const index = scene.indexOf.get('node:esxi');
    expect(item(scene, 'node:esxi')).toMatchObject({ collapsed: true, hidden: 5, width: 184 });
    for (const ref of ['node:vm', 'node:worker', 'pod:web-1', 'node:esg']) {
      expect(scene.indexOf.get(ref)).toBe(index);
    }
  });

  test('have one line to a segment, which stands for all that were', () => {
    const scene = sceneOf(folded);
    const lines = ['vm', 'worker', 'esg', 'l2-a'].map((id) =>
      scene.edgeIndexOf.get(`interface:${id}/over`),
    );
    expect(new Set(lines).size).toBe(1);
    expect(scene.edges[lines[0] ?? -1]).toMatchObject({ count: 4, fromLabel: '' });
  });

  test('have no line to themselves', () => {
    const all = { ...network, layout: [{ id: 'site:hall', x: 0, y: 0, collapsed: true }] };
    const scene = sceneOf(all);
    for (const { from, to } of scene.edges) expect(from).not.toBe(to);
    expect(scene.edgeIndexOf.has('interface:vm/over')).toBe(false);
  });

  test('pods are shown where the layout unfolds their node', () => {
    const open = { ...network, layout: [{ id: 'node:metal', x: 0, y: 0, collapsed: false }] };
    const scene = sceneOf(open);
    expect(scene.items[item(scene, 'pod:web-2').parent]?.ref).toBe('node:metal');
  });
});

describe('edges', () => {
  test.each<[id: string, ends: [string, string], labels: [string, string]]>([
    ['interface:vm/over', ['node:vm', 'segment:over'], ['192.168.0.2', '']],
    ['link:wan', ['node:router', 'node:far'], ['10.9.0.1', '10.9.0.2']],
    ['stretch:hcx', ['node:l2-b', 'node:l2-a'], ['', '']],
  ])('%s', (id, [from, to], [fromLabel, toLabel]) => {
    const scene = sceneOf(network);
    const edge = scene.edges[scene.edgeIndexOf.get(id) ?? -1];
    expect(edge).toMatchObject({ id, fromLabel, toLabel });
    expect(scene.items[edge?.from ?? -1]?.ref).toBe(from);
    expect(scene.items[edge?.to ?? -1]?.ref).toBe(to);
  });
});

describe('faults', () => {
  const marks = (...findings: ReturnType<typeof findingAt>[]) => {
    const scene = sceneOf(network, {}, findings);
    return scene.faults.map(({ severity, item: at, edge }) => [
      severity,
      at === undefined ? scene.edges[edge ?? -1]?.id : scene.items[at]?.ref,
    ]);
  };

  test("on an interface show at its edge's end", () => {
    expect(marks(findingAt('node:esg', ['interfaces', 1, 'addresses', 0]))).toEqual([
      ['error', 'interface:esg/under'],
    ]);
  });
  test('of two that clash are marked at both', () => {
    const other = { entity: 'node:vm', path: '', segments: ['interfaces', 0] };
    expect(marks(findingAt('node:esg', ['interfaces', 0], 'error', [other]))).toEqual([
      ['error', 'interface:esg/over'],
      ['error', 'interface:vm/over'],
    ]);
  });
  test('on a virtual IP show at the interface that holds it', () => {
    const virtualIps = [{ id: 'v', address: '192.168.0.9', interface: 'over' }];
    const holding = {
      ...network,
      nodes: network.nodes.map((node) => (node.id === 'vm' ? { ...node, virtualIps } : node)),
    };
    const scene = sceneOf(holding, {}, [findingAt('node:vm', ['virtualIps', 0])]);
    expect(scene.faults.map(({ edge }) => scene.edges[edge ?? -1]?.id)).toEqual([
      'interface:vm/over',
    ]);
  });
  test('elsewhere in a node show on the node, an error before a warning', () => {
    expect(
      marks(findingAt('node:esg', ['nat', 0], 'warning'), findingAt('node:esg', ['firewall'])),
    ).toEqual([['error', 'node:esg']]);
  });
  test('of a workload show where its pods are; of a service at its cluster', () => {
    expect(marks(findingAt('workload:web'))).toEqual([
      ['error', 'node:worker'],
      ['error', 'node:metal'],
    ]);
  });
  test('of what no view shows are left out', () => {
    expect(marks(findingAt('flow:x'))).toEqual([]);
  });
});

describe('the scene after an edit', () => {
  test('keeps every item and edge that has not changed', () => {
    const before = sceneOf(network);
    const renamed = {
      ...network,
      nodes: network.nodes.map((node) => (node.id === 'vm' ? { ...node, name: 'Database' } : node)),
    };
    const after = sceneOf(renamed, {}, [], before);
    after.items.forEach((one, index) => {
      if (one.ref === 'node:vm') expect(one.label).toBe('Database');
      else expect(one).toBe(before.items[index]);
    });
    expect(after.edges).toBe(before.edges);
  });

  test('is of the same lists where only faults have changed', () => {
    const before = sceneOf(network);
    const after = sceneOf(network, {}, [findingAt('node:vm')], before);
    expect(after.items).toBe(before.items);
    expect(after.faults).toHaveLength(1);
  });
});
