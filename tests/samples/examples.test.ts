import { describe, expect, test } from 'vitest';
import type { Design, HostLike, Node } from '../../src-main/model/design.ts';
import {
  ip,
  parseInterfaceAddress,
  prefix,
  prefixContains,
  prefixCovers,
} from '../../src-main/model/ip.ts';
import { formatDesignText, parseDesignText } from '../../src-main/interop/design-text/index.ts';
import { icpSamples, sample, sampleNames, sampleText } from './samples.ts';

const node = (design: Design, id: string): Node => {
  const found = design.nodes?.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no node ${id}`);
  return found;
};
const edge = (design: Design): HostLike => {
  const found = node(design, 'esg');
  if (found.kind !== 'edge-gateway') throw new Error('esg is no edge');
  return found;
};
const addressesOf = (design: Design, id: string): readonly string[] =>
  node(design, id).interfaces?.flatMap((item) => item.addresses ?? []) ?? [];
const routesOf = (design: Design, id: string): readonly string[] =>
  node(design, id).routes?.map((route) => `${route.destination} → ${route.via ?? '-'}`) ?? [];
const segment = (design: Design, id: string) => {
  const found = design.segments?.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no segment ${id}`);
  return found;
};

describe.each(sampleNames)('the sample %s', (name) => {
  const design = sample(name);

  test('stands in its file in normal form', () => {
    expect(formatDesignText(design, 'yaml')).toBe(sampleText(name));
  });

  test('is the same design as JSON', () => {
    const read = parseDesignText(formatDesignText(design, 'json'), { format: 'json' });
    expect(read.ok && read.value).toEqual(design);
  });

  test('gives every interface address from a subnet of its segment', () => {
    for (const { id, interfaces } of design.nodes ?? []) {
      for (const item of interfaces ?? []) {
        if (item.segment === undefined) continue;
        const subnets = segment(design, item.segment).subnets ?? [];
        for (const text of item.addresses ?? []) {
          const own = parseInterfaceAddress(text)?.prefix;
          const found = subnets.some(({ cidr }) => prefix(cidr).text === own?.text);
          expect(found, `${id} ${item.id} ${text}`).toBe(true);
        }
      }
    }
  });

  test('uses no address twice', () => {
    const all = [
      ...(design.nodes ?? []).flatMap(({ interfaces }) =>
        (interfaces ?? []).flatMap((item) => item.addresses ?? []),
      ),
      ...(design.workloads ?? []).flatMap(({ pods }) => pods.flatMap((pod) => pod.addresses ?? [])),
      ...(design.services ?? []).flatMap((service) => service.clusterIps ?? []),
    ].map((text) => text.replace(/\/.*/, ''));
    expect(all.filter((text, at) => all.indexOf(text) !== at)).toEqual([]);
  });

  test('names next hops that a connected subnet holds and another node answers for', () => {
    const answers = new Set(
      (design.nodes ?? []).flatMap(({ id }) => addressesOf(design, id)).map((a) => a.split('/')[0]),
    );
    for (const { id, routes } of design.nodes ?? []) {
      const own = addressesOf(design, id).flatMap((a) => parseInterfaceAddress(a) ?? []);
      for (const { via } of routes ?? []) {
        if (via === undefined) continue;
        expect(answers.has(via), `${id} via ${via}`).toBe(true);
        const connected = own.some((address) => prefixContains(address.prefix, ip(via)));
        expect(connected, `${id} via ${via}`).toBe(true);
      }
    }
  });

  test('gives every Kubernetes node one /26 of the pod range, and pods an address of it', () => {
    const cluster = design.clusters?.[0];
    const blocks = new Map(
      cluster?.calico?.blocks?.map((block) => [block.node, prefix(block.cidr)]),
    );
    expect([...blocks.keys()]).toEqual(cluster?.nodes.map((member) => member.node));
    const texts = [...blocks.values()].map((block) => block.text);
    expect(new Set(texts).size).toBe(name === 'iks-on-ibm-cloud' ? 4 : 15);
    const pods = prefix(cluster?.podCidrs[0] ?? '');
    for (const block of blocks.values()) {
      expect(block.length).toBe(26);
      expect(prefixCovers(pods, block)).toBe(true);
    }
    for (const workload of design.workloads ?? []) {
      for (const pod of workload.pods) {
        for (const address of pod.addresses ?? []) {
          const block = blocks.get(pod.node);
          expect(block && prefixContains(block, ip(address)), `${pod.id} ${address}`).toBe(true);
        }
      }
    }
  });

  test('places every machine, segment and site, none on top of another machine', () => {
    const items = new Map(design.layout?.map((item) => [item.id, item]));
    for (const { id } of design.nodes ?? []) expect(items.has(`node:${id}`), id).toBe(true);
    for (const { id } of design.segments ?? []) expect(items.has(`segment:${id}`), id).toBe(true);
    for (const { id } of design.sites ?? []) expect(items.has(`site:${id}`), id).toBe(true);
    const machines = [...items.values()].filter(
      ({ id, width }) => id.startsWith('node:') && width === undefined,
    );
    for (const [at, a] of machines.entries()) {
      for (const b of machines.slice(at + 1)) {
        const apart = Math.abs(a.x - b.x) >= 120 || Math.abs(a.y - b.y) >= 60;
        expect(apart, `${a.id} and ${b.id}`).toBe(true);
      }
    }
  });

  test('draws machines inside their site, and virtual ones inside their hypervisor', () => {
    const items = new Map(design.layout?.map((item) => [item.id, item]));
    for (const one of design.nodes ?? []) {
      const box = items.get(`node:${one.id}`);
      const around = [`site:${one.site ?? ''}`, 'runsOn' in one ? `node:${one.runsOn}` : ''];
      for (const id of around.filter((ref) => ref !== '')) {
        const outer = items.get(id);
        const holds =
          box &&
          outer &&
          box.x >= outer.x &&
          box.y >= outer.y &&
          box.x + (box.width ?? 120) <= outer.x + (outer.width ?? 0) &&
          box.y + (box.height ?? 60) <= outer.y + (outer.height ?? 0);
        expect(holds, `${one.id} in ${id}`).toBe(true);
      }
    }
  });

  test('asks an intent of every flow', () => {
    const asked = design.intents?.flatMap(({ subject }) =>
      subject.kind === 'flow' ? [subject.flow] : [],
    );
    expect(asked?.toSorted()).toEqual(design.flows?.map(({ id }) => id).toSorted());
  });
});

