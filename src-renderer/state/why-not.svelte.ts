import type { BackendClient } from '../api/backend.ts';
import type {
  Design,
  Explanation,
  Flow,
  Input,
  ProjectState,
  Result,
} from '../../src-main/contract/index.ts';
import { collections, entityKinds } from '../../src-main/contract/vocabulary.ts';
import { idle, loading, type Loading } from './loading.ts';

/** An answer, and the design that it speaks of. */
export interface Explained {
  readonly explanation: Explanation;
  readonly design: Design;
}
export type Why = Loading<Explained> | { readonly state: 'stopped' };

interface Asked {
  readonly flow: string;
  readonly design: Design;
}

/** Whether there is anything to explain: it does not arrive, or nothing does but the handshake. */
export const needsWhy = ({ status, warnings }: Result): boolean =>
  status !== 'reachable' || warnings.some(({ code }) => code === 'mtu-black-hole');

/** Of all projects of this window, so that a question stops no other one. */
let lastRun = 0;

/** Why the flow that is read does not arrive. A newer question stops an older one; an answer is shown of the design as it is alone. */
export class WhyNot {
  readonly #backend: BackendClient;
  /** What this window calls itself: another one may ask of the same project. */
  readonly #origin: string;
  readonly #project: () => { readonly state: ProjectState; readonly design: Design };
  #asked = $state.raw<Asked>();
  #why = $state.raw<Why>(idle);
  #run: string | undefined;

  readonly #shown = $derived.by((): Why => {
    const isOld =
      this.#why.state === 'ready' && !isSame(this.#why.value.design, this.#project().design);
    return isOld ? loading : this.#why;
  });

  constructor(
    backend: BackendClient,
    origin: string,
    project: () => { readonly state: ProjectState; readonly design: Design },
  ) {
    this.#backend = backend;
    this.#origin = origin;
    this.#project = project;
  }

  get why(): Why {
    return this.#shown;
  }

  /** Asks, unless the answer is known or on its way. */
  async ask(flow: string | Flow): Promise<void> {
    const { design } = this.#project();
    const asked = this.#asked;
    const isAsked = asked?.flow === JSON.stringify(flow) && isSame(asked.design, design);
    const { state } = this.#why;
    if (isAsked && state !== 'idle' && state !== 'failed') return;
    await this.#look(flow);
  }

  /** The user has seen enough. */
  stop(): void {
    if (this.#endRun()) this.#why = { state: 'stopped' };
  }

  /** After it was stopped, or failed. */
  async again(): Promise<void> {
    if (this.#asked) await this.#look(JSON.parse(this.#asked.flow) as string | Flow);
  }

  /** Nobody reads it any more: an answer that is still sought is not needed, one that is known is kept. */
  leave(): void {
    if (this.#endRun()) this.#why = idle;
  }

  async #look(flow: string | Flow): Promise<void> {
    const { state, design } = this.#project();
    this.#endRun();
    const run = `${this.#origin}-why-${++lastRun}`;
    this.#run = run;
    this.#asked = { flow: JSON.stringify(flow), design };
    this.#why = loading;
    const answer = await this.#backend.call('flow.explain', {
      source: { kind: 'project', project: state.project },
      // What calls take is what designs hold, but for `readonly`.
      flow: flow as Input<'flow.explain'>['flow'],
      run,
    });
    if (this.#run !== run) return;
    this.#run = undefined;
    if (answer.ok) {
      const { explanation } = answer.value;
      this.#why = { state: 'ready', value: { explanation, design } };
    } else if (answer.error.code === 'stopped') this.#why = { state: 'stopped' };
    else this.#why = { state: 'failed', error: answer.error };
  }

  /** Whether there was one. */
  #endRun(): boolean {
    const run = this.#run;
    this.#run = undefined;
    if (run === undefined) return false;
    void this.#backend.call('run.stop', { run });
    return true;
  }
}

/** But for how it is drawn. Collections that no edit touches stay the same objects. */
const isSame = (one: Design, other: Design): boolean =>
  entityKinds.every(
    (kind) => kind === 'layout' || one[collections[kind]] === other[collections[kind]],
  );
