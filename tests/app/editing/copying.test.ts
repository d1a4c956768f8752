import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src-main/contract/changes.ts';
import { network } from '../../builders/network.ts';
import { Drawing, emptyDesign, refusal } from './drawing.ts';
import { lintDesign } from './lint.ts';

const by = { dx: 20, dy: 20 };

describe('a copy of a machine', () => {
  it('has the next number, name and free address, and no MAC of its own', () => {
    const draw = new Drawing(
      network()
        .segment('s', '10.0.0.0/24', { gateway: '10.0.0.1' })
        .add('node', {
          id: 'web-1',
          kind: 'host',
          name: 'Web 1',
          interfaces: [
            { id: 'eth0', segment: 's', addresses: ['10.0.0.5/24'], mac: '00:50:56:00:00:01' },
          ],
          routes: [{ id: 'default', destination: '0.0.0.0/0', via: '10.0.0.1' }],
          listeners: [{ protocol: 'tcp', port: 80, address: '10.0.0.5' }],
        })
        .add('layout', { id: 'node:web-1', x: 1, y: 2 })
        .build(),
    );
    draw.do({ kind: 'duplicate', refs: ['node:web-1'], by });
    expect(draw.get('node', 'web-2')).toEqual({
      id: 'web-2',
      kind: 'host',
      name: 'Web 2',
      interfaces: [{ id: 'eth0', segment: 's', addresses: ['10.0.0.2/24'] }],
      routes: [{ id: 'default', destination: '0.0.0.0/0', via: '10.0.0.1' }],
      listeners: [{ protocol: 'tcp', port: 80, address: '10.0.0.2' }],
    });
    expect(draw.get('layout', 'node:web-2')).toEqual({ id: 'node:web-2', x: 21, y: 22 });
    expect(draw.plan.label).toBe('Duplicate Web 1');
  });

  it('joins the cluster of the original', () => {
    const draw = new Drawing();
    draw.add({ entity: 'segment', kind: 'lan' });
    draw.add({ entity: 'cluster', flavour: 'icp' });
    draw.connect(draw.add({ entity: 'node', kind: 'host' }, 'cluster:cluster-1'), 'segment-1');
    draw.connect(draw.add({ entity: 'node', kind: 'host' }, 'cluster:cluster-1'), 'segment-1');
    draw.do({ kind: 'duplicate', refs: ['node:host-2'], by });
    expect(draw.get('cluster', 'cluster-1').nodes.at(-1)).toEqual({
      node: 'host-3',
      roles: ['worker'],
    });
    expect(lintDesign(draw.design).filter((fault) => !/gateway|next-hop/.test(fault))).toEqual([]);
  });
});

describe('a copy of a site', () => {
  function office(): Drawing {
    const draw = new Drawing();
    draw.add({ entity: 'site', kind: 'office' });
    draw.add({ entity: 'segment', kind: 'vlan' }, 'site:office-1');
    draw.add({ entity: 'segment', kind: 'lan' }, 'site:office-1');
    draw.add({ entity: 'node', kind: 'edge-gateway' }, 'site:office-1');
    draw.add({ entity: 'node', kind: 'host', as: 'server' }, 'site:office-1');
    draw.add({ entity: 'node', kind: 'router' });
    draw
      .connect('edge-1', 'segment-1')
      .connect('edge-1', 'segment-2')
      .connect('server-1', 'segment-2');
    const edge = draw.get('node', 'edge-1');
    if (edge.kind !== 'edge-gateway') throw new Error('no edge');
    return draw.put('node', {
      ...edge,
      firewall: {
        defaultAction: 'deny',
        rules: [
          {
            id: '1',
            sources: ['any'],
            destinations: ['192.168.1.1', '192.168.2.0/24', '10.0.0.1'],
            action: 'accept',
          },
        ],
      },
      nat: [
        {
          id: '1',
          kind: 'dnat',
          original: '192.168.1.1',
          protocol: 'tcp',
          originalPorts: [443],
          translated: '192.168.2.2',
        },
      ],
    });
  }

  it('has segments of its own, and rules that name its own addresses', () => {
    const draw = office();
    draw.do({ kind: 'duplicate', refs: ['site:office-1'], by });
    expect(draw.get('segment', 'segment-3')).toMatchObject({
      site: 'office-2',
      vlan: 101,
      subnets: [{ cidr: '192.168.3.0/24', gateway: '192.168.3.1' }],
    });
    expect(draw.interfaces('edge-2')).toEqual(['vnic0 192.168.3.1/24', 'vnic1 192.168.4.1/24']);
    expect(draw.get('node', 'edge-2')).toMatchObject({
      site: 'office-2',
      firewall: { rules: [{ destinations: ['192.168.3.1', '192.168.4.0/24', '10.0.0.1'] }] },
      nat: [{ original: '192.168.3.1', translated: '192.168.4.2' }],
    });
    expect(draw.routes('server-2')).toEqual(['0.0.0.0/0 via 192.168.4.1']);
    expect(lintDesign(draw.design).filter((fault) => /^duplicate|overlap/.test(fault))).toEqual([]);
  });

  it('keeps links between copies and leaves out those to others', () => {
    const draw = office();
    draw.add({ entity: 'node', kind: 'router' }, 'site:office-1');
    draw.connect('edge-1', 'router-2').connect('edge-1', 'router-1');
    draw.do({ kind: 'duplicate', refs: ['site:office-1'], by });
    expect(draw.design.links).toHaveLength(3);
    expect(draw.interfaces('edge-2')).toEqual([
      'vnic0 192.168.3.1/24',
      'vnic1 192.168.4.1/24',
      'vnic2 10.255.0.9/30',
    ]);
    expect(draw.leftOut).toContain('Interface vnic3 of edge-1: the other end is not copied.');
  });
});

