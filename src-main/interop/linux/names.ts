/** IFNAMSIZ (linux/if.h) less the closing zero. */
const longestInterfaceName = 15;

/** Names within one namespace, or of the namespaces themselves. The same id gets the same name again. */
export class Names {
  readonly #taken: Set<string>;

  constructor(taken: readonly string[] = []) {
    this.#taken = new Set(taken);
  }

  /** The name itself where it is free, else with a number behind. */
  free(wanted: string): string {
    let name = wanted;
    for (let at = 2; this.#taken.has(name); at += 1) name = `${wanted}-${at}`;
    this.#taken.add(name);
    return name;
  }

  /** What Linux takes as the name of an interface: the id where it is short enough. */
  interfaceName(id: string): string {
    const short = id.length <= longestInterfaceName && !reserved.has(id);
    if (short && !this.#taken.has(id)) return this.free(id);
    for (let at = 0; ; at += 1) {
      const name = `if${at}`;
      if (!this.#taken.has(name)) return this.free(name);
    }
  }
}

/** Words that are no interface to the kernel (`/proc/sys/net/ipv4/conf`), or another one. */
const reserved = new Set(['lo', 'all', 'default']);
