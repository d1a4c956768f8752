import type {
  Hop,
  Leg,
  Packet,
  ReplyTrace,
  Result,
  Step,
  Trace,
} from '../../src-main/contract/index.ts';
import { stackChanges, type StackHeader } from './stack.ts';

export type Direction = 'forward' | 'reverse';

/** A step with where it stands: its leg and hop, and its place among all steps of the trace. */
export interface PlacedStep {
  readonly index: number;
  readonly step: Step;
  readonly hop: Hop;
  readonly leg: Leg;
  /** Which leg of the trace, and which hop of the leg, from 0. */
  readonly legAt: number;
  readonly hopAt: number;
  /** The packet before the step; undefined where the leg begins. */
  readonly before: Packet | undefined;
}

/** How a result is read: which of its paths, in which direction, and at which step. */
export class Reading {
  readonly result: Result;
  #path = $state(0);
  #direction = $state<Direction>('forward');
  #at = $state<number>();

  readonly #reply = $derived.by(() =>
    this.result.reverse.find((reply) => reply.replyTo === this.#path),
  );
  readonly #trace = $derived.by((): Trace | ReplyTrace | undefined =>
    this.#direction === 'forward' ? this.result.forward[this.#path] : this.#reply,
  );
  readonly #steps = $derived(placedSteps(this.#trace));

  /** Begins where the answer is told, or as near as can be to where another result of the same flow was read. */
  constructor(result: Result, last?: Reading) {
    this.result = result;
    if (last) this.#resume(last);
    else this.#at = this.#tellingStep();
  }

  get path(): number {
    return this.#path;
  }
  get direction(): Direction {
    return this.#direction;
  }
  get trace() {
    return this.#trace;
  }
  get reply(): ReplyTrace | undefined {
    return this.#reply;
  }
  get steps(): readonly PlacedStep[] {
    return this.#steps;
  }
  /** The place of the chosen step among all of the trace. */
  get at(): number | undefined {
    return this.#at;
  }
  /** The chosen step, and its headers against those before it. */
  get current(): PlacedStep | undefined {
    return this.#at === undefined ? undefined : this.#steps[this.#at];
  }
  get stack(): readonly StackHeader[] {
    const current = this.current;
    return current ? stackChanges(current.before, current.step.packet) : [];
  }
  get hasReply(): boolean {
    return this.#reply !== undefined;
  }
  get atEnd(): boolean {
    return this.#at === undefined || this.#at >= this.#steps.length - 1;
  }

  turn(direction: Direction): void {
    this.#direction = direction;
    this.#at = this.#tellingStep();
  }

  /** Reads another of the result's paths. */
  take(path: number): void {
    if (path < 0 || path >= this.result.forward.length) return;
    this.#path = path;
    if (this.#direction === 'reverse' && !this.#reply) this.#direction = 'forward';
    this.#at = this.#tellingStep();
  }

  choose(index: number): void {
    this.#at = Math.max(0, Math.min(index, this.#steps.length - 1));
  }

  /** Moves by so many steps, stopping at the ends. */
  move(by: number): void {
    this.choose((this.#at ?? -1) + by);
  }

  /** Where reading begins: at the drop that ends the trace, else where the connection itself begins. */
  #tellingStep(): number | undefined {
    const dropped = this.#steps.findLast(({ step }) => step.kind === 'drop');
    const begun = this.#steps.find(
      ({ leg }) => leg.purpose === 'request' || leg.purpose === 'reply',
    );
    return (dropped ?? begun ?? this.#steps[0])?.index;
  }

  #resume(last: Reading): void {
    const way = wayOf(last.result.forward[last.path]);
    const same = this.result.forward.findIndex((trace) => wayOf(trace) === way);
    if (same >= 0) this.#path = same;
    else if (last.path < this.result.forward.length) this.#path = last.path;
    if (last.direction === 'reverse' && this.#reply) this.#direction = 'reverse';
    const sameWay = this.#direction === last.direction;
    const place = sameWay ? last.current : undefined;
    this.#at = place ? (nearest(this.#steps, place) ?? this.#tellingStep()) : this.#tellingStep();
  }
}

/** The nodes that a trace visits, as one text. */
const wayOf = (trace: Trace | undefined): string =>
  (trace?.legs ?? []).flatMap(({ hops }) => hops.map(({ node }) => node)).join(' ');

function placedSteps(trace: Trace | undefined): readonly PlacedStep[] {
  const steps: PlacedStep[] = [];
  for (const [legAt, leg] of (trace?.legs ?? []).entries()) {
    let before: Packet | undefined;
    for (const [hopAt, hop] of leg.hops.entries()) {
      for (const step of hop.steps) {
        steps.push({ index: steps.length, step, hop, leg, legAt, hopAt, before });
        before = step.packet;
      }
    }
  }
  return steps;
}

/**
 * The step that is most like one of another trace: what it did, on which node, in which leg. Of equally good ones the
 * one whose place is nearest. Undefined where not even the node is there.
 */
function nearest(steps: readonly PlacedStep[], wanted: PlacedStep): number | undefined {
  let best: PlacedStep | undefined;
  let bestLikeness = 0;
  for (const step of steps) {
    if (step.hop.node !== wanted.hop.node) continue;
    let likeness = 1;
    if (step.leg.purpose === wanted.leg.purpose && step.leg.title === wanted.leg.title) {
      likeness += 8;
    }
    if (step.step.kind === wanted.step.kind) likeness += 2;
    if (step.step.action === wanted.step.action) likeness += 1;
    const nearer =
      best && Math.abs(step.index - wanted.index) < Math.abs(best.index - wanted.index);
    if (likeness > bestLikeness || (likeness === bestLikeness && nearer)) {
      best = step;
      bestLikeness = likeness;
    }
  }
  return best?.index;
}
