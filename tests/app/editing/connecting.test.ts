import { describe, expect, it } from 'vitest';
import type { Design } from '../../../src-main/model/design.ts';
import { network } from '../../builders/network.ts';
import { Drawing, refusal } from './drawing.ts';

const lan = { entity: 'segment', kind: 'lan' } as const;
const router = { entity: 'node', kind: 'router' } as const;
const edge = { entity: 'node', kind: 'edge-gateway' } as const;
const client = { entity: 'node', kind: 'host', as: 'client' } as const;

function drawingOf(...things: Parameters<Drawing['add']>[0][]): Drawing {
  const draw = new Drawing();
  for (const thing of things) draw.add(thing);
  return draw;
}

describe('a node on a segment', () => {
  it('has the next free address of each subnet, and leaves by the gateway', () => {
    const draw = new Drawing(
      network()
        .segment('s', ['10.0.0.0/29', '2001:db8::/64'], { gateway: ['10.0.0.1', '2001:db8::1'] })
        .host('a', '10.0.0.2/29,2001:db8::2/64')
        .host('b', [])
        .build(),
    );
    draw.connect('b', 's');
    expect(draw.interfaces('b')).toEqual(['eth0 10.0.0.3/29 2001:db8::3/64']);
    expect(draw.routes('b')).toEqual(['0.0.0.0/0 via 10.0.0.1', '::/0 via 2001:db8::1']);
  });

  it('keeps the way out that it has', () => {
    const draw = drawingOf(lan, lan, client);
    draw.connect('client-1', 'segment-1').connect('client-1', 'segment-2');
    expect(draw.interfaces('client-1')).toEqual(['eth0 192.168.1.2/24', 'eth1 192.168.2.2/24']);
    expect(draw.routes('client-1')).toEqual(['0.0.0.0/0 via 192.168.1.1']);
  });

  it('has none where the subnet is full, and is told', () => {
    const draw = new Drawing(
      network()
        .segment('s', '10.0.0.0/30')
        .host('a', '10.0.0.1/30')
        .host('b', '10.0.0.2/30')
        .host('c', [])
        .build(),
    );
    draw.connect('c', 's');
    expect(draw.interfaces('c')).toEqual(['eth0']);
    expect(draw.leftOut).toEqual(['No address of 10.0.0.0/30: all of them are taken.']);
  });

  it('works in either direction of the drag', () => {
    const draw = drawingOf(lan, client);
    draw.do({ kind: 'connect', from: 'segment:segment-1', to: 'node:client-1' });
    expect(draw.interfaces('client-1')).toEqual(['eth0 192.168.1.2/24']);
    expect(draw.plan.label).toBe('Connect Client 1 to Segment 1');
  });
});

describe('a router on a segment', () => {
  it('becomes the gateway where nobody is', () => {
    const draw = drawingOf(lan, router, router);
    draw.connect('router-1', 'segment-1').connect('router-2', 'segment-1');
    expect(draw.interfaces('router-1')).toEqual(['eth0 192.168.1.1/24']);
    expect(draw.interfaces('router-2')).toEqual(['eth0 192.168.1.2/24']);
    expect(draw.routes('router-2')).toEqual(['0.0.0.0/0 via 192.168.1.1']);
  });

  it.each([
    ['outside first', ['segment-2', 'segment-3']],
    ['inside first', ['segment-3', 'segment-2']],
  ])('tells the routers before it what is behind it: %s', (_, order) => {
    const draw = drawingOf(lan, lan, lan, router, edge, client);
    draw.connect('client-1', 'segment-1');
    draw.connect('router-1', 'segment-1').connect('router-1', 'segment-2');
    for (const segment of order) draw.connect('edge-1', segment);
    expect(draw.routes('router-1')).toEqual(['192.168.3.0/24 via 192.168.2.2']);
    expect(draw.routes('edge-1')).toEqual(['0.0.0.0/0 via 192.168.2.1']);
    expect(draw.plan.alsoChanged).toContainEqual({
      ref: 'node:router-1',
      code: 'route-added',
      detail: { destination: '192.168.3.0/24', via: '192.168.2.2' },
      text: 'has a route to 192.168.3.0/24 via 192.168.2.2 now',
    });
  });

  it('tells routers two away as well', () => {
    const draw = drawingOf(lan, lan, lan, router, router, router);
    draw.connect('router-1', 'segment-1').connect('router-2', 'segment-1');
    draw.connect('router-2', 'segment-2').connect('router-3', 'segment-2');
    draw.connect('router-3', 'segment-3');
    expect(draw.routes('router-1')).toEqual([
      '192.168.2.0/24 via 192.168.1.2',
      '192.168.3.0/24 via 192.168.1.2',
    ]);
    // Its own default leads back to the first, so it needs the way in.
    expect(draw.routes('router-2')).toContain('192.168.3.0/24 via 192.168.2.2');
  });

  it('leaves a route alone that somebody has chosen', () => {
    const before = network()
      .segment('a', '10.1.0.0/24', { gateway: '10.1.0.1' })
      .segment('b', '10.2.0.0/24', { gateway: '10.2.0.1' })
      .router('r', '10.1.0.1/24', { routes: ['10.2.0.0/16 via 10.1.0.99'] })
      .router('s', '10.1.0.2/24', { routes: ['0.0.0.0/0 via 10.1.0.1'] })
      .build();
    const draw = new Drawing(before);
    draw.connect('s', 'b');
    expect(draw.routes('r')).toEqual(['10.2.0.0/16 via 10.1.0.99']);
  });

  it('shows a way out to routers that have none', () => {
    const draw = new Drawing();
    draw.add({ entity: 'site', kind: 'internet' });
    draw.add(lan, 'site:internet');
    for (const thing of [lan, router, edge]) draw.add(thing);
    draw.connect('router-1', 'segment-2').connect('edge-1', 'segment-1');
    draw.connect('edge-1', 'segment-2');
    expect(draw.routes('edge-1')).toEqual(['0.0.0.0/0 dev vnic0']);
    expect(draw.routes('router-1')).toEqual(['0.0.0.0/0 via 192.168.1.2']);
  });
});