describe.each(icpSamples)('the sample %s', (name) => {
  const design = sample(name);

  test.each([
    ['public-portable', 1101, 1500, '203.0.113.40/29'],
    ['private-portable', 1201, 9000, '10.208.242.128/26'],
    ['vtep', 1201, 9000, '10.208.241.0/26'],
  ])('has the documented VLAN %s: %i, MTU %i, %s', (id, vlan, mtu, cidr) => {
    expect(segment(design, id)).toMatchObject({ kind: 'vlan', vlan, mtu, subnets: [{ cidr }] });
  });

  test.each([
    ['workload', 6000, '192.168.10.0/24'],
    ['transit', 6001, '192.168.100.0/24'],
    ['icp', 6002, '192.168.20.0/24'],
    ['stretched', 6010, '172.16.50.0/24'],
  ])('has the logical switch %s: VNI %i, %s', (id, vni, cidr) => {
    const expected = { kind: 'vxlan', vni, mtu: 1500, transportZone: 'transport-1' };
    expect(segment(design, id)).toMatchObject({ ...expected, subnets: [{ cidr }] });
  });

  test('has one transport zone of VNIs 6000–7999 on UDP 4789 over four hosts of two VTEPs', () => {
    expect(design.transportZones).toEqual([
      { id: 'transport-1', name: 'transport-1', vniPool: { from: 6000, to: 7999 }, udpPort: 4789 },
    ]);
    const hosts = design.nodes?.filter((one) => one.kind === 'hypervisor') ?? [];
    expect(hosts.map((host) => [host.transportZones, host.vteps])).toEqual(
      [1, 2, 3, 4].map(() => [['transport-1'], ['vtep-1', 'vtep-2']]),
    );
    const addresses = hosts.flatMap((host) => addressesOf(design, host.id).slice(1));
    expect(addresses).toEqual([11, 12, 13, 14, 15, 16, 17, 18].map((n) => `10.208.241.${n}/26`));
  });

  test.each<[string, readonly string[]]>([
    ['fcr', ['198.51.100.1/24', '203.0.113.41/29']],
    ['vcenter', ['10.208.17.2/26']],
    ['icp-dlr', ['192.168.100.2/24', '192.168.20.1/24']],
    ['workload-dlr', ['192.168.100.3/24', '192.168.10.1/24']],
    ['ad-dns', ['10.187.214.66/26']],
    ['cloud-l2c', ['10.208.243.70/26']],
    ['on-prem-l2c', ['172.16.250.10/24']],
    ['internet-user', ['198.51.100.25/24']],
    ['public-dns', ['198.51.100.53/24']],
    ['enterprise-user', ['172.16.10.20/24']],
    ['on-prem-dns', ['172.16.10.53/24']],
    ['db-vm', ['192.168.10.50/24']],
    ['app01', ['172.16.50.20/24']],
    ['boot', ['192.168.20.5/24']],
    ['mirror', ['192.168.20.7/24']],
    ['master-1', ['192.168.20.11/24']],
    ['proxy-3', ['192.168.20.23/24']],
    ['management-2', ['192.168.20.32/24']],
    ['worker-6', ['192.168.20.66/24']],
  ])('puts %s at %j', (id, addresses) => {
    expect(addressesOf(design, id)).toEqual(addresses);
  });

  test('gives the edge its three vnics, first private, then public, then transit', () => {
    expect(edge(design).interfaces).toMatchObject([
      {
        id: 'vnic0',
        segment: 'private-portable',
        addresses: ['10.208.242.130/26', '10.208.242.131/26', '10.208.242.132/26'],
      },
      {
        id: 'vnic1',
        segment: 'public-portable',
        addresses: ['203.0.113.42/29', '203.0.113.43/29', '203.0.113.44/29'],
      },
      { id: 'vnic2', segment: 'transit', addresses: ['192.168.100.1/24'] },
    ]);
  });

  test('routes on the edge and the distributed routers as documented', () => {
    const toServices = (via: string) =>
      name === 'icp-cluster-ip' ? [`172.29.0.0/16 → ${via}`] : [];
    expect(routesOf(design, 'esg')).toEqual([
      '0.0.0.0/0 → 203.0.113.41',
      '10.0.0.0/8 → 10.208.242.129',
      '161.26.0.0/16 → 10.208.242.129',
      '166.8.0.0/14 → 10.208.242.129',
      '172.16.0.0/16 → 10.208.242.129',
      '192.168.20.0/24 → 192.168.100.2',
      ...toServices('192.168.100.2'),
      '192.168.10.0/24 → 192.168.100.3',
    ]);
    expect(routesOf(design, 'icp-dlr')).toEqual([
      '0.0.0.0/0 → 192.168.100.1',
      ...toServices('192.168.20.61'),
    ]);
    expect(routesOf(design, 'workload-dlr')).toEqual(['0.0.0.0/0 → 192.168.100.1']);
  });

  test('runs the machines that the flows meet where the reference has them', () => {
    const places = ['esg', 'proxy-1', 'worker-1', 'db-vm', 'app01'].map((id) => {
      const machine = node(design, id);
      return 'runsOn' in machine ? machine.runsOn : undefined;
    });
    expect(places).toEqual(['esxi-01', 'esxi-02', 'esxi-03', 'esxi-04', 'esxi-04']);
  });

  test('runs an ICP cluster with IP-in-IP always, MTU 1430 and NAT for what leaves the pods', () => {
    expect(design.clusters).toMatchObject([
      {
        flavour: 'icp',
        podCidrs: ['172.28.0.0/16'],
        serviceCidrs: ['172.29.0.0/16'],
        nodePortRange: { from: 30000, to: 32767 },
        calico: {
          ipPools: [{ cidr: '172.28.0.0/16', ipInIp: 'always', natOutgoing: true }],
          mtu: 1430,
        },
      },
    ]);
    const master = node(design, 'master-1');
    const ports = 'listeners' in master ? master.listeners.map(({ port }) => port) : [];
    expect(ports).toEqual([8443, 8001, 8500, 8600]);
  });

  test('has the virtual IPs on every machine that may own them', () => {
    const owners = (address: string) =>
      design.nodes?.flatMap((one) =>
        'virtualIps' in one && one.virtualIps.some((vip) => vip.address === address)
          ? [one.id]
          : [],
      );
    expect(owners('192.168.20.10')).toEqual(['master-1', 'master-2', 'master-3']);
    expect(owners('192.168.20.20')).toEqual(['proxy-1', 'proxy-2', 'proxy-3']);
  });
});

