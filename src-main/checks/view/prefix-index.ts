import {
  compareIp,
  familyBits,
  lastAddress,
  prefixOf,
  type Ip,
  type Prefix,
} from '../../model/ip.ts';

interface Entry<Value> {
  readonly prefix: Prefix;
  readonly value: Value;
}

/** Orders by network, then the wider prefix first, so that a prefix stands right before what it holds. */
export const comparePrefix = (a: Prefix, b: Prefix): number =>
  compareIp(a.network, b.network) || a.length - b.length;

/** Values by prefix, found by what they hold or lie in. Values of one prefix keep their order. */
export class PrefixIndex<Value> {
  readonly #sorted: readonly Entry<Value>[];
  readonly #byText = new Map<string, Value[]>();
  /** Lengths in use by family, longest first: a look-up tries no others. */
  readonly #lengths: Record<4 | 6, readonly number[]>;

  constructor(entries: Iterable<Entry<Value>>) {
    const all = [...entries];
    this.#sorted = all.sort((a, b) => comparePrefix(a.prefix, b.prefix));
    const lengths = { 4: new Set<number>(), 6: new Set<number>() };
    for (const { prefix, value } of all) {
      lengths[prefix.network.family].add(prefix.length);
      const same = this.#byText.get(prefix.text);
      if (same) same.push(value);
      else this.#byText.set(prefix.text, [value]);
    }
    const longestFirst = (set: Set<number>) => [...set].sort((a, b) => b - a);
    this.#lengths = { 4: longestFirst(lengths[4]), 6: longestFirst(lengths[6]) };
  }

  /** Values of prefixes that hold the whole of `inner`, itself included, the longest first. */
  *holding(inner: Prefix): Generator<Value> {
    for (const length of this.#lengths[inner.network.family]) {
      if (length > inner.length) continue;
      yield* this.#byText.get(prefixOf(inner.network, length).text) ?? [];
    }
  }

  /** The values of the longest prefix that holds the address. */
  longest(address: Ip): readonly Value[] {
    for (const length of this.#lengths[address.family]) {
      const found = this.#byText.get(prefixOf(address, length).text);
      if (found) return found;
    }
    return [];
  }

  holdingAddress(address: Ip): Generator<Value> {
    return this.holding(prefixOf(address, familyBits(address.family)));
  }

  /** Values of prefixes that share an address with `range`. */
  *overlapping(range: Prefix): Generator<Value> {
    for (const value of this.holding(range)) yield value;
    const last = lastAddress(range);
    for (let at = this.#firstFrom(range.network); at < this.#sorted.length; at += 1) {
      const entry = this.#sorted[at] as Entry<Value>;
      if (compareIp(entry.prefix.network, last) > 0) return;
      if (entry.prefix.length > range.length) yield entry.value;
    }
  }

  #firstFrom(address: Ip): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const { network } = (this.#sorted[middle] as Entry<Value>).prefix;
      if (compareIp(network, address) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
