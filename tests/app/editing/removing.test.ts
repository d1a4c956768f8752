import { describe, expect, it } from 'vitest';
import { network } from '../../builders/network.ts';
import { Drawing, refusal } from './drawing.ts';
import { readExample } from './examples.ts';

const told = (list: readonly { readonly ref: string; readonly text: string }[]) =>
  list.map(({ ref, text }) => `${ref}: ${text}`);

describe('deleting a node', () => {
  it('takes its links, its flows and their intents along, and says so', () => {
    const draw = new Drawing(
      network()
        .segment('s', '10.0.0.0/24')
        .router('r1', '10.0.0.1/24')
        .host('a', '10.0.0.2/24')
        .flow('f', 'a', 'r1', { port: 80 })
        .add('intent', { id: 'i', subject: { kind: 'flow', flow: 'f' }, expect: 'reachable' })
        .add('group', {
          id: 'g',
          members: [
            { kind: 'node', node: 'a' },
            { kind: 'node', node: 'r1' },
          ],
        })
        .add('layout', { id: 'node:a', x: 1, y: 2 })
        .build(),
    );
    draw.connect('a', 'r1');
    draw.do({ kind: 'remove', refs: ['node:a'] });
    expect(draw.plan.label).toBe('Delete a');
    expect(told(draw.plan.takesAlong)).toEqual([
      'link:a-r1: link a-r1 loses one of its ends',
      'flow:f: flow f loses where it comes from or goes to',
      'intent:i: intent i has nothing left to say',
    ]);
    expect(told(draw.plan.alsoChanged)).toContain('group:g: loses 1 member');
    expect(draw.design.layout).toBeUndefined();
    // The other end of the link goes with it.
    expect(draw.get('node', 'r1').interfaces ?? []).not.toContainEqual(
      expect.objectContaining({ addresses: ['10.255.0.2/30'] }),
    );
  });

  it('does not speak of an ingress that names nothing of it, however its keys are ordered', () => {
    const draw = new Drawing(
      network()
        .segment('s', '10.0.0.0/24')
        .host('a', '10.0.0.2/24')
        .host('b', '10.0.0.3/24')
        .add('cluster', {
          id: 'c',
          flavour: 'kubernetes',
          nodes: [{ node: 'a', roles: ['worker'] }],
          podCidrs: ['172.20.0.0/16'],
          serviceCidrs: ['172.21.0.0/16'],
        })
        .add('service', { id: 'web', type: 'ClusterIP', cluster: 'c', namespace: 'shop' })
        .add('ingress', {
          id: 'i',
          cluster: 'c',
          namespace: 'shop',
          defaultBackend: { service: 'web', port: 80 },
          rules: [],
          tls: [{}],
        })
        .build(),
    );
    draw.do({ kind: 'remove', refs: ['node:b'] });
    expect(draw.plan.alsoChanged).toEqual([]);
  });

  it('ends the pods on it', () => {
    const draw = new Drawing(readExample('icp-on-vcenter'));
    draw.do({ kind: 'remove', refs: ['node:worker-1'] });
    expect(told(draw.plan.alsoChanged)).toEqual(
      expect.arrayContaining([
        'cluster:icp: loses 1 node: worker-1',
        'workload:web: loses 1 pod: web-1',
      ]),
    );
    expect(told(draw.plan.takesAlong)).toContain(
      'flow:web-to-db: flow Web pod → database VM loses where it comes from or goes to',
    );
    expect(draw.get('cluster', 'icp').calico?.blocks?.some(({ node }) => node === 'worker-1')).toBe(
      false,
    );
  });
});

