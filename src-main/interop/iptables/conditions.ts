import {
  familyBits,
  ipToBigInt,
  parseAddressMatch,
  parseInterfaceAddress,
  parseIp,
  type IpFamily,
} from '../../model/ip.ts';
import type { Match, SavedRule } from './rules.ts';
import {
  intersect,
  mergeIntervals,
  subtract,
  type Box,
  type Dimension,
  type Interval,
  type Intervals,
} from './space.ts';

/** What the rules' words are held against. */
export interface Machine {
  readonly family: IpFamily;
  /** Names of its interfaces; their positions are numbers of the dimensions `in` and `out`. */
  readonly interfaces: readonly string[];
  /** Its own addresses, for `addrtype`; undefined where they are not known. */
  readonly ownAddresses: readonly string[] | undefined;
}

/** The packets that open connections of which a rule's conditions hold, or what in them is not known. */
export type Condition =
  | { readonly kind: 'box'; readonly box: Box }
  /** No packet that opens a connection. */
  | { readonly kind: 'never' }
  | { readonly kind: 'unknown'; readonly what: string };

const never: Condition = { kind: 'never' };

/** IANA numbers of the names that iptables writes (`/etc/protocols`). */
export const protocolNumbers: Readonly<Record<string, number>> = {
  icmp: 1,
  ipencap: 4,
  ipip: 4,
  tcp: 6,
  udp: 17,
  ipv6: 41,
  gre: 47,
  esp: 50,
  ah: 51,
  'ipv6-icmp': 58,
  icmpv6: 58,
  ospf: 89,
  vrrp: 112,
  sctp: 132,
  udplite: 136,
};

export function everything({ family, interfaces }: Machine): Box {
  const addresses: Intervals = [[0n, (1n << BigInt(familyBits(family))) - 1n]];
  const ports: Intervals = [[0n, 65535n]];
  // After the known ones: any other interface, and none.
  const places: Intervals = [[0n, BigInt(interfaces.length + 1)]];
  return {
    source: addresses,
    destination: addresses,
    protocol: [[0n, 255n]],
    sourcePort: ports,
    port: ports,
    in: places,
    out: places,
  };
}

/** The packets that a built-in chain sees: what the machine sends comes by no interface, what is for it leaves by none. */
export function seenBy(chain: string, machine: Machine): Box {
  const all = everything(machine);
  const none: Intervals = [one(machine.interfaces.length + 1)];
  const some: Intervals = [[0n, BigInt(machine.interfaces.length)]];
  return {
    ...all,
    in: chain === 'OUTPUT' || chain === 'POSTROUTING' ? none : some,
    out: chain === 'INPUT' || chain === 'PREROUTING' ? none : some,
  };
}

/** All conditions of a rule together. */
export function conditionOf(rule: SavedRule, machine: Machine): Condition {
  const all = everything(machine);
  const box = { ...all } as Record<Dimension, Intervals>;
  let unknown: string | undefined;
  for (const match of rule.matches) {
    const found = read(match, machine);
    if (found === 'always') continue;
    if (found === 'never') return never;
    if (typeof found === 'string') {
      unknown ??= found;
      continue;
    }
    const { dimension, intervals } = found;
    const wanted = match.isNegated ? subtract(all[dimension], intervals) : intervals;
    box[dimension] = intersect(box[dimension], wanted);
    if (box[dimension].length === 0) return never;
  }
  return unknown === undefined ? { kind: 'box', box } : { kind: 'unknown', what: unknown };
}

type Reading =
  | 'always'
  | 'never'
  /** What is not known of it. */
  | `? ${string}`
  | { readonly dimension: Dimension; readonly intervals: Intervals };

