/** Many generated scenes, one after the other or side by side, and what they came to. */
import type { Design } from '../../src-main/model/design.ts';
import { Agent } from './agent.ts';
import { generateScene } from './generate/index.ts';
import { disagreementText, faultLines } from './report.ts';
import { runScene, type SceneReport } from './scene.ts';
import { shrink } from './shrink.ts';

export interface Trial {
  /** Of the first scene; the others follow. */
  readonly seed: number;
  readonly scenes: number;
  /** In each scene. */
  readonly flows: number;
  /** Agents at work at the same time. */
  readonly sideBySide: number;
  /** Milliseconds that may be spent on making a disagreement small; 0 leaves it as it is. */
  readonly shrinkMs: number;
}

export interface Outcome {
  flows: number;
  agree: number;
  /** Flows with more ways than are followed: not judged. */
  unjudged: number;
  /** How the requests and answers ended, with the number of flows. */
  readonly ends: Map<string, number>;
  /** A text for each scene that differs. */
  readonly disagreements: string[];
}

export async function runTrial(trial: Trial, tell: (line: string) => void): Promise<Outcome> {
  const outcome: Outcome = {
    flows: 0,
    agree: 0,
    unjudged: 0,
    ends: new Map(),
    disagreements: [],
  };
  const seeds = Array.from({ length: trial.scenes }, (_, at) => trial.seed + at);
  const worker = async () => {
    const agent = new Agent();
    try {
      for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) {
        await judgeScene(agent, seed, trial, outcome, tell);
      }
    } finally {
      agent.close();
    }
  };
  await Promise.all(Array.from({ length: trial.sideBySide }, worker));
  return outcome;
}

async function judgeScene(
  agent: Agent,
  seed: number,
  trial: Trial,
  outcome: Outcome,
  tell: (line: string) => void,
): Promise<void> {
  const design = generateScene(seed, trial.flows);
  const report = await runScene(agent, design);
  for (const { ways, differences } of report.flows) {
    outcome.flows += 1;
    const [way] = ways;
    if (!way) outcome.unjudged += 1;
    else if (differences.length === 0) outcome.agree += 1;
    if (!way) continue;
    const end = [way.request.disposition, ...(way.answer ? [way.answer.disposition] : [])].join(
      ', ',
    );
    outcome.ends.set(end, (outcome.ends.get(end) ?? 0) + 1);
  }
  const lines = faultLines(report);
  if (lines.length === 0) return;
  tell(`scene ${seed}: ${lines.length} differ`);
  const text = await explain(agent, design, report, trial.shrinkMs);
  const disagreement = [`=== scene ${seed}`, ...lines, text].join('\n');
  outcome.disagreements.push(disagreement);
  tell(`\n${disagreement}`);
}

/** How flows end and differ, without addresses and numbers: a smaller scene has to show the same. */
function kindsOf({ flows }: SceneReport): Set<string> {
  return new Set(
    flows.flatMap(({ ways, differences }) => {
      const [first] = differences;
      const ends = [ways[0]?.request.disposition, ways[0]?.answer?.disposition].join(' ');
      return first === undefined
        ? []
        : [`${ends}: ${first.replace(/[";].*/, '').replace(/\d+/g, '')}`];
    }),
  );
}

/** The first flow that differs, in the smallest design that still shows it. */
async function explain(
  agent: Agent,
  design: Design,
  report: SceneReport,
  shrinkMs: number,
): Promise<string> {
  const first = report.flows.find(({ differences }) => differences.length > 0);
  if (!first) return '';
  const [kind = ''] = kindsOf({ faults: [], flows: [first] });
  const small =
    shrinkMs > 0
      ? await shrink(
          design,
          first.flow,
          async (one) => kindsOf(await runScene(agent, one)).has(kind),
          shrinkMs,
        )
      : design;
  const again = await runScene(agent, small);
  const judged = again.flows.find(
    ({ flow, differences }) => flow.id === first.flow.id && differences.length > 0,
  );
  return disagreementText(small, judged ?? first);
}
