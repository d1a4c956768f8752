/** The ingress published by its cluster IP: what kube-proxy and Calico on worker-1 then do, and what hangs on them. */
import { describe, expect, test } from 'vitest';
import { checkDesign, placeText } from '../../src-main/checks/index.ts';
import type { Design } from '../../src-main/model/design.ts';
import { network } from '../builders/network.ts';
import { deepest, did, ending, legs, path, run, stack, vxlans, warningsOf } from './reading.ts';
import { sample } from './samples.ts';
import {
  onHypervisor,
  podsOn,
  together,
  underlay1499,
  underlay1500,
  without,
  type Variant,
} from './variants.ts';

const base = sample('icp-cluster-ip');
const fromEdge = without('route', 'esg', 'icp-services');
const fromDlr = without('route', 'icp-dlr', 'icp-services');
const service = 'kube-system/nginx-ingress-controller';

const vtepToVtep = String.raw`Ethernet \| IP 10\.208\.241\.1[56]→10\.208\.241\.1[3478] \| UDP 4789 \| VXLAN 6002 \| `;
const inIpInIp = (node: string, pod: string) =>
  `Ethernet | IP 192.168.20.61→${node} proto 4 | IP 172.28.2.64→${pod} | TCP`;

describe('internet user → ingress by its cluster IP', () => {
  const result = run(base, 'internet-to-web');
  const [toController = [], toPod = []] = legs(result, 'forward').map((leg) => [leg]);
  const reply = legs(result, 'reverse');

  test('is reachable, with packets as large as the pods take', () => {
    expect(result.status).toBe('reachable');
    expect(result.warnings).toEqual([]);
    expect(result.pathMtu).toBe(1430);
    expect(legs(result, 'forward')).toHaveLength(2);
  });

  test('passes rule 5 on the original addresses, then DNAT 5 to the cluster IP', () => {
    const [accept] = did(toController, 'firewall/accept');
    expect(accept?.node).toBe('esg');
    expect(accept?.detail).toMatchObject({
      rule: { number: 5, id: '5', name: 'internet-to-ingress' },
      source: '198.51.100.25',
      destination: '203.0.113.43',
      destinationPort: 443,
    });
    const [dnat] = did(toController, 'nat/dnat');
    expect(dnat?.detail).toMatchObject({
      rule: { number: 5, id: '5' },
      from: '203.0.113.43:443',
      to: '172.29.86.6:443',
    });
    expect(stack(dnat?.packet ?? [])).toBe('IP 198.51.100.25→172.29.86.6 | TCP');
    expect(did(toController, 'nat/snat')).toEqual([]);
  });

  test('is routed to worker-1 by the edge and the ICP-DLR on ESXi-01, in VXLAN 6002', () => {
    const routes = did(toController, 'route/match')
      .filter(({ node }) => ['esg', 'icp-dlr'].includes(node))
      .map(({ node, on, detail }) => [node, on, detail.prefix, detail.via]);
    expect(routes).toEqual([
      ['esg', undefined, '172.29.0.0/16', '192.168.100.2'],
      ['icp-dlr', 'esxi-01', '172.29.0.0/16', '192.168.20.61'],
    ]);
    const [neighbor] = did(toController, 'neighbor/resolve').filter(
      ({ node }) => node === 'icp-dlr',
    );
    expect(neighbor?.detail).toMatchObject({ owner: 'worker-1', segment: 'icp' });
    expect(vxlans(toController)[0]).toBe('esxi-01: VXLAN 6002');
  });

  test('is given a controller pod by kube-proxy on worker-1, and masqueraded as its tunnel', () => {
    const [chosen, ...others] = did(toController, 'service/choose-endpoint');
    expect(others).toEqual([]);
    expect(chosen?.node).toBe('worker-1');
    expect(chosen?.detail).toMatchObject({ service, port: 443, choices: 3, masquerade: true });
    const [masquerade] = did(toController, 'nat/masquerade');
    expect(masquerade?.node).toBe('worker-1');
    expect(masquerade?.detail.reason).toBe('kube-proxy');
    expect(masquerade?.detail.from).toMatch(/^198\.51\.100\.25:/);
    expect(masquerade?.detail.to).toMatch(/^172\.28\.2\.64:/);
  });

  test('goes on from the controller, by an address of its own, straight to a pod', () => {
    const [ingress] = did(toController, 'ingress-rule/match');
    expect(ingress?.node).toMatch(/^nginx-ingress-[123]$/);
    expect(ingress?.detail).toMatchObject({
      ingress: 'shop',
      host: 'shop.example.com',
      service: 'shop/web',
      endsTls: true,
      choices: 2,
    });
    const [sent] = did(toPod, 'originate/send');
    expect(sent?.node).toBe(ingress?.node);
    expect(stack(sent?.packet ?? [])).toMatch(
      /^IP 172\.28\.(0\.195|1\.3|1\.67)→172\.28\.(2\.74|3\.10) \| TCP$/,
    );
    expect(did(toPod, 'service/choose-endpoint')).toEqual([]);
    expect(did(toPod, 'nat/masquerade')).toEqual([]);
    expect(ending(result, 'forward')).toMatch(/^delivered at web-[12]$/);
  });

  test('is answered through worker-1, whose session undoes both of its rewrites', () => {
    const pod = did(toController, 'service/choose-endpoint')[0]?.detail.to;
    const client = did(toController, 'nat/masquerade')[0]?.detail;
    const destination = did(reply, 'nat/restore-destination');
    expect(destination.map(({ node, detail }) => [node, detail])).toEqual([
      ['worker-1', { from: client?.to, to: client?.from }],
    ]);
    const source = did(reply, 'nat/restore-source');
    expect(source.map(({ node, detail }) => [node, detail])).toEqual([
      ['worker-1', { from: pod, to: '172.29.86.6:443' }],
      ['esg', { from: '172.29.86.6:443', to: '203.0.113.43:443' }],
    ]);
    expect(did(reply, 'nat/snat')).toEqual([]);
    expect(did(reply, 'nat/masquerade')).toEqual([]);
  });

  test('comes back by the ICP-DLR on ESXi-03 in VXLAN 6001, by the known session of the edge', () => {
    expect(path(reply).filter((hop) => hop.startsWith('icp-dlr'))).toEqual(['icp-dlr on esxi-03']);
    expect(vxlans(reply).at(-1)).toBe('esxi-03: VXLAN 6001');
    const filtered = did(reply, 'firewall/established');
    expect(filtered.map(({ node }) => node)).toEqual(['esg']);
    expect(ending(result, 'reverse')).toBe('delivered at internet-user');
  });
});