function read(match: Match, machine: Machine): Reading {
  const { option, values, isNegated, module } = match;
  const value = values[0] ?? '';
  const unknown: Reading = `? ${[module && `-m ${module}`, isNegated ? '!' : '', option, ...values].filter(Boolean).join(' ')}`;
  const holds = (is: boolean): Reading => (is === isNegated ? 'never' : 'always');
  switch (option) {
    case '-s':
    case '--src-range':
      return addresses('source', value, machine) ?? unknown;
    case '-d':
    case '--dst-range':
      return addresses('destination', value, machine) ?? unknown;
    case '-i':
      return interfaces('in', value, machine);
    case '-o':
      return interfaces('out', value, machine);
    case '-p': {
      if (value === 'all' || value === '0') return holds(true);
      const number = /^\d+$/.test(value) ? Number(value) : protocolNumbers[value];
      return number === undefined ? unknown : { dimension: 'protocol', intervals: [one(number)] };
    }
    case '--dport':
    case '--dports':
      return ports('port', value) ?? unknown;
    case '--sport':
    case '--sports':
      return ports('sourcePort', value) ?? unknown;
    case '--comment':
      return 'always';
    case '--state':
    case '--ctstate': {
      // Rules are asked about packets that open connections.
      const states = value.split(',');
      if (states.includes('NEW')) return holds(true);
      return states.every((state) => /^(ESTABLISHED|RELATED|INVALID|UNTRACKED)$/.test(state))
        ? holds(false)
        : unknown;
    }
    case '--syn':
      return holds(true);
    case '--tcp-flags': {
      const [mask = '', set = ''] = values;
      const flags = mask === 'ALL' ? ['SYN'] : mask.split(',').filter((flag) => flag === 'SYN');
      return holds(flags.join() === (set === 'NONE' ? '' : set === 'ALL' ? 'ALL' : set));
    }
    case '--icmp-type':
    case '--icmpv6-type':
      return holds(/^(any|8|8\/0|128|128\/0|echo-request|ping)$/.test(value));
    case '-f':
      return holds(false);
    case '--dst-type':
    case '--src-type':
      return (
        addressType(option === '--dst-type' ? 'destination' : 'source', value, machine) ?? unknown
      );
    default:
      return unknown;
  }
}

const one = (value: number): Interval => [BigInt(value), BigInt(value)];

function addresses(dimension: Dimension, text: string, { family }: Machine): Reading | undefined {
  const intervals = text.split(',').flatMap((part): Interval[] | undefined[] => {
    const ranges = parseAddressMatch(part) ?? parseAddressMatch(masked(part) ?? '');
    if (!ranges) return [undefined];
    return ranges
      .filter(({ from }) => from.family === family)
      .map(({ from, to }): Interval => [ipToBigInt(from), ipToBigInt(to)]);
  });
  if (intervals.some((interval) => interval === undefined)) return undefined;
  const known = intervals.filter((interval) => interval !== undefined);
  return { dimension, intervals: mergeIntervals(known) };
}

/** `10.1.2.3/8` and `10.0.0.0/255.0.0.0`, which other tools write, as the network that is meant. */
function masked(text: string): string | undefined {
  const [address = '', mask = ''] = text.split('/');
  const dotted = parseIp(mask);
  const length = dotted ? maskLength(ipToBigInt(dotted)) : Number(mask);
  if (length === undefined || !Number.isInteger(length)) return undefined;
  return parseInterfaceAddress(`${address}/${length}`)?.prefix.text;
}

function maskLength(mask: bigint): number | undefined {
  const bits = mask.toString(2).padStart(32, '0');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined;
}

/** A name, or the beginning of names with `+` behind it. */
function interfaces(
  dimension: 'in' | 'out',
  name: string,
  { interfaces: known }: Machine,
): Reading {
  const isFor = (own: string) =>
    name.endsWith('+') ? own.startsWith(name.slice(0, -1)) : own === name;
  const intervals = known.flatMap((own, at) => (isFor(own) ? [one(at)] : []));
  return { dimension, intervals: mergeIntervals(intervals) };
}

/** `80`, `1024:65535`, `:1023`, `80,443,8000:8080`. */
function ports(dimension: 'port' | 'sourcePort', text: string): Reading | undefined {
  const intervals = text.split(',').map((part): Interval | undefined => {
    const [, first = '', colon, last = ''] = /^(\d*)(:)?(\d*)$/.exec(part) ?? [];
    if (first === '' && last === '') return undefined;
    const from = first === '' ? 0 : Number(first);
    const to = colon === undefined ? from : last === '' ? 65535 : Number(last);
    return from <= to && to <= 65535 ? [BigInt(from), BigInt(to)] : undefined;
  });
  if (intervals.some((interval) => interval === undefined)) return undefined;
  return { dimension, intervals: mergeIntervals(intervals.filter((one) => one !== undefined)) };
}

function addressType(
  dimension: Dimension,
  type: string,
  { ownAddresses, family }: Machine,
): Reading | undefined {
  if (type !== 'LOCAL' || !ownAddresses) return undefined;
  const own = ownAddresses.flatMap((text): Interval[] => {
    const address = parseIp(text);
    if (address?.family !== family) return [];
    const value = ipToBigInt(address);
    return [[value, value]];
  });
  const loopback: Interval = family === 4 ? [127n << 24n, (128n << 24n) - 1n] : [1n, 1n];
  return { dimension, intervals: mergeIntervals([...own, loopback]) };
}
