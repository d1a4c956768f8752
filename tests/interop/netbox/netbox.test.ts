import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { netboxOf } from '../../../src-main/interop/netbox/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { parseIp } from '../../../src-main/model/ip.ts';
import { arbitraryDesign } from '../../builders/arbitrary.ts';
import { network } from '../../builders/network.ts';
import { oneOfEverything } from '../../model/one-of-everything.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { hostileDesigns } from '../hostile-names.ts';
import { imported, type Row } from './import.ts';

const named = ({ id, name }: { readonly id: string; readonly name?: string }) => name ?? id;
const fileOf = (design: Design, name: string) =>
  String(netboxOf(design).files.find(({ path }) => path === `${name}.csv`)?.content);

describe.each(sampleNames)('%s, read as NetBox imports it', (name) => {
  const design = sample(name);
  const exported = netboxOf(design);
  const tables = imported(exported);
  const rows = (file: string): readonly Row[] => tables.get(file) ?? [];
  const column = (file: string, key: string) => rows(file).map((row) => row[key]);

  it('has every site and its region', () => {
    expect(column('sites', 'name').sort()).toEqual((design.sites ?? []).map(named).sort());
    for (const { name: own = '', parent } of design.sites ?? []) {
      const site = rows('sites').find((row) => row['name'] === own);
      const outer = design.sites?.find(({ id }) => id === parent);
      if (outer) expect(site?.['region']).toBe(named(outer));
    }
  });

  it('has every prefix once, at its site and with its VLAN', () => {
    const subnets = (design.segments ?? []).flatMap(({ subnets = [] }) => subnets);
    const cidrs = [
      ...subnets.map(({ cidr }) => cidr),
      ...(design.clusters ?? []).flatMap((one) => [...one.podCidrs, ...one.serviceCidrs]),
    ];
    expect(column('prefixes', 'prefix').sort()).toEqual([...new Set(cidrs)].sort());
    for (const segment of design.segments ?? []) {
      const [first] = segment.subnets ?? [];
      const row = rows('prefixes').find((one) => one['prefix'] === first?.cidr);
      if (!row?.['description']?.includes(named(segment))) continue;
      const site = design.sites?.find(({ id }) => id === segment.site);
      expect(row['scope_name']).toBe(site ? named(site) : '');
      expect(row['vlan']).toBe(segment.kind === 'vlan' ? String(segment.vlan) : '');
    }
  });

  it('has every machine, those of hypervisors as virtual ones', () => {
    const virtual = (design.nodes ?? []).filter((node) => 'runsOn' in node && node.runsOn);
    const real = (design.nodes ?? []).filter((node) => !virtual.includes(node));
    expect(column('virtual-machines', 'name')).toEqual(virtual.map(named));
    expect(column('devices', 'name')).toEqual(real.map(named));
  });

  it('has every address on its interface', () => {
    const expected = (design.nodes ?? []).flatMap((node) => {
      const of = (address: string, item: string) => `${address} ${named(node)} ${item}`;
      const virtualIps = ('virtualIps' in node ? node.virtualIps : undefined) ?? [];
      return [
        ...(node.interfaces ?? []).flatMap((item) =>
          (item.addresses ?? []).map((address) => of(address.split('/')[0] ?? '', item.id)),
        ),
        ...virtualIps.map(({ address, interface: item }) => of(address, item)),
      ];
    });
    const found = rows('ip-addresses').map(
      (row) =>
        `${row['address']?.split('/')[0]} ${row['device'] || row['virtual_machine']} ${row['interface']}`,
    );
    expect(found.sort()).toEqual(expected.sort());
  });

  it('has every address of pods and services', () => {
    const texts = [
      ...(design.workloads ?? []).flatMap(({ pods }) => pods.flatMap((pod) => pod.addresses ?? [])),
      ...(design.services ?? []).flatMap((one) => [
        ...(one.clusterIps ?? []),
        ...(one.externalIps ?? []),
        ...(one.loadBalancerIps ?? []),
      ]),
    ].map((text) => parseIp(text)?.text);
    const found = ['ip-addresses', 'ip-addresses-unassigned']
      .flatMap((file) => column(file, 'address'))
      .map((address) => address?.split('/')[0]);
    expect(found).toEqual(expect.arrayContaining(texts));
  });
});

test('each machine has one primary address in each family, behind its others', () => {
  const design = network()
    .segment('lan', ['10.0.0.0/24', '2001:db8::/64'])
    .segment('out', '10.1.0.0/24')
    .host('a', ['10.0.0.2/24,10.0.0.3/24,2001:db8::2/64', '10.1.0.2/24'])
    .build();
  const rows = imported(netboxOf(design)).get('ip-addresses') ?? [];
  expect(rows.map((row) => [row['address'], row['role'], row['is_primary']])).toEqual([
    ['10.0.0.3/24', 'secondary', 'false'],
    ['10.1.0.2/24', '', 'false'],
    ['10.0.0.2/24', '', 'true'],
    ['2001:db8::2/64', '', 'true'],
  ]);
});

