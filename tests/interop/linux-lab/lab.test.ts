/** Labs that are built for real: what the simulator says of a flow is what becomes of it there. */
import { afterEach, expect, test } from 'vitest';
import { clabernetesOf } from '../../../src-main/interop/clabernetes/index.ts';
import { containerlabOf } from '../../../src-main/interop/containerlab/index.ts';
import { linuxScriptsOf } from '../../../src-main/interop/linux-scripts/index.ts';
import { withoutKubernetes } from '../../../src-main/interop/linux/left-out.ts';
import { compile, simulate, type Network } from '../../../src-main/sim/index.ts';
import { parse } from 'yaml';
import type { Design } from '../../../src-main/model/design.ts';
import { sample } from '../../samples/samples.ts';
import { describeRequiring } from '../../support/capabilities.ts';
import { kernelNeeds } from '../../kernel/available.ts';
import { cases } from './designs.ts';
import {
  answers,
  deploy,
  inFolder,
  must,
  namespacesOf,
  ownPrefix,
  readTopology,
  removeAll,
  run,
} from './namespaces.ts';

const prefix = ownPrefix();
afterEach(() => removeAll(prefix));

/** What the simulator says, without the cluster that a lab does not have. */
function simulated(design: Design, flows: Design['flows'] = design.flows): Record<string, boolean> {
  const network = compile(withoutKubernetes(design));
  return Object.fromEntries(
    (flows ?? []).map((flow) => [flow.id, simulate(network, flow).status === 'reachable']),
  );
}

/** Builds by the scripts, tries the flows, removes; nothing is left. */
function byScripts(network: Network, flows: Design['flows']): Record<string, boolean> {
  return inFolder(linuxScriptsOf(network), (folder) => {
    must(['sh', 'lab.sh', prefix], '', folder);
    const seen = answers(network, flows, (node) => `${prefix}${node}`);
    must(['sh', 'lab-down.sh', prefix], '', folder);
    expect(namespacesOf(prefix)).toEqual([]);
    return seen;
  });
}

function byTopology(
  text: string,
  network: Network,
  flows: Design['flows'],
): Record<string, boolean> {
  deploy(text, prefix);
  const nodes = Object.entries(readTopology(text).topology.nodes);
  const nameOf = (node: string) =>
    nodes.find(([, { labels }]) => labels['hopscope-ref'] === `node:${node}`)?.[0] ?? node;
  return answers(network, flows, (node) => `${prefix}${nameOf(node)}`);
}

const textOf = (content: string | Uint8Array | undefined): string =>
  typeof content === 'string' ? content : '';

/** The definition within the custom resource. */
const definitionOf = (resource: string): string =>
  (parse(resource) as { spec: { definition: { containerlab: string } } }).spec.definition
    .containerlab;

describeRequiring(kernelNeeds, 'a lab that is built', () => {
  for (const { title, design, answered } of cases) {
    test(`of scripts: ${title}`, { timeout: 60_000 }, () => {
      expect(simulated(design)).toEqual(answered);
      expect(byScripts(compile(design), design.flows)).toEqual(answered);
    });

    test(`of a topology for containerlab: ${title}`, { timeout: 60_000 }, () => {
      const network = compile(design);
      const [file] = containerlabOf(network).files;
      expect(byTopology(textOf(file?.content), network, design.flows)).toEqual(answered);
    });
  }

  test(
    'of a topology for clabernetes, whose interfaces leave eth0 to Kubernetes',
    {
      timeout: 60_000,
    },
    () => {
      const [first] = cases;
      if (!first) throw new Error('no case');
      const network = compile(first.design);
      const text = definitionOf(textOf(clabernetesOf(network).files[0]?.content));
      expect(text).not.toContain(':eth0');
      expect(byTopology(text, network, first.design.flows)).toEqual(first.answered);
    },
  );

  /** From the on-premises user, the edge and the virtual machines; what is open and what is not. */
  const sampleFlows: NonNullable<Design['flows']> = (
    [
      ['user-to-db', 'enterprise-user', '192.168.10.50', 3306],
      ['db-to-registry', 'db-vm', 'icr.io', 443],
      ['worker-to-db', 'iks-worker-1', '192.168.10.50', 3306],
      ['worker-to-vcenter', 'iks-worker-1', 'vcenter', 443],
      ['db-to-vcenter', 'db-vm', 'vcenter', 443],
      ['internet-to-db', 'internet-user', '192.168.10.50', 3306],
      ['user-to-vcenter', 'enterprise-user', 'vcenter', 443],
    ] as const
  ).map(([id, from, to, port]) => {
    const design = sample('iks-on-ibm-cloud');
    const found = design.nodes?.find((node) => node.id === to)?.interfaces?.[0]?.addresses?.[0];
    const address = found?.split('/')[0] ?? to;
    return { id, from: { kind: 'node', node: from }, to: { kind: 'address', address }, port };
  });

  test('of scripts: a sample', { timeout: 120_000 }, () => {
    const design = sample('iks-on-ibm-cloud');
    const expected = simulated(design, sampleFlows);
    expect(new Set(Object.values(expected))).toEqual(new Set([true, false]));
    expect(byScripts(compile(design), sampleFlows)).toEqual(expected);
  });

  test('is not built over one that is there, and half of one does not stay', () => {
    const [first] = cases;
    if (!first) throw new Error('no case');
    inFolder(linuxScriptsOf(compile(first.design)), (folder) => {
      must(['ip', 'netns', 'add', `${prefix}server`]);
      const refused = run(['sh', 'lab.sh', prefix], '', folder);
      expect([refused.code, namespacesOf(prefix)]).toEqual([1, [`${prefix}server`]]);
      expect(refused.err).toContain('is there already');
      removeAll(prefix);
      must(['rm', 'node-edge.sh'], '', folder);
      expect(run(['sh', 'lab.sh', prefix], '', folder).code).not.toBe(0);
      expect(namespacesOf(prefix)).toEqual([]);
    });
  });

  test.each(['$(touch x)', '', '../x', 'a b', '-x'])('takes no prefix such as %j', (bad) => {
    const [first] = cases;
    if (!first) throw new Error('no case');
    inFolder(linuxScriptsOf(compile(first.design)), (folder) => {
      expect(run(['sh', 'lab.sh', bad], '', folder).code).toBe(2);
      expect(run(['sh', 'lab-down.sh', bad], '', folder).code).toBe(2);
    });
  });
});
