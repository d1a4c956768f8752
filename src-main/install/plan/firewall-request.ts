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

/** RFC 4180, every cell quoted, so that a spreadsheet takes none of them for a formula. */
export function firewallRequestCsv(rows: readonly FirewallRequestRow[]): string {
  const lines = rows.map(
    ({ sources, sourceAddresses, host, address = '', protocol, port, purposes }) =>
      [
        sources.join('; '),
        sourceAddresses.join('; '),
        host,
        address,
        protocol,
        String(port),
        purposes.join('; '),
      ]
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
