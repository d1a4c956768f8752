/** One line of what a firewall's keepers are asked to open. */
export interface FirewallRow {
  readonly source: string;
  readonly destination: string;
  /** Absent where nobody knows the address. */
  readonly address?: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly port?: number;
  readonly purpose: string;
}

export const firewallColumns = [
  'Source',
  'Destination',
  'Address',
  'Protocol',
  'Port',
  'Purpose',
] as const;

/** Each row once: sources and purposes of one way are put together, in the order in which they come. */
export function firewallRequest(rows: readonly FirewallRow[]): readonly FirewallRow[] {
  const bySource = merge(rows, 'purpose', ({ source, ...way }) => [source, wayOf(way)]);
  return merge(bySource, 'source', ({ purpose, ...way }) => [purpose, wayOf(way)]);
}

const wayOf = (way: Omit<FirewallRow, 'source' | 'purpose'>) =>
  [way.destination, way.address, way.protocol, way.port].join('\n');

/** Rows that are the same but for one text are one, with their texts one behind the other. */
function merge(
  rows: readonly FirewallRow[],
  key: 'source' | 'purpose',
  identity: (row: FirewallRow) => readonly string[],
): readonly FirewallRow[] {
  const groups = new Map<string, readonly FirewallRow[]>();
  for (const row of rows) {
    const name = JSON.stringify(identity(row));
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    const texts = new Set([first, ...more].map((row) => row[key]));
    return [{ ...first, [key]: [...texts].join('; ') }];
  });
}

/** RFC 4180, every cell quoted, so that a spreadsheet takes none of them for a formula. */
export function firewallRequestCsv(rows: readonly FirewallRow[]): string {
  const lines = rows.map(({ source, destination, address = '', protocol, port, purpose }) =>
    [source, destination, address, protocol, port === undefined ? '' : String(port), purpose]
      .map(cell)
      .join(','),
  );
  return [firewallColumns.map(cell).join(','), ...lines, ''].join('\r\n');
}

/** https://owasp.org/www-community/attacks/CSV_Injection: what begins a formula is made text by an apostrophe. */
const formulaStart = /^[\s\p{C}]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^[\t\r\n]/u;

const cell = (text: string): string => {
  const plain = formulaStart.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
};
