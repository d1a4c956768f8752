import type { BackendError } from '../../src-main/contract/index.ts';
import { errorWords } from '../i18n/error-words.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'good' | 'bad';
  readonly title: string;
  readonly text?: string;
  /** A button on it: "Undo". */
  readonly action?: { readonly label: string; readonly run: () => void };
}

interface Kept extends Toast {
  /** What it was said of; its button speaks of nothing later. */
  readonly of: string;
  readonly error?: BackendError;
}

/**
 * Short messages that go by themselves, but for errors, which stay until they are closed. One with a button goes with
 * the state that it was said of: "Undo" must not take back what was done afterwards.
 */
export class Toasts {
  /** The state that the window shows: which project, at which revision. */
  readonly #now: () => string;
  /** Whether the window says this already, in a place of its own. */
  readonly #isTold: (error: BackendError) => boolean;
  #kept = $state.raw<readonly Kept[]>([]);
  #retold = $state(0);
  #last = 0;
  readonly #all = $derived.by(() => {
    const now = this.#now();
    return this.#kept.filter(
      ({ action, of, error }) =>
        (action === undefined || of === now) && !(error && this.#isTold(error)),
    );
  });

  constructor(
    now: () => string = () => '',
    isTold: (error: BackendError) => boolean = () => false,
  ) {
    this.#now = now;
    this.#isTold = isTold;
  }

  get all(): readonly Toast[] {
    return this.#all;
  }
  /** How often something was refused for what the window says already. */
  get retold(): number {
    return this.#retold;
  }

  say(toast: Omit<Toast, 'id'>, error?: BackendError): number {
    const id = ++this.#last;
    // What is said again is no second message.
    const others = this.#all.filter(
      ({ title, text }) => title !== toast.title || text !== toast.text,
    );
    const ids = new Set(others.slice(-3).map((other) => other.id));
    const kept = this.#kept.filter((other) => ids.has(other.id));
    this.#kept = [...kept, { ...toast, id, of: this.#now(), ...(error ? { error } : {}) }];
    return id;
  }

  fail(error: BackendError): void {
    if (this.#isTold(error)) {
      this.#retold++;
      return;
    }
    const { text: title, hint: text } = errorWords(error);
    this.say({ tone: 'bad', title, ...(text === undefined ? {} : { text }) }, error);
  }

  close(id: number): void {
    this.#kept = this.#kept.filter((toast) => toast.id !== id);
  }
}
