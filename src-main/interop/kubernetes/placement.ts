import type { PlaceForPods } from './base.ts';

/** Spreads pods evenly, always in the same way: the next goes to the fitting node that has fewest. */
export class Placement {
  readonly #places: readonly PlaceForPods[];
  readonly #load = new Map<string, number>();

  constructor(places: readonly PlaceForPods[]) {
    this.#places = places;
  }

  byName(name: string): string | undefined {
    return this.#places.find((place) => place.name === name || place.id === name)?.id;
  }

  /** Every node that has the labels. */
  all(selector: Readonly<Record<string, string>>): readonly string[] {
    const fitting = this.#fitting(selector);
    for (const id of fitting) this.#count(id);
    return fitting;
  }

  /** Undefined where no node has the labels. */
  next(selector: Readonly<Record<string, string>>): string | undefined {
    let best: string | undefined;
    for (const id of this.#fitting(selector)) {
      if (best === undefined || this.#loadOf(id) < this.#loadOf(best)) best = id;
    }
    if (best !== undefined) this.#count(best);
    return best;
  }

  knows(label: string): boolean {
    return this.#places.some(({ labels }) => Object.hasOwn(labels, label));
  }

  note(node: string): void {
    this.#count(node);
  }

  #fitting(selector: Readonly<Record<string, string>>): readonly string[] {
    const wanted = Object.entries(selector);
    return this.#places
      .filter(({ labels }) => wanted.every(([key, value]) => labels[key] === value))
      .map(({ id }) => id);
  }

  #loadOf = (id: string): number => this.#load.get(id) ?? 0;
  #count(id: string): void {
    this.#load.set(id, this.#loadOf(id) + 1);
  }
}
