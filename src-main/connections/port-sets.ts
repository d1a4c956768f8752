/** The transport protocols that services and policies speak of (Kubernetes `core/v1` Protocol), with IANA's numbers. */
export const transports = [
  { name: 'SCTP', number: 132 },
  { name: 'TCP', number: 6 },
  { name: 'UDP', number: 17 },
] as const;
export type TransportName = (typeof transports)[number]['name'];

/** First and last, both in. */
export type PortRange = readonly [first: number, last: number];
export const everyPort: PortRange = [1, 65535];

/** Ascending ranges with gaps between them, by protocol. A protocol without ports is absent. */
export type ConnectionSet = Readonly<Partial<Record<TransportName, readonly PortRange[]>>>;

export const everything: ConnectionSet = { SCTP: [everyPort], TCP: [everyPort], UDP: [everyPort] };

/** Sorted and merged; ranges that touch become one. */
export function mergeRanges(ranges: readonly PortRange[]): readonly PortRange[] {
  const merged: [number, number][] = [];
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const before = merged.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

export function union(a: ConnectionSet, b: ConnectionSet): ConnectionSet {
  const result: Partial<Record<TransportName, readonly PortRange[]>> = {};
  for (const { name } of transports) {
    const ranges = mergeRanges([...(a[name] ?? []), ...(b[name] ?? [])]);
    if (ranges.length > 0) result[name] = ranges;
  }
  return result;
}

export function intersection(a: ConnectionSet, b: ConnectionSet): ConnectionSet {
  const result: Partial<Record<TransportName, readonly PortRange[]>> = {};
  for (const { name } of transports) {
    const ranges = (a[name] ?? []).flatMap(([from, to]) =>
      (b[name] ?? []).flatMap(([first, last]): PortRange[] => {
        const [low, high] = [Math.max(from, first), Math.min(to, last)];
        return low <= high ? [[low, high]] : [];
      }),
    );
    if (ranges.length > 0) result[name] = mergeRanges(ranges);
  }
  return result;
}

/** As np-guard's analyser prints it: `TCP 80-90,443,UDP 53`, `All Connections`; empty for none. */
export function connectionText(connections: ConnectionSet): string {
  const isAll = transports.every(({ name }) => {
    const [first, ...more] = connections[name] ?? [];
    return more.length === 0 && first?.[0] === everyPort[0] && first[1] === everyPort[1];
  });
  if (isAll) return 'All Connections';
  return transports
    .flatMap(({ name }) => {
      const ranges = connections[name];
      if (!ranges) return [];
      const ports = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`));
      return [`${name} ${ports.join(',')}`];
    })
    .join(',');
}
