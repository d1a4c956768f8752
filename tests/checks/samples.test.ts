/** The faults that the reference network teaches, each made in the shipped sample. */
import { describe, expect, it, test } from 'vitest';
import type { Cluster, Design, HostLike, NatRule } from '../../src-main/model/design.ts';
import { checkDesign, placeText } from '../../src-main/checks/index.ts';
import { network } from '../builders/network.ts';
import { sample, sampleNames } from '../samples/samples.ts';
import { underlay1499, underlay1500 } from '../samples/variants.ts';

const base = sample('icp-on-vcenter');
const told = (design: Design) =>
  checkDesign(design).map((found) => `${found.severity} ${found.code} ${placeText(found.at)}`);

const edge = (change: (esg: HostLike) => HostLike) =>
  network(base)
    .change('node', 'esg', (node) => change(node as HostLike))
    .build();
const nat = (id: string, change: (rule: NatRule) => NatRule) =>
  edge((esg) => ({
    ...esg,
    nat: (esg.nat ?? []).map((rule) => (rule.id === id ? change(rule) : rule)),
  }));
const rules = (
  change: (
    list: NonNullable<HostLike['firewall']>['rules'],
  ) => NonNullable<HostLike['firewall']>['rules'],
) =>
  edge((esg) => ({
    ...esg,
    firewall: { ...esg.firewall, rules: change(esg.firewall?.rules ?? []) },
  }));
const icp = (change: Partial<Cluster>) =>
  network(base)
    .change('cluster', 'icp', (cluster) => ({ ...cluster, ...change }))
    .build();

/** Faults of many kinds in one design: a router loses its networks, the cluster its ranges, a machine its address. */
const broken = () =>
  network(icp({ podCidrs: ['10.1.0.0/16'], serviceCidrs: ['10.0.0.0/16'] }))
    .change('node', 'bcr', (bcr) => ({ ...bcr, interfaces: bcr.interfaces?.slice(-1) ?? [] }))
    .change('node', 'db-vm', (vm) => ({
      ...vm,
      interfaces: [{ id: 'eth0', segment: 'workload', addresses: ['192.168.20.10/24'] }],
    }))
    .build();

test.each(sampleNames)('sample %s has no fault but the one it is there to show', (name) => {
  const byRoute = [2, 4].map(
    (at) => `warning dnat-to-cluster-ip-by-route node:esg nat[${at}].translated`,
  );
  // Six public addresses: four workers' own, and two that a worker holds for a load balancer.
  const openPort = Array.from({ length: 6 }, () => {
    return 'warning node-port-from-internet service:shop-node-port ports[0].nodePort';
  });
  const known: Partial<Record<typeof name, readonly string[]>> = {
    'icp-cluster-ip': byRoute,
    'iks-on-ibm-cloud': openPort,
  };
  expect(told(sample(name))).toEqual(known[name] ?? []);
});

