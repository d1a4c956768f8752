import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import type { Design } from '../../../src-main/model/design.ts';
import { graphvizOf } from '../../../src-main/interop/graphviz/index.ts';
import { arbitraryDesign } from '../../builders/arbitrary.ts';
import { network } from '../../builders/network.ts';
import { oneOfEverything } from '../../model/one-of-everything.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { describeRequiring } from '../../support/capabilities.ts';
import { drawnName, hostileDesigns } from '../hostile-names.ts';
import { drawnByDot } from './svg.ts';

const sourceOf = (design: Design): string => String(graphvizOf(design).files[0]?.content);
const named = ({ id, name }: { readonly id: string; readonly name?: string }) => name ?? id;

/** The first lines of the things with those ids. */
const firstsOf = (
  lines: ReadonlyMap<string, readonly string[]>,
  names: readonly string[],
  id: string,
) => names.map((_, at) => lines.get(`${id}${at}`)?.[0]);

test('sites hold hypervisors, which hold their machines; segments stand beside them', () => {
  const design = network()
    .site('cloud', 'cloud')
    .vlan('mgmt', 1200, '10.0.0.0/24', { site: 'cloud', gateway: '10.0.0.1' })
    .hypervisor('esxi', '10.0.0.11/24', { site: 'cloud' })
    .host('vm', '10.0.0.20/24', { runsOn: 'esxi' })
    .build('small');
  expect(sourceOf(design)).toBe(
    `graph "design" {
  graph [label="small", labelloc=t, rankdir=LR, ranksep=1.5, newrank=true, fontname="Helvetica"];
  node [shape=box, fontname="Helvetica", fontsize=11];
  edge [fontname="Helvetica", fontsize=9];
  subgraph "cluster_site:cloud" {
    graph [label="cloud\\ncloud", style=rounded, color="#64748b"];
    "segment:mgmt" [label="mgmt\\nVLAN 1200\\n10.0.0.0/24, gateway 10.0.0.1", style=filled, fillcolor="#e2e8f0"];
    subgraph "cluster_hypervisor:esxi" {
      graph [label="esxi\\nhypervisor", style=solid, color="#0e7490"];
      "node:esxi" [label="esxi\\nhypervisor\\n10.0.0.11/24"];
      "node:vm" [label="vm\\nhost\\n10.0.0.20/24"];
    }
  }
  "node:esxi" -- "segment:mgmt" [label="eth0\\n10.0.0.11/24"];
  "node:vm" -- "segment:mgmt" [label="eth0\\n10.0.0.20/24"];
}
`,
  );
});

test('what has no place in a diagram is told, in the order of the design', () => {
  const { leftOut } = graphvizOf(oneOfEverything);
  const kinds = new Set(leftOut.map(({ ref }) => ref.split(':')[0]));
  for (const kind of ['design', 'node', 'workload', 'service', 'flow', 'intent']) {
    expect(kinds).toContain(kind);
  }
  const refs = leftOut.filter(({ path }) => path !== 'layout').map(({ ref }) => ref);
  expect(refs.filter((ref, at) => refs.indexOf(ref) !== at && refs[at - 1] !== ref)).toEqual([]);
});

describeRequiring(['dot'], 'what dot draws', () => {
  it.each(sampleNames)('every name and connection of %s', (name) => {
    const design = sample(name);
    const drawn = drawnByDot(sourceOf(design));
    expect(drawn.title).toEqual([design.name]);

    const shapes = [
      ...(design.segments ?? []).map((one) => [`segment:${one.id}`, named(one)]),
      ...(design.nodes ?? []).map((one) => [`node:${one.id}`, named(one)]),
    ];
    expect([...drawn.nodes].map(([title, [first]]) => [title, first]).sort()).toEqual(
      shapes.sort(),
    );
    for (const { id, interfaces = [] } of design.nodes ?? []) {
      const addresses = interfaces.flatMap((one) => one.addresses ?? []);
      expect(drawn.nodes.get(`node:${id}`)).toEqual(expect.arrayContaining(addresses));
    }
    for (const { id, subnets = [] } of design.segments ?? []) {
      const text = drawn.nodes.get(`segment:${id}`)?.join('\n');
      for (const { cidr } of subnets) expect(text).toContain(cidr);
    }

    for (const site of design.sites ?? []) {
      expect(drawn.clusters.get(`cluster_site:${site.id}`)?.[0]).toBe(named(site));
    }
    for (const cluster of design.clusters ?? []) {
      const boxes = [...drawn.clusters].filter(([title]) =>
        title.startsWith(`cluster_cluster:${cluster.id}`),
      );
      expect(new Set(boxes.map(([, [first]]) => first))).toEqual(new Set([named(cluster)]));
    }

    const attached = (design.nodes ?? []).flatMap(({ id, interfaces = [] }) =>
      interfaces
        .filter(({ segment }) => segment !== undefined)
        .map((one) => ({
          title: `node:${id}--segment:${one.segment}`,
          lines: [one.id, ...(one.addresses ?? [])],
        })),
    );
    const isAttached = ({ title }: { title: string }) =>
      title.includes('--segment:') && title.startsWith('node:');
    expect(drawn.edges.filter(isAttached)).toEqual(expect.arrayContaining(attached));
    expect(drawn.edges.filter(isAttached)).toHaveLength(attached.length);
    const others = [...(design.links ?? []), ...(design.stretches ?? [])].map(named);
    const rest = drawn.edges.filter((edge) => !isAttached(edge));
    expect(rest.map(({ lines }) => lines[0]).sort()).toEqual(others.sort());
  });

  it.each(hostileDesigns())('nothing but names: $names', ({ names, design }) => {
    const drawn = drawnByDot(sourceOf(design));
    const expected = names.map(drawnName);
    expect(drawn.title).toEqual([drawnName(design.name)]);
    expect(firstsOf(drawn.clusters, names, 'cluster_site:s')).toEqual(expected);
    expect(firstsOf(drawn.nodes, names, 'segment:l')).toEqual(expected);
    expect(firstsOf(drawn.nodes, names, 'node:n')).toEqual(expected);
    const links = drawn.edges.filter(({ title }) => !title.includes('--segment:'));
    expect(links.map(({ lines }) => lines[0])).toEqual(expected);
    expect(drawn.clusters.size).toBe(names.length);
    expect(drawn.nodes.size).toBe(2 * names.length);
  });

  it('any design', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(arbitraryDesign, (design) => {
        const { nodes } = drawnByDot(sourceOf(design));
        expect(nodes.size).toBe((design.segments ?? []).length + (design.nodes ?? []).length);
      }),
      { numRuns: 20 },
    );
  });
});
