/** Workbooks of Office Open XML (ECMA-376, ISO/IEC 29500), which Excel and LibreOffice open. */
import { writeXlsx } from 'hucre/xlsx';
import type { FirewallRequestRow } from '../../install/index.ts';
import { firewallRequestTable } from '../../install/plan/firewall-request.ts';

/**
 * The firewall request as the bytes of an .xlsx file: one sheet, whose cells are all texts, so that none is a formula.
 * The same rows make the same bytes: the workbook says that it was made in 1980, as a ZIP file without a date does.
 */
export function firewallRequestXlsx(rows: readonly FirewallRequestRow[]): Promise<Uint8Array> {
  const table = firewallRequestTable(rows).map((cells) => cells.map(cellText));
  return writeXlsx({
    sheets: [
      {
        name: 'Firewall request',
        columns: widthsOf(table).map((width) => ({ width })),
        rows: table,
        freezePane: { rows: 1 },
      },
    ],
    properties: { created: zipEpoch, modified: zipEpoch },
  });
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT §4.4.6: MS-DOS dates begin there. */
const zipEpoch = new Date(Date.UTC(1980, 0, 1));

/** What Excel takes in one cell, in UTF-16 code units. */
const longestCell = 32_767;

/**
 * A text as a cell has it: `_x0041_` in it is an escaped `A` (ECMA-376 Part 1 §22.9.2.19, ST_Xstring) unless its first
 * sign is escaped itself, and what is no character of XML is U+FFFD.
 */
const cellText = (text: string): string =>
  cut(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');

/** Not within a surrogate pair. */
const cut = (text: string): string =>
  text.length <= longestCell
    ? text
    : `${text.slice(0, longestCell - 1).replace(/[\ud800-\udbff]$/, '')}…`;

/** In characters: that of the longest line, within what is read with ease. */
const widthsOf = (table: readonly (readonly string[])[]): number[] =>
  (table[0] ?? []).map((_, column) => {
    const lengths = table.map((cells) =>
      Math.max(...(cells[column] ?? '').split('\n').map((line) => line.length)),
    );
    const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
    return Math.min(Math.max(longest + 2, 8), 60);
  });
