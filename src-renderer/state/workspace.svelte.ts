import type { BackendClient } from '../api/backend.ts';
import type {
  Answer,
  BackendError,
  Design,
  DesignSource,
  ExampleSummary,
  FlowSummary,
  Output,
} from '../../src-main/contract/index.ts';
import { idle, loading, type Loading } from './loading.ts';

/** The design that is looked at. */
export interface OpenDesign {
  readonly source: DesignSource;
  readonly design: Design;
}

export type SimulatedFlow = Output<'flow.simulate'>;

/** What the page shows: the samples, the design that is open, its flows, and the flow that is followed. */
export class Workspace {
  readonly #backend: BackendClient;
  #examples = $state.raw<Loading<readonly ExampleSummary[]>>(idle);
  #open = $state.raw<OpenDesign>();
  #opening = $state.raw<Loading<never>>(idle);
  #openingName = $state('');
  #flows = $state.raw<Loading<readonly FlowSummary[]>>(idle);
  #followed = $state.raw<string>();
  #simulated = $state.raw<Loading<SimulatedFlow>>(idle);
  /** Counts what was asked for, so that an answer that comes too late is not shown. */
  #asked = 0;

  constructor(backend: BackendClient) {
    this.#backend = backend;
  }

  get examples() {
    return this.#examples;
  }
  get open() {
    return this.#open;
  }
  /** Whether a design is being opened, or why it could not be. */
  get opening() {
    return this.#opening;
  }
  /** The sample or file that `opening` speaks of. */
  get openingName() {
    return this.#openingName;
  }
  get flows() {
    return this.#flows;
  }
  /** The id of the flow that is followed. */
  get followed() {
    return this.#followed;
  }
  get simulated() {
    return this.#simulated;
  }

  /** Opens what the program was started with, where it was started with a design. */
  async openStarted(): Promise<void> {
    const started = await this.#backend.call('app.start', {});
    if (started.ok && started.value.open) {
      await this.#openSource(started.value.open.source, started.value.open.title);
    }
  }

  /** Asks for what there is to choose from. */
  async listExamples(): Promise<void> {
    this.#examples = loading;
    this.#examples = shown(await this.#backend.call('examples.list', {}), (out) => out.examples);
  }

  openExample(name: string): Promise<void> {
    return this.#openSource({ kind: 'example', name }, name);
  }

  openText(text: string, fileName: string): Promise<void> {
    return this.#openSource({ kind: 'text', text }, fileName);
  }

  async #openSource(source: DesignSource, name: string): Promise<void> {
    const asked = ++this.#asked;
    this.#openingName = name;
    this.#opening = loading;
    const read = await this.#backend.call('design.read', { source });
    if (asked !== this.#asked) return;
    if (!read.ok) {
      this.#opening = { state: 'failed', error: read.error };
      return;
    }
    this.#opening = idle;
    this.#open = { source, design: read.value.design };
    this.#followed = undefined;
    this.#simulated = idle;
    this.#flows = loading;
    const run = await this.#backend.call('flows.simulateAll', { source });
    if (asked === this.#asked) this.#flows = shown(run, (out) => out.flows);
  }

  /** A file that could not even be read. */
  refuse(name: string, error: BackendError): void {
    this.#openingName = name;
    this.#opening = { state: 'failed', error };
  }

  closeDesign(): void {
    this.#asked++;
    this.#open = undefined;
    this.#opening = idle;
    this.#flows = idle;
    this.unfollow();
  }

  async follow(flow: string): Promise<void> {
    const open = this.#open;
    if (!open) return;
    const asked = this.#asked;
    this.#followed = flow;
    this.#simulated = loading;
    const answer = await this.#backend.call('flow.simulate', { source: open.source, flow });
    if (asked === this.#asked && this.#followed === flow) {
      this.#simulated = shown(answer, (out) => out);
    }
  }

  unfollow(): void {
    this.#followed = undefined;
    this.#simulated = idle;
  }
}

function shown<Out, Value>(answer: Answer<Out>, pick: (out: Out) => Value): Loading<Value> {
  return answer.ok
    ? { state: 'ready', value: pick(answer.value) }
    : { state: 'failed', error: answer.error };
}
