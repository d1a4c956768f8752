import type { BackendClient } from '../api/backend.ts';
import type { Answer, BackendError } from '../../src-main/contract/index.ts';
import {
  flowStates,
  intentStates,
  noFlows,
  noIntents,
  type FlowStates,
  type IntentStates,
} from './runs-changes.ts';

export type { FlowState, IntentState } from './runs-changes.ts';

/**
 * All flows and intents, run again after each edit. A newer run stops an older one; what is shown is never of a mix of
 * both, and what an edit changed stays marked until the next edit.
 */
export class Runs {
  readonly #backend: BackendClient;
  readonly #project: () => { readonly project: string; readonly revision: number };
  #flows = $state.raw<FlowStates>(noFlows);
  #intents = $state.raw<IntentStates>(noIntents);
  #revision = $state.raw(-1);
  #intentRevision = $state.raw(-1);
  #progress = $state.raw<{ readonly done: number; readonly total: number }>();
  #error = $state.raw<BackendError>();
  #failed = $state.raw<'flows' | 'intents'>('flows');
  #running = $state.raw<string>();
  #verifying = $state.raw(false);
  #stopped = $state.raw(false);
  #count = 0;

  readonly #counts = $derived.by(() => {
    const counts = { reachable: 0, 'one-way': 0, unreachable: 0, changed: 0, warnings: 0 };
    for (const { now, before } of this.#flows.values()) {
      counts[now.status]++;
      if (before) counts.changed++;
      if (now.warnings.length > 0) counts.warnings++;
    }
    return counts;
  });
  readonly #broken = $derived([...this.#intents.values()].filter(({ now }) => !now.holds).length);

  constructor(
    backend: BackendClient,
    project: () => { readonly project: string; readonly revision: number },
  ) {
    this.#backend = backend;
    this.#project = project;
  }

  get flows(): FlowStates {
    return this.#flows;
  }
  get intents(): IntentStates {
    return this.#intents;
  }
  /** How many flows fare how, and how many fare otherwise since the last edit. */
  get counts() {
    return this.#counts;
  }
  /** How many intents do not hold. */
  get broken(): number {
    return this.#broken;
  }
  /** The revision that `flows` speaks of. */
  get revision(): number {
    return this.#revision;
  }
  get running(): boolean {
    return this.#running !== undefined;
  }
  /** Whether the run has come to the intents. */
  get verifying(): boolean {
    return this.#verifying;
  }
  get progress() {
    return this.#progress;
  }
  /** The user stopped the run: what is shown is of an earlier design. */
  get stopped(): boolean {
    return this.#stopped;
  }
  get error(): BackendError | undefined {
    return this.#error;
  }
  /** What the error speaks of. */
  get failed() {
    return this.#failed;
  }

  async runAll(): Promise<void> {
    const older = this.#running;
    const { project, revision } = this.#project();
    const run = `${project}-run-${++this.#count}`;
    this.#begin(run);
    if (older !== undefined) void this.#backend.call('run.stop', { run: older });
    const source = { kind: 'project', project } as const;

    const flows = await this.#backend.call('flows.simulateAll', { source, run });
    if (this.#running !== run) return;
    if (!this.#keepOn(flows)) return;
    this.#flows = flowStates(this.#flows, flows.value.flows, revision === this.#revision);
    this.#revision = revision;

    this.#verifying = true;
    this.#progress = undefined;
    const intents = await this.#backend.call('intents.verify', { source, run });
    if (this.#running !== run) return;
    if (!this.#keepOn(intents)) {
      // Verdicts of an earlier design say nothing about this one.
      if (this.#error) this.#intents = noIntents;
      return;
    }
    const verdicts = intents.value.intents;
    this.#intents = intentStates(this.#intents, verdicts, revision === this.#intentRevision);
    this.#intentRevision = revision;
    this.#end();
  }

  async stop(): Promise<void> {
    const run = this.#running;
    if (run === undefined) return;
    this.#end();
    this.#stopped = true;
    await this.#backend.call('run.stop', { run });
  }

  takeProgress(run: string, done: number, total: number): void {
    if (run === this.#running) this.#progress = { done, total };
  }

  #begin(run: string): void {
    this.#running = run;
    this.#verifying = false;
    this.#stopped = false;
    this.#error = undefined;
    this.#progress = undefined;
  }

  #end(): void {
    this.#running = undefined;
    this.#verifying = false;
    this.#progress = undefined;
  }

  /** Whether the run goes on with this answer. */
  #keepOn<Value>(answer: Answer<Value>): answer is Extract<Answer<Value>, { ok: true }> {
    if (answer.ok) return true;
    this.#failed = this.#verifying ? 'intents' : 'flows';
    this.#end();
    if (answer.error.code === 'stopped') this.#stopped = true;
    else this.#error = answer.error;
    return false;
  }
}
