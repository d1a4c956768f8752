import { describe, expect, it } from 'vitest';
import { flowOf, network } from './network.ts';

describe('network builder', () => {
  it('puts interfaces on the segment whose subnet fits, whatever the order of the lines', () => {
    const design = network()
      .host('a', '10.0.0.2/24', { gateway: '10.0.0.1' })
      .router('r', ['10.0.0.1/24,2001:db8::1/64', 'up=10.1.0.1/30'], {
        routes: ['0.0.0.0/0 via 10.1.0.2', '10.9.0.0/16 discard', '::/0 dev up metric 5'],
      })
      .router('isp', '10.1.0.2/30')
      .link('wan', 'r/up', 'isp/eth0')
      .segment('lan', ['10.0.0.0/24', '2001:db8::/64'], { gateway: '10.0.0.1', mtu: 9000 })
      .build();
    expect(design.segments).toEqual([
      {
        id: 'lan',
        kind: 'lan',
        mtu: 9000,
        subnets: [{ cidr: '10.0.0.0/24', gateway: '10.0.0.1' }, { cidr: '2001:db8::/64' }],
      },
    ]);
    expect(design.nodes).toEqual([
      {
        id: 'a',
        kind: 'host',
        interfaces: [{ id: 'eth0', segment: 'lan', addresses: ['10.0.0.2/24'] }],
        routes: [{ destination: '0.0.0.0/0', via: '10.0.0.1' }],
      },
      {
        id: 'r',
        kind: 'router',
        interfaces: [
          { id: 'eth0', segment: 'lan', addresses: ['10.0.0.1/24', '2001:db8::1/64'] },
          { id: 'up', addresses: ['10.1.0.1/30'] },
        ],
        routes: [
          { destination: '0.0.0.0/0', via: '10.1.0.2' },
          { destination: '10.9.0.0/16', action: 'discard' },
          { destination: '::/0', interface: 'up', metric: 5 },
        ],
      },
      { id: 'isp', kind: 'router', interfaces: [{ id: 'eth0', addresses: ['10.1.0.2/30'] }] },
    ]);
  });

  it('reads firewall and NAT rules in one line each', () => {
    const design = network()
      .segment('lan', '10.0.0.0/24')
      .edge('esg', 'vnic0=10.0.0.1/24', {
        stageOrder: 'linux',
        firewall: [
          'web: accept tcp 80,8000-8100 udp 53 from any to 10.0.0.5, 10.0.0.7-10.0.0.9 in vnic0',
          'disabled reject',
        ],
        nat: [
          'snat 10.0.0.0/8 to interface on vnic0 for 192.0.2.0/24',
          'web: dnat 203.0.113.43 tcp 80,443 to 10.0.0.9 port 8443 from 198.51.100.0/24',
        ],
      })
      .build();
    expect(design.nodes?.[0]).toMatchObject({
      kind: 'edge-gateway',
      firewall: {
        rules: [
          {
            id: 'web',
            action: 'accept',
            services: [
              { protocol: 'tcp', ports: [80, '8000-8100'] },
              { protocol: 'udp', ports: [53] },
            ],
            sources: ['any'],
            destinations: ['10.0.0.5', '10.0.0.7-10.0.0.9'],
            inInterface: 'vnic0',
          },
          { id: 'rule-2', enabled: false, action: 'reject' },
        ],
      },
      nat: [
        {
          id: 'nat-1',
          kind: 'snat',
          original: '10.0.0.0/8',
          destination: '192.0.2.0/24',
          translated: 'interface',
          interface: 'vnic0',
        },
        {
          id: 'web',
          kind: 'dnat',
          protocol: 'tcp',
          original: '203.0.113.43',
          originalPorts: [80, 443],
          source: '198.51.100.0/24',
          translated: '10.0.0.9',
          translatedPort: 8443,
        },
      ],
    });
  });

  it('builds an overlay: hypervisors with VTEPs, logical switches, a distributed router and a stretch', () => {
    const design = network()
      .segment('vteps', '10.208.241.0/26')
      .vxlan('web', 6002, '192.168.20.0/24')
      .vxlan('stretched', 6010, '172.16.50.0/24')
      .segment('app-lan', '172.16.50.0/24')
      .hypervisor('esxi-01', [], { vteps: ['10.208.241.11/26', '10.208.241.12/26'] })
      .dlr('dlr', '192.168.20.1/24', { gateway: '192.168.20.254' })
      .host('vm', '192.168.20.5/24', { runsOn: 'esxi-01' })
      .l2Gateway('cloud', ['up=10.208.241.40/26', 'ext=@stretched'], { runsOn: 'esxi-01' })
      .l2Gateway('office', ['up=10.208.241.41/26', 'ext=@app-lan'])
      .stretch('hcx', ['app-lan', 'office', 'up'], ['stretched', 'cloud', 'up'])
      .build();
    expect(design.transportZones).toEqual([{ id: 'tz' }]);
    expect(design.nodes?.[0]).toMatchObject({
      vteps: ['vtep0', 'vtep1'],
      transportZones: ['tz'],
      interfaces: [{ id: 'vtep0' }, { id: 'vtep1', segment: 'vteps' }],
    });
    expect(design.nodes?.[1]).toMatchObject({ kind: 'distributed-router', transportZone: 'tz' });
  });

  it('builds a cluster and addresses pods from the blocks of their nodes', () => {
    const design = network()
      .segment('nodes', '10.0.0.0/24')
      .host('n1', '10.0.0.1/24')
      .host('n2', '10.0.0.2/24', {
        dns: {
          zones: {
            'corp.example': {
              'db.corp.example': ['10.0.0.9', '2001:db8::9'],
              'sql.corp.example': 'db.corp.example',
            },
          },
          forwarders: ['10.0.0.1'],
        },
      })
      .cluster('k', ['n1 master,proxy', 'n2'])
      .workload('web', ['n1', 'n2', 'n2', 'n2 172.28.0.99'], { ports: ['http 8080', '53/UDP'] })
      .service('web', '172.29.0.10', ['http 80 -> http node 30080', '53/UDP'])
      .ingress('shop', [
        'shop.example.com/ -> web:http',
        'exact shop.example.com/x -> web:53',
        '/ -> web:80',
      ])
      .networkPolicy('lock', { policyTypes: ['Ingress'] })
      .flow('f', 'web-1', 'db.corp.example', { port: 3306 })
      .flow('g', 'n1', 'service:web', { port: 80 })
      .build();
    expect(design.workloads?.[0]?.pods.map((pod) => pod.addresses)).toEqual([
      ['172.28.0.2'],
      ['172.28.0.66'],
      ['172.28.0.67'],
      ['172.28.0.99'],
    ]);
    expect(design.services?.[0]).toMatchObject({
      type: 'NodePort',
      ports: [
        { name: 'http', port: 80, targetPort: 'http', nodePort: 30080 },
        { port: 53, protocol: 'UDP' },
      ],
    });
    expect(design.ingresses?.[0]?.rules).toHaveLength(2);
    expect(flowOf(design, 'f')).toMatchObject({
      from: { kind: 'pod', pod: 'web-1' },
      to: { kind: 'name', name: 'db.corp.example' },
    });
    expect(flowOf(design, 'g').to).toEqual({ kind: 'service', service: 'web' });
  });

  it('makes variants of a design', () => {
    const base = network()
      .segment('lan', '10.0.0.0/24')
      .host('a', '10.0.0.2/24')
      .host('b', '10.0.0.3/24')
      .build();
    const variant = network(base)
      .remove('node', 'b')
      .change('node', 'a', (node) => ({ ...node, state: 'down' }))
      .build();
    expect(variant.nodes).toEqual([{ ...base.nodes?.[0], state: 'down' }]);
    expect(base.nodes).toHaveLength(2);
  });

  it('says everything that is wrong with the network', () => {
    const wrong = network()
      .host('a', '10.0.0.2/24@lan', { listens: ['tcp 99999'] })
      .host('b', 'eth0=@lan', { runsOn: 'nowhere' });
    expect(() => wrong.build()).toThrow(
      [
        'not a valid design:',
        'nodes[0].listeners[0].port is 99999: expected a port from 1 to 65535',
        'nodes[1].runsOn is "nowhere": expected the id of a node of this design',
        'nodes[1].interfaces[0].segment is "lan": expected the id of a segment of this design',
      ].join('\n'),
    );
    expect(() => network().host('a', '10.0.0.2/24').build()).toThrow(
      'a eth0: no segment has a subnet for 10.0.0.2/24',
    );
  });
});
