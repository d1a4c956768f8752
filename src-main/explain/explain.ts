import type { Design, Flow } from '../model/design.ts';
import { compile, simulate, type Network } from '../sim/index.ts';
import { firstBlocked, type Blocked } from './blocked.ts';
import { editsBetween, type Candidate } from './change.ts';
import { done, Search, type Opened, type Steps } from './search.ts';
import { forbidding, sideEffects, noEffects } from './side-effects.ts';
import type { Blocker, Explanation, Remedy } from './vocabulary.ts';
import { remedyText } from './words/index.ts';

export interface ExplainOptions {
  /** Simulations that are run at the most; 600, or fewer in a large design, when absent. */
  readonly trials?: number;
  /** Whether intents and flows of the design are run again to tell what else changes; true when absent. */
  readonly effects?: boolean;
}

/** Of a large design each takes long: fewer of them, so that an answer comes within minutes. */
const trialsFor = ({ devices }: Network): number =>
  Math.min(600, Math.max(60, Math.ceil(1_000_000 / devices.length)));

/**
 * Why a flow does not arrive: all that stands in its way, there and back, and a set of changes that was proven, by
 * simulation of every path, to make it reachable, none of which can be left out.
 */
export const explain = (
  design: Design,
  network: Network,
  flow: Flow,
  options: ExplainOptions = {},
): Explanation => done(explaining(design, network, flow, options));

/** The same in steps of a simulation each. */
export function* explaining(
  design: Design,
  network: Network,
  flow: Flow,
  options: ExplainOptions = {},
): Steps<Explanation> {
  const search = new Search(
    options.trials ?? trialsFor(network),
    design.flows?.includes(flow) === true,
  );
  const result = search.run(network, flow);
  const blocked = firstBlocked(result);
  const forbiddenBy = forbidding(design, flow);
  const base = { status: result.status, forbiddenBy };
  if (!blocked) {
    return { ...base, blockers: [], proven: true, edits: [], sideEffects: noEffects, trials: 1 };
  }
  // First without harm to other flows of the design; if there is no such way, with it, and it is told.
  const others = arriving(design, network, flow);
  const start = { design, network, flow, blocked };
  const harmless = yield* search.open(start, (changed) => keepsAll(changed, others));
  const found = harmless.left ? yield* search.open(start, () => true) : harmless;
  if (found.left) {
    return {
      ...base,
      // What opened these does not help in the end, and is not proposed.
      blockers: [...found.opened.map((one) => one.blocked), found.left].map((one) =>
        blockerOf(one, undefined),
      ),
      proven: false,
      edits: [],
      sideEffects: noEffects,
      trials: search.trials,
    };
  }
  const needed = yield* smallest(search, design, flow, found.opened);
  const after =
    applied(
      design,
      needed.map(({ by }) => by),
    ) ?? design;
  return {
    ...base,
    blockers: needed.map(openedBlocker),
    proven: true,
    edits: editsBetween(design, after),
    sideEffects:
      options.effects === false
        ? noEffects
        : yield* sideEffects(design, network, after, compile(after), flow, needed),
    trials: search.trials,
  };
}

const arriving = (design: Design, network: Network, flow: Flow): readonly Flow[] =>
  (design.flows ?? []).filter(
    (other) =>
      other.id !== flow.id && simulate(network, other, { allPaths: true }).status === 'reachable',
  );

function keepsAll(design: Design, flows: readonly Flow[]): boolean {
  const network = compile(design);
  return flows.every((flow) => {
    const asked = design.flows?.find(({ id }) => id === flow.id) ?? flow;
    return simulate(network, asked, { allPaths: true }).status === 'reachable';
  });
}

/** The design with all changes; undefined where one of them has lost its object. */
export function applied(design: Design, changes: readonly Candidate[]): Design | undefined {
  let now: Design | undefined = design;
  for (const { change } of changes) now = now && change(now);
  return now;
}

/** Without whatever can be left out. */
function* smallest(
  search: Search,
  design: Design,
  flow: Flow,
  opened: readonly Opened[],
): Steps<readonly Opened[]> {
  const works = (some: readonly Opened[]): boolean => {
    const changed = applied(
      design,
      some.map(({ by }) => by),
    );
    return changed !== undefined && search.look(changed, flow) === undefined;
  };
  let needed = opened;
  for (let at = 0; needed.length > 1 && at < needed.length;) {
    const fewer = needed.toSpliced(at, 1);
    yield;
    if (works(fewer)) {
      needed = fewer;
      at = 0;
    } else at += 1;
  }
  return needed;
}

const openedBlocker = ({ blocked, by }: Opened): Blocker =>
  blockerOf(blocked, { ...by.saying, text: remedyText(by.saying) });

const blockerOf = (
  { purpose, leg, node, disposition, reason, because }: Blocked,
  remedy: Remedy | undefined,
): Blocker => ({
  purpose,
  leg,
  node,
  disposition,
  reason,
  because,
  ...(remedy ? { remedy } : {}),
});