/** `5 internet-to-ingress: any → 203.0.113.43 tcp 80,443 accept`. */
const ruleLines = (design: Design): readonly string[] =>
  edge(design).firewall?.rules.map((rule) => {
    const services = rule.services?.map((s) => `${s.protocol} ${s.ports?.join(',') ?? 'any'}`);
    const from = rule.sources?.join(', ') ?? 'any';
    const to = rule.destinations?.join(', ') ?? 'any';
    return `${rule.id} ${rule.name ?? ''}: ${from} → ${to} ${services?.join('; ') ?? 'any'} ${rule.action}`;
  }) ?? [];

/** `5 dnat vnic1: 203.0.113.43 tcp 80,443 → 192.168.20.20`. */
const natLines = (design: Design): readonly string[] =>
  edge(design).nat?.map((rule) => {
    const ports = rule.kind === 'dnat' ? rule.originalPorts?.join(',') : undefined;
    const service = ports === undefined ? '' : ` ${rule.protocol ?? ''} ${ports}`;
    const join = rule.interface ?? 'any';
    return `${rule.id} ${rule.kind} ${join}: ${rule.original}${service} → ${rule.translated}`;
  }) ?? [];

describe('the edge of icp-on-vcenter', () => {
  const design = sample('icp-on-vcenter');

  test('has the six rules, in order, before a default deny', () => {
    expect(ruleLines(design)).toEqual([
      '1 vxlan-out: 192.168.20.0/24, 192.168.10.0/24 → any any accept',
      '2 transit: 192.168.100.0/24 → any any accept',
      '3 private-to-proxy-vip: 10.0.0.0/8 → 10.208.242.131 tcp 80,443 accept',
      '4 private-to-master-vip: 10.0.0.0/8 → 10.208.242.132 tcp 8443,8001,8500,8600 accept',
      '5 internet-to-ingress: any → 203.0.113.43 tcp 80,443 accept',
      '6 proxy-out: 10.208.242.140 → any tcp 80,443 accept',
    ]);
    expect(edge(design).firewall?.defaultAction).toBe('deny');
    expect(edge(design).stageOrder).toBe('nsx-v');
  });

  test('has the six NAT rules', () => {
    expect(natLines(design)).toEqual([
      '1 snat vnic1: 192.168.20.0/24 → 203.0.113.42',
      '2 snat vnic0: 192.168.20.0/24 → 10.208.242.130',
      '3 dnat vnic0: 10.208.242.131 → 192.168.20.20',
      '4 dnat vnic0: 10.208.242.132 → 192.168.20.10',
      '5 dnat vnic1: 203.0.113.43 tcp 80,443 → 192.168.20.20',
      '6 snat vnic1: 10.208.242.140 → 203.0.113.42',
    ]);
  });
});

