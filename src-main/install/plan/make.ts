import type { Amended } from '../amend.ts';
import type { InstallStep } from '../catalogue/index.ts';
import type { Evaluation } from '../evaluation.ts';
import type { FirewallRequestRow, InstallStepReport } from '../vocabulary.ts';
import type { Work } from '../work.ts';
import { planText } from '../words/index.ts';
import { haulerManifest, zarfPackageFile, type BundlePlan } from './bundles.ts';
import { carriedAlong, carriedBytes, type Carried } from './carrying.ts';
import { configurations, type Configuration } from './configuration.ts';
import type { PlanFile } from './file.ts';
import { planStep } from './steps.ts';
import type { InstallPlan, InstallPlanStep, PlanCode, PlanFacts } from './vocabulary.ts';

/** What is done so that the install works, and the install itself, in order. */
export function installPlan(
  { evaluation, steps, fixes, edits }: Amended,
  request: readonly FirewallRequestRow[],
): InstallPlan {
  const failing = steps.find(({ works }) => !works);
  return {
    works: failing === undefined,
    ...(failing ? { failsAt: failing.id } : {}),
    edits,
    steps: [
      ...fixes
        .filter((fix) => !inFiles.has(fix.code))
        .map(({ code, detail }) =>
          doing('change', { fix: { code, detail } as (typeof fixes)[number] }),
        ),
      ...(request.length > 0 ? [doing('request-firewall', { rows: request.length })] : []),
      ...carrying(evaluation),
      ...doings(evaluation, steps),
    ],
  };
}

/** Fixes that come out as files of the plan. */
const inFiles: ReadonlySet<Amended['fixes'][number]['code']> = new Set([
  'no-proxy-add',
  'proxy-scheme-set',
  'proxy-tell',
  'bundle-add',
  'mirror-tell',
  'mirror-endpoint-set',
]);

interface Place {
  readonly nodes?: readonly string[];
  readonly files?: readonly PlanFile[];
  readonly commands?: readonly string[];
}

function doing<Code extends PlanCode>(
  code: Code,
  detail: PlanFacts[Code],
  { nodes = [], files = [], commands = [] }: Place = {},
): InstallPlanStep {
  // A code and its facts belong together by the signature.
  const saying = { code, detail } as { code: 'do'; detail: PlanFacts['do'] };
  const text = planText(saying);
  const { files: kept, commands: own } = planStep(text, files);
  return { ...saying, text, nodes, files: kept, commands: [...own, ...commands] };
}

/** Air-gapped: the bundle is made outside, carried, and loaded on the boot node. */
function carrying(evaluation: Evaluation): readonly InstallPlanStep[] {
  const { question, work } = evaluation;
  if (question.mode !== 'air-gapped') return [];
  const carried = carriedAlong(evaluation);
  if (carried.length === 0) return [];
  const name = question.scenario.name ?? question.scenario.id;
  const nodes = work.boot === undefined ? [] : [work.boot];
  return [
    bundle('hauler', haulerManifest(name, carried), carried),
    bundle('zarf', zarfPackageFile(name, carried), carried),
    doing('carry', carriedBytes(evaluation, carried), {
      nodes,
      commands: ['hauler store load --filename haul.tar.zst'],
    }),
  ];
}

function bundle(
  program: PlanFacts['bundle']['program'],
  { file, leftOut }: BundlePlan,
  carried: readonly Carried[],
): InstallPlanStep {
  const facts = {
    program,
    references: carried.length - leftOut.length,
    leftOut: leftOut.map(({ reference }) => reference),
  };
  return doing('bundle', facts, { files: [file] });
}

/** The product's own steps, each behind the files that its clients have to find. */
function doings(
  evaluation: Evaluation,
  steps: readonly InstallStepReport[],
): readonly InstallPlanStep[] {
  const {
    work,
    question: { mode },
  } = evaluation;
  const own = work.product.steps.map((step) => ({
    ...step,
    commands: (step.commands ?? []).filter(
      ({ modes }) => modes === undefined || modes.includes(mode),
    ),
  }));
  // What parts of the cluster need among themselves has to stand before they are started.
  const starting = own.findLast(({ commands }) => commands.length > 0) ?? own.at(-1);
  const isOwn = new Set(own.map(({ id }) => id));
  const told = Map.groupBy(configurations(evaluation, steps), ({ step }) =>
    isOwn.has(step) ? step : starting?.id,
  );
  return own.flatMap(({ id, title, commands }) => [
    ...(told.get(id) ?? []).map(telling),
    ...doingOf({ id, title, commands }, steps, work),
  ]);
}

const telling = ({ source, clients, nodes, proxy, mirrors, files }: Configuration) =>
  doing('tell', { clients, source, proxy, mirrors }, { nodes, files });

function doingOf(
  { id, title, commands }: Required<Pick<InstallStep, 'id' | 'title' | 'commands'>>,
  steps: readonly InstallStepReport[],
  work: Work,
): readonly InstallPlanStep[] {
  const facts = { step: id, title };
  const cells = steps.find((step) => step.id === id)?.needs.flatMap((need) => need.cells) ?? [];
  const nodes = [...new Set(cells.map(({ node }) => node))];
  if (commands.length === 0) return nodes.length > 0 ? [doing('do', facts, { nodes })] : [];
  return commands.map(({ neededBy, run }) =>
    doing('do', facts, { nodes: work.nodesFor(neededBy), commands: run }),
  );
}
