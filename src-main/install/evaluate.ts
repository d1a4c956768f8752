import { amending, type Amended } from './amend.ts';
import { done as finish, type Steps } from '../explain/search.ts';
import { assumeInternet } from './assumed-internet.ts';
import { Connections, type Connection } from './connections.ts';
import { Evaluation, type InstallQuestion } from './evaluation.ts';
import { firewallRequest } from './firewall-request.ts';
import { fixFor } from './fixes/index.ts';
import type { InstallCause, InstallReport } from './vocabulary.ts';
import { installPlan } from './plan/make.ts';
import { workOf, type Work } from './work.ts';
import { noteText } from './words/index.ts';

/** An evaluation in pieces, so that everything else has its turn between them. */
export interface PreparedInstall {
  /** Connections that are needed first; simulating them beforehand is all that is left to save. */
  readonly connections: readonly Connection[];
  simulate(connection: Connection): void;
  /** How many causes there are, each of which a fix is looked for. */
  causes(): readonly number[];
  fix(cause: number): void;
  /** Makes all proven fixes one after the other, for the plan: a step each. */
  amend(): Steps<unknown>;
  /** Does what has not been done yet. */
  report(): InstallReport;
}

/** Whether the product can be installed from here; a text says why that cannot be asked. Pure. */
export function evaluateInstall(question: InstallQuestion): InstallReport | string {
  const prepared = prepareInstall(question);
  return typeof prepared === 'string' ? prepared : prepared.report();
}

/** `shared`: what is known of connections of the same network from another scenario or mode. */
export function prepareInstall(
  question: InstallQuestion,
  shared?: Connections,
): PreparedInstall | string {
  const { design, network, scenario, mode, catalogue } = question;
  const work = workOf(design, scenario, mode, catalogue);
  if (typeof work === 'string') return work;
  const connections = shared ?? new Connections(design, assumeInternet(design, network, catalogue));
  const evaluation = new Evaluation(question, work, connections);
  let steps: ReturnType<Evaluation['steps']> | undefined;
  const done = () => (steps ??= evaluation.steps());
  const fixes = new Map<number, ReturnType<typeof fixFor>>();
  const fixOf = (at: number) => {
    const gathered = evaluation.gathered()[at];
    if (!fixes.has(at) && gathered) fixes.set(at, fixFor(evaluation, gathered));
    return fixes.get(at);
  };
  let amended: Amended | undefined;
  const all = () => ({ evaluation, steps: done() });
  const amendedOnce = () => (amended ??= finish(amending(all(), fixOf)));
  return {
    connections: evaluation.questions(),
    simulate: (connection) => void connections.fare(connection),
    causes: () => {
      done();
      return evaluation.gathered().map((_, at) => at);
    },
    fix: (at) => void fixOf(at),
    *amend() {
      amended ??= yield* amending(all(), fixOf);
    },
    report(): InstallReport {
      const told = done();
      const causes = evaluation
        .gathered()
        .map(({ saying, text, step, nodes }, at): InstallCause => {
          const fix = fixOf(at);
          return { ...saying, text, step, nodes, ...(fix ? { fix } : {}) };
        });
      const failing = told.find(({ works }) => !works);
      const { name } = scenario;
      const fixed = amendedOnce();
      const request = firewallRequest(
        fixed.evaluation.question.design,
        fixed.evaluation.surroundings,
        fixed.steps,
      );
      return {
        scenario: scenario.id,
        ...(name === undefined ? {} : { name }),
        mode,
        product: productOf(work),
        works: failing === undefined,
        steps: told,
        ...(failing ? { failsAt: failing.id } : {}),
        causes,
        notes: evaluation.notes.map((note) => ({ ...note, text: noteText(note) })),
        plan: installPlan(fixed, request),
        firewallRequest: request,
        connections: connections.count,
      };
    },
  };
}

const productOf = ({ product: { id, version, name } }: Work) => ({ id, version, name });
