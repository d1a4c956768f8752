import { describe, expect, it } from 'vitest';
import { lintDesign } from './lint.ts';
import { Drawing } from './drawing.ts';

/** Draws by gestures alone; what is typed into forms is written by `put`. */
function drawn(): Drawing {
  const draw = new Drawing();
  const office = draw.add({ entity: 'site', kind: 'office' });
  const centre = draw.add({ entity: 'site', kind: 'data-centre' });
  draw.add({ entity: 'node', kind: 'host', as: 'client' }, `site:${office}`);
  draw.add({ entity: 'segment', kind: 'lan' }, `site:${office}`);
  draw.add({ entity: 'segment', kind: 'lan' }, `site:${centre}`);
  draw.connect('client-1', 'segment-1');
  draw.add({ entity: 'node', kind: 'router' });
  draw.connect('router-1', 'segment-1');
  draw.connect('router-1', 'segment-2');

  const first = draw.add({ entity: 'node', kind: 'hypervisor' }, `site:${centre}`);
  const second = draw.add({ entity: 'node', kind: 'hypervisor' }, `site:${centre}`);
  draw.connect(first, 'segment-2');
  draw.connect(second, 'segment-2');
  draw.add({ entity: 'segment', kind: 'vxlan' }, `site:${centre}`);
  draw.add({ entity: 'node', kind: 'host', as: 'vm' }, `node:${first}`);
  draw.add({ entity: 'node', kind: 'host', as: 'vm' }, `node:${second}`);
  draw.add({ entity: 'node', kind: 'edge-gateway' }, `node:${first}`);
  draw.connect('edge-1', 'segment-2');
  draw.connect('edge-1', 'segment-3');
  draw.connect('vm-1', 'segment-3');
  draw.connect('vm-2', 'segment-3');

  const edge = draw.get('node', 'edge-1');
  if (edge.kind !== 'edge-gateway') throw new Error('no edge');
  draw.put('node', {
    ...edge,
    nat: [
      {
        id: '1',
        kind: 'dnat',
        original: '192.168.2.4',
        protocol: 'tcp',
        originalPorts: [443],
        translated: '192.168.3.2',
      },
    ],
    firewall: {
      defaultAction: 'deny',
      rules: [
        {
          id: '1',
          destinations: ['192.168.2.4'],
          services: [{ protocol: 'tcp', ports: [443] }],
          action: 'accept',
        },
      ],
    },
  });

  const cluster = draw.add({ entity: 'cluster', flavour: 'kubernetes' }, `site:${centre}`);
  draw.add({ entity: 'node', kind: 'host', as: 'vm' }, `cluster:${cluster}`);
  draw.add({ entity: 'node', kind: 'host', as: 'vm' }, `cluster:${cluster}`);
  draw.connect('vm-3', 'segment-2');
  draw.connect('vm-4', 'segment-2');
  draw.add({ entity: 'workload', cluster, service: true, ingress: true });
  return draw;
}

describe('from an empty design, by gestures and two forms', () => {
  const draw = drawn();

  it('addresses are what one would have chosen', () => {
    expect(draw.interfaces('client-1')).toEqual(['eth0 192.168.1.2/24']);
    expect(draw.interfaces('router-1')).toEqual(['eth0 192.168.1.1/24', 'eth1 192.168.2.1/24']);
    expect(draw.interfaces('hypervisor-2')).toEqual(['vmk0 192.168.2.3/24']);
    expect(draw.interfaces('edge-1')).toEqual(['vnic0 192.168.2.4/24', 'vnic1 192.168.3.1/24']);
    expect(draw.interfaces('vm-2')).toEqual(['eth0 192.168.3.3/24']);
    expect(draw.routes('edge-1')).toEqual(['0.0.0.0/0 via 192.168.2.1']);
    expect(draw.routes('router-1')).toEqual(['192.168.3.0/24 via 192.168.2.4']);
  });

  it('the user reaches the VM by the edge', () => {
    const result = draw.run({
      from: { kind: 'node', node: 'client-1' },
      to: { kind: 'address', address: '192.168.2.4' },
      port: 443,
    });
    expect(result.status).toBe('reachable');
    expect(result.warnings).toEqual([]);
  });

  it('a VM reaches another across the hypervisors, in VXLAN', () => {
    const result = draw.run({
      from: { kind: 'node', node: 'vm-1' },
      to: { kind: 'node', node: 'vm-2' },
      port: 443,
    });
    expect(result.status).toBe('reachable');
    expect(result.warnings).toEqual([]);
    const actions = result.forward[0]?.legs.flatMap((leg) =>
      leg.hops.flatMap((hop) => hop.steps.map((step) => `${step.kind}/${step.action}`)),
    );
    expect(actions).toContain('encapsulate/vxlan');
  });

  it('the user reaches a pod by the ingress', () => {
    const result = draw.run({
      from: { kind: 'node', node: 'client-1' },
      to: { kind: 'url', url: 'http://192.168.2.5/' },
    });
    expect(result.status).toBe('reachable');
    expect(result.forward[0]?.legs).toHaveLength(2);
  });

  it('the checks find no error', () => {
    expect(lintDesign(draw.design)).toEqual([]);
  });
});

describe('from the internet, without a router drawn', () => {
  const draw = new Drawing();
  draw.add({ entity: 'site', kind: 'internet' });
  draw.add({ entity: 'segment', kind: 'lan' }, 'site:internet');
  draw.add({ entity: 'node', kind: 'host', as: 'client' }, 'site:internet');
  draw.add({ entity: 'site', kind: 'cloud' });
  draw.add({ entity: 'segment', kind: 'lan' }, 'site:cloud-1');
  draw.add({ entity: 'node', kind: 'edge-gateway' }, 'site:cloud-1');
  draw.add({ entity: 'node', kind: 'host', as: 'server' }, 'site:cloud-1');
  draw.connect('client-1', 'segment-1').connect('edge-1', 'segment-1');
  draw.connect('edge-1', 'segment-2').connect('server-1', 'segment-2');
  const edge = draw.get('node', 'edge-1');
  if (edge.kind !== 'edge-gateway') throw new Error('no edge');
  draw.put('node', {
    ...edge,
    nat: [
      { id: '1', kind: 'dnat', original: '198.51.100.3', translated: '192.168.1.2' },
      { id: '2', kind: 'snat', original: '192.168.1.0/24', translated: 'interface' },
    ],
    firewall: {
      defaultAction: 'deny',
      rules: [{ id: '1', action: 'accept' }],
    },
  });

  it('a user reaches the server by the edge’s public address', () => {
    const result = draw.run({
      from: { kind: 'node', node: 'client-1' },
      to: { kind: 'address', address: '198.51.100.3' },
      port: 443,
    });
    expect(result.status).toBe('reachable');
  });

  it('the server reaches what nobody has drawn', () => {
    const result = draw.run({
      from: { kind: 'node', node: 'server-1' },
      to: { kind: 'address', address: '203.0.113.80' },
      port: 443,
    });
    expect(result.forward[0]?.disposition).toBe('exits-network');
  });
});
