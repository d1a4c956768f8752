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

/** A step with where it stands: its leg and hop, and its place among all steps of the trace. */
export interface PlacedStep {
  readonly index: number;
  readonly step: Step;
  readonly hop: Hop;
  readonly leg: Leg;
  /** The packet before the step; undefined where the leg begins. */
  readonly before: Packet | undefined;
}

/** How a result is read: in which direction of its first path, and at which step. */
export class Reading {
  readonly result: Result;
  #direction = $state<'forward' | 'reverse'>('forward');
  #at = $state<number>();

  readonly #trace = $derived.by((): Trace | ReplyTrace | undefined =>
    this.#direction === 'forward'
      ? this.result.forward[0]
      : this.result.reverse.find((reply) => reply.replyTo === 0),
  );
  readonly #steps = $derived(placedSteps(this.#trace));

  constructor(result: Result) {
    this.result = result;
    this.#at = this.#tellingStep();
  }

  get direction() {
    return this.#direction;
  }
  get trace() {
    return this.#trace;
  }
  get steps() {
    return this.#steps;
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
    return this.result.reverse.some((reply) => reply.replyTo === 0);
  }

  turn(direction: 'forward' | 'reverse'): void {
    this.#direction = direction;
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
}

function placedSteps(trace: Trace | undefined): readonly PlacedStep[] {
  const steps: PlacedStep[] = [];
  for (const leg of trace?.legs ?? []) {
    let before: Packet | undefined;
    for (const hop of leg.hops) {
      for (const step of hop.steps) {
        steps.push({ index: steps.length, step, hop, leg, before });
        before = step.packet;
      }
    }
  }
  return steps;
}
