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
import type { RouteEntry, RouteGroup, RouteTable } from './network.ts';

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

export function buildRouteTable(family: IpFamily, all: readonly RouteCandidate[]): RouteTable {
  const byPrefix = new Map<string, RouteCandidate[]>();
  for (const candidate of all) {
    if (candidate.prefix.network.family !== family) continue;
    const same = byPrefix.get(candidate.prefix.text);
    if (same) same.push(candidate);
    else byPrefix.set(candidate.prefix.text, [candidate]);
  }
  const sorted = [...byPrefix.values()]
    .map((candidates) => ({ prefix: (candidates[0] as RouteCandidate).prefix, candidates }))
    .sort(
      (a, b) => compareIp(a.prefix.network, b.prefix.network) || a.prefix.length - b.prefix.length,
    );
  const groups: RouteGroup[] = sorted.map(({ prefix, candidates }) => ({
    prefix: prefix.text,
    entries: bestOf(candidates),
  }));

  // Prefixes nest or are disjoint, so a stack of the open ones tells which is the longest at each boundary.
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
  sorted.forEach(({ prefix }, group) => {
    closeBefore(prefix.network);
    boundary(prefix.network, group);
    open.push({ last: lastAddress(prefix), group });
  });
  closeBefore(null);

  return {
    family,
    starts:
      family === 4
        ? Uint32Array.from(starts, (start) => start.w0)
        : Uint32Array.from(starts.flatMap(({ w0, w1, w2, w3 }) => [w0, w1, w2, w3])),
    groupOf: Int32Array.from(groupOf),
    groups,
  };
}

function addressAfter(address: Ip): Ip | null {
  const value = ipToBigInt(address) + 1n;
  return value >> BigInt(familyBits(address.family)) ? null : ipFromBigInt(address.family, value);
}

/** The routes of the longest prefix that holds the address, or undefined. */
export function lookupRoute(table: RouteTable, destination: Ip): RouteGroup | undefined {
  const at =
    table.family === 4
      ? lastStart4(table.starts, destination.w0)
      : lastStart6(table.starts, destination);
  if (at < 0) return undefined;
  const group = table.groupOf[at] as number;
  return group < 0 ? undefined : table.groups[group];
}
