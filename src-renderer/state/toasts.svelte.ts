import type { BackendError } from '../../src-main/contract/index.ts';

export interface Toast {
  readonly id: number;
  readonly tone: 'plain' | 'good' | 'bad';
  readonly title: string;
  readonly text?: string;
  /** A button on it: "Undo". */
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Short messages that go by themselves, but for errors, which stay until they are closed. */
export class Toasts {
  #all = $state.raw<readonly Toast[]>([]);
  #last = 0;

  get all(): readonly Toast[] {
    return this.#all;
  }

  say(toast: Omit<Toast, 'id'>): number {
    const id = ++this.#last;
    this.#all = [...this.#all.slice(-3), { ...toast, id }];
    return id;
  }

  fail(error: BackendError): number {
    const hint = error.hint === undefined ? {} : { text: error.hint };
    return this.say({ tone: 'bad', title: error.text, ...hint });
  }

  close(id: number): void {
    this.#all = this.#all.filter((toast) => toast.id !== id);
  }
}
