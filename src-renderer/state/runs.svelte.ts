import type { BackendClient } from '../api/backend.ts';
import type { BackendError, FlowSummary } from '../../src-main/contract/index.ts';

/** A flow as the table shows it: how it fares now, and how it fared before the last edit that changed that. */
export interface FlowState {
  readonly now: FlowSummary;
  /** Undefined where it fares as before, or is new. */
  readonly before?: FlowSummary;
}

/** All flows, run again after each edit. A newer run stops an older one; what is shown is never of a mix of both. */
export class Runs {
  readonly #backend: BackendClient;
  readonly #project: () => { readonly project: string; readonly revision: number };
  #flows = $state.raw<ReadonlyMap<string, FlowState>>(new Map());
  #revision = $state.raw(-1);
  #progress = $state.raw<{ readonly done: number; readonly total: number }>();
  #error = $state.raw<BackendError>();
  #running = $state.raw<string>();
  #count = 0;

  constructor(
    backend: BackendClient,
    project: () => { readonly project: string; readonly revision: number },
  ) {
    this.#backend = backend;
    this.#project = project;
  }

  get flows(): ReadonlyMap<string, FlowState> {
    return this.#flows;
  }
  /** The revision that `flows` speaks of. */
  get revision(): number {
    return this.#revision;
  }
  get running(): boolean {
    return this.#running !== undefined;
  }
  get progress() {
    return this.#progress;
  }
  get error(): BackendError | undefined {
    return this.#error;
  }

  async runAll(): Promise<void> {
    await this.stop();
    const { project, revision } = this.#project();
    const run = `${project}-run-${++this.#count}`;
    this.#running = run;
    this.#error = undefined;
    this.#progress = undefined;
    const source = { kind: 'project', project } as const;
    const answer = await this.#backend.call('flows.simulateAll', { source, run });
    if (this.#running !== run) return;
    this.#running = undefined;
    this.#progress = undefined;
    if (answer.ok) this.#take(answer.value.flows, revision);
    else if ((answer.error.code as string) !== 'stopped') this.#error = answer.error;
  }

  async stop(): Promise<void> {
    const run = this.#running;
    if (run === undefined) return;
    this.#running = undefined;
    this.#progress = undefined;
    await this.#backend.call('run.stop', { run });
  }

  takeProgress(run: string, done: number, total: number): void {
    if (run === this.#running) this.#progress = { done, total };
  }

  #take(flows: readonly FlowSummary[], revision: number): void {
    const old = this.#flows;
    this.#flows = new Map(
      flows.map((now) => {
        const was = old.get(now.id);
        if (!was) return [now.id, { now }];
        return [now.id, sameOutcome(was.now, now) ? { now } : { now, before: was.now }];
      }),
    );
    this.#revision = revision;
  }
}

const sameOutcome = (a: FlowSummary, b: FlowSummary): boolean =>
  a.status === b.status &&
  a.disposition === b.disposition &&
  a.replyDisposition === b.replyDisposition &&
  a.pathMtu === b.pathMtu;