test('a comma in the name of a cabled device separates no devices', () => {
  const design = network()
    .segment('lan', '10.0.0.0/24')
    .host('a', '10.0.0.2/24@lan')
    .host('b', '10.0.0.3/24@lan')
    .build();
  const [a, b] = design.nodes ?? [];
  if (!a || !b) throw new Error('two hosts');
  Object.assign(a, { name: 'rack 1, left' });
  Object.assign(b, { name: 'rack 1, right' });
  const exported = (links: Design['links']) => netboxOf({ ...design, ...(links && { links }) });
  const link = {
    id: 'link-1',
    a: { node: 'a', interface: 'eth0' },
    b: { node: 'b', interface: 'eth0' },
  };
  expect(
    imported(exported(undefined))
      .get('devices')
      ?.map(({ name }) => name),
  ).toEqual(['rack 1, left', 'rack 1, right']);
  const cabled = exported([link]);
  expect(
    imported(cabled)
      .get('cables')
      ?.map((row) => row['side_a_device']),
  ).toEqual(['rack 1; left']);
  expect(cabled.leftOut.map(({ ref, path, text }) => `${ref} ${path}: ${text}`)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^node:a name: it is named rack 1; left in NetBox, .*no comma/),
      expect.stringMatching(/^node:b name: it is named rack 1; right in NetBox, .*no comma/),
    ]),
  );
});

test('what NetBox has once is told of the second', () => {
  const design = network()
    .segment('lan', '10.0.0.0/24')
    .segment('other', '10.0.0.0/24')
    .vlan('one', 7, '10.7.0.0/24')
    .vlan('two', 7, '10.8.0.0/24')
    .host('a', '10.0.0.2/24@lan')
    .host('A', '10.0.0.2/24@other')
    .host('n', '10.0.0.0/24@lan')
    .build();
  const { leftOut } = netboxOf(design);
  expect(leftOut.map(({ ref, path, text }) => `${ref} ${path}: ${text}`)).toEqual(
    expect.arrayContaining([
      'segment:other subnets[0]: NetBox has 10.0.0.0/24 once, which is that of segment:lan',
      'segment:two vlan: NetBox has VLAN 7 of its site once, named after segment:one',
      'node:A interfaces[0].addresses[0]: NetBox has 10.0.0.2 once, which is that of node:a',
      expect.stringMatching(/^node:A id: it is named A \(2\) in NetBox/),
      'node:n interfaces[0].addresses[0]: NetBox assigns no address that names the network or is its broadcast',
      'node:a site: NetBox wants a site of every device; this one is at no-site',
    ]),
  );
  imported(netboxOf(design));
});

test.each(hostileDesigns())(
  'no name is a formula, a column or a row: $names',
  ({ names, design }) => {
    const tables = imported(netboxOf(design));
    for (const file of ['sites', 'devices', 'interfaces', 'prefixes']) {
      expect(tables.get(file)?.length ?? 0).toBeGreaterThanOrEqual(names.length);
    }
    for (const { content } of netboxOf(design).files) {
      expect(String(content)).not.toMatch(/(^|,)"[\s\p{C}]*[=+\-@|%]/mu);
    }
  },
);

test('a name that begins a formula has an apostrophe wherever it stands, and is told', () => {
  const design = network().site('s').segment('lan', '10.0.0.0/24').host('a', '10.0.0.2/24').build();
  const named = {
    ...design,
    nodes: (design.nodes ?? []).map((node) => ({ ...node, name: '=1+1', site: 's' })),
  };
  expect(fileOf(named, 'devices')).toContain(`\r\n"'=1+1",`);
  expect(fileOf(named, 'ip-addresses')).toContain(`,"'=1+1","","eth0","true",`);
  expect(netboxOf(named).leftOut).toContainEqual(
    expect.objectContaining({
      ref: 'node:a',
      path: 'name',
      text: expect.stringMatching(/^it is named '=1\+1 in NetBox/) as string,
    }),
  );
});

test('one of everything is imported, and what has no place is told', () => {
  const exported = netboxOf(oneOfEverything);
  imported(exported);
  const told = new Set(exported.leftOut.map(({ path }) => path));
  for (const path of ['firewall', 'nat', 'routes', 'dnsServer', 'layout']) {
    expect(told).toContain(path);
  }
});

test('any design is imported', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(arbitraryDesign, (design) => {
      imported(netboxOf(design));
      expect(netboxOf(structuredClone(design))).toEqual(netboxOf(design));
    }),
    { numRuns: 100 },
  );
});
