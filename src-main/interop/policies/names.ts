import type { Design } from '../../model/design.ts';

/** Characters of the longest name that is given. Kubernetes takes 253; ids of a design end at 63. */
const longest = 63;

/** Names of policies that no other policy of their namespace has, and ids that no other has in the design. */
export class PolicyNames {
  readonly #taken: Set<string>;
  readonly #ids: Set<string>;

  constructor(design: Design) {
    const kubernetes = design.networkPolicies ?? [];
    const calico = design.calicoPolicies ?? [];
    this.#ids = new Set([...kubernetes, ...calico].map(({ id }) => id));
    this.#taken = new Set([
      ...kubernetes.map(
        ({ cluster, namespace, id, name = id }) => `${cluster} ${namespace} ${name}`,
      ),
      ...calico.map(
        ({ cluster, namespace = '', id, name = id }) => `${cluster} ${namespace} ${name}`,
      ),
    ]);
  }

  /** `prefix-WANTED` in what an object of Kubernetes may be called, with a number behind where that is taken. */
  give(cluster: string, namespace: string, wanted: string): { id: string; name: string } {
    const plain = wanted
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replace(/^-/, '');
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? '' : `-${number}`;
      const name = `${plain.slice(0, longest - suffix.length).replace(/-$/, '')}${suffix}`;
      const key = `${cluster} ${namespace} ${name}`;
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      return { id: this.#freeId(name), name };
    }
  }

  #freeId(name: string): string {
    let id = name;
    for (let number = 2; this.#ids.has(id); number += 1) {
      const suffix = `.${number}`;
      id = `${name.slice(0, longest - suffix.length)}${suffix}`;
    }
    this.#ids.add(id);
    return id;
  }
}
