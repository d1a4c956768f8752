import { describe, expect, test } from 'vitest';
import type { Stretch } from '../../src-main/model/design.ts';
import { network, type NetworkBuilder } from '../builders/network.ts';
import { deepest, did, legs, path, stack, warningsOf } from '../samples/reading.ts';
import { ask, details, families, reason, route, told, verdict, warned } from './ask.ts';

/**
 * A segment of the office stretched to the cloud: `app` at home with gateway router `office`, `app-cloud` on
 * hypervisors h1 (with the concentrator) and h2. The tunnel goes office – wan – cloud router.
 */
function stretched(options: Partial<Stretch> = {}, wanMtu = 1500): NetworkBuilder {
  return network()
    .site('home', 'office')
    .site('cloud', 'cloud')
    .segment('users', ['172.16.10.0/24', '2001:db8:10::/64'], { site: 'home' })
    .segment('app', ['172.16.50.0/24', '2001:db8:50::/64'], { site: 'home' })
    .segment('uplink-home', '172.16.250.0/24', { site: 'home' })
    .segment('uplink-cloud', '10.208.0.0/24', { site: 'cloud' })
    .segment('vms', ['10.208.9.0/24', '2001:db8:9::/64'], { site: 'cloud' })
    .segment('wire', '10.9.0.0/24', { mtu: 1600, site: 'cloud' })
    .vxlan('app-cloud', 6010, [], { site: 'cloud' })
    .host('user', '172.16.10.20/24,2001:db8:10::20/64', {
      site: 'home',
      gateway: ['172.16.10.1', '2001:db8:10::1'],
      listens: ['tcp 80'],
    })
    .host('app-0', '172.16.50.10/24,2001:db8:50::10/64', {
      site: 'home',
      gateway: ['172.16.50.1', '2001:db8:50::1'],
      listens: ['tcp 80'],
    })
    .router(
      'office',
      [
        '172.16.10.1/24,2001:db8:10::1/64',
        '172.16.50.1/24,2001:db8:50::1/64',
        '172.16.250.1/24',
        'wan=172.31.0.1/30,2001:db8:31::1/64',
      ],
      {
        site: 'home',
        routes: ['10.208.0.0/16 via 172.31.0.2', '2001:db8:9::/64 via 2001:db8:31::2'],
      },
    )
    .router(
      'cloud-router',
      ['wan=172.31.0.2/30,2001:db8:31::2/64', '10.208.0.1/24', '10.208.9.1/24,2001:db8:9::1/64'],
      {
        site: 'cloud',
        routes: ['172.16.0.0/16 via 172.31.0.1', '2001:db8::/32 via 2001:db8:31::1'],
      },
    )
    .link('wan', 'office/wan', 'cloud-router/wan', { mtu: wanMtu })
    .l2Gateway('l2c-home', ['up=172.16.250.10/24', 'ext=@app'], {
      site: 'home',
      gateway: '172.16.250.1',
    })
    .l2Gateway('l2c-cloud', ['up=10.208.0.70/24', 'ext=@app-cloud'], {
      site: 'cloud',
      runsOn: 'h1',
      gateway: '10.208.0.1',
    })
    .hypervisor('h1', [], { vteps: '10.9.0.1/24', site: 'cloud' })
    .hypervisor('h2', [], { vteps: '10.9.0.2/24', site: 'cloud' })
    .host('app-1', 'eth0=172.16.50.21/24,2001:db8:50::21/64@app-cloud', {
      runsOn: 'h1',
      gateway: ['172.16.50.1', '2001:db8:50::1'],
      listens: ['tcp 80'],
    })
    .host('app-2', 'eth0=172.16.50.22/24,2001:db8:50::22/64@app-cloud', {
      runsOn: 'h2',
      gateway: ['172.16.50.1', '2001:db8:50::1'],
      listens: ['tcp 80'],
    })
    .host('db', '10.208.9.5/24,2001:db8:9::5/64', {
      site: 'cloud',
      gateway: ['10.208.9.1', '2001:db8:9::1'],
      listens: ['tcp 80'],
    })
    .stretch('hcx', ['app', 'l2c-home', 'up'], ['app-cloud', 'l2c-cloud', 'up'], options);
}