describe('deleting a container', () => {
  it('takes what is inside along', () => {
    const draw = new Drawing();
    draw.add({ entity: 'site', kind: 'cloud' });
    draw.add({ entity: 'site', kind: 'office' }, 'site:cloud-1');
    draw.add({ entity: 'node', kind: 'hypervisor' }, 'site:office-1');
    draw.add({ entity: 'node', kind: 'host', as: 'vm' }, 'node:hypervisor-1');
    draw.add({ entity: 'node', kind: 'router' });
    draw.do({ kind: 'remove', refs: ['site:cloud-1'] });
    expect(draw.plan.takesAlong.map(({ ref }) => ref)).toEqual([
      'site:office-1',
      'node:hypervisor-1',
      'node:vm-1',
    ]);
    expect(draw.design.nodes?.map(({ id }) => id)).toEqual(['router-1']);
  });

  it('leaves the machines of a cluster', () => {
    const draw = new Drawing();
    draw.add({ entity: 'cluster', flavour: 'kubernetes' });
    draw.add({ entity: 'node', kind: 'host' }, 'cluster:cluster-1');
    draw.do({ kind: 'remove', refs: ['cluster:cluster-1'] });
    expect(draw.plan.takesAlong.map(({ ref }) => ref)).toEqual([
      'workload:kube-dns',
      'workload:ingress-controller',
      'service:kube-dns',
    ]);
    expect(draw.design.nodes?.map(({ id }) => id)).toEqual(['host-1']);
  });
});

describe('deleting a segment', () => {
  const before = network()
    .segment('in', '10.1.0.0/24', { gateway: '10.1.0.1' })
    .segment('out', '10.2.0.0/24')
    .edge('e', ['10.1.0.1/24', '10.2.0.2/24'], {
      routes: ['0.0.0.0/0 via 10.2.0.1', '10.9.0.0/16 via 10.1.0.9'],
      firewall: {
        rules: [
          { id: 'by-out', inInterface: 'eth1', action: 'accept' },
          { id: 'by-in', inInterface: 'eth0', action: 'accept' },
        ],
      },
      nat: ['snat 10.1.0.0/24 to interface on eth1'],
    })
    .build();

  it('takes the interfaces on it, and what was for them, and nothing else', () => {
    const draw = new Drawing(before);
    draw.do({ kind: 'remove', refs: ['segment:out'] });
    expect(draw.interfaces('e')).toEqual(['eth0 10.1.0.1/24']);
    expect(draw.routes('e')).toEqual(['10.9.0.0/16 via 10.1.0.9']);
    // A rule without its interface would let in more than was meant.
    expect(draw.get('node', 'e')).toMatchObject({ firewall: { rules: [{ id: 'by-in' }] } });
    expect(draw.get('node', 'e')).not.toHaveProperty('nat');
    const [also] = draw.plan.alsoChanged;
    expect(also?.text).toMatch(/^loses interface eth1, route .+, firewall rule by-out, NAT .+$/);
  });

  it('does the same when only the interface is taken away', () => {
    const draw = new Drawing(before);
    draw.do({ kind: 'disconnect', node: 'e', interface: 'eth1' });
    expect(draw.plan.label).toBe('Disconnect e from out');
    expect(draw.interfaces('e')).toEqual(['eth0 10.1.0.1/24']);
    expect(draw.has('segment', 'out')).toBe(true);
  });
});

describe('disconnecting', () => {
  it('takes a link with both of its ends', () => {
    const draw = new Drawing();
    draw.add({ entity: 'node', kind: 'router' });
    draw.add({ entity: 'node', kind: 'router' });
    draw.connect('router-1', 'router-2');
    draw.do({ kind: 'disconnect', node: 'router-2', interface: 'eth0' });
    expect(draw.plan.label).toBe('Disconnect Router 2 from Router 1');
    expect(draw.design.links).toBeUndefined();
    expect(draw.interfaces('router-1')).toEqual([]);
  });

  it('refuses an interface that is not there', () => {
    const draw = new Drawing();
    draw.add({ entity: 'node', kind: 'router' });
    expect(refusal(draw.design, { kind: 'disconnect', node: 'router-1', interface: 'eth9' })).toBe(
      'interface is "eth9": expected the id of an interface of router-1',
    );
  });
});

describe('deleting a service', () => {
  it('takes an ingress along that leads nowhere else', () => {
    const draw = new Drawing();
    draw.add({ entity: 'cluster', flavour: 'kubernetes' });
    draw.add({ entity: 'workload', cluster: 'cluster-1', ingress: true });
    draw.do({ kind: 'remove', refs: ['service:app-1'] });
    expect(told(draw.plan.takesAlong)).toEqual([
      'ingress:app-1: ingress app-1 has nothing left to lead to',
    ]);
    draw.do({ kind: 'remove', refs: ['service:kube-dns'] });
    expect(draw.get('cluster', 'cluster-1').dns).toBeUndefined();
  });
});
