/** What the three flows of the reference network must be, statement by statement; the goldens hold the rest. */
import { describe, expect, test } from 'vitest';
import {
  deepest,
  did,
  ending,
  legs,
  lookupLegs,
  path,
  run,
  stack,
  vxlans,
  warningsOf,
} from './reading.ts';
import { sample } from './samples.ts';
import {
  everythingOn,
  onHypervisor,
  underlay1499,
  underlay1500,
  webPodsOn,
  type Variant,
} from './variants.ts';

const base = sample('icp-on-vcenter');
const documented = sample('icp-as-documented');
const vtepToVtep = /^Ethernet \| IP 10\.208\.241\.1[1-8]→10\.208\.241\.1[1-8] \| UDP 4789 \| /;

describe('A: internet user → web in a container', () => {
  const result = run(base, 'internet-to-web');
  const request = legs(result, 'forward');
  const reply = legs(result, 'reverse');

  test('is reachable, with the larger packets of the client in one piece', () => {
    expect(result.status).toBe('reachable');
    expect(result.warnings.map(({ code }) => code)).toEqual([]);
  });

  test('looks the name up at the public DNS', () => {
    const [answer] = did(lookupLegs(result), 'resolve-name/answer');
    expect(answer?.node).toBe('public-dns');
    expect(answer?.detail.addresses).toEqual(['203.0.113.43']);
  });

  test('finds the secondary address on the edge, behind ESXi-01', () => {
    const [neighbor] = did(request, 'neighbor/resolve').filter(({ node }) => node === 'fcr');
    expect(neighbor?.detail).toMatchObject({
      address: '203.0.113.43',
      owner: 'esg',
      segment: 'public-portable',
    });
    expect(path(request).slice(0, 4)).toEqual(['internet-user', 'fcr', 'esxi-01', 'esg']);
  });

  test('passes rule 5 on the original addresses, then DNAT 5, and keeps its source', () => {
    const [accept] = did(request, 'firewall/accept');
    expect(accept?.node).toBe('esg');
    expect(accept?.detail).toMatchObject({
      rule: { number: 5, id: '5', name: 'internet-to-ingress' },
      source: '198.51.100.25',
      destination: '203.0.113.43',
      destinationPort: 443,
    });
    const [dnat] = did(request, 'nat/dnat');
    expect(dnat?.detail).toMatchObject({
      rule: { number: 5, id: '5' },
      from: '203.0.113.43:443',
      to: '192.168.20.20:443',
    });
    expect(stack(dnat?.packet ?? [])).toBe('IP 198.51.100.25→192.168.20.20 | TCP');
    expect(did(request, 'nat/snat')).toEqual([]);
  });

  test('is routed by the ICP-DLR on ESXi-01 and crosses to ESXi-02 in VXLAN 6002', () => {
    const [toDlr] = did(request, 'route/match').filter(({ node }) => node === 'esg');
    expect(toDlr?.detail.via).toBe('192.168.100.2');
    expect(path(request).filter((hop) => hop.startsWith('icp-dlr'))).toEqual([
      'icp-dlr on esxi-01',
    ]);
    expect(vxlans(request)[0]).toBe('esxi-01: VXLAN 6002');
  });

  test('is taken by proxy-1, which holds the virtual IP, and goes on to a pod', () => {
    const [vip] = did(request, 'neighbor/resolve').filter(({ node }) => node === 'icp-dlr');
    expect(vip?.detail).toMatchObject({ owner: 'proxy-1', virtualIp: 'proxy-vip' });
    const [ingress] = did(request, 'ingress-rule/match');
    expect(ingress?.node).toBe('proxy-1');
    expect(ingress?.detail).toMatchObject({
      ingress: 'shop',
      host: 'shop.example.com',
      service: 'shop/web',
      endsTls: true,
      choices: 2,
    });
    expect(request).toHaveLength(2);
    expect(did(request.slice(1), 'deliver/listener')[0]?.node).toMatch(/^web-[12]$/);
    expect(did(request, 'service/choose-endpoint')).toEqual([]);
  });

  test('has the eight headers of IP-in-IP inside VXLAN at its deepest', () => {
    const packet = stack(deepest(request));
    expect(packet).toMatch(vtepToVtep);
    expect(packet.replace(vtepToVtep, '')).toMatch(
      /^VXLAN 6002 \| Ethernet \| IP 192\.168\.20\.21→192\.168\.20\.6[14] proto 4 \| IP 172\.28\.0\.192→172\.28\.[23]\.\d+ \| TCP$/,
    );
  });

  test('is answered through ICP-DLR on ESXi-02 in VXLAN 6001, with the DNAT reversed', () => {
    expect(path(reply).filter((hop) => hop.startsWith('icp-dlr'))).toEqual(['icp-dlr on esxi-02']);
    expect(vxlans(reply).at(-1)).toBe('esxi-02: VXLAN 6001');
    const [established] = did(reply, 'firewall/established');
    expect(established?.node).toBe('esg');
    const [restored] = did(reply, 'nat/restore-source');
    expect(restored?.node).toBe('esg');
    expect(restored?.detail).toEqual({ from: '192.168.20.20:443', to: '203.0.113.43:443' });
    expect(ending(result, 'reverse')).toBe('delivered at internet-user');
  });

  test('needs no VXLAN to a proxy beside the edge', () => {
    const moved = run(onHypervisor('esxi-01', 'proxy-1')(base), 'internet-to-web');
    expect(moved.status).toBe('reachable');
    expect(vxlans(legs(moved, 'forward').slice(0, 1))).toEqual([]);
    expect(vxlans(legs(moved, 'reverse').slice(-1))).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    [
      'the same node: veth alone',
      'proxy-1',
      /^Ethernet \| IP 192\.168\.20\.21→172\.28\.0\.20[23] \| TCP$/,
    ],
    [
      'another node of the same host: IP-in-IP alone',
      'worker-2',
      /^Ethernet \| IP 192\.168\.20\.21→192\.168\.20\.62 proto 4 \| IP 172\.28\.0\.192→172\.28\.2\.13[89] \| TCP$/,
    ],
    [
      'a node of another host: IP-in-IP in VXLAN',
      'worker-1',
      /^Ethernet \| IP 10\.208\.241\.1[34]→10\.208\.241\.1[56] \| UDP 4789 \| VXLAN 6002 \| Ethernet \| IP 192\.168\.20\.21→192\.168\.20\.61 proto 4 \| IP 172\.28\.0\.192→172\.28\.2\.7[45] \| TCP$/,
    ],
  ])('reaches a pod on %s', (_, node, headers) => {
    const moved = run(webPodsOn(node)(base), 'internet-to-web');
    expect(moved.status).toBe('reachable');
    expect(stack(deepest(legs(moved, 'forward').slice(1)))).toMatch(headers);
  });
});

