import { compareIp, type Ip } from '../../model/ip.ts';

/** A sorted map from addresses of both families to small numbers, searched without allocating. */
export interface AddressIndex {
  readonly count4: number;
  readonly words4: Uint32Array;
  readonly words6: Uint32Array;
  /** Values of the IPv4 addresses, then those of the IPv6 addresses. */
  readonly values: Int32Array;
}

/** Where an address stands twice, the first entry wins. */
export function buildAddressIndex(
  entries: readonly { readonly ip: Ip; readonly value: number }[],
): AddressIndex {
  const first = new Map<string, { ip: Ip; value: number }>();
  for (const entry of entries) if (!first.has(entry.ip.text)) first.set(entry.ip.text, entry);
  const sorted = [...first.values()].sort((a, b) => compareIp(a.ip, b.ip));
  const four = sorted.filter((entry) => entry.ip.family === 4);
  const six = sorted.filter((entry) => entry.ip.family === 6);
  return {
    count4: four.length,
    words4: Uint32Array.from(four, (entry) => entry.ip.w0),
    words6: Uint32Array.from(six.flatMap(({ ip }) => [ip.w0, ip.w1, ip.w2, ip.w3])),
    values: Int32Array.from(sorted, (entry) => entry.value),
  };
}

export const emptyAddressIndex: AddressIndex = buildAddressIndex([]);

/** The value of the address, or -1. */
export function findAddress(index: AddressIndex, ip: Ip): number {
  if (ip.family === 4) {
    const at = lastStart4(index.words4, ip.w0);
    return at >= 0 && index.words4[at] === ip.w0 ? (index.values[at] ?? -1) : -1;
  }
  const { words6 } = index;
  const at = lastStart6(words6, ip);
  if (at < 0) return -1;
  const word = at * 4;
  const same =
    words6[word] === ip.w0 &&
    words6[word + 1] === ip.w1 &&
    words6[word + 2] === ip.w2 &&
    words6[word + 3] === ip.w3;
  return same ? (index.values[index.count4 + at] ?? -1) : -1;
}

/** Position of the last entry that is not above `word`, or -1. */
export function lastStart4(starts: Uint32Array, word: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) <= word) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Position (in addresses of four words) of the last entry that is not above `ip`, or -1. */
export function lastStart6(starts: Uint32Array, ip: Ip): number {
  let low = 0;
  let high = starts.length >>> 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (atMost(starts, middle * 4, ip)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
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
