import { ipFromBigInt, ipToBigInt, familyBits, type Ip, type IpFamily } from '../model/ip.ts';
import type { ClusterPolicies, PolicyList, RuleEnd } from '../sim/compile/policy-tables.ts';
import { everyPort, type PortRange } from './port-sets.ts';

/**
 * Policies compare ports and addresses with the borders of ranges and with nothing else. Between two borders they decide
 * alike, so that one port or address speaks for all of its cell, and the answer is exact.
 */
export interface Cells {
  readonly ports: readonly PortRange[];
  /** First and last address of each cell, ascending; they cover the family. */
  readonly addresses: Readonly<Record<IpFamily, readonly AddressCell[]>>;
}

export interface AddressCell {
  readonly from: bigint;
  readonly to: bigint;
}

export function cellsOf(tables: ClusterPolicies | null): Cells {
  const ports = new Set([everyPort[0], everyPort[1] + 1]);
  const starts = { 4: new Set([0n]), 6: new Set([0n]) };
  const addRange = (first: number, last: number) => ports.add(first).add(last + 1);
  for (const list of listsOf(tables)) {
    for (const { source, destination } of list.rules) {
      for (const end of [source, destination]) addBorders(end, addRange, starts);
    }
  }
  for (const named of tables?.namedPorts ?? []) {
    for (const key of named) addRange(key % 65536, key % 65536);
  }
  return {
    ports: between([...ports].filter((port) => port >= everyPort[0]).sort((a, b) => a - b)),
    addresses: { 4: addressCells(starts[4], 4), 6: addressCells(starts[6], 6) },
  };
}

function* listsOf(tables: ClusterPolicies | null): Generator<PolicyList> {
  for (const { ingress, egress } of tables?.pods.values() ?? []) {
    if (ingress) yield ingress;
    if (egress) yield egress;
  }
}

function addBorders(
  end: RuleEnd,
  addRange: (first: number, last: number) => void,
  starts: Readonly<Record<IpFamily, Set<bigint>>>,
): void {
  for (const match of [end.ports, end.notPorts]) {
    const numbers = match?.numbers ?? [];
    for (let at = 0; at < numbers.length; at += 2) {
      addRange(numbers[at] as number, numbers[at + 1] as number);
    }
  }
  for (const nets of [end.nets, end.notNets]) {
    for (const { from, to } of nets ?? []) {
      starts[from.family].add(ipToBigInt(from)).add(ipToBigInt(to) + 1n);
    }
  }
}

function between(borders: readonly number[]): PortRange[] {
  return borders.slice(0, -1).flatMap((first, at): PortRange[] => {
    const last = (borders[at + 1] as number) - 1;
    return first <= everyPort[1] && first <= last ? [[first, Math.min(last, everyPort[1])]] : [];
  });
}

function addressCells(starts: ReadonlySet<bigint>, family: IpFamily): AddressCell[] {
  const end = 1n << BigInt(familyBits(family));
  const sorted = [...starts].filter((start) => start < end).sort((a, b) => (a < b ? -1 : 1));
  return sorted.map((from, at) => ({ from, to: (sorted[at + 1] ?? end) - 1n }));
}

/** An address of the cell that nobody of the cluster has, so that no selector knows it; else its first. */
export function outsiderIn(cell: AddressCell, family: IpFamily, known: ReadonlySet<string>): Ip {
  for (let value = cell.from; value <= cell.to; value += 1n) {
    const address = ipFromBigInt(family, value);
    if (!known.has(address.text)) return address;
  }
  return ipFromBigInt(family, cell.from);
}
