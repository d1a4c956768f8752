import type { Design, Flow } from '../model/design.ts';
import { compile, simulate, type Network, type Result } from '../sim/index.ts';
import { firstBlocked, type Blocked } from './blocked.ts';
import type { Candidate } from './change.ts';
import { remediesFor } from './remedies/index.ts';

/** A blocker, and the change that took it away. */
export interface Opened {
  readonly blocked: Blocked;
  readonly by: Candidate;
}

/** How far a search has come. */
export interface Found {
  readonly opened: readonly Opened[];
  /** What is still in the way; undefined where the flow is reachable. */
  readonly left: Blocked | undefined;
  readonly design: Design;
}

/** Changes that are tried for one blocker at the most, and of those how many are followed further. */
const breadth = { tried: 40, followed: 4 };
/** Blockers that are opened one after the other. */
const longestChain = 10;

export interface Situation {
  readonly design: Design;
  readonly flow: Flow;
  readonly network: Network;
  readonly blocked: Blocked;
}

/** Work in small steps: whoever does it may do something else between them. */
export type Steps<Value> = Generator<undefined, Value, undefined>;

/** All steps, one after the other. */
export function done<Value>(steps: Steps<Value>): Value {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

type Accepts = (design: Design) => boolean;

/** Looks for changes, one after the other, until the flow is reachable. */
export class Search {
  /** Simulations that were run. */
  trials = 0;
  readonly #most: number;
  readonly #isOwn: boolean;

  /** `isOwn`: the flow is one of the design's, so that a change may be of what its client was told. */
  constructor(most: number, isOwn: boolean) {
    this.#most = most;
    this.#isOwn = isOwn;
  }

  get isSpent(): boolean {
    return this.trials >= this.#most;
  }

  /** Every path of the flow, full-size packets included. */
  run(network: Network, flow: Flow): Result {
    this.trials += 1;
    return simulate(network, flow, { allPaths: true });
  }

  /** What is first in the way, in that design. */
  look(design: Design, flow: Flow): Situation | undefined {
    const network = compile(design);
    const asked = this.#isOwn ? ownFlow(design, flow) : flow;
    const blocked = firstBlocked(this.run(network, asked));
    return blocked && { design, network, flow: asked, blocked };
  }

  /** From a design in which the flow is blocked. `accepts`: whether the rest of the design is still as it should be. */
  *open(start: Situation, accepts: Accepts): Steps<Found> {
    const found = yield* this.#openWith(start, accepts, false);
    if (!found.left || this.isSpent) return found;
    const guessed = yield* this.#openWith(start, accepts, true);
    return guessed.left ? found : guessed;
  }

  *#openWith(start: Situation, accepts: Accepts, guesses: boolean): Steps<Found> {
    let farthest: Found = { opened: [], left: start.blocked, design: start.design };
    const seen = new Set<string>();
    const look = (design: Design, flow: Flow) => this.look(design, flow);
    const isSpent = () => this.isSpent;

    function* follow(at: Situation, opened: readonly Opened[]): Steps<Found | undefined> {
      const { design, network, flow, blocked } = at;
      if (opened.length > farthest.opened.length) farthest = { opened, left: blocked, design };
      if (opened.length >= longestChain) return undefined;
      seen.add(blocked.key);
      const further: { readonly next: Situation; readonly by: Candidate }[] = [];
      const remedies = remediesFor({ design, network, flow, blocked });
      const tried = remedies.filter(({ isGuess }) => guesses || !isGuess).slice(0, breadth.tried);
      for (const by of tried) {
        if (isSpent()) return undefined;
        const changed = by.change(design);
        if (!changed) continue;
        yield;
        const next = look(changed, flow);
        if (!next) {
          if (!accepts(changed)) continue;
          return { opened: [...opened, { blocked, by }], left: undefined, design: changed };
        }
        if (isFurther(blocked, next.blocked) && !seen.has(next.blocked.key))
          further.push({ next, by });
      }
      // One way round the blocker that leads to the same next one is as good as another.
      const ways = new Set<string>();
      const distinct = further.filter(({ next }) => {
        if (ways.has(next.blocked.key)) return false;
        ways.add(next.blocked.key);
        return true;
      });
      for (const { next, by } of distinct.slice(0, breadth.followed)) {
        const found: Found | undefined = yield* follow(next, [...opened, { blocked, by }]);
        if (found || isSpent()) return found;
      }
      return undefined;
    }
    return (yield* follow(start, [])) ?? farthest;
  }
}

/** The change took the packet on, or opened one of several ways. */
const isFurther = (before: Blocked, after: Blocked): boolean =>
  after.path > before.path || (after.path === before.path && after.place >= before.place);

const ownFlow = (design: Design, flow: Flow): Flow =>
  design.flows?.find(({ id }) => id === flow.id) ?? flow;