describe.each(families)('a machine across the stretch, IPv%d', (family) => {
  test('is a neighbor: the whole frame goes through the tunnel between the concentrators', () => {
    const result = ask(stretched(), 'app-0', 'app-1', { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe(
      'app-0 → l2c-home → office → cloud-router → h1 → l2c-cloud → h1 → app-1',
    );
    expect(details(result, 'neighbor/resolve')[0]).toMatchObject({
      owner: 'app-1',
      acrossStretch: 'hcx',
    });
    expect(told(result, ['encapsulate', 'decapsulate'])).toEqual([
      'l2c-home: Puts the frame into the tunnel of hcx, 172.16.250.10 → 10.208.0.70 (+112 bytes)',
      'l2c-cloud: Takes the frame out of the tunnel of hcx onto app-cloud',
    ]);
    const inner = family === 4 ? '172.16.50.10→172.16.50.21' : '2001:db8:50::10→2001:db8:50::21';
    expect(stack(deepest(legs(result, 'forward')))).toBe(
      `Ethernet | IP 172.16.250.10→10.208.0.70 | UDP 4500 | ESP | Ethernet | IP ${inner} | TCP`,
    );
  });

  test('on another hypervisor than the concentrator it is reached in VXLAN from there', () => {
    const result = ask(stretched(), 'user', 'app-2', { family });
    expect(verdict(result)).toBe('reachable');
    expect(route(result)).toBe(
      'user → office → l2c-home → office → cloud-router → h1 → l2c-cloud → h1 → h2 → app-2',
    );
    expect(details(result, 'encapsulate/vxlan')).toMatchObject([{ vni: 6010 }]);
    expect(warned(result)).not.toContain('tromboning');
  });

  test('answers by its gateway at home, back through the tunnel', () => {
    const result = ask(stretched(), 'user', 'app-1', { family });
    expect(route(result, 'reverse')).toBe(
      'app-1 → h1 → l2c-cloud → h1 → cloud-router → office → l2c-home → office → user',
    );
    expect(details(result, 'encapsulate/l2-tunnel', 'reverse')).toMatchObject([
      { from: '10.208.0.70', to: '172.16.250.10' },
    ]);
  });

  test('talking to its own cloud trombones by the gateway at home, with the extra hops counted', () => {
    const result = ask(stretched(), 'app-1', 'db', { family });
    expect(verdict(result)).toBe('reachable');
    const walked = path(legs(result, 'forward'));
    expect(walked.join(' → ')).toBe(
      'app-1 → h1 → l2c-cloud → h1 → cloud-router → office → l2c-home → office → cloud-router → db',
    );
    const [warning] = warningsOf(result, 'tromboning');
    expect(warning?.at).toBe('hcx');
    // from the concentrator to the cloud router again
    expect(warning?.text).toContain('6 extra hops');
  });

  test('with proximity routing a gateway on its own side takes it directly', () => {
    const near = (proximityRouting: boolean) =>
      stretched({ proximityRouting }).router(
        'near',
        ['eth0=172.16.50.1/24,2001:db8:50::1/64@app-cloud', '10.208.9.2/24,2001:db8:9::2/64'],
        { site: 'cloud', runsOn: 'h1' },
      );
    const on = ask(near(true), 'app-1', 'db', { family });
    expect(route(on)).toBe('app-1 → h1 → near → h1 → db');
    expect(details(on, 'encapsulate/l2-tunnel')).toEqual([]);
    const off = ask(near(false), 'app-1', 'db', { family });
    expect(route(off)).toContain('l2c-cloud → h1 → cloud-router → office → l2c-home');
    expect(warned(off)).toContain('tromboning');
  });
});

describe('what the tunnel adds', () => {
  /** IP lengths of the packet on the way to l2c-home and on its way out. */
  const lengths = (net: NetworkBuilder) =>
    did(legs(ask(net, 'app-0', 'app-1'), 'forward'), 'transmit/send')
      .slice(0, 2)
      .map(({ detail }) => detail.lengthBytes);

  test.each([
    ['by default', {}, 98],
    ['as the design has it', { overheadBytes: 150 }, 150],
  ])('%s', (_, options, overhead) => {
    // the frame has 14 bytes more than the packet in it
    expect(lengths(stretched(options))).toEqual([60, 60 + 14 + overhead]);
  });

  test('the outer packet goes to the port of the stretch', () => {
    const packet = deepest(legs(ask(stretched({ port: 4501 }), 'app-0', 'app-1'), 'forward'));
    expect(packet[2]).toEqual({ type: 'udp', sourcePort: 4501, destinationPort: 4501 });
  });
});

describe('full-size packets', () => {
  test('are cut into fragments outside, which the result says, and stay whole inside', () => {
    const result = ask(stretched(), 'app-0', 'app-1');
    expect(verdict(result)).toBe('reachable');
    expect(result.pathMtu).toBe(1500);
    expect(warned(result)).toContain('fragmentation');
    expect(warned(result)).not.toContain('mtu-black-hole');
    const large = ask(stretched(), 'app-0', 'app-1', { packetBytes: 1500 });
    expect(verdict(large)).toBe('reachable');
    expect(details(large, 'fragment/split')).toMatchObject([
      { lengthBytes: 1612, mtuBytes: 1500, fragments: 2 },
    ]);
  });

  test('are cut once: later links of the same MTU take the fragments', () => {
    const large = ask(stretched(), 'app-0', 'app-1', { packetBytes: 1500 });
    expect(did(legs(large, 'forward'), 'fragment/split').map(({ node }) => node)).toEqual([
      'l2c-home',
    ]);
  });

  test('are cut again where a link is smaller still', () => {
    const large = ask(stretched({}, 1000), 'app-0', 'app-1', { packetBytes: 1500 });
    expect(did(legs(large, 'forward'), 'fragment/split').map(({ node }) => node)).toEqual([
      'l2c-home',
      'office',
    ]);
    expect(verdict(large)).toBe('reachable');
  });

  test('vanish where outer packets may not be cut', () => {
    const result = ask(stretched({ outerDf: true }), 'app-0', 'app-1');
    expect(verdict(result)).toBe('reachable');
    expect(result.pathMtu).toBe(1500 - 112);
    const [hole] = warningsOf(result, 'mtu-black-hole');
    expect(hole?.at).toBe('uplink-home');
    expect(hole?.text).toContain('the largest that passes has 1388 bytes');
    const large = ask(stretched({ outerDf: true }), 'app-0', 'app-1', { packetBytes: 1500 });
    expect(verdict(large)).toBe('mtu-exceeded at l2c-home');
  });

  test('pass whole where the way of the tunnel is large enough', () => {
    const jumbo = (net: NetworkBuilder) =>
      ['uplink-home', 'uplink-cloud'].reduce(
        (done, id) => done.change('segment', id, (segment) => ({ ...segment, mtu: 1700 })),
        net,
      );
    const result = ask(jumbo(stretched({ outerDf: true }, 1700)), 'app-0', 'app-1');
    expect(result.pathMtu).toBe(1500);
    expect(warned(result)).toEqual([]);
  });
});

describe('when the stretch does not work', () => {
  const down = { state: 'down' } as const;
  test.each<[string, (net: NetworkBuilder) => NetworkBuilder, string, string]>([
    [
      'the stretch is down',
      (net) => net.change('stretch', 'hcx', (stretch) => ({ ...stretch, ...down })),
      'tunnel-down at l2c-home',
      'stretch hcx is down',
    ],
    [
      'the far concentrator is down',
      (net) => net.change('node', 'l2c-cloud', (node) => ({ ...node, ...down })),
      'tunnel-down at l2c-home',
      'stretch hcx has no address at the end of its tunnel',
    ],
    [
      'the hypervisor of the far concentrator is down',
      (net) => net.change('node', 'h1', (node) => ({ ...node, ...down })),
      'tunnel-down at l2c-home',
      'stretch hcx has no address at the end of its tunnel',
    ],
    [
      'the near concentrator is down',
      (net) => net.change('node', 'l2c-home', (node) => ({ ...node, ...down })),
      'interface-down at l2c-home',
      'l2c-home is down',
    ],
    [
      'the outer packet finds no route',
      (net) => net.change('node', 'office', (node) => ({ ...node, routes: [] })),
      'no-route at office',
      'office has no route to 10.208.0.70',
    ],
    [
      'the wide-area link is down',
      (net) => net.change('link', 'wan', (link) => ({ ...link, ...down })),
      'interface-down at office',
      'interface wan is down',
    ],
  ])('%s', (_, change, expected, why) => {
    const result = ask(change(stretched()), 'app-0', 'app-2');
    expect(verdict(result)).toBe(expected);
    expect(reason(result)).toContain(why);
  });

  test('machines of one side still talk to each other', () => {
    const net = stretched({ state: 'down' });
    expect(verdict(ask(net, 'app-1', 'app-2'))).toBe('reachable');
    expect(verdict(ask(net, 'user', 'app-0'))).toBe('reachable');
  });
});

test('one pair of concentrators carries several segments, each to its own', () => {
  const net = stretched()
    .segment('lab', '172.16.60.0/24', { site: 'home' })
    .vxlan('lab-cloud', 6011, [], { site: 'cloud' })
    .host('lab-0', '172.16.60.10/24', { site: 'home' })
    .host('lab-1', 'eth0=172.16.60.21/24@lab-cloud', { runsOn: 'h2', listens: ['tcp 80'] })
    .stretch('hcx-lab', ['lab', 'l2c-home', 'up'], ['lab-cloud', 'l2c-cloud', 'up']);
  for (const [gateway, segment] of [
    ['l2c-home', 'lab'],
    ['l2c-cloud', 'lab-cloud'],
  ] as const) {
    net.change('node', gateway, (node) => ({
      ...node,
      interfaces: [...(node.interfaces ?? []), { id: 'ext-lab', segment }],
    }));
  }
  const lab = ask(net, 'lab-0', 'lab-1');
  expect(verdict(lab)).toBe('reachable');
  expect(details(lab, 'decapsulate/l2-tunnel')).toEqual([
    { stretch: 'hcx-lab', segment: 'lab-cloud' },
  ]);
  expect(verdict(ask(net, 'app-0', 'app-1'))).toBe('reachable');
});

describe.each(families)('a concentrator whose port on the segment is down, IPv%d', (family) => {
  test.each(['l2c-home', 'l2c-cloud'])('%s', (gateway) => {
    const broken = stretched().change('node', gateway, (node) => ({
      ...node,
      interfaces: (node.interfaces ?? []).map((item) =>
        item.id === 'ext' ? { ...item, state: 'down' } : item,
      ),
    }));
    expect(verdict(ask(broken, 'app-0', 'app-1', { family }))).toBe(`interface-down at ${gateway}`);
  });
});
