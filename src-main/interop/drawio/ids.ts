import { idPattern } from '../../model/ids.ts';

/** Longest id (`idPattern`). Characters. */
const longest = 63;

/** Gives ids of names: in small letters, each once, with a number behind where one is taken. */
export class Ids {
  readonly #taken = new Set<string>();
  /** How often a name has been asked for, so that a thousand of the same are not counted a thousand times. */
  readonly #asked = new Map<string, number>();

  /** The id itself, if it is free and is one. */
  keep(id: string): string | undefined {
    if (!idPattern.test(id) || this.#taken.has(id)) return undefined;
    this.#taken.add(id);
    return id;
  }

  give(name: string, otherwise: string): string {
    const plain = name
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9._]+/g, '-')
      .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
    const base = (plain || otherwise).slice(0, longest).replace(/[^a-z0-9]+$/, '');
    for (;;) {
      const number = (this.#asked.get(base) ?? 0) + 1;
      this.#asked.set(base, number);
      const suffix = number === 1 ? '' : `-${number}`;
      const id = this.keep(`${base.slice(0, longest - suffix.length)}${suffix}`);
      if (id !== undefined) return id;
    }
  }
}
