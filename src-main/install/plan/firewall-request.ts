import { csvText } from '../../interop/csv.ts';
import type { FirewallRequestRow } from '../vocabulary.ts';

export const firewallColumns = [
  'Source',
  'Source address',
  'Destination',
  'Destination address',
  'Protocol',
  'Port',
  'Purpose',
] as const;

/** The request as a table of texts, its heading first. */
export const firewallRequestTable = (rows: readonly FirewallRequestRow[]): readonly string[][] => [
  [...firewallColumns],
  ...rows.map(({ sources, sourceAddresses, host, address = '', protocol, port, purposes }) => [
    sources.join('; '),
    sourceAddresses.join('; '),
    host,
    address,
    protocol,
    String(port),
    purposes.join('; '),
  ]),
];

/** RFC 4180, every cell quoted, so that a spreadsheet takes none of them for a formula. */
export const firewallRequestCsv = (rows: readonly FirewallRequestRow[]): string =>
  csvText(firewallRequestTable(rows));
