import { editsBetween } from '../explain/change.ts';
import type { Steps } from '../explain/search.ts';
import { editDesign, type Edit } from '../model/edits.ts';
import { compile } from '../sim/index.ts';
import { assumeInternet } from './assumed-internet.ts';
import { Connections } from './connections.ts';
import { Evaluation } from './evaluation.ts';
import { fixFor } from './fixes/index.ts';
import type { InstallFix, InstallStepReport } from './vocabulary.ts';
import { workOf } from './work.ts';

/** An evaluation and what came of it. */
export interface Evaluated {
  readonly evaluation: Evaluation;
  readonly steps: readonly InstallStepReport[];
}

/** A scenario with its fixes made, one after the other. */
export interface Amended extends Evaluated {
  /** In the order in which they were made. */
  readonly fixes: readonly InstallFix[];
  /** All of them together, as one change of the design. */
  readonly edits: readonly Edit[];
}

/** Fixes that are made at the most; each removes a cause, so that more are needed only where each brings a new one. */
const mostFixes = 64;

/** Makes one proven fix after the other, each on the design that has those before, until none is left; a step each. */
export function* amending(
  first: Evaluated,
  firstFix: (cause: number) => InstallFix | undefined,
): Steps<Amended> {
  const before = first.evaluation.question.design;
  const fixes: InstallFix[] = [];
  let now = first;
  for (let fixOf = firstFix; fixes.length < mostFixes; fixOf = ownFixOf(now)) {
    const fix = now.evaluation
      .gathered()
      .map((_, at) => fixOf(at))
      .find((one) => one?.proven === true && one.edits.length > 0);
    const next = fix && evaluatedWith(now.evaluation, fix.edits);
    if (!fix || !next) break;
    fixes.push(fix);
    now = next;
    yield;
  }
  return { ...now, fixes, edits: editsBetween(before, now.evaluation.question.design) };
}

const ownFixOf =
  ({ evaluation }: Evaluated) =>
  (at: number) => {
    const cause = evaluation.gathered()[at];
    return cause && fixFor(evaluation, cause);
  };

function evaluatedWith(
  { question, connections }: Evaluation,
  edits: readonly Edit[],
): Evaluated | undefined {
  const design = editDesign(question.design, edits);
  const scenario = design.installScenarios?.find(({ id }) => id === question.scenario.id);
  const work = scenario && workOf(design, scenario, question.mode, question.catalogue);
  if (!scenario || !work || typeof work === 'string') return undefined;
  // Packets do not see what stands in a scenario.
  const isSeen = edits.some((edit) => edit.kind === 'head' || edit.entity !== 'install-scenario');
  const network = isSeen ? compile(design) : question.network;
  const known = isSeen
    ? new Connections(design, assumeInternet(design, network, question.catalogue))
    : connections.for(design);
  const evaluation = new Evaluation({ ...question, design, scenario, network }, work, known);
  return { evaluation, steps: evaluation.steps() };
}
