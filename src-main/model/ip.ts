import ipaddr from 'ipaddr.js';

export type IpFamily = 4 | 6;

/**
 * An address of either family as four unsigned 32-bit words, most significant first.
 * An IPv4 address fills `w0` only. Instances are immutable and shared, so the engine passes them on by reference.
 */
export interface Ip {
  readonly family: IpFamily;
  readonly w0: number;
  readonly w1: number;
  readonly w2: number;
  readonly w3: number;
  /** Canonical text: dotted quad, or RFC 5952. */
  readonly text: string;
}

/** A network: the address with all host bits cleared, and the prefix length in bits. */
export interface Prefix {
  readonly network: Ip;
  readonly length: number;
  readonly text: string;
}

/** An interface address: an address together with the prefix length of its subnet. */
export interface InterfaceAddress {
  readonly ip: Ip;
  readonly prefix: Prefix;
}

/** An inclusive range of addresses of one family. */
export interface IpRange {
  readonly from: Ip;
  readonly to: Ip;
}

/** Prefix length of a single address of that family, in bits. */
export const familyBits = (family: IpFamily): 32 | 128 => (family === 4 ? 32 : 128);

export function ipFromWords(family: IpFamily, w0: number, w1: number, w2: number, w3: number): Ip {
  const text = family === 4 ? textV4(w0) : textV6(w0, w1, w2, w3);
  return Object.freeze({ family, w0: w0 >>> 0, w1: w1 >>> 0, w2: w2 >>> 0, w3: w3 >>> 0, text });
}

function textV4(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

function textV6(w0: number, w1: number, w2: number, w3: number): string {
  const parts = [w0, w1, w2, w3].flatMap((word) => [word >>> 16, word & 0xffff]);
  return new ipaddr.IPv6(parts).toRFC5952String();
}

/** Four decimal numbers without leading zeros; read sign by sign, since designs are full of them. */
function wordV4(text: string): number | undefined {
  if (text.length > 15) return undefined;
  let word = 0;
  let octet = -1;
  let dots = 0;
  for (let at = 0; at < text.length; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) {
      // After a zero no other digit comes.
      if (octet === 0) return undefined;
      octet = octet < 0 ? digit : octet * 10 + digit;
      if (octet > 255) return undefined;
    } else {
      if (digit !== -2 || octet < 0 || dots === 3) return undefined;
      word = (word << 8) | octet;
      octet = -1;
      dots += 1;
    }
  }
  return dots === 3 && octet >= 0 ? ((word << 8) | octet) >>> 0 : undefined;
}

/** Reads an IPv4 dotted quad or an IPv6 address without zone; undefined when the text is neither. */
export function parseIp(text: string): Ip | undefined {
  const word = wordV4(text);
  if (word !== undefined) return ipFromWords(4, word, 0, 0, 0);
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  const p = ipaddr.IPv6.parse(text).parts;
  const words = (index: number) => (((p[index] ?? 0) << 16) | (p[index + 1] ?? 0)) >>> 0;
  return ipFromWords(6, words(0), words(2), words(4), words(6));
}

/** Like {@link parseIp}, for text that a validator has accepted before. */
export function ip(text: string): Ip {
  const parsed = parseIp(text);
  if (!parsed) throw new TypeError(`not an IP address: ${text}`);
  return parsed;
}

function splitLength(text: string): { address: Ip; length: number } | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const address = parseIp(text.slice(0, slash));
  const lengthText = text.slice(slash + 1);
  if (!address || !/^(0|[1-9]\d{0,2})$/.test(lengthText)) return undefined;
  const length = Number(lengthText);
  return length <= familyBits(address.family) ? { address, length } : undefined;
}

/** Reads `a.b.c.d/len` or `a::/len` whose host bits are all zero. */
export function parsePrefix(text: string): Prefix | undefined {
  const parts = splitLength(text);
  if (!parts) return undefined;
  const prefix = prefixOf(parts.address, parts.length);
  return sameIp(prefix.network, parts.address) ? prefix : undefined;
}

export function prefix(text: string): Prefix {
  const parsed = parsePrefix(text);
  if (!parsed) throw new TypeError(`not a network prefix: ${text}`);
  return parsed;
}

/** Reads an interface address `a.b.c.d/len`: host bits are allowed. */
export function parseInterfaceAddress(text: string): InterfaceAddress | undefined {
  const parts = splitLength(text);
  return parts && { ip: parts.address, prefix: prefixOf(parts.address, parts.length) };
}

export function interfaceAddress(text: string): InterfaceAddress {
  const parsed = parseInterfaceAddress(text);
  if (!parsed) throw new TypeError(`not an interface address: ${text}`);
  return parsed;
}

/** Bits of a mask that fall into word `index` (0–3) of an address with that prefix length. */
function maskWord(length: number, index: number): number {
  const bits = Math.min(32, Math.max(0, length - index * 32));
  return bits === 0 ? 0 : (0xffffffff << (32 - bits)) >>> 0;
}

