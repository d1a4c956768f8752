import { describe, expect, test, vi } from 'vitest';
import type { Design } from '../../src-main/model/design.ts';
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
