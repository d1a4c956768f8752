import { familyBits, parseIp, prefixOf, sameIp, type Ip } from '../../model/ip.ts';

/** An address in a text, with its prefix length in bits where one stands there. */
export interface FoundAddress {
  readonly ip: Ip;
  readonly length?: number;
}

export interface FoundAddresses {
  readonly addresses: readonly FoundAddress[];
  /** Networks: prefixes whose host bits are zero, canonical. */
  readonly prefixes: readonly string[];
  /** The text without them, in lines. */
  readonly rest: string;
}

/** What may be an address, with a prefix length, or a netmask behind a blank. */
const candidate =
  /(?<![\w.:-])(?:(?<v4>\d{1,3}(?:\.\d{1,3}){3})|(?<v6>[0-9a-f]{0,4}:[0-9a-f:]{1,39}(?:\d{1,3}(?:\.\d{1,3}){3})?))(?:\/(?<bits>\d{1,3})|\s*(?:\/|mask:?\s|\s)\s*(?<mask>255(?:\.\d{1,3}){3}))?(?![\w:%-]|\.\d)/gi;

/** Addresses and networks that stand in a label, each once, in the order in which they stand there. */
export function addressesIn(text: string): FoundAddresses {
  const addresses = new Map<string, FoundAddress>();
  const prefixes = new Set<string>();
  const take = (groups: Readonly<Record<string, string | undefined>>): boolean => {
    const written = groups['v4'] ?? groups['v6'] ?? '';
    const ip = isAddressText(written) ? parseIp(written) : undefined;
    if (!ip || !isUsable(ip)) return false;
    const { bits, mask } = groups;
    if (bits === undefined && mask === undefined) {
      if (!addresses.has(ip.text)) addresses.set(ip.text, { ip });
      return true;
    }
    const length = bits === undefined ? maskLength(mask) : Number(bits);
    const most = familyBits(ip.family);
    if (length === undefined || length > most) return false;
    const network = prefixOf(ip, length);
    // A network of two addresses or one is a link or a machine, whatever its bits.
    if (length < most - 1 && sameIp(network.network, ip)) prefixes.add(network.text);
    else addresses.set(ip.text, { ip, length });
    return true;
  };
  const rest = text.split('\n').flatMap((line) => {
    const without = line.replace(candidate, (...found: unknown[]) =>
      take(found.at(-1) as Readonly<Record<string, string | undefined>>)
        ? ' '
        : (found[0] as string),
    );
    const tidied = without === line ? line : tidy(without);
    return tidied === '' ? [] : [tidied];
  });
  return { addresses: [...addresses.values()], prefixes: [...prefixes], rest: rest.join('\n') };
}

/** `12:30`, `a::b` of a program and the like are none: an IPv6 address has a digit and two colons. */
const isAddressText = (text: string): boolean =>
  !text.includes(':') || (/\d/.test(text) && text.split(':').length > 2);

/** What stood around an address: brackets, commas and words that name it. */
const tidy = (line: string): string =>
  line
    .replace(/\(\s*\)|\[\s*\]/g, ' ')
    .replace(/\b(?:ipv?[46]?|ip address|address|addr|cidr|subnet mask|netmask)\s*[:=]?\s*$/gi, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:|/=-]+|[\s,;:|/=(-]+$/g, '')
    .trim();

/** The prefix length of a netmask; undefined for what is none. */
function maskLength(text: string | undefined): number | undefined {
  const mask = text === undefined ? undefined : parseIp(text);
  if (!mask) return undefined;
  const length = Math.clz32(~mask.w0);
  const bits = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
  return bits === mask.w0 ? length : undefined;
}

/** An interface can have it: not unspecified, loopback, multicast or reserved. */
function isUsable({ family, w0, w1, w2, w3 }: Ip): boolean {
  if (family === 6) return w0 >>> 24 !== 0xff && (w0 | w1 | w2) !== 0 && (w0 | w1 | w2 | w3) !== 0;
  const first = w0 >>> 24;
  return first > 0 && first < 224 && first !== 127;
}