describe('Calico carries the masqueraded packet', () => {
  const all = run(base, 'internet-to-web', { allPaths: true });
  const paths = all.forward.map((trace) => {
    const [first] = trace.legs.filter(({ purpose }) => purpose === 'request');
    return first ? [first] : [];
  });
  const towards = (pod: string) =>
    paths.filter((walked) => did(walked, 'service/choose-endpoint')[0]?.detail.pod === pod);

  test.each<[controller: string, how: string, node: string, pod: string, outside: string]>([
    ['1', 'by IP-in-IP in VXLAN 6002', '192.168.20.21', '172.28.0.195', vtepToVtep],
    ['2', 'by IP-in-IP alone on its own ESXi', '192.168.20.22', '172.28.1.3', ''],
    ['3', 'by IP-in-IP in VXLAN 6002', '192.168.20.23', '172.28.1.67', vtepToVtep],
  ])('to the controller on proxy-%s %s', (controller, _, node, pod, outside) => {
    const walks = towards(`nginx-ingress-${controller}`);
    expect(walks).toHaveLength(2);
    for (const walked of walks) {
      const [entered] = did(walked, 'encapsulate/ip-in-ip');
      expect(entered?.node).toBe('worker-1');
      const after = walked.map((leg) => ({
        ...leg,
        hops: leg.hops.slice(leg.hops.findIndex((hop) => hop.node === 'worker-1')),
      }));
      const packet = stack(deepest(after));
      expect(packet.replace(new RegExp(`^${outside}`), '')).toBe(inIpInIp(node, pod));
      expect(packet.startsWith('Ethernet | IP 10.208.241.')).toBe(outside !== '');
    }
  });

  test('on every path, both ways, with equal shares', () => {
    expect(all.status).toBe('reachable');
    const dispositions = [...all.forward, ...all.reverse].map(({ disposition }) => disposition);
    expect(dispositions).toEqual(Array.from({ length: 12 }, () => 'delivered'));
    for (const { probability } of all.forward) expect(probability).toBeCloseTo(1 / 6, 9);
  });

  test('not at all to a controller on worker-1 itself, where the source is the node address', () => {
    const near = run(podsOn('nginx-ingress-controller', 'worker-1')(base), 'internet-to-web');
    expect(near.status).toBe('reachable');
    const walked = legs(near, 'forward').slice(0, 1);
    expect(did(walked, 'encapsulate/ip-in-ip')).toEqual([]);
    const [masquerade] = did(walked, 'nat/masquerade');
    expect(masquerade?.detail).toMatchObject({ reason: 'kube-proxy' });
    expect(masquerade?.detail.to).toMatch(/^192\.168\.20\.61:/);
  });

  test('without VXLAN 6002 from a worker-1 beside the edge to a proxy-1 beside both', () => {
    const beside = onHypervisor('esxi-01', 'worker-1', 'proxy-1', 'proxy-2', 'proxy-3')(base);
    const result = run(beside, 'internet-to-web');
    expect(result.status).toBe('reachable');
    expect(vxlans(legs(result, 'forward').slice(0, 1))).toEqual([]);
    expect(vxlans(legs(result, 'reverse').slice(-1))).toEqual([]);
  });

  test('in packets that fill an underlay of 1500 bytes, and are lost for one byte less', () => {
    const full = run(underlay1500(base), 'internet-to-web');
    expect(full.status).toBe('reachable');
    expect(warningsOf(full, 'mtu-black-hole')).toEqual([]);
    const lost = run(underlay1499(base), 'internet-to-web');
    expect(lost.status).toBe('reachable');
    expect(warningsOf(lost, 'mtu-black-hole').map(({ at }) => at)).toContain('vtep');
  });
});

