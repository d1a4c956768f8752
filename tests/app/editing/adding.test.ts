import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src-main/contract/changes.ts';
import type { HostLike } from '../../../src-main/model/design.ts';
import { Drawing, emptyDesign, refusal } from './drawing.ts';

type NewThing = Extract<Change, { kind: 'add' }>['thing'];

const listening = (draw: Drawing, id: string) =>
  ((draw.get('node', id) as HostLike).listeners ?? []).map(
    ({ protocol, port }) => `${protocol} ${port}`,
  );

describe('what is added', () => {
  it.each<[thing: NewThing, id: string, name: string, label: string]>([
    [{ entity: 'site', kind: 'internet' }, 'internet', 'Internet', 'Add site Internet'],
    [
      { entity: 'site', kind: 'data-centre' },
      'data-centre-1',
      'Data centre 1',
      'Add site Data centre 1',
    ],
    [{ entity: 'segment', kind: 'lan' }, 'segment-1', 'Segment 1', 'Add segment Segment 1'],
    [{ entity: 'node', kind: 'router' }, 'router-1', 'Router 1', 'Add router Router 1'],
    [{ entity: 'node', kind: 'edge-gateway' }, 'edge-1', 'Edge 1', 'Add edge gateway Edge 1'],
    [
      { entity: 'node', kind: 'distributed-router' },
      'dlr-1',
      'DLR 1',
      'Add distributed router DLR 1',
    ],
    [{ entity: 'node', kind: 'host', as: 'vm' }, 'vm-1', 'VM 1', 'Add host VM 1'],
    [
      { entity: 'cluster', flavour: 'icp' },
      'cluster-1',
      'ICP cluster 1',
      'Add cluster ICP cluster 1',
    ],
  ])('%j has a short id and a name of the same number', (thing, id, name, label) => {
    const draw = new Drawing();
    expect(draw.add(thing)).toBe(id);
    expect(draw.get(thing.entity, id)).toMatchObject({ name });
    expect(draw.plan.label).toBe(label);
  });

  it('takes the first number that is free', () => {
    const draw = new Drawing();
    for (const id of ['router-1', 'router-2', 'router-3']) {
      expect(draw.add({ entity: 'node', kind: 'router' })).toBe(id);
    }
    draw.do({ kind: 'remove', refs: ['node:router-2'] });
    expect(draw.add({ entity: 'node', kind: 'router' })).toBe('router-2');
  });

  it.each<[as: 'client' | 'server' | 'vm' | 'dns' | 'proxy' | 'mirror', listeners: string[]]>([
    ['client', []],
    ['server', ['tcp 80', 'tcp 443']],
    ['vm', ['tcp 22', 'tcp 443']],
    ['dns', ['udp 53', 'tcp 53']],
    ['proxy', ['tcp 3128']],
    ['mirror', ['tcp 443']],
  ])('a %s listens on what it is for', (as, listeners) => {
    const draw = new Drawing();
    expect(listening(draw, draw.add({ entity: 'node', kind: 'host', as }))).toEqual(listeners);
  });

  it('stands in what it is put into', () => {
    const draw = new Drawing();
    draw.add({ entity: 'site', kind: 'office' });
    draw.add({ entity: 'segment', kind: 'lan' }, 'site:office-1');
    draw.add({ entity: 'node', kind: 'hypervisor' }, 'site:office-1');
    draw.add({ entity: 'node', kind: 'host', as: 'vm' }, 'node:hypervisor-1');
    draw.add({ entity: 'node', kind: 'distributed-router' }, 'node:hypervisor-1');
    draw.add({ entity: 'site', kind: 'other' }, 'site:office-1');
    expect(draw.get('segment', 'segment-1').site).toBe('office-1');
    expect(draw.get('node', 'vm-1')).toMatchObject({ runsOn: 'hypervisor-1', site: 'office-1' });
    // A distributed router runs on no hypervisor in particular: it stands beside them.
    expect(draw.get('node', 'dlr-1')).toMatchObject({ site: 'office-1' });
    expect(draw.get('node', 'dlr-1')).not.toHaveProperty('runsOn');
    expect(draw.get('site', 'site-1').parent).toBe('office-1');
  });

  it('is drawn where it was dropped; containers with a size', () => {
    const draw = new Drawing();
    draw.do({ kind: 'add', thing: { entity: 'site', kind: 'cloud' }, at: { x: 10, y: 20 } });
    draw.do({ kind: 'add', thing: { entity: 'node', kind: 'router' }, at: { x: 1, y: 2 } });
    expect(draw.design.layout).toEqual([
      { id: 'site:cloud-1', x: 10, y: 20, width: 720, height: 480 },
      { id: 'node:router-1', x: 1, y: 2 },
    ]);
  });

  it('refuses a container that holds nothing', () => {
    const draw = new Drawing();
    draw.add({ entity: 'segment', kind: 'lan' });
    const thing = { entity: 'node', kind: 'router' } as const;
    expect(refusal(draw.design, { kind: 'add', thing, into: 'segment:segment-1' })).toBe(
      'into is "segment:segment-1": expected a site, a hypervisor, a cluster or a node',
    );
    expect(refusal(emptyDesign, { kind: 'add', thing, into: 'site:gone' })).toContain('site:gone');
  });
});

