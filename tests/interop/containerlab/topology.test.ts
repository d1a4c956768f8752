/** Topologies as text. That they do what the simulator says is held in tests/interop/linux-lab. */
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { clabernetesOf } from '../../../src-main/interop/clabernetes/index.ts';
import { containerlabOf } from '../../../src-main/interop/containerlab/index.ts';
import type { Exported } from '../../../src-main/interop/exchange.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { compile } from '../../../src-main/sim/index.ts';
import { network } from '../../builders/network.ts';
import { sample, sampleNames } from '../../samples/samples.ts';
import { cases } from '../linux-lab/designs.ts';
import { readTopology } from '../linux-lab/namespaces.ts';
import { podTopologySchema, resourceSchema, topologySchema } from './schemas.ts';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
const isTopology = ajv.compile(topologySchema);
const isPodTopology = ajv.compile(podTopologySchema);
const isResource = ajv.compile(resourceSchema);

function textOf({ files }: Exported): string {
  const [file] = files;
  if (files.length !== 1 || typeof file?.content !== 'string') throw new Error('not one text');
  return file.content;
}

const topologyText = (design: Design) => textOf(containerlabOf(compile(design)));
const resourceOf = (design: Design) =>
  parse(textOf(clabernetesOf(compile(design)))) as {
    spec: { definition: { containerlab: string } };
  };
const definitionText = (design: Design) => resourceOf(design).spec.definition.containerlab;

const designs = [
  ...sampleNames.map((name) => [name, () => sample(name)] as const),
  ...cases.map(({ title, design }) => [title, () => design] as const),
];

describe.each(designs)('%s', (_, design) => {
  test.each([
    ['containerlab', topologyText, isTopology],
    ['clabernetes', definitionText, isPodTopology],
  ])('is a topology for %s, each end of a link one of its nodes', (_program, textFor, isOne) => {
    const text = textFor(design());
    const topology = readTopology(text);
    isOne(topology);
    expect(isOne.errors).toBeNull();
    const ends = topology.topology.links.flatMap(({ endpoints }) => endpoints);
    const nodes = new Set(Object.keys(topology.topology.nodes));
    expect(ends.filter((end) => !nodes.has(end.split(':')[0] ?? ''))).toEqual([]);
    expect(new Set(ends).size).toBe(ends.length);
    // Neither a variable nor a template, for which containerlab would put in something else.
    expect(text).not.toMatch(/\$|\{\{/);
  });

  test('is a resource of Kubernetes', () => {
    isResource(resourceOf(design()));
    expect(isResource.errors).toBeNull();
  });

  test('is the same each time', () => {
    expect(topologyText(design())).toBe(topologyText(design()));
  });
});

describe('names of nodes', () => {
  const namesOf = (ids: readonly string[], name?: string): string[] => {
    const net = network().segment('lan', '10.0.0.0/24');
    ids.forEach((id, at) => net.host(id, `10.0.0.${at + 1}/24`));
    return Object.keys(readTopology(topologyText(net.build(name))).topology.nodes);
  };

  test.each<[what: string, ids: string[], names: string[]]>([
    ['lower case with dashes alone', ['Registry_1.docker.io', 'b'], ['registry-1-docker-io', 'b']],
    ['differ', ['a.b', 'a-b'], ['a-b', 'a-b-2']],
    ['start with a letter', ['10.gw', '42'], ['gw', 'node']],
    ['none that containerlab keeps for itself', ['host', 'mgmt-net'], ['host-2', 'mgmt-net-2']],
    ['none that is a kind of link', ['vxlan-stitch', 'brief'], ['vxlan-stitch-2', 'brief-2']],
    ['text where YAML 1.1 reads a truth value', ['no', 'null'], ['no', 'null']],
    [
      'short',
      ['a-very-long-name-of-a-machine-that-nobody-would-type', 'b'],
      ['a-very-long-name-of-a-machine-that', 'b'],
    ],
  ])('are %s', (_, ids, names) => {
    expect(namesOf(ids)).toEqual(names);
  });

  test('are quoted where a program in Go would read something else', () => {
    const net = network()
      .segment('lan', '10.0.0.0/24')
      .host('no', '10.0.0.1/24')
      .host('b', '10.0.0.2/24');
    expect(topologyText(net.build())).toMatch(/^ {4}"no":$/m);
  });
});

test.each([
  ["x'; touch pwned; '", 'x-touch-pwned'],
  ['${HOME}{{ env }}', 'home-env'],
  ['a\nname: b', 'a-name-b'],
  ['\u202E網絡', 'hopscope'],
])('a design called %j is a lab called %s', (title, name) => {
  const design = network()
    .segment('lan', '10.0.0.0/24')
    .host('web', '10.0.0.1/24', { name: title });
  const { files } = containerlabOf(compile(design.build(title)));
  expect(files.map(({ path }) => path)).toEqual([`${name}.clab.yml`]);
  expect(readTopology(topologyText(design.build(title))).name).toBe(name);
});

test('a machine is named by its reference, and so is the segment of a switch', () => {
  const [filtered] = cases;
  if (!filtered) throw new Error('no case');
  const { nodes } = readTopology(topologyText(filtered.design)).topology;
  const refs = Object.entries(nodes).map(([name, { labels }]) => [name, labels['hopscope-ref']]);
  expect(refs).toEqual([
    ['segments', 'unplugged'],
    ['office', 'segment:office'],
    ['servers', 'segment:servers'],
    ['edge', 'node:edge'],
    ['client', 'node:client'],
    ['printer', 'node:printer'],
    ['server', 'node:server'],
    ['off', 'node:off'],
  ]);
});

test('a pod takes its way out of the lab down first, and its firewall lets wires to other pods pass', () => {
  const [filtered] = cases;
  if (!filtered) throw new Error('no case');
  const { nodes } = readTopology(definitionText(filtered.design)).topology;
  for (const { exec } of Object.values(nodes)) {
    expect(exec[0]).toBe('ip link set dev eth0 down');
    const restores = exec.findLastIndex((command) => command.includes('iptables-restore'));
    const passes = exec.findIndex((command) => command.startsWith('iptables -I INPUT -i c9s0'));
    expect(passes < 0).toBe(restores < 0);
    expect(passes).toBeGreaterThanOrEqual(restores);
  }
  expect(nodes['edge']?.labels).toEqual({ 'hopscope-ref': 'node.edge' });
  expect(nodes['edge']?.exec.at(-1)).toMatch(/-I OUTPUT -o c9s0 -j ACCEPT$/);
});

test('another image is every node’s', () => {
  const net = network().segment('lan', '10.0.0.0/24').host('a', '10.0.0.1/24');
  const text = textOf(containerlabOf(compile(net.build()), { image: 'example/tools:1' }));
  expect(text).toContain('image: example/tools:1');
});
