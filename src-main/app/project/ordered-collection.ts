interface Item {
  readonly id: string;
}

interface Slot<T> {
  value: T;
  previous: Slot<T> | undefined;
  next: Slot<T> | undefined;
}

/** The ids that an entity stands between. */
export interface Neighbours {
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** Entities of one kind in their order: a linked list under a map, so that any edit takes the same short time. */
export class OrderedCollection<T extends Item> {
  readonly #slots = new Map<string, Slot<T>>();
  #first: Slot<T> | undefined;
  #last: Slot<T> | undefined;

  constructor(items: readonly T[]) {
    for (const item of items) this.insert(item, undefined);
  }

  get size(): number {
    return this.#slots.size;
  }

  get(id: string): T | undefined {
    return this.#slots.get(id)?.value;
  }

  neighbours(id: string): Neighbours {
    const slot = this.#slots.get(id);
    return { previous: slot?.previous?.value.id, next: slot?.next?.value.id };
  }

  /** Where the entity stands, from 0; where a new one would stand when there is none of that id. */
  indexOf(id: string): number {
    let index = 0;
    for (let slot = this.#first; slot && slot.value.id !== id; slot = slot.next) index += 1;
    return index;
  }

  replace(item: T): void {
    const slot = this.#slots.get(item.id);
    if (slot) slot.value = item;
  }

  /** Puts a new item in front of the one with the id `before`, or at the end. */
  insert(item: T, before: string | undefined): void {
    const next = before === undefined ? undefined : this.#slots.get(before);
    const slot: Slot<T> = { value: item, previous: undefined, next: undefined };
    this.#slots.set(item.id, slot);
    this.#link(slot, next);
  }

  remove(id: string): void {
    const slot = this.#slots.get(id);
    if (!slot) return;
    this.#unlink(slot);
    this.#slots.delete(id);
  }

  move(id: string, before: string | undefined): void {
    const slot = this.#slots.get(id);
    if (!slot || id === before) return;
    this.#unlink(slot);
    this.#link(slot, before === undefined ? undefined : this.#slots.get(before));
  }

  toArray(): readonly T[] {
    const items: T[] = [];
    for (let slot = this.#first; slot; slot = slot.next) items.push(slot.value);
    return items;
  }

  #link(slot: Slot<T>, next: Slot<T> | undefined): void {
    const previous = next ? next.previous : this.#last;
    slot.previous = previous;
    slot.next = next;
    if (previous) previous.next = slot;
    else this.#first = slot;
    if (next) next.previous = slot;
    else this.#last = slot;
  }

  #unlink({ previous, next }: Slot<T>): void {
    if (previous) previous.next = next;
    else this.#first = next;
    if (next) next.previous = previous;
    else this.#last = previous;
  }
}
