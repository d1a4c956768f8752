import type { Answer, Design } from '../../src-main/contract/index.ts';
import type { BackendClient } from '../api/backend.ts';
import { collections, entityKinds } from '../../src-main/contract/vocabulary.ts';
import { idle, loading, type Loading } from './loading.ts';

/** An answer, and the design that it speaks of. */
export interface Found<Value> {
  readonly value: Value;
  readonly design: Design;
}
export type Inquired<Value> = Loading<Found<Value>> | { readonly state: 'stopped' };

export interface InquiryParts<Question, Value> {
  readonly backend: BackendClient;
  /** Of all runs of all windows, what this one's begin with. */
  readonly name: string;
  readonly design: () => Design;
  readonly look: (question: Question, run: string) => Promise<Answer<Value>>;
}

/** Of all projects of this window, so that a question stops no other one. */
let lastRun = 0;

/**
 * Something that takes the backend a while to answer. A newer question stops an older one; an answer is shown of the
 * design as it is alone.
 */
export class Inquiry<Question, Value> {
  readonly #parts: InquiryParts<Question, Value>;
  #asked = $state.raw<{
    readonly question: Question;
    readonly key: string;
    readonly design: Design;
  }>();
  #answer = $state.raw<Inquired<Value>>(idle);
  #last = $state.raw<Found<Value>>();
  #progress = $state.raw<{ readonly done: number; readonly total: number }>();
  #run: string | undefined;

  readonly #shown = $derived.by((): Inquired<Value> => {
    const isOld =
      this.#answer.state === 'ready' && !isSame(this.#answer.value.design, this.#parts.design());
    return isOld ? loading : this.#answer;
  });

  constructor(parts: InquiryParts<Question, Value>) {
    this.#parts = parts;
  }

  get answer(): Inquired<Value> {
    return this.#shown;
  }
  /** What was answered last to the question that is asked now, be it of an older design. */
  get last(): Found<Value> | undefined {
    return this.#last;
  }
  get progress() {
    return this.#progress;
  }

  /** Asks, unless the answer is known or on its way. */
  async ask(question: Question): Promise<void> {
    const design = this.#parts.design();
    const asked = this.#asked;
    const isAsked = asked?.key === JSON.stringify(question) && isSame(asked.design, design);
    const { state } = this.#answer;
    if (isAsked && state !== 'idle' && state !== 'failed') return;
    await this.#look(question);
  }

  /** The user has seen enough. */
  stop(): void {
    if (this.#endRun()) this.#answer = { state: 'stopped' };
  }

  /** After it was stopped, or failed. */
  async again(): Promise<void> {
    if (this.#asked) await this.#look(this.#asked.question);
  }

  /** Nobody reads it any more: an answer that is still sought is not needed, one that is known is kept. */
  leave(): void {
    if (this.#endRun()) this.#answer = idle;
  }

  takeProgress(run: string, done: number, total: number): void {
    if (run === this.#run) this.#progress = { done, total };
  }

  async #look(question: Question): Promise<void> {
    const design = this.#parts.design();
    this.#endRun();
    const run = `${this.#parts.name}-${++lastRun}`;
    const key = JSON.stringify(question);
    if (key !== this.#asked?.key) this.#last = undefined;
    this.#run = run;
    this.#asked = { question, key, design };
    this.#answer = loading;
    const answer = await this.#parts.look(question, run);
    if (this.#run !== run) return;
    this.#run = undefined;
    this.#progress = undefined;
    if (answer.ok) {
      this.#last = { value: answer.value, design };
      this.#answer = { state: 'ready', value: this.#last };
    } else if (answer.error.code === 'stopped') this.#answer = { state: 'stopped' };
    else this.#answer = { state: 'failed', error: answer.error };
  }

  /** Whether there was one. */
  #endRun(): boolean {
    const run = this.#run;
    this.#run = undefined;
    this.#progress = undefined;
    if (run === undefined) return false;
    void this.#parts.backend.call('run.stop', { run });
    return true;
  }
}

/** But for how it is drawn. Collections that no edit touches stay the same objects. */
const isSame = (one: Design, other: Design): boolean =>
  entityKinds.every(
    (kind) => kind === 'layout' || one[collections[kind]] === other[collections[kind]],
  );