describe('B: web pod → database VM', () => {
  const result = run(base, 'web-to-db');
  const request = legs(result, 'forward');
  const reply = legs(result, 'reverse');

  test('is reachable', () => {
    expect(result.status).toBe('reachable');
    expect(result.warnings).toEqual([]);
  });

  test('asks the cluster DNS, which asks the AD DNS behind node masquerade and SNAT 2', () => {
    const lookups = lookupLegs(result);
    const answers = did(lookups, 'resolve-name/answer');
    expect(answers.map(({ node }) => node.replace(/-\d$/, ''))).toEqual(['ad-dns', 'kube-dns']);
    for (const { detail } of answers) expect(detail.addresses).toEqual(['192.168.10.50']);
    const [service] = did(lookups, 'service/choose-endpoint');
    expect(service?.node).toBe('worker-1');
    expect(service?.detail).toMatchObject({ service: 'kube-system/kube-dns', masquerade: false });
    const upstream = lookups.filter((leg) => leg.hops[0]?.node.startsWith('kube-dns'));
    const [masquerade] = did(upstream, 'nat/masquerade');
    expect(masquerade?.detail.reason).toBe('nat-outgoing');
    expect(masquerade?.detail.to).toMatch(/^192\.168\.20\.1[123]:/);
    const [snat] = did(upstream, 'nat/snat');
    expect(snat?.detail.rule).toMatchObject({ number: 2 });
    expect(snat?.detail.to).toMatch(/^10\.208\.242\.130:/);
  });

  test('leaves the pod by 169.254.1.1 and the node with its address', () => {
    const [fromPod] = did(request, 'route/match');
    expect(fromPod?.node).toBe('web-1');
    expect(fromPod?.detail.via).toBe('169.254.1.1');
    const [masquerade] = did(request, 'nat/masquerade');
    expect(masquerade?.node).toBe('worker-1');
    expect(masquerade?.detail.reason).toBe('nat-outgoing');
    expect(masquerade?.detail.from).toMatch(/^172\.28\.2\.74:/);
    expect(masquerade?.detail.to).toMatch(/^192\.168\.20\.61:/);
  });

  test('passes rule 1 and leaves by transit without SNAT', () => {
    const [accept] = did(request, 'firewall/accept');
    expect(accept?.node).toBe('esg');
    expect(accept?.detail.rule).toMatchObject({ number: 1, name: 'vxlan-out' });
    expect(did(request, 'nat/snat')).toEqual([]);
    const onEdge = did(request, 'route/match').filter(({ node }) => node === 'esg');
    expect(onEdge.map(({ detail }) => detail.via)).toEqual(['192.168.100.3']);
  });

  test('goes out in VXLAN 6001 to the edge and in VXLAN 6000 to the database', () => {
    expect(vxlans(request)).toEqual(['esxi-03: VXLAN 6001', 'esxi-01: VXLAN 6000']);
    expect(path(request).filter((hop) => hop.includes('dlr'))).toEqual([
      'icp-dlr on esxi-03',
      'workload-dlr on esxi-01',
    ]);
    expect(ending(result, 'forward')).toBe('delivered at db-vm');
  });

  test('is answered by workload-DLR on ESXi-04 and ICP-DLR on ESXi-01', () => {
    expect(vxlans(reply)).toEqual(['esxi-04: VXLAN 6001', 'esxi-01: VXLAN 6002']);
    expect(path(reply).filter((hop) => hop.includes('dlr'))).toEqual([
      'workload-dlr on esxi-04',
      'icp-dlr on esxi-01',
    ]);
    const [restored] = did(reply, 'nat/restore-destination');
    expect(restored?.node).toBe('worker-1');
    expect(restored?.detail.to).toMatch(/^172\.28\.2\.74:/);
    expect(ending(result, 'reverse')).toBe('delivered at web-1');
  });

  test('takes the same layer-3 hops on one hypervisor, without VXLAN', () => {
    const layer3 = (walked: readonly string[]) =>
      walked
        .map((hop) => hop.replace(/ on .*/, ''))
        .filter((hop) => !hop.startsWith('esxi'))
        .filter((hop, at, all) => hop !== all[at - 1]);
    const one = run(everythingOn('esxi-01')(base), 'web-to-db');
    expect(one.status).toBe('reachable');
    expect(vxlans([...legs(one, 'forward'), ...legs(one, 'reverse')])).toEqual([]);
    expect(layer3(path(legs(one, 'forward')))).toEqual(layer3(path(request)));
    expect(layer3(path(legs(one, 'reverse')))).toEqual(layer3(path(reply)));
    expect(layer3(path(request))).toEqual([
      'web-1',
      'worker-1',
      'icp-dlr',
      'esg',
      'workload-dlr',
      'db-vm',
    ]);
  });

  test('needs no VXLAN to a database beside the edge', () => {
    const beside = run(onHypervisor('esxi-01', 'db-vm')(base), 'web-to-db');
    expect(vxlans(legs(beside, 'forward'))).toEqual(['esxi-03: VXLAN 6001']);
    expect(vxlans(legs(beside, 'reverse'))).toEqual(['esxi-01: VXLAN 6002']);
  });
});