describe('in the sample icp-on-vcenter', () => {
  it("finds that ICP's default services 10.0.0.0/16 swallow the IBM resolvers", () => {
    const design = network(icp({ serviceCidrs: ['10.0.0.0/16'] }))
      .change('node', 'worker-1', (node) => ({ ...node, resolvers: ['10.0.80.11', '10.0.80.12'] }))
      .build();
    const found = checkDesign(design);
    expect(
      found
        .filter(({ at }) => at.entity === 'cluster:icp')
        .map(({ code, text }) => `${code}: ${text}`),
    ).toEqual([
      'cluster-range-in-use: The service range 10.0.0.0/16 of ICP cluster is in use outside the cluster: 10.0.77.0/24 of segment IBM Cloud services, 10.0.80.0/24 of segment IBM Cloud services and 10.0.0.0/8, to which XCR and 5 more have a route',
      'cluster-range-swallows-resolver: The service range 10.0.0.0/16 of ICP cluster swallows the DNS servers 10.0.80.11 and 10.0.80.12 of worker-1',
    ]);
  });

  it("finds that 10.1.0.0/16 lies in IBM's 10/8", () => {
    expect(told(icp({ podCidrs: ['10.1.0.0/16'] }))).toContain(
      'error cluster-range-in-use cluster:icp podCidrs[0]',
    );
  });

  it.each([
    ['an SNAT to an address that is not on the edge', '1', { translated: '203.0.113.45' }],
    ['an SNAT to an address of another interface', '1', { translated: '10.208.242.130' }],
  ])('finds %s', (_, id, change) => {
    const design = nat(id, (rule) => ({ ...rule, ...change }));
    expect(told(design)).toEqual(['error snat-address-not-on-edge node:esg nat[0].translated']);
  });

  it('finds a DNAT from an address that is not on the edge', () => {
    const design = nat('5', (rule) => ({ ...rule, original: '203.0.113.46' }));
    expect(told(design)).toEqual(['error dnat-address-not-on-edge node:esg nat[4].original']);
  });

  it('finds a DNAT to the cluster IP, and judges it by whether a route leads there', () => {
    const translated = (rule: NatRule) => ({ ...rule, translated: '172.29.86.20' }) as NatRule;
    const lost = nat('5', translated);
    expect(told(lost)).toEqual(['error dnat-to-cluster-ip node:esg nat[4].translated']);
    const route = (via: string) => ({ destination: '172.29.0.0/16', via });
    const routed = network(lost)
      .change('node', 'esg', (esg) => ({
        ...esg,
        routes: [...(esg.routes ?? []), route('192.168.100.2')],
      }))
      .change('node', 'icp-dlr', (dlr) => ({
        ...dlr,
        routes: [...(dlr.routes ?? []), route('192.168.20.61')],
      }))
      .build();
    expect(told(routed)).toEqual([
      'warning dnat-to-cluster-ip-by-route node:esg nat[4].translated',
    ]);
  });

  it('finds a virtual IP outside its subnet', () => {
    const design = network(base)
      .change('node', 'proxy-1', (node) => ({
        ...(node as HostLike),
        virtualIps: [{ id: 'proxy-vip', address: '192.168.21.20', interface: 'eth0' }],
      }))
      .build();
    expect(told(design)).toContain('error virtual-ip-outside-subnet node:proxy-1 virtualIps[0]');
  });

  it('finds a rule any to any', () => {
    const design = rules((list) => [...list, { id: '7', action: 'accept' }]);
    expect(told(design)).toEqual(['error any-to-any-from-internet node:esg firewall.rules[6]']);
  });

  it('finds a NodePort that is open to the internet', () => {
    const design = network(
      rules((list) => [
        ...list,
        {
          id: '7',
          action: 'accept',
          destinations: ['203.0.113.44'],
          services: [{ protocol: 'tcp', ports: [31080] }],
        },
      ]),
    )
      .change('node', 'esg', (esg) => ({
        ...(esg as HostLike),
        nat: [
          ...((esg as HostLike).nat ?? []),
          {
            id: '7',
            kind: 'dnat' as const,
            interface: 'vnic1',
            protocol: 'tcp' as const,
            original: '203.0.113.44',
            originalPorts: [31080],
            translated: '192.168.20.61',
          },
        ],
      }))
      .build();
    expect(told(design)).toEqual(['warning node-port-from-internet node:esg firewall.rules[6]']);
  });

  it('finds a shadowed rule and a rule that nothing matches', () => {
    const shadowed = rules((list) => [
      ...list,
      { id: '7', action: 'deny', sources: ['192.168.20.61'] },
    ]);
    expect(told(shadowed)).toEqual(['warning rule-shadowed node:esg firewall.rules[6]']);
    const unused = rules((list) => [
      ...list,
      { id: '7', action: 'accept', sources: ['192.168.99.0/24'] },
    ]);
    expect(told(unused)).toEqual(['warning rule-never-used node:esg firewall.rules[6]']);
  });

  it('finds a second edge by which replies would leave', () => {
    const design = network(base)
      .edge(
        'esg-2',
        ['vnic0=10.208.242.135/26', 'vnic1=203.0.113.45/29', 'vnic2=192.168.100.9/24'],
        {
          gateway: '203.0.113.41',
          firewall: ['accept from 192.168.20.0/24'],
          nat: ['snat 192.168.20.0/24 to 203.0.113.45 on vnic1'],
          runsOn: 'esxi-02',
        },
      )
      .change('node', 'icp-dlr', (dlr) => ({
        ...dlr,
        routes: [{ destination: '0.0.0.0/0', via: '192.168.100.9' }],
      }))
      .build();
    expect(told(design)).toContain('warning reply-by-other-edge node:esg nat[4]');
  });

  it('finds an underlay that is one byte too small, and none that just fits', () => {
    expect(told(underlay1500(base))).toEqual([]);
    expect(told(underlay1499(base))).toEqual(['error underlay-mtu-too-small segment:vtep mtu']);
  });

  it("finds VXLAN inside VXLAN once Calico's pool uses it", () => {
    const design = icp({
      calico: { mtu: 1430, ipPools: [{ id: 'p', cidr: '172.28.0.0/16', vxlan: 'always' }] },
    });
    expect(told(design)).toContain('warning nested-vxlan-port cluster:icp calico.ipPools[0].vxlan');
  });

  it('finds an isolated gateway, an overlap, a duplicate address and a lost next hop', () => {
    const isolated = network(base)
      .remove('node', 'workload-dlr')
      .remove('layout', 'node:workload-dlr')
      .build();
    expect(told(isolated)).toEqual([
      'error gateway-unowned segment:workload subnets[0].gateway',
      'error next-hop-unowned node:esg routes[6].via',
      'error next-hop-unowned node:db-vm routes[0].via',
    ]);
    const overlapping = network(base)
      .change('segment', 'l2c-uplink', (one) => ({
        ...one,
        subnets: [{ cidr: '172.16.250.0/24' }, { cidr: '192.168.20.0/24' }],
      }))
      .build();
    expect(told(overlapping)).toContain('error overlapping-subnets segment:icp subnets[0]');
    const duplicate = network(base)
      .change('node', 'worker-2', (node) => ({
        ...node,
        interfaces: [{ id: 'eth0', segment: 'icp', addresses: ['192.168.20.61/24'] }],
      }))
      .build();
    expect(told(duplicate)).toContain(
      'error duplicate-address node:worker-2 interfaces[0].addresses[0]',
    );
    const lost = network(base)
      .change('node', 'esg', (esg) => ({
        ...esg,
        routes: [...(esg.routes ?? []), { destination: '192.168.30.0/24', via: '192.168.101.2' }],
      }))
      .build();
    expect(told(lost)).toEqual(['error next-hop-off-subnet node:esg routes[7].via']);
  });
});

it('gives the same findings, byte for byte, for the same design', () => {
  const wrong = broken();
  const findings = checkDesign(wrong);
  expect(findings.length).toBeGreaterThan(5);
  expect(JSON.stringify(checkDesign(structuredClone(wrong)))).toBe(JSON.stringify(findings));
});

it('tells findings in the order of the document, whatever check found them', () => {
  const wrong = broken();
  const entities = checkDesign(wrong).map(({ at }) => at.entity);
  const order = [
    ...(wrong.segments ?? []).map(({ id }) => `segment:${id}`),
    ...(wrong.nodes ?? []).map(({ id }) => `node:${id}`),
    ...(wrong.clusters ?? []).map(({ id }) => `cluster:${id}`),
    ...(wrong.workloads ?? []).map(({ id }) => `workload:${id}`),
    ...(wrong.services ?? []).map(({ id }) => `service:${id}`),
  ];
  const positions = entities.map((entity) => order.indexOf(entity));
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  expect(new Set(entities).size).toBeGreaterThan(3);
});
