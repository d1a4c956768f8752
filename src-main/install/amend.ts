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

/**
 * Makes one fix after the other, each on the design that has those before, until none is left; a step each. Where none is
 * proven by itself, one that removes its cause and brings to light what lay behind it is tried, and kept if in the end it
 * all works.
 */
export function* amending(
  first: Evaluated,
  firstFix: (cause: number) => InstallFix | undefined,
): Steps<Amended> {
  const before = first.evaluation.question.design;
  const fixes: InstallFix[] = [];
  const tried = new Set<string>();
  let now = first;
  // The last state that proven fixes alone have led to.
  let sure: { readonly at: Evaluated; readonly fixes: number } | undefined;
  for (let fixOf = firstFix; fixes.length < mostFixes; fixOf = ownFixOf(now)) {
    const step = nextStep(now, fixOf, tried);
    if (!step) break;
    if (!step.fix.proven) sure ??= { at: now, fixes: fixes.length };
    fixes.push(step.fix);
    now = step.next;
    yield;
  }
  if (sure && now.steps.some(({ works }) => !works)) {
    fixes.splice(sure.fixes);
    now = sure.at;
  }
  return { ...now, fixes, edits: editsBetween(before, now.evaluation.question.design) };
}

/** The first proven fix and where it leads to; else the first that removes its cause, each cause being tried once. */
function nextStep(
  now: Evaluated,
  fixOf: (cause: number) => InstallFix | undefined,
  tried: Set<string>,
): { readonly fix: InstallFix; readonly next: Evaluated } | undefined {
  const found = now.evaluation.gathered().flatMap(({ key }, at) => {
    const fix = fixOf(at);
    return fix && fix.edits.length > 0 ? [{ key, fix }] : [];
  });
  const proven = found.find(({ fix }) => fix.proven);
  for (const { key, fix } of proven ? [proven] : found) {
    if (!fix.proven && tried.has(key)) continue;
    tried.add(key);
    const next = evaluatedWith(now.evaluation, fix.edits);
    const isGone = next?.evaluation.gathered().every((cause) => cause.key !== key);
    if (next && (fix.proven || isGone)) return { fix, next };
  }
  return undefined;
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