describe('C: enterprise user → VM on the stretched network', () => {
  const result = run(base, 'enterprise-to-vm');
  const request = legs(result, 'forward');
  const reply = legs(result, 'reverse');

  test('is reachable, and no rule of the edge applies', () => {
    expect(result.status).toBe('reachable');
    expect(path([...request, ...reply])).not.toContain('esg');
    expect(did([...request, ...reply], 'firewall/accept')).toEqual([]);
  });

  test('looks the name up on-premises', () => {
    const [answer] = did(lookupLegs(result), 'resolve-name/answer');
    expect(answer?.node).toBe('on-prem-dns');
    expect(answer?.detail.addresses).toEqual(['172.16.50.20']);
  });

  test('finds app01 across the stretch', () => {
    const [neighbor] = did(request, 'neighbor/resolve').filter(
      ({ node }) => node === 'on-prem-router',
    );
    expect(neighbor?.detail).toMatchObject({
      address: '172.16.50.20',
      owner: 'app01',
      acrossStretch: 'app-lan',
    });
  });

  test('goes whole into the tunnel, over WAN, XCR and BCR, out on VNI 6010', () => {
    const [tunnel] = did(request, 'encapsulate/l2-tunnel');
    expect(tunnel?.node).toBe('on-prem-l2c');
    expect(tunnel?.detail).toMatchObject({ from: '172.16.250.10', to: '10.208.243.70' });
    expect(stack(tunnel?.packet ?? [])).toBe(
      'IP 172.16.250.10→10.208.243.70 | UDP 4500 | ESP | Ethernet | IP 172.16.10.20→172.16.50.20 | TCP',
    );
    expect(path(request)).toEqual([
      'enterprise-user',
      'on-prem-router',
      'on-prem-l2c',
      'on-prem-router',
      'xcr',
      'bcr',
      'esxi-03',
      'cloud-l2c',
      'esxi-03',
      'esxi-04',
      'app01',
    ]);
    expect(vxlans(request)).toEqual(['esxi-03: VXLAN 6010']);
  });

  test('is answered the same way back, and says that the gateway stayed behind', () => {
    expect(vxlans(reply)).toEqual(['esxi-04: VXLAN 6010']);
    const [tunnel] = did(reply, 'encapsulate/l2-tunnel');
    expect(tunnel?.node).toBe('cloud-l2c');
    expect(tunnel?.detail).toMatchObject({ from: '10.208.243.70', to: '172.16.250.10' });
    const routers = ['bcr', 'xcr', 'on-prem-router', 'on-prem-l2c', 'on-prem-router'];
    expect(path(reply).filter((hop) => routers.includes(hop))).toEqual(routers);
    expect(ending(result, 'reverse')).toBe('delivered at enterprise-user');
  });

  test('needs no VXLAN to a VM beside the concentrator', () => {
    const beside = run(onHypervisor('esxi-03', 'app01')(base), 'enterprise-to-vm');
    expect(beside.status).toBe('reachable');
    expect(vxlans([...legs(beside, 'forward'), ...legs(beside, 'reverse')])).toEqual([]);
  });
});