describe('a new segment', () => {
  it('has a subnet that nothing else uses, with a gateway', () => {
    const draw = new Drawing({
      hopscope: 1,
      name: 'Used',
      segments: [{ id: 'a', kind: 'lan', subnets: [{ cidr: '192.168.0.0/22' }] }],
      nodes: [
        {
          id: 'r',
          kind: 'router',
          routes: [{ destination: '192.168.4.0/24', via: '192.168.0.9' }],
        },
      ],
    });
    const id = draw.add({ entity: 'segment', kind: 'lan' });
    expect(draw.get('segment', id).subnets).toEqual([
      { cidr: '192.168.5.0/24', gateway: '192.168.5.1' },
    ]);
  });

  it('is public in an internet site', () => {
    const draw = new Drawing();
    draw.add({ entity: 'site', kind: 'internet' });
    const id = draw.add({ entity: 'segment', kind: 'lan' }, 'site:internet');
    expect(draw.get('segment', id).subnets?.[0]?.cidr).toBe('198.51.100.0/24');
  });

  it('has a VLAN number or VNI of its own', () => {
    const draw = new Drawing();
    for (const kind of ['vlan', 'vlan', 'vxlan', 'vxlan'] as const)
      draw.add({ entity: 'segment', kind });
    expect(draw.design.segments).toMatchObject([
      { vlan: 100 },
      { vlan: 101 },
      { vni: 5000, transportZone: 'transport-1' },
      { vni: 5001, transportZone: 'transport-1' },
    ]);
  });
});

describe('a new cluster', () => {
  function clusterOf(flavour: 'icp' | 'iks' | 'kubernetes', nodes: number): Drawing {
    const draw = new Drawing();
    draw.add({ entity: 'segment', kind: 'lan' });
    draw.add({ entity: 'cluster', flavour });
    for (let count = 0; count < nodes; count += 1) {
      const id = draw.add({ entity: 'node', kind: 'host', as: 'vm' }, 'cluster:cluster-1');
      draw.connect(id, 'segment-1');
    }
    return draw;
  }

  it('has ranges that nothing else uses', () => {
    const draw = clusterOf('kubernetes', 0);
    draw.add({ entity: 'cluster', flavour: 'iks' });
    expect(draw.design.clusters).toMatchObject([
      { podCidrs: ['172.28.0.0/16'], serviceCidrs: ['172.29.0.0/16'] },
      { podCidrs: ['172.30.0.0/16'], serviceCidrs: ['172.31.0.0/16'] },
    ]);
  });

  it.each([
    ['icp', ['master proxy management worker', 'worker']],
    ['kubernetes', ['master worker', 'worker']],
    ['iks', ['worker', 'worker']],
  ] as const)('of %s works with one node, and with two', (flavour, roles) => {
    const draw = clusterOf(flavour, 2);
    const members = draw.get('cluster', 'cluster-1').nodes;
    expect(members.map((member) => member.roles.join(' '))).toEqual(roles);
  });

  it('resolves names and answers web requests as soon as it has a node', () => {
    const draw = clusterOf('kubernetes', 1);
    expect(draw.get('workload', 'kube-dns').pods).toMatchObject([{ node: 'vm-1' }]);
    expect(draw.get('workload', 'ingress-controller').pods).toMatchObject([{ node: 'vm-1' }]);
    // 443 is the controller's now.
    expect(listening(draw, 'vm-1')).toEqual(['tcp 22']);
  });

  it('runs a workload on its workers, and starts it later where there is none yet', () => {
    const draw = clusterOf('kubernetes', 0);
    const app = draw.add({ entity: 'workload', cluster: 'cluster-1', service: true });
    expect(draw.leftOut).toEqual([
      'No pods yet: cluster-1 has no worker. They start with the first one.',
    ]);
    draw.add({ entity: 'node', kind: 'host' }, 'cluster:cluster-1');
    expect(draw.get('workload', app).pods).toMatchObject([{ id: 'app-1-1', node: 'host-1' }]);
  });

  it('leads each ingress below a path of its own', () => {
    const draw = clusterOf('kubernetes', 1);
    draw.add({ entity: 'workload', cluster: 'cluster-1', ingress: true });
    draw.add({ entity: 'workload', cluster: 'cluster-1', ingress: true });
    const paths = draw.design.ingresses?.flatMap(({ rules }) =>
      rules.flatMap((rule) => rule.paths.map(({ path, backend }) => `${path} ${backend.service}`)),
    );
    expect(paths).toEqual(['/ app-1', '/app-2 app-2']);
  });

  it('scales a workload up over the nodes and down again', () => {
    const draw = clusterOf('kubernetes', 2);
    const app = draw.add({ entity: 'workload', cluster: 'cluster-1' });
    draw.do({ kind: 'scale', workload: app, pods: 4 });
    const nodes = () => draw.get('workload', app).pods.map(({ node }) => node);
    expect(nodes().toSorted()).toEqual(['vm-1', 'vm-1', 'vm-2', 'vm-2']);
    draw.do({ kind: 'scale', workload: app, pods: 1 });
    expect(nodes()).toHaveLength(1);
  });
});
