import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { mermaidOf } from '../../../src-main/interop/mermaid/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { network } from '../../builders/network.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { describeRequiring } from '../../support/capabilities.ts';
import { drawnName, hostileDesigns } from '../hostile-names.ts';
import { mermaidPage } from './page.ts';

const sourceOf = (design: Design): string => String(mermaidOf(design).files[0]?.content);
const named = ({ id, name }: { readonly id: string; readonly name?: string }) => name ?? id;

test('sites hold hypervisors, which hold their machines; segments stand beside them', () => {
  const design = network()
    .site('cloud', 'cloud')
    .vlan('mgmt', 1200, '10.0.0.0/24', { site: 'cloud', gateway: '10.0.0.1' })
    .hypervisor('esxi', '10.0.0.11/24', { site: 'cloud' })
    .host('vm', '10.0.0.20/24', { runsOn: 'esxi' })
    .router('r-1', '10.0.0.1/24')
    .build('"small"');
  expect(sourceOf(design)).toBe(
    `flowchart LR
  subgraph design["#34;small#34;"]
    subgraph site_cloud["cloud<br/>cloud"]
      segment_mgmt(["mgmt<br/>VLAN 1200<br/>10.0.0.0/24, gateway 10.0.0.1"])
      subgraph hypervisor_esxi["esxi<br/>hypervisor"]
        node_esxi["esxi<br/>hypervisor<br/>10.0.0.11/24"]
        node_vm["vm<br/>host<br/>10.0.0.20/24"]
      end
    end
    node_r_1{{"r-1<br/>router<br/>10.0.0.1/24"}}
  end
  node_esxi ---|"eth0<br/>10.0.0.11/24"| segment_mgmt
  node_vm ---|"eth0<br/>10.0.0.20/24"| segment_mgmt
  node_r_1 ---|"eth0<br/>10.0.0.1/24"| segment_mgmt
  classDef segment fill:#e2e8f0,stroke:#64748b,color:#0f172a
  class segment_mgmt segment
  classDef place fill:none,stroke:#0e7490
  class hypervisor_esxi place
`,
  );
});

test('ids that differ in their signs alone stay apart', () => {
  const design = network()
    .segment('lan', '10.0.0.0/24')
    .host('a.b', '10.0.0.1/24')
    .host('a-b', '10.0.0.2/24')
    .host('a_b', '10.0.0.3/24')
    .build();
  const ends = sourceOf(design).matchAll(/^ {2}(\w+) ---/gm);
  expect([...ends].map(([, id]) => id)).toEqual(['node_a_b', 'node_a_b__2', 'node_a_b__3']);
});

test('what is more than Mermaid draws by default is told', () => {
  const builder = network().segment('lan', '10.0.0.0/16');
  for (let at = 0; at < 501; at += 1)
    builder.host(`host-${at}`, `10.0.${1 + (at >> 8)}.${at & 255}/16`);
  expect(mermaidOf(builder.build()).leftOut.slice(0, 2)).toMatchObject([
    {
      ref: 'design',
      path: '',
      text: expect.stringMatching(/^Mermaid draws 50000 characters; .* maxTextSize$/),
    },
    {
      ref: 'design',
      path: '',
      text: 'Mermaid draws 500 connections; for these 501, raise its maxEdges',
    },
  ]);
});

describeRequiring(['chromium'], 'what Mermaid draws', () => {
  let page: Awaited<ReturnType<typeof mermaidPage>>;
  beforeAll(async () => {
    page = await mermaidPage();
  }, 60_000);
  afterAll(() => page[Symbol.asyncDispose]());

  it.each(sampleNames)('every name and connection of %s', { timeout: 60_000 }, async (name) => {
    const design = sample(name);
    const { nodes, boxes, edges, elements } = await page.draw(sourceOf(design));
    const id = (ref: string) => ref.replace(/[^A-Za-z0-9]/g, '_');

    const shapes = [
      ...(design.segments ?? []).map((one) => [id(`segment:${one.id}`), named(one)]),
      ...(design.nodes ?? []).map((one) => [id(`node:${one.id}`), named(one)]),
    ];
    expect([...nodes].map(([key, [first]]) => [key, first]).sort()).toEqual(shapes.sort());
    for (const node of design.nodes ?? []) {
      const addresses = (node.interfaces ?? []).flatMap((one) => one.addresses ?? []);
      const lines = nodes.get(id(`node:${node.id}`));
      expect(lines).toEqual(expect.arrayContaining(addresses));
    }
    expect(boxes.get('design')).toEqual([design.name]);
    for (const site of design.sites ?? []) {
      expect(boxes.get(id(`site:${site.id}`))?.[0]).toBe(named(site));
    }

    const attached = (design.nodes ?? []).flatMap(({ interfaces = [] }) =>
      interfaces
        .filter(({ segment }) => segment !== undefined)
        .map((one) => [one.id, ...(one.addresses ?? [])]),
    );
    expect(edges.slice(0, attached.length)).toEqual(attached);
    const others = [...(design.links ?? []), ...(design.stretches ?? [])].map(named);
    expect(edges.slice(attached.length).map(([first]) => first)).toEqual(others);
    expect(elements).toEqual([]);
    expect(page.complaints).toEqual([]);
  });

  it.each(hostileDesigns())(
    'nothing but names: $names',
    { timeout: 60_000 },
    async ({ names, design }) => {
      const { nodes, boxes, edges, elements } = await page.draw(sourceOf(design));
      const firsts = (id: (at: number) => readonly string[] | undefined) =>
        names.map((_, at) => id(at)?.[0]?.replaceAll('\u2060', ''));
      const expected = names.map(drawnName);
      expect(firsts(() => boxes.get('design'))[0]).toBe(drawnName(design.name));
      expect(firsts((at) => boxes.get(`site_s${at}`))).toEqual(expected);
      expect(firsts((at) => nodes.get(`segment_l${at}`))).toEqual(expected);
      expect(firsts((at) => nodes.get(`node_n${at}`))).toEqual(expected);
      expect(firsts((at) => edges[names.length + at])).toEqual(expected);
      expect(boxes.size).toBe(1 + names.length);
      expect(nodes.size).toBe(2 * names.length);
      expect(edges).toHaveLength(2 * names.length);
      expect(elements).toEqual([]);
      expect(page.complaints).toEqual([]);
    },
  );
});
