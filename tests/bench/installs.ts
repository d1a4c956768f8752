/**
 * "31 nodes × 200 artifacts × three modes": ICP enterprise on a cluster of the reference network, with many images; as it
 * is, and broken in several places, with all fixes found and made.
 */
import type { Catalogue } from '../../src-main/install/catalogue/index.ts';
import { evaluateInstall, type InstallReport } from '../../src-main/install/index.ts';
import type { Design, InstallScenario } from '../../src-main/model/design.ts';
import { compile, type Network } from '../../src-main/sim/index.ts';
import { sample } from '../samples/samples.ts';
import { timed } from './measure.ts';
import { table } from './table.ts';

const nodesWanted = 31;
const artifactsWanted = 200;
const modes = ['connected', 'proxy', 'air-gapped'] as const;

/** Where images come from, in turn. */
const registries = ['', 'registry.k8s.io/', 'icr.io/', 'quay.io/', 'ghcr.io/', 'gcr.io/'];

/** The sample with more workers, until boot node and members are so many. */
function grown(design: Design): Design {
  const [cluster] = design.clusters ?? [];
  const pattern = design.nodes?.find(({ id }) => id === 'worker-1');
  if (!cluster || pattern?.kind !== 'host') throw new Error('the sample has no worker');
  const more = Array.from({ length: nodesWanted - 1 - cluster.nodes.length }, (_, at) => ({
    ...pattern,
    id: `worker-${7 + at}`,
    interfaces: [{ id: 'eth0', segment: 'icp', addresses: [`192.168.20.${70 + at}/24`] }],
  }));
  const members = more.map(({ id }) => ({ node: id, roles: ['worker' as const] }));
  return {
    ...design,
    nodes: [...(design.nodes ?? []), ...more],
    clusters: [{ ...cluster, nodes: [...cluster.nodes, ...members] }],
  };
}

const references = Array.from(
  { length: artifactsWanted },
  (_, at) => `${registries[at % registries.length] ?? ''}acme/part-${at}:1.0`,
);

interface Question {
  readonly design: Design;
  readonly network: Network;
  readonly scenario: InstallScenario;
}

function question(): Question {
  const base = grown(sample('icp-on-vcenter'));
  const proxied = base.installScenarios?.find(({ mode }) => mode === 'proxy');
  if (!proxied) throw new Error('the sample has no scenario by proxy');
  const scenario: InstallScenario = {
    ...proxied,
    id: 'many',
    product: 'icp-ee',
    artifacts: references.map((reference) => ({
      kind: 'image',
      reference,
      neededBy: ['boot', 'all'],
    })),
    bundle: references,
  };
  const design = { ...base, installScenarios: [scenario] };
  return { design, network: compile(design), scenario };
}

/** The edge lets nothing through, Docker's NO_PROXY is empty, and the bundle lacks every tenth image. */
function broken({ design, scenario }: Question): Question {
  const nodes = design.nodes?.map((node) =>
    node.id === 'esg' && 'firewall' in node
      ? { ...node, firewall: { ...node.firewall, rules: [] } }
      : node,
  );
  const worse: InstallScenario = {
    ...scenario,
    bundle: references.filter((_, at) => at % 10 !== 0),
    settings: (scenario.settings ?? []).map((setting) =>
      setting.client === 'docker'
        ? { ...setting, values: { ...setting.values, NO_PROXY: '' } }
        : setting,
    ),
  };
  const changed: Design = { ...design, ...(nodes ? { nodes } : {}), installScenarios: [worse] };
  return { design: changed, network: compile(changed), scenario: worse };
}

const evaluated = (
  { design, network, scenario }: Question,
  mode: (typeof modes)[number],
  catalogue: Catalogue,
): InstallReport => {
  const report = evaluateInstall({ design, network, scenario, mode, catalogue });
  if (typeof report === 'string') throw new Error(report);
  return report;
};

/** Tables of the modes and what they come to; nothing that was known from before is used. */
export function installWorkload(catalogue: Catalogue): string {
  const whole = question();
  return [
    modesTable('as it is', whole, catalogue, 5),
    '',
    modesTable('broken, with every fix', broken(whole), catalogue, 1),
  ].join('\n');
}

function modesTable(title: string, asked: Question, catalogue: Catalogue, times: number): string {
  const rows = modes.map((mode) => {
    const report = evaluated(asked, mode, catalogue);
    const cells = report.steps.flatMap(({ needs }) => needs.flatMap((need) => need.cells));
    const nodes = new Set(cells.map(({ node }) => node)).size;
    const ms = timed(() => evaluated(asked, mode, catalogue), times);
    return {
      ms,
      cells: [
        mode,
        `${nodes}`,
        `${cells.length}`,
        `${report.connections}`,
        `${report.causes.length}`,
        ms.toFixed(0),
        report.works ? 'works' : `fails at ${report.failsAt ?? '–'}`,
        report.plan.works ? 'works' : `fails at ${report.plan.failsAt ?? '–'}`,
      ],
    };
  });
  const total = rows.reduce((sum, { ms }) => sum + ms, 0);
  return [
    `install, ${nodesWanted} nodes × ${artifactsWanted} artifacts × three modes, ${title}: ${total.toFixed(0)} ms`,
    '',
    table(
      ['mode', 'nodes', 'cells', 'connections', 'causes', 'ms', 'verdict', 'with fixes'],
      rows.map(({ cells }) => cells),
    ),
  ].join('\n');
}