describe('on the internet', () => {
  function internet(): Drawing {
    const draw = new Drawing();
    draw.add({ entity: 'site', kind: 'internet' });
    draw.add(lan, 'site:internet');
    draw.add(client, 'site:internet');
    return draw.connect('client-1', 'segment-1');
  }

  it('nobody has to draw the provider', () => {
    const draw = internet();
    draw.add(edge);
    draw.connect('edge-1', 'segment-1');
    expect(draw.interfaces('edge-1')).toEqual(['vnic0 198.51.100.3/24']);
    expect(draw.routes('edge-1')).toEqual(['0.0.0.0/0 dev vnic0']);
  });

  it('a router that is drawn becomes the gateway of those who were there', () => {
    const draw = internet();
    draw.add(router);
    draw.connect('router-1', 'segment-1');
    expect(draw.interfaces('router-1')).toEqual(['eth0 198.51.100.1/24']);
    expect(draw.routes('client-1')).toEqual(['0.0.0.0/0 via 198.51.100.1']);
    expect(draw.plan.alsoChanged).toMatchObject([
      { ref: 'node:client-1', code: 'leaves-by', text: 'leaves by router-1 now' },
    ]);
  });

  it('is not told of private networks', () => {
    const draw = internet();
    for (const thing of [router, edge, lan]) draw.add(thing);
    draw
      .connect('router-1', 'segment-1')
      .connect('edge-1', 'segment-1')
      .connect('edge-1', 'segment-2');
    expect(draw.routes('router-1')).toEqual(['0.0.0.0/0 dev eth0']);
  });
});

describe('two nodes', () => {
  it('are linked under a subnet of their own, and find each other’s networks', () => {
    const draw = drawingOf(lan, lan, router, router);
    draw.connect('router-1', 'segment-1').connect('router-2', 'segment-2');
    draw.connect('router-1', 'router-2');
    expect(draw.get('link', 'router-1-router-2')).toMatchObject({
      a: { node: 'router-1', interface: 'eth1' },
      b: { node: 'router-2', interface: 'eth1' },
    });
    expect(draw.interfaces('router-2')).toContain('eth1 10.255.0.2/30');
    expect(draw.routes('router-1')).toEqual(['192.168.2.0/24 via 10.255.0.2']);
    expect(draw.routes('router-2')).toEqual(['192.168.1.0/24 via 10.255.0.1']);
    draw.add(client);
    draw.connect('client-1', 'router-1');
    expect(draw.routes('client-1')).toEqual(['0.0.0.0/0 via 10.255.0.6']);
    expect(draw.routes('router-2')).toContain('10.255.0.4/30 via 10.255.0.1');
  });

  it('that are concentrators stretch the segments they stand on', () => {
    const draw = drawingOf(lan, lan, { entity: 'segment', kind: 'lan' });
    for (const segment of ['segment-1', 'segment-2']) {
      const id = draw.add({ entity: 'node', kind: 'l2-gateway' });
      draw.connect(id, 'segment-3').connect(id, segment);
    }
    expect(draw.interfaces('concentrator-1')).toEqual(['uplink 192.168.3.2/24', 'trunk']);
    draw.connect('concentrator-1', 'concentrator-2');
    expect(draw.get('stretch', 'stretch-1')).toMatchObject({
      a: { segment: 'segment-1', gateway: 'concentrator-1', uplink: 'uplink' },
      b: { segment: 'segment-2', gateway: 'concentrator-2', uplink: 'uplink' },
    });
  });
});

describe('a cluster and a node', () => {
  it('join', () => {
    const draw = drawingOf({ entity: 'cluster', flavour: 'kubernetes' }, client);
    draw.connect('client-1', 'cluster-1');
    expect(draw.get('cluster', 'cluster-1').nodes).toMatchObject([{ node: 'client-1' }]);
    expect(draw.get('cluster', 'cluster-1').calico?.blocks).toEqual([
      { node: 'client-1', cidr: '172.28.0.0/26' },
    ]);
  });
});

describe('what cannot be connected is refused with what could be', () => {
  const design: Design = drawingOf(
    { entity: 'site', kind: 'office' },
    lan,
    lan,
    { entity: 'segment', kind: 'vxlan' },
    client,
    { entity: 'node', kind: 'hypervisor' },
    { entity: 'node', kind: 'distributed-router' },
    { entity: 'node', kind: 'l2-gateway' },
    { entity: 'node', kind: 'l2-gateway' },
    { entity: 'cluster', flavour: 'iks' },
  ).connect('client-1', 'segment-1').design;

  it.each([
    ['node:client-1', 'site:office-1', 'a node and a segment, two nodes'],
    ['segment:segment-1', 'segment:segment-2', 'a router between them'],
    ['node:client-1', 'segment:segment-1', 'not connected to yet'],
    ['node:client-1', 'node:client-1', 'another end'],
    ['node:client-1', 'node:dlr-1', 'interfaces on segments only'],
    ['node:hypervisor-1', 'segment:segment-3', 'a lan or vlan segment'],
    ['node:hypervisor-1', 'cluster:cluster-1', 'a host or a router'],
    ['node:concentrator-1', 'node:concentrator-2', 'two interfaces'],
    ['node:nobody', 'segment:segment-1', 'of this design'],
  ])('%s to %s', (from, to, sentence) => {
    expect(refusal(design, { kind: 'connect', from, to })).toContain(sentence);
  });
});
