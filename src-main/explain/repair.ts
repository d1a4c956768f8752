import type { Design, Flow } from '../model/design.ts';
import { compile, simulate } from '../sim/index.ts';
import { firstBlocked } from './blocked.ts';
import { editsBetween, type Candidate } from './change.ts';
import { applied } from './explain.ts';
import { done, Search } from './search.ts';
import type { Remedy } from './vocabulary.ts';
import type { Edit } from '../model/edits.ts';
import { remedyText } from './words/index.ts';

/** One set of changes for several flows. */
export interface Repair {
  /** None can be left out without losing one of the flows. */
  readonly remedies: readonly Remedy[];
  /** The same as they are made. */
  readonly changes: readonly Candidate[];
  readonly edits: readonly Edit[];
  readonly design: Design;
  /** Ids of flows for which no change was found. */
  readonly left: readonly string[];
  readonly trials: number;
}

/** Makes all of the flows reachable, as far as that can be done. What one flow needs often helps the next. */
export function repair(design: Design, flows: readonly Flow[], trials: number): Repair {
  let now = design;
  let spent = 0;
  const changes: Candidate[] = [];
  let left: readonly string[] = [];
  const arriveAll = (changed: Design, some: readonly Flow[]): boolean => {
    const network = compile(changed);
    return some.every((flow) => {
      spent += 1;
      const asked = changed.flows?.find(({ id }) => id === flow.id) ?? flow;
      return firstBlocked(simulate(network, asked, { allPaths: true })) === undefined;
    });
  };
  // What arrives has to go on arriving.
  const kept = flows.filter((flow) => arriveAll(design, [flow]));
  const attempt = (flow: Flow): boolean => {
    const search = new Search(trials, design.flows?.includes(flow) === true);
    const situation = search.look(now, flow);
    const found = situation && done(search.open(situation, (next) => arriveAll(next, kept)));
    spent += search.trials;
    if (found?.left) return false;
    kept.push(flow);
    if (found) {
      now = found.design;
      changes.push(...found.opened.map(({ by }) => by));
    }
    return true;
  };
  // What helped one may have helped another that nothing was found for.
  for (let pass = 0; pass < 2; pass += 1) {
    const asked = pass === 0 ? flows : flows.filter(({ id }) => left.includes(id));
    left = asked.filter((flow) => !attempt(flow)).map(({ id }) => id);
  }
  const wanted = flows.filter(({ id }) => !left.includes(id));
  const arrives = (some: readonly Candidate[]): boolean => {
    const changed = applied(design, some);
    if (!changed) return false;
    return arriveAll(changed, wanted);
  };
  let needed: readonly Candidate[] = changes;
  for (let at = 0; needed.length > 1 && at < needed.length;) {
    const fewer = needed.toSpliced(at, 1);
    if (arrives(fewer)) {
      needed = fewer;
      at = 0;
    } else at += 1;
  }
  // A later change may have undone what an earlier one did.
  const isWhole = needed.length === 0 || arrives(needed);
  return {
    remedies: needed.map(({ saying }) => ({ ...saying, text: remedyText(saying) })),
    changes: needed,
    edits: editsBetween(design, applied(design, needed) ?? design),
    design: applied(design, needed) ?? design,
    left: isWhole ? left : wanted.map(({ id }) => id),
    trials: spent,
  };
}
