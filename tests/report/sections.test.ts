import { describe, expect, test, vi } from 'vitest';
import type { Design } from '../../src-main/model/design.ts';
import { shareOf } from '../../src-main/report/sections/addresses.ts';
import { sample, sampleNames } from '../samples/samples.ts';
import { written } from './written.ts';

vi.setConfig({ testTimeout: 60_000 });

const text = (html: string): string =>
  html
    .replaceAll('<br>', ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ');

/** A section of the report with its parts, as it is read. */
function section(html: string, id: string): string {
  const start = html.indexOf(`<section id="${id}"`);
  expect(start, id).toBeGreaterThan(-1);
  let depth = 0;
  for (const tag of html.slice(start).matchAll(/<(\/?)section/g)) {
    depth += tag[1] === '' ? 1 : -1;
    if (depth === 0) return text(html.slice(start, start + tag.index));
  }
  throw new Error(`section ${id} does not end`);
}

/** The rows of tables, as they are read, in the cells of each. */
const rowsOf = (html: string): readonly (readonly string[])[] =>
  [...html.matchAll(/<tr[^>]*>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[dh][^>]*>([\s\S]*?)<\/t[dh]>/g)].map(([, cell = '']) => text(cell).trim()),
  );

describe.each(sampleNames)('the report of %s says what the design is', (name) => {
  const design = sample(name);
  const report = written({ source: { kind: 'example', name } });

  test('every static route, with its next hop', async () => {
    const rows = rowsOf((await report).text);
    for (const node of design.nodes ?? []) {
      for (const { destination, via, action } of node.routes ?? []) {
        const hop = via ?? (action === 'discard' ? 'discards' : 'on the link itself');
        const isHop = (cell: string) => cell === hop || cell.startsWith(`${hop} `);
        const found = rows.some((row) => row.includes(destination) && row.some(isHop));
        expect(found, `${node.id}: ${destination} via ${hop}`).toBe(true);
      }
    }
  });

  test('every record of every zone, every forwarder, every resolver', async () => {
    const { text: html } = await report;
    const rows = rowsOf(html);
    const names = section(html, 'names');
    for (const node of design.nodes ?? []) {
      if ('resolvers' in node) for (const one of node.resolvers ?? []) expect(names).toContain(one);
      const server = 'dnsServer' in node ? node.dnsServer : undefined;
      for (const one of server?.forwarders ?? []) expect(names).toContain(one);
      for (const zone of server?.zones ?? []) {
        expect(names).toContain(zone.name);
        for (const record of zone.records) {
          const value = record.type === 'CNAME' ? record.target : record.address;
          const cells = [record.name, record.type, value];
          expect(rows.some((row) => cells.every((cell) => row.includes(cell)))).toBe(true);
        }
      }
    }
  });

  test('every port of every service with its target, every path of every ingress', async () => {
    const clusters = section((await report).text, 'clusters');
    for (const { ports = [] } of design.services ?? []) {
      for (const { port, protocol = 'TCP', targetPort = port } of ports) {
        expect(clusters).toContain(`${protocol} ${port} → ${targetPort}`);
      }
    }
    for (const { rules } of design.ingresses ?? []) {
      for (const { path, backend } of rules.flatMap(({ paths }) => paths)) {
        expect(clusters).toContain(path);
        expect(clusters).toContain(`${backend.service}:${backend.port}`);
      }
    }
  });

  test('what is noted of sites, segments and nodes', async () => {
    const addresses = section((await report).text, 'addresses');
    const all = [...(design.sites ?? []), ...(design.segments ?? []), ...(design.nodes ?? [])];
    for (const { notes } of all) {
      if (notes !== undefined) expect(addresses).toContain(notes.replaceAll(/\s+/g, ' ').trim());
    }
  });

  test('every policy and every host endpoint', async () => {
    const { text: html } = await report;
    const all = [
      ...(design.networkPolicies ?? []),
      ...(design.calicoPolicies ?? []),
      ...(design.hostEndpoints ?? []),
    ];
    if (all.length === 0) expect(html).not.toContain('<section id="policies"');
    else for (const one of all) expect(section(html, 'policies')).toContain(one.name ?? one.id);
  });
});

// Decimal places rounded, never cut.
test.each([
  { used: 4, size: '6', share: '66.7 %' },
  { used: 1, size: '8', share: '12.5 %' },
  { used: 1, size: '3', share: '33.3 %' },
  { used: 12, size: '100', share: '12 %' },
  { used: 0, size: '254', share: '0 %' },
  { used: 1, size: '18446744073709551616', share: '< 0.1 %' },
  { used: 9999, size: '10000', share: '> 99.9 %' },
  { used: 6, size: '6', share: '100 %' },
])('$used of $size is $share', ({ share, ...use }) => {
  expect(shareOf(use)).toBe(share);
});

test('nothing is free on the internet, and what is free elsewhere is an address', async () => {
  const { text: html } = await written({ source: { kind: 'example', name: 'icp-on-vcenter' } });
  const segments = html.slice(html.indexOf('id="segments"'), html.indexOf('id="nodes"'));
  const rows = rowsOf(segments).filter((row) => row.length === 8);
  const next = (segment: string) => rows.find(([name]) => name === segment)?.at(-1);
  const design = sample('icp-on-vcenter');
  const internet = design.segments?.find(({ id }) => id === 'internet');
  expect(next(internet?.name ?? 'internet')).toBe('–');
  for (const row of rows.slice(1)) expect(row.at(-1)).not.toContain('/');
  expect(rows.some((row) => /^[\d.]+$/.test(row.at(-1) ?? ''))).toBe(true);
  expect(text(html)).toContain('98 bytes around each frame');
  expect(text(html)).toContain('grows by 112');
});