test('the private side gets to the same cluster IP by rule 3 and DNAT 3', () => {
  const result = run(base, 'vcenter-to-web');
  const request = legs(result, 'forward');
  expect(result.status).toBe('reachable');
  expect(did(request, 'firewall/accept')[0]?.detail).toMatchObject({
    rule: { number: 3 },
    destination: '10.208.242.131',
  });
  expect(did(request, 'nat/dnat')[0]?.detail).toMatchObject({
    rule: { number: 3 },
    to: '172.29.86.6:443',
  });
  expect(did(request, 'service/choose-endpoint')[0]).toMatchObject({
    node: 'worker-1',
    detail: { service },
  });
});

/** The filter of a Linux router, which stands behind the destination NAT. */
const filterAfterDnat: Variant = (design) =>
  network(design)
    .change('node', 'esg', (node) => ({ ...node, stageOrder: 'linux' }) as typeof node)
    .build(design.name);

const workerDown: Variant = (design) =>
  network(design)
    .change('node', 'worker-1', (node) => ({
      ...node,
      interfaces: node.interfaces?.map((item) => ({ ...item, state: 'down' as const })) ?? [],
    }))
    .build(design.name);

const withoutControllers: Variant = (design) =>
  network(design)
    .change('workload', 'nginx-ingress-controller', (workload) => ({
      ...workload,
      pods: workload.pods.map((pod) => ({ ...pod, state: 'not-ready' as const })),
    }))
    .build(design.name);

describe.each(['internet-to-web', 'vcenter-to-web'])('%s', (flow) => {
  test.each<[string, Variant, string]>([
    ['the routes to the service range', together(fromEdge, fromDlr), 'no-route at fcr'],
    ["the edge's route to the service range", fromEdge, 'no-route at fcr'],
    // The ICP-DLR hands the packet back to the edge, which has no rule for the cluster IP.
    ["the ICP-DLR's route to the service range", fromDlr, 'denied at esg'],
    ['worker-1', workerDown, 'neighbor-unreachable at icp-dlr'],
    ['a controller that is ready', withoutControllers, 'rejected at worker-1'],
    ['a filter before the destination NAT', filterAfterDnat, 'denied at esg'],
  ])('is unreachable without %s', (_, variant, expected) => {
    const result = run(variant(base), flow);
    expect(ending(result, 'forward')).toBe(expected);
    expect(result.status).toBe('unreachable');
  });
});

describe('the design check', () => {
  const told = (design: Design) =>
    checkDesign(design)
      .filter(({ code }) => code.startsWith('dnat-to-cluster-ip'))
      .map(({ code, severity, at }) => `${severity} ${code} ${placeText(at)}`);

  test('warns of a cluster IP that a single node makes reachable, and of nothing else', () => {
    const expected = [2, 4].map(
      (at) => `warning dnat-to-cluster-ip-by-route node:esg nat[${at}].translated`,
    );
    expect(told(base)).toEqual(expected);
    expect(checkDesign(base)).toHaveLength(2);
    for (const { text } of checkDesign(base)) {
      expect(text).toContain('a cluster IP lives inside the cluster only');
      expect(text).toContain('worker-1');
    }
  });

  test.each<[string, Variant]>([
    ['either route', together(fromEdge, fromDlr)],
    ["the edge's route", fromEdge],
    ["the ICP-DLR's route", fromDlr],
  ])('calls it an error without %s: a cluster IP lives inside the cluster only', (_, variant) => {
    const design = variant(base);
    const expected = [2, 4].map((at) => `error dnat-to-cluster-ip node:esg nat[${at}].translated`);
    expect(told(design)).toEqual(expected);
    const texts = checkDesign(design).map(({ text }) => text);
    expect(texts[0]).toContain('172.29.86.6');
    expect(texts[0]).toContain('a cluster IP lives inside the cluster only');
  });
});
