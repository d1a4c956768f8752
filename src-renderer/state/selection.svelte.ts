import { SvelteSet } from 'svelte/reactivity';

/** What is selected: entities (`node:esg`), pods (`pod:web-1`) and edges (`interface:esg/vnic0`) of the drawing. */
export class Selection {
  readonly #refs = new SvelteSet<string>();
  /** A part of the one selected entity that the inspector shows and lights up: `firewall.rules[4]`. */
  #part = $state<string>();
  #shown = $state(0);

  get refs(): ReadonlySet<string> {
    return this.#refs;
  }
  /** The one thing that is selected, if it is one. */
  get only(): string | undefined {
    const [first] = this.#refs;
    return this.#refs.size === 1 ? first : undefined;
  }
  get part(): string | undefined {
    return this.#part;
  }

  set(refs: Iterable<string>, part?: string): void {
    const wanted = new Set(refs);
    for (const ref of [...this.#refs]) if (!wanted.has(ref)) this.#refs.delete(ref);
    for (const ref of wanted) this.#refs.add(ref);
    this.#part = part;
  }

  /** Counts what was asked to be shown, so that the same can be asked for again. */
  get shown(): number {
    return this.#shown;
  }

  /** Selects one thing and shows a part of it. */
  show(ref: string, part?: string): void {
    this.set([ref], part);
    this.#shown++;
  }

  toggle(ref: string): void {
    if (!this.#refs.delete(ref)) this.#refs.add(ref);
    this.#part = undefined;
  }

  clear(): void {
    this.set([]);
  }

  /** Forgets what is no longer there. */
  keepOnly(exists: (ref: string) => boolean): void {
    for (const ref of [...this.#refs]) if (!exists(ref)) this.#refs.delete(ref);
  }
}