describe('a copy of a cluster', () => {
  it('has its own ranges, nodes, pods and services', () => {
    const draw = new Drawing();
    draw.add({ entity: 'segment', kind: 'lan' });
    draw.add({ entity: 'cluster', flavour: 'kubernetes' });
    draw.connect(draw.add({ entity: 'node', kind: 'host' }, 'cluster:cluster-1'), 'segment-1');
    draw.add({ entity: 'workload', cluster: 'cluster-1', ingress: true });
    draw.do({ kind: 'duplicate', refs: ['cluster:cluster-1'], by });
    expect(draw.get('cluster', 'cluster-2')).toMatchObject({
      nodes: [{ node: 'host-2' }],
      podCidrs: ['172.30.0.0/16'],
      serviceCidrs: ['172.31.0.0/16'],
      dns: { service: 'kube-dns-2' },
      ingressController: { workload: 'ingress-controller-2' },
    });
    expect(draw.get('workload', 'app-2').pods).toMatchObject([
      { node: 'host-2', addresses: ['172.30.0.2'] },
      { node: 'host-2', addresses: ['172.30.0.3'] },
    ]);
    expect(draw.get('service', 'app-2').clusterIps).toEqual(['172.31.0.11']);
    expect(draw.get('ingress', 'app-2').rules[0]?.paths[0]?.backend.service).toBe('app-2');
  });
});

describe('pasting', () => {
  const entities = (
    draw: Drawing,
    ...refs: string[]
  ): Extract<Change, { kind: 'paste' }>['entities'] =>
    refs.map((ref) => {
      const [kind, id] = [ref.slice(0, ref.indexOf(':')), ref.slice(ref.indexOf(':') + 1)];
      return { ref, value: draw.get(kind as 'node', id) };
    });

  function original(): Drawing {
    const draw = new Drawing();
    draw.add({ entity: 'site', kind: 'office' });
    draw.add({ entity: 'segment', kind: 'vxlan' }, 'site:office-1');
    draw.add({ entity: 'node', kind: 'hypervisor' }, 'site:office-1');
    draw.do({
      kind: 'add',
      thing: { entity: 'node', kind: 'host', as: 'vm' },
      into: 'node:hypervisor-1',
      at: { x: 5, y: 5 },
    });
    return draw.connect('vm-1', 'segment-1');
  }

  it('into another design leaves out what is not there, and says so', () => {
    const from = original();
    const draw = new Drawing(emptyDesign);
    draw.do({
      kind: 'paste',
      entities: entities(from, 'node:vm-1', 'layout:node:vm-1', 'segment:segment-1'),
      by,
    });
    expect(draw.get('node', 'vm-1')).toEqual({
      id: 'vm-1',
      kind: 'host',
      name: 'VM 1',
      listeners: from.get('node', 'vm-1').kind === 'host' ? expect.any(Array) : [],
    });
    expect(draw.get('layout', 'node:vm-1')).toMatchObject({ x: 25, y: 25 });
    expect(draw.has('segment', 'segment-1')).toBe(false);
    expect(draw.leftOut).toEqual(
      expect.arrayContaining([
        'segment Segment 1: it refers to what is not here.',
        'vm-1 ran on hypervisor-1, which is not here.',
      ]),
    );
  });

  it('puts what was outermost into the container that is named', () => {
    const from = original();
    const draw = new Drawing(from.design);
    draw.add({ entity: 'site', kind: 'cloud' });
    draw.do({
      kind: 'paste',
      entities: entities(from, 'node:hypervisor-1', 'node:vm-1'),
      by,
      into: 'site:cloud-1',
    });
    expect(draw.get('node', 'hypervisor-2').site).toBe('cloud-1');
    expect(draw.get('node', 'vm-2')).toMatchObject({ runsOn: 'hypervisor-2', site: 'cloud-1' });
    expect(draw.plan.label).toBe('Paste 2 things');
  });

  it('refuses what the validators refuse, with the place', () => {
    const change: Change = {
      kind: 'paste',
      entities: [{ ref: 'node:x', value: { id: 'x', kind: 'router', color: 'red' } }],
      by,
    };
    expect(refusal(emptyDesign, change)).toContain('entities[0].value.color');
  });
});