/** The network of `length` bits that holds the address. */
export function prefixOf(address: Ip, length: number): Prefix {
  const network = ipFromWords(
    address.family,
    address.w0 & maskWord(length, 0),
    address.w1 & maskWord(length, 1),
    address.w2 & maskWord(length, 2),
    address.w3 & maskWord(length, 3),
  );
  return Object.freeze({ network, length, text: `${network.text}/${length}` });
}

/** The prefix that holds this one address only: /32 or /128. */
export const hostPrefix = (address: Ip): Prefix => prefixOf(address, familyBits(address.family));

export function sameIp(a: Ip, b: Ip): boolean {
  return (
    a === b ||
    (a.w0 === b.w0 && a.w1 === b.w1 && a.w2 === b.w2 && a.w3 === b.w3 && a.family === b.family)
  );
}

/** 127.0.0.0/8 (RFC 1122 §3.2.1.3) and ::1 (RFC 4291 §2.5.3). */
export function isLoopback(address: Ip): boolean {
  return address.family === 4
    ? address.w0 >>> 24 === 127
    : address.w0 === 0 && address.w1 === 0 && address.w2 === 0 && address.w3 === 1;
}

/** Orders by family, then numerically. */
export function compareIp(a: Ip, b: Ip): number {
  return a.family - b.family || a.w0 - b.w0 || a.w1 - b.w1 || a.w2 - b.w2 || a.w3 - b.w3;
}

export const prefixContains = (outer: Prefix, address: Ip): boolean =>
  inSubnet(outer.network, outer.length, address);

/** Whether two addresses have the first `length` bits in common. */
export function inSubnet(network: Ip, length: number, address: Ip): boolean {
  if (network.family !== address.family) return false;
  return (
    ((address.w0 ^ network.w0) & maskWord(length, 0)) === 0 &&
    ((address.w1 ^ network.w1) & maskWord(length, 1)) === 0 &&
    ((address.w2 ^ network.w2) & maskWord(length, 2)) === 0 &&
    ((address.w3 ^ network.w3) & maskWord(length, 3)) === 0
  );
}

export function prefixCovers(outer: Prefix, inner: Prefix): boolean {
  return outer.length <= inner.length && prefixContains(outer, inner.network);
}

export function prefixesOverlap(a: Prefix, b: Prefix): boolean {
  return prefixCovers(a, b) || prefixCovers(b, a);
}

export function lastAddress(of: Prefix): Ip {
  const { network, length } = of;
  const fill = (word: number, index: number) => (word | ~maskWord(length, index)) >>> 0;
  return of.network.family === 4
    ? ipFromWords(4, fill(network.w0, 0), 0, 0, 0)
    : ipFromWords(
        6,
        fill(network.w0, 0),
        fill(network.w1, 1),
        fill(network.w2, 2),
        fill(network.w3, 3),
      );
}

export const prefixRange = (of: Prefix): IpRange => ({ from: of.network, to: lastAddress(of) });

export function rangeContains(range: IpRange, address: Ip): boolean {
  return (
    range.from.family === address.family &&
    compareIp(range.from, address) <= 0 &&
    compareIp(address, range.to) <= 0
  );
}

/**
 * Reads what a rule may name as source or destination: `any`, an address, a prefix, or a range `from-to`.
 * `any` is both families; undefined when the text is none of these.
 */
export function parseAddressMatch(text: string): readonly IpRange[] | undefined {
  if (text === 'any') return anyAddress;
  const dash = text.indexOf('-');
  if (dash > 0) {
    const from = parseIp(text.slice(0, dash).trim());
    const to = parseIp(text.slice(dash + 1).trim());
    const isRange = from && to?.family === from.family && compareIp(from, to) <= 0;
    return isRange ? [{ from, to }] : undefined;
  }
  const single = parseIp(text);
  if (single) return [{ from: single, to: single }];
  const network = parsePrefix(text);
  return network && [prefixRange(network)];
}

export const anyAddress: readonly IpRange[] = Object.freeze([
  prefixRange(prefixOf(ipFromWords(4, 0, 0, 0, 0), 0)),
  prefixRange(prefixOf(ipFromWords(6, 0, 0, 0, 0), 0)),
]);

/** The address as one big integer; for address arithmetic outside the hot path. */
export function ipToBigInt(address: Ip): bigint {
  if (address.family === 4) return BigInt(address.w0);
  return (
    (BigInt(address.w0) << 96n) |
    (BigInt(address.w1) << 64n) |
    (BigInt(address.w2) << 32n) |
    BigInt(address.w3)
  );
}

export function ipFromBigInt(family: IpFamily, value: bigint): Ip {
  const word = (shift: bigint) => Number((value >> shift) & 0xffffffffn);
  return family === 4
    ? ipFromWords(4, word(0n), 0, 0, 0)
    : ipFromWords(6, word(96n), word(64n), word(32n), word(0n));
}

/** The address `offset` after `address`, in the same family. */
export const ipPlus = (address: Ip, offset: bigint): Ip =>
  ipFromBigInt(address.family, ipToBigInt(address) + offset);

const macPattern = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;
export const isMac = (text: string): boolean => macPattern.test(text);
