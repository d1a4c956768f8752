import {
  compareIp,
  familyBits,
  ipFromBigInt,
  ipToBigInt,
  lastAddress,
  type Ip,
  type IpFamily,
  type Prefix,
} from '../../model/ip.ts';
import { lastStart4, lastStart6 } from './address-index.ts';
import type { RouteEntry, RoutePool, RouteTable } from './network.ts';

export interface RouteCandidate extends RouteEntry {
  readonly prefix: Prefix;
  readonly distance: number;
  readonly metric: number;
}

/** Among routes of one prefix the least distance wins, then the least metric; equal ones share the traffic. */
function bestOf(candidates: readonly RouteCandidate[]): RouteEntry[] {
  const least = candidates.reduce((best, candidate) =>
    candidate.distance - best.distance || candidate.metric - best.metric
      ? candidate.distance < best.distance ||
        (candidate.distance === best.distance && candidate.metric < best.metric)
        ? candidate
        : best
      : best,
  );
  const equal = candidates.filter(
    (candidate) => candidate.distance === least.distance && candidate.metric === least.metric,
  );
  const seen = new Set<string>();
  return equal.filter((entry) => {
    const key = `${entry.kind} ${entry.interface} ${entry.via?.text ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Collects the routes of many devices in one family into one pool. Tables are usable after {@link finish}. */
export class RoutePoolBuilder {
  private readonly pool: RoutePool = {
    starts: new Uint32Array(),
    groupOf: new Int32Array(),
    entryStart: new Int32Array(),
    entries: [],
    prefixes: [],
  };
  private readonly family: IpFamily;
  private readonly starts: number[] = [];
  private readonly groupOf: number[] = [];
  private readonly entryStart: number[] = [];
  private readonly entries: RouteEntry[] = [];
  private readonly prefixes: string[] = [];

  constructor(family: IpFamily) {
    this.family = family;
  }

  add(all: readonly RouteCandidate[]): RouteTable {
    const firstInterval = this.groupOf.length;
    const firstGroup = this.prefixes.length;
    const sorted = groupByPrefix(this.family, all);
    for (const { prefix, candidates } of sorted) {
      this.prefixes.push(prefix.text);
      this.entryStart.push(this.entries.length);
      for (const { interface: out, via, kind, origin, id } of bestOf(candidates)) {
        this.entries.push({ interface: out, via, kind, origin, id });
      }
    }
    const { starts, groupOf } = intervalsOf(sorted.map(({ prefix }) => prefix));
    for (const { w0, w1, w2, w3 } of starts) {
      if (this.family === 4) this.starts.push(w0);
      else this.starts.push(w0, w1, w2, w3);
    }
    for (const group of groupOf) this.groupOf.push(group < 0 ? -1 : group + firstGroup);
    const intervals = this.groupOf.length - firstInterval;
    return { family: this.family, pool: this.pool, firstInterval, intervals };
  }

  finish(): void {
    this.pool.starts = Uint32Array.from(this.starts);
    this.pool.groupOf = Int32Array.from(this.groupOf);
    this.pool.entryStart = Int32Array.from([...this.entryStart, this.entries.length]);
    this.pool.entries = this.entries;
    this.pool.prefixes = this.prefixes;
  }
}

/** A table of its own. */
export function buildRouteTable(family: IpFamily, all: readonly RouteCandidate[]): RouteTable {
  const builder = new RoutePoolBuilder(family);
  const table = builder.add(all);
  builder.finish();
  return table;
}

interface PrefixRoutes {
  readonly prefix: Prefix;
  readonly candidates: readonly RouteCandidate[];
}

/** In address order, the shorter prefix first. */
function groupByPrefix(family: IpFamily, all: readonly RouteCandidate[]): PrefixRoutes[] {
  const byPrefix = new Map<string, { prefix: Prefix; candidates: RouteCandidate[] }>();
  for (const candidate of all) {
    const { prefix } = candidate;
    if (prefix.network.family !== family) continue;
    const same = byPrefix.get(prefix.text);
    if (same) same.candidates.push(candidate);
    else byPrefix.set(prefix.text, { prefix, candidates: [candidate] });
  }
  return [...byPrefix.values()].sort(
    (a, b) => compareIp(a.prefix.network, b.prefix.network) || a.prefix.length - b.prefix.length,
  );
}

/** Prefixes nest or are disjoint, so a stack of the open ones tells which is the longest at each boundary. */
function intervalsOf(sorted: readonly Prefix[]): {
  readonly starts: readonly Ip[];
  readonly groupOf: readonly number[];
} {
  const starts: Ip[] = [];
  const groupOf: number[] = [];
  const open: { readonly last: Ip; readonly group: number }[] = [];
  const boundary = (at: Ip, group: number) => {
    const previous = starts.at(-1);
    if (previous && compareIp(previous, at) === 0) groupOf[groupOf.length - 1] = group;
    else {
      starts.push(at);
      groupOf.push(group);
    }
  };
  const closeBefore = (start: Ip | null) => {
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (start && compareIp(top.last, start) >= 0) return;
      open.pop();
      const next = addressAfter(top.last);
      if (next) boundary(next, open.at(-1)?.group ?? -1);
    }
  };
  sorted.forEach((prefix, group) => {
    closeBefore(prefix.network);
    boundary(prefix.network, group);
    open.push({ last: lastAddress(prefix), group });
  });
  closeBefore(null);
  return { starts, groupOf };
}

function addressAfter(address: Ip): Ip | null {
  const value = ipToBigInt(address) + 1n;
  return value >> BigInt(familyBits(address.family)) ? null : ipFromBigInt(address.family, value);
}

/** The group of routes of the longest prefix that holds the address, or -1. */
export function lookupRoute(table: RouteTable, destination: Ip): number {
  const { pool, firstInterval, intervals } = table;
  const at =
    table.family === 4
      ? lastStart4(pool.starts, firstInterval, intervals, destination.w0)
      : lastStart6(pool.starts, firstInterval, intervals, destination);
  return at < 0 ? -1 : (pool.groupOf[at] as number);
}

/** How many equal routes a group has. */
export const routeChoices = ({ pool }: RouteTable, group: number): number =>
  (pool.entryStart[group + 1] as number) - (pool.entryStart[group] as number);

export const routeEntry = ({ pool }: RouteTable, group: number, choice: number): RouteEntry =>
  pool.entries[(pool.entryStart[group] as number) + choice] as RouteEntry;

/** The first route to a destination, for those who only ask where it leads. */
export function firstRoute(table: RouteTable, destination: Ip): RouteEntry | undefined {
  const group = lookupRoute(table, destination);
  return group < 0 ? undefined : routeEntry(table, group, 0);
}
