import { compareIp, type Ip } from '../../model/ip.ts';

/** Sorted maps from addresses of both families to small numbers, many side by side. */
export interface AddressPool {
  words4: Uint32Array;
  values4: Int32Array;
  words6: Uint32Array;
  values6: Int32Array;
}

/** One map's share of a pool. It is searched without allocating. */
export interface AddressIndex {
  readonly pool: Readonly<AddressPool>;
  readonly first4: number;
  readonly count4: number;
  readonly first6: number;
  readonly count6: number;
}

export interface AddressEntry {
  readonly ip: Ip;
  readonly value: number;
}

/** Collects many maps into one pool. They are usable after {@link finish}. */
export class AddressPoolBuilder {
  private readonly pool: AddressPool = {
    words4: new Uint32Array(),
    values4: new Int32Array(),
    words6: new Uint32Array(),
    values6: new Int32Array(),
  };
  private readonly words4: number[] = [];
  private readonly values4: number[] = [];
  private readonly words6: number[] = [];
  private readonly values6: number[] = [];

  /** Where an address stands twice, the first entry wins. */
  add(entries: readonly AddressEntry[]): AddressIndex {
    const once = new Map<string, AddressEntry>();
    for (const entry of entries) if (!once.has(entry.ip.text)) once.set(entry.ip.text, entry);
    const [first4, first6] = [this.values4.length, this.values6.length];
    for (const { ip, value } of [...once.values()].sort((a, b) => compareIp(a.ip, b.ip))) {
      if (ip.family === 4) {
        this.words4.push(ip.w0);
        this.values4.push(value);
      } else {
        this.words6.push(ip.w0, ip.w1, ip.w2, ip.w3);
        this.values6.push(value);
      }
    }
    const [count4, count6] = [this.values4.length - first4, this.values6.length - first6];
    return { pool: this.pool, first4, count4, first6, count6 };
  }

  finish(): void {
    this.pool.words4 = Uint32Array.from(this.words4);
    this.pool.values4 = Int32Array.from(this.values4);
    this.pool.words6 = Uint32Array.from(this.words6);
    this.pool.values6 = Int32Array.from(this.values6);
  }
}

/** A map of its own. */
export function buildAddressIndex(entries: readonly AddressEntry[]): AddressIndex {
  const builder = new AddressPoolBuilder();
  const index = builder.add(entries);
  builder.finish();
  return index;
}

/** The value of the address, or -1. */
export function findAddress(index: AddressIndex, ip: Ip): number {
  const { pool } = index;
  if (ip.family === 4) {
    const at = lastStart4(pool.words4, index.first4, index.count4, ip.w0);
    return at >= 0 && pool.words4[at] === ip.w0 ? (pool.values4[at] as number) : -1;
  }
  const at = lastStart6(pool.words6, index.first6, index.count6, ip);
  if (at < 0) return -1;
  const { words6 } = pool;
  const word = at * 4;
  const same =
    words6[word] === ip.w0 &&
    words6[word + 1] === ip.w1 &&
    words6[word + 2] === ip.w2 &&
    words6[word + 3] === ip.w3;
  return same ? (pool.values6[at] as number) : -1;
}

/** Of `count` entries from `first` on, the position of the last that is not above `word`, or -1. */
export function lastStart4(
  starts: Uint32Array,
  first: number,
  count: number,
  word: number,
): number {
  let low = first;
  let high = first + count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= word) low = middle + 1;
    else high = middle;
  }
  return low === first ? -1 : low - 1;
}

/** The same over addresses of four words; positions count addresses. */
export function lastStart6(starts: Uint32Array, first: number, count: number, ip: Ip): number {
  let low = first;
  let high = first + count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (atMost(starts, middle * 4, ip)) low = middle + 1;
    else high = middle;
  }
  return low === first ? -1 : low - 1;
}

function atMost(starts: Uint32Array, at: number, ip: Ip): boolean {
  const d0 = (starts[at] as number) - ip.w0;
  if (d0 !== 0) return d0 < 0;
  const d1 = (starts[at + 1] as number) - ip.w1;
  if (d1 !== 0) return d1 < 0;
  const d2 = (starts[at + 2] as number) - ip.w2;
  if (d2 !== 0) return d2 < 0;
  return (starts[at + 3] as number) <= ip.w3;
}