test.each<[string, Variant]>([
  ['the base sample', (design) => design],
  ['proxy-1 beside the edge', onHypervisor('esxi-01', 'proxy-1')],
  ['everything on one hypervisor', everythingOn('esxi-01')],
])('every path of the flows is delivered both ways: %s', (_, variant) => {
  for (const flow of ['internet-to-web', 'web-to-db', 'enterprise-to-vm']) {
    const all = run(variant(base), flow, { allPaths: true });
    expect(all.status).toBe('reachable');
    expect(all.forward.map(({ disposition }) => disposition)).toEqual(
      all.forward.map(() => 'delivered'),
    );
    expect(all.reverse.map(({ disposition }) => disposition)).toEqual(
      all.forward.map(() => 'delivered'),
    );
    const share = all.forward.reduce((sum, trace) => sum + trace.probability, 0);
    expect(share).toBeCloseTo(1, 9);
  }
});

describe('MTU', () => {
  test('1430 + 20 + 50 bytes fit an underlay of 1500 exactly', () => {
    for (const flow of ['internet-to-web', 'web-to-db']) {
      const result = run(underlay1500(base), flow);
      expect(result.status).toBe('reachable');
      expect(warningsOf(result, 'mtu-black-hole')).toEqual([]);
    }
  });

  test('one byte less is a black hole, which names the VTEP network', () => {
    const result = run(underlay1499(base), 'internet-to-web');
    expect(result.status).toBe('reachable');
    const holes = warningsOf(result, 'mtu-black-hole');
    expect(holes.length).toBeGreaterThan(0);
    for (const { text, at } of holes) expect(`${at} ${text}`).toMatch(/vtep/);
    expect(holes.map(({ text }) => text).join(' ')).toMatch(/1429|1449/);
  });
});

describe('the edge as documented', () => {
  test('denies the internet user by its default rule', () => {
    const result = run(documented, 'internet-to-web');
    expect(result.status).toBe('unreachable');
    expect(ending(result, 'forward')).toBe('denied at esg');
    const [deny] = did(legs(result, 'forward'), 'firewall/deny');
    expect(deny?.detail).toMatchObject({ source: '198.51.100.25', destination: '203.0.113.43' });
    expect(deny?.detail.rule).toBeUndefined();
    expect(result.reverse).toEqual([]);
  });

  test('lets the other two flows through as they are', () => {
    expect(run(documented, 'web-to-db').status).toBe('reachable');
    expect(run(documented, 'enterprise-to-vm').status).toBe('reachable');
  });
});

test.each(
  [...(base.intents ?? [])].flatMap(({ subject, expect: expected }) =>
    subject.kind === 'flow' ? [[subject.flow, expected] as const] : [],
  ),
)('the flow %s is %s, as the sample intends', (flow, expected) => {
  expect(run(base, flow).status === 'reachable').toBe(expected === 'reachable');
});
