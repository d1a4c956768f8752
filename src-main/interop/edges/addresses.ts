import {
  familyBits,
  ipFromBigInt,
  ipToBigInt,
  parseAddressMatch,
  type IpFamily,
  type IpRange,
} from '../../model/ip.ts';

/** Whether a rule's list of addresses leaves nobody out. */
export const isEverybody = (texts: readonly string[] | undefined): boolean =>
  !texts || texts.length === 0 || texts.includes('any');

/** The family of a match; undefined for `any`, which is both. */
export const familyOf = (text: string): IpFamily | undefined =>
  text === 'any' ? undefined : parseAddressMatch(text)?.[0]?.from.family;

/** A range without the blanks that a design allows around its dash; all else as it is. */
export const plainMatch = (text: string): string => text.replaceAll(/\s+/g, '');

/** The fewest prefixes that hold a range and nothing else, in ascending order; single addresses without a length. */
export function prefixesOf({ from, to }: IpRange): readonly string[] {
  const { family } = from;
  const bits = familyBits(family);
  const found: string[] = [];
  const last = ipToBigInt(to);
  for (let first = ipToBigInt(from); first <= last;) {
    let size = 0;
    while (size < bits) {
      const next = 1n << BigInt(size + 1);
      if (first % next !== 0n || first + next - 1n > last) break;
      size += 1;
    }
    const { text } = ipFromBigInt(family, first);
    found.push(size === 0 ? text : `${text}/${bits - size}`);
    first += 1n << BigInt(size);
  }
  return found;
}

/** A match as prefixes and single addresses, for formats that know no ranges; `any` of IPv4 as the whole of it. */
export const prefixesOfMatch = (text: string): readonly string[] =>
  text === 'any' ? ['0.0.0.0/0'] : (parseAddressMatch(text) ?? []).flatMap(prefixesOf);