describe('the edge of icp-as-documented', () => {
  const design = sample('icp-as-documented');

  test('has three rules: to private, to public, and from private', () => {
    const names = edge(design).firewall?.rules.map((rule) => rule.name);
    expect(names).toEqual(['vxlan-to-private', 'vxlan-to-public', 'private-to-vxlan']);
    expect(edge(design).firewall?.defaultAction).toBe('deny');
  });

  test('has the two SNATs and the two DNATs of the private side', () => {
    expect(natLines(design)).toEqual(natLines(sample('icp-on-vcenter')).slice(0, 4));
  });
});

test('icp-as-documented differs in the edge and in what only the proxy mode needs', () => {
  const full = sample('icp-on-vcenter');
  const documented = sample('icp-as-documented');
  const kept = new Set(documented.nodes?.map(({ id }) => id));
  const left = full.nodes?.filter(({ id }) => !kept.has(id));
  expect(left?.map(({ id }) => id)).toEqual(['customer-proxy']);
  const others = (design: Design) =>
    design.nodes?.filter(({ id }) => id !== 'esg' && id !== 'customer-proxy');
  expect(others(documented)).toEqual(others(full));
  expect(documented.segments).toEqual(full.segments);
});

describe('icp-cluster-ip', () => {
  const full = sample('icp-on-vcenter');
  const design = sample('icp-cluster-ip');

  test('differs in the edge, the ICP-DLR, the ingress controller and its service alone', () => {
    const differing = (Object.keys(design) as (keyof Design)[]).filter(
      (key) => JSON.stringify(design[key]) !== JSON.stringify(full[key]),
    );
    expect(differing.toSorted()).toEqual(['name', 'nodes', 'notes', 'services', 'workloads']);
    const changed = (key: 'nodes' | 'services' | 'workloads') => {
      const before = new Map(full[key]?.map((one) => [one.id, JSON.stringify(one)]));
      return design[key]?.filter((one) => before.get(one.id) !== JSON.stringify(one));
    };
    expect(changed('nodes')?.map(({ id }) => id)).toEqual(['esg', 'icp-dlr']);
    expect(changed('workloads')?.map(({ id }) => id)).toEqual(['nginx-ingress-controller']);
    expect(changed('services')?.map(({ id }) => id)).toEqual(['nginx-ingress-controller']);
    expect(design.nodes).toHaveLength(full.nodes?.length ?? 0);
    expect(design.workloads).toHaveLength(full.workloads?.length ?? 0);
    expect(design.services).toHaveLength((full.services?.length ?? 0) + 1);
  });

  test('leaves the rules of the edge as they are, and leads NATs 3 and 5 to the cluster IP', () => {
    expect(ruleLines(design)).toEqual(ruleLines(full));
    const ingress = natLines(full).map((line) => line.replace('192.168.20.20', '172.29.86.6'));
    expect(natLines(design)).toEqual(ingress);
    expect(natLines(design)[4]).toBe('5 dnat vnic1: 203.0.113.43 tcp 80,443 → 172.29.86.6');
    const { notes, routes, nat, ...rest } = edge(design);
    expect(rest).toEqual({ ...edge(full), notes: undefined, routes: undefined, nat: undefined });
    expect([notes, routes?.length, nat?.length]).toEqual([expect.any(String), 8, 6]);
  });

  test('runs the controller on the pod network of the proxy nodes, behind a cluster IP', () => {
    const controller = design.workloads?.find(({ id }) => id === 'nginx-ingress-controller');
    expect(controller?.hostNetwork).toBeUndefined();
    expect(controller?.pods.map((pod) => [pod.node, pod.addresses])).toEqual([
      ['proxy-1', ['172.28.0.195']],
      ['proxy-2', ['172.28.1.3']],
      ['proxy-3', ['172.28.1.67']],
    ]);
    const service = design.services?.find(({ id }) => id === 'nginx-ingress-controller');
    expect(service).toMatchObject({ type: 'ClusterIP', clusterIps: ['172.29.86.6'] });
    expect(service?.selector).toEqual(controller?.labels);
  });
});