test('pods that are not ready are marked, and those of the host network are told', async () => {
  const design = sample('icp-on-vcenter');
  const [first, ...others] = design.workloads ?? [];
  const changed: Design = {
    ...design,
    workloads: [
      ...(first
        ? [{ ...first, pods: first.pods.map((pod) => ({ ...pod, state: 'not-ready' as const })) }]
        : []),
      ...others,
    ],
  };
  const { text: html } = await written({ source: { kind: 'design', design: changed } });
  const clusters = section(html, 'clusters');
  expect(clusters.match(/\(not ready\)/g)).toHaveLength(first?.pods.length ?? 0);
  expect(clusters).toContain('(host network)');
});

/** The sample with a policy of each kind. */
function guarded(): Design {
  const design = sample('icp-on-vcenter');
  return {
    ...design,
    networkPolicies: [
      {
        id: 'db-from-web',
        cluster: 'icp',
        namespace: 'shop',
        podSelector: { matchLabels: { app: 'db' } },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [
          {
            from: [
              {
                podSelector: {
                  matchExpressions: [{ key: 'tier', operator: 'In', values: ['web'] }],
                },
              },
              { ipBlock: { cidr: '10.9.0.0/16', except: ['10.9.1.0/24'] } },
            ],
            ports: [{ protocol: 'TCP', port: 5432, endPort: 5433 }],
          },
        ],
      },
    ],
    calicoPolicies: [
      {
        id: 'late',
        cluster: 'icp',
        selector: 'all()',
        ingress: [{ action: 'Deny', source: { notNets: ['10.7.0.0/16'] } }],
      },
      {
        id: 'early',
        cluster: 'icp',
        order: 10,
        selector: "app == '<b>web</b>'",
        egress: [
          {
            action: 'Allow',
            protocol: 'TCP',
            destination: { nets: ['10.8.0.0/16'], ports: [80, '8000:8100'] },
          },
        ],
      },
    ],
  };
}

test('policies stand in the order in which they are looked at, with peers and ports', async () => {
  const { text: html } = await written({ source: { kind: 'design', design: guarded() } });
  const policies = section(html, 'policies');
  expect(policies.indexOf('early')).toBeLessThan(policies.indexOf('db-from-web'));
  expect(policies.indexOf('db-from-web')).toBeLessThan(policies.indexOf('late'));
  const rows = rowsOf(html.slice(html.indexOf('<section id="policies"')));
  const row = (name: string) => rows.find(([, cell]) => cell?.startsWith(name))?.slice(3);
  expect(row('early')).toEqual([
    'out',
    'allow',
    'the selected',
    '10.8.0.0/16',
    'TCP ports 80, 8000:8100',
  ]);
  expect(row('db-from-web')).toEqual([
    'in',
    'allow',
    'shop: tier in (web) 10.9.0.0/16 except 10.9.1.0/24',
    'the selected',
    'TCP 5432-5433',
  ]);
  expect(row('late')).toEqual(['in', 'deny', 'not 10.7.0.0/16', 'the selected', 'any']);
  expect(policies).toMatch(/out nothing is allowed/);
  expect(html).not.toContain('<b>');
});

test('what a route discards, and a next hop that no subnet holds, are told', async () => {
  const design = sample('icp-on-vcenter');
  const routes = [
    { destination: '10.99.0.0/16', action: 'discard' as const },
    { destination: '10.98.0.0/16', via: '9.9.9.9', distance: 5, metric: 7 },
  ];
  const changed: Design = {
    ...design,
    nodes: (design.nodes ?? []).map((node) =>
      node.id === 'esg' ? { ...node, routes: [...(node.routes ?? []), ...routes] } : node,
    ),
  };
  const { text: html } = await written({ source: { kind: 'design', design: changed } });
  const rows = rowsOf(html);
  expect(rows).toContainEqual(['10.99.0.0/16', 'discards', '–', '1']);
  expect(rows).toContainEqual([
    '10.98.0.0/16',
    '9.9.9.9',
    'none: the next hop is on no subnet of its',
    '5 / 7',
  ]);
});

test('what strangers write of zones, policies and notes is text', async () => {
  const evil = '<script>alert(1)</script>';
  const design = guarded();
  const changed: Design = {
    ...design,
    nodes: (design.nodes ?? []).map((node) => ({ ...node, notes: evil })),
    workloads: (design.workloads ?? []).map((one) => ({ ...one, name: evil, notes: evil })),
    services: (design.services ?? []).map((one) => ({ ...one, notes: evil })),
    calicoPolicies: (design.calicoPolicies ?? []).map((one) => ({ ...one, name: evil })),
    networkPolicies: (design.networkPolicies ?? []).map((one) => ({ ...one, notes: evil })),
  };
  const { text: html } = await written({ source: { kind: 'design', design: changed } });
  expect(html).not.toContain('<script');
  expect(section(html, 'policies')).toContain(evil);
  expect(section(html, 'clusters')).toContain(evil);
  expect(section(html, 'addresses')).toContain(evil);
});

test('a verdict says no more than is known: of lists that lack things, and of changes that help', async () => {
  const { text: html } = await written({ source: { kind: 'example', name: 'icp-on-vcenter' } });
  const installs = section(html, 'installs');
  expect(installs).toContain('will not work as drawn');
  expect(installs).toMatch(/works after \d+ changes?/);
  expect(installs).not.toMatch(/3\.1\.2 3\.1\.2|connected \(connected\)/);
});
