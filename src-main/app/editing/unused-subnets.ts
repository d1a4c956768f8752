import {
  familyBits,
  ip,
  ipFromBigInt,
  ipToBigInt,
  parseInterfaceAddress,
  parsePrefix,
  prefix,
  prefixOf,
  prefixRange,
  type IpFamily,
  type Prefix,
} from '../../model/ip.ts';
import type { WorkingCopy } from './working-copy.ts';

interface Span {
  readonly from: bigint;
  readonly to: bigint;
}

/** The prefixes that a design uses, disjoint and in order. */
export class UsedPrefixes {
  readonly #spans: Record<IpFamily, Span[]>;

  constructor(prefixes: readonly Prefix[]) {
    this.#spans = { 4: merged(prefixes, 4), 6: merged(prefixes, 6) };
  }

  overlaps(candidate: Prefix): boolean {
    const { from, to } = spanOf(candidate);
    const spans = this.#spans[candidate.network.family];
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle]?.to ?? 0n) < from) low = middle + 1;
      else high = middle;
    }
    const first = spans[low];
    return first !== undefined && first.from <= to;
  }

  add(one: Prefix): void {
    const { family } = one.network;
    this.#spans[family] = mergedSpans([...this.#spans[family], spanOf(one)]);
  }
}

function spanOf(of: Prefix): Span {
  const range = prefixRange(of);
  return { from: ipToBigInt(range.from), to: ipToBigInt(range.to) };
}

const merged = (prefixes: readonly Prefix[], family: IpFamily): Span[] =>
  mergedSpans(prefixes.filter(({ network }) => network.family === family).map(spanOf));

function mergedSpans(spans: readonly Span[]): Span[] {
  const disjoint: Span[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = disjoint.at(-1);
    if (!last || span.from > last.to) disjoint.push(span);
    else if (span.to > last.to) disjoint[disjoint.length - 1] = { from: last.from, to: span.to };
  }
  return disjoint;
}

/** What is drawn: subnets, links, clusters. With `routes`, also where static routes lead, the default route apart. */
export function usedPrefixes(copy: WorkingCopy, routes: boolean): UsedPrefixes {
  const used: Prefix[] = [];
  const take = (text: string) => {
    const found = parsePrefix(text) ?? parseInterfaceAddress(text)?.prefix;
    if (found) used.push(found);
  };
  for (const segment of copy.all('segment')) segment.subnets?.forEach(({ cidr }) => take(cidr));
  for (const node of copy.all('node')) {
    for (const item of node.interfaces ?? []) {
      // On a segment the subnet says it already.
      if (copy.get('segment', item.segment)?.subnets === undefined) item.addresses?.forEach(take);
    }
    if (!routes) continue;
    for (const { destination } of node.routes ?? []) {
      if (!destination.endsWith('/0')) take(destination);
    }
  }
  for (const cluster of copy.all('cluster')) {
    [...cluster.podCidrs, ...cluster.serviceCidrs].forEach(take);
    cluster.calico?.ipPools?.forEach(({ cidr }) => take(cidr));
  }
  return new UsedPrefixes(used);
}

/** The first candidate that nothing overlaps; rather one that a static route leads to than none. */
export function unusedPrefix(
  copy: WorkingCopy,
  candidates: () => Iterable<Prefix>,
): Prefix | undefined {
  for (const routes of [true, false]) {
    const used = usedPrefixes(copy, routes);
    for (const candidate of candidates()) if (!used.overlaps(candidate)) return candidate;
  }
  return undefined;
}

function* series(within: string, length: number, skip = 0): Generator<Prefix> {
  const outer = prefix(within);
  const { family } = outer.network;
  const step = 1n << BigInt(familyBits(family) - length);
  const { from, to } = spanOf(outer);
  for (let at = from + BigInt(skip) * step; at <= to; at += step) {
    yield prefixOf(ipFromBigInt(family, at), length);
  }
}

/** RFC 1918, from 192.168.1.0/24 on. */
export function* privateSubnets(): Generator<Prefix> {
  yield* series('192.168.0.0/16', 24, 1);
  yield* series('10.0.0.0/9', 24, 256);
  yield* series('172.16.0.0/13', 24);
}

/** Documentation ranges (RFC 5737), then those for benchmarks (RFC 2544): public, and nobody's. */
export function* publicSubnets(): Generator<Prefix> {
  yield prefix('198.51.100.0/24');
  yield prefix('203.0.113.0/24');
  yield prefix('192.0.2.0/24');
  yield* series('198.18.0.0/15', 24);
}

/** For links between two routers. */
export const linkSubnets = (): Generator<Prefix> => series('10.255.0.0/16', 30);

/** For pods and services: out of the way of what machines commonly have. */
export function* clusterRanges(): Generator<Prefix> {
  yield* series('172.24.0.0/13', 16, 4);
  yield* series('172.16.0.0/12', 16);
  yield* series('100.64.0.0/10', 16);
  yield* series('10.0.0.0/8', 16, 128);
}

/** Other prefixes of the same length, the ones behind it first; then all of its surroundings. */
export function* likeSubnets(like: Prefix): Generator<Prefix> {
  const { family } = like.network;
  const step = 1n << BigInt(familyBits(family) - like.length);
  const end = 1n << BigInt(familyBits(family));
  const first = ipToBigInt(like.network);
  for (let count = 1n; count <= 65_536n; count += 1n) {
    const at = first + count * step;
    if (at + step > end) break;
    yield prefixOf(ipFromBigInt(family, at), like.length);
  }
  if (family === 4 && like.length >= 24) yield* series('10.0.0.0/9', like.length);
  if (family === 6) yield* seriesOfLength(like.length);
}

function* seriesOfLength(length: number): Generator<Prefix> {
  const network = ip('fd00::');
  const step = 1n << BigInt(128 - length);
  for (let count = 0n; count < 65_536n && length > 8; count += 1n) {
    yield prefixOf(ipFromBigInt(6, ipToBigInt(network) + count * step), length);
  }
}
