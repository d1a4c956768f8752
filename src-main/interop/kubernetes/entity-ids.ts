import { idPattern, type EntityKind } from '../../model/ids.ts';

/** Longest id (`idPattern`). Characters. */
const longest = 63;

/** Gives ids: the object's name, with its namespace where that is not `default`, and a number where both are taken. */
export class EntityIds {
  readonly #taken = new Map<string, Set<string>>();

  constructor(taken: Iterable<readonly [kind: string, id: string]> = []) {
    for (const [kind, id] of taken) this.#of(kind).add(id);
  }

  give(kind: EntityKind | 'pod' | 'interface', namespace: string, name: string): string {
    const full = namespace === '' || namespace === 'default' ? name : `${namespace}-${name}`;
    const base = full.replaceAll(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+/, '') || 'x';
    const taken = this.#of(kind);
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? '' : `-${number}`;
      const id = `${base.slice(0, longest - suffix.length)}${suffix}`;
      if (!idPattern.test(id) || taken.has(id)) continue;
      taken.add(id);
      return id;
    }
  }

  #of(kind: string): Set<string> {
    const known = this.#taken.get(kind) ?? new Set<string>();
    this.#taken.set(kind, known);
    return known;
  }
}
