/** Tables as comma-separated values: RFC 4180, every cell quoted. */

/** https://owasp.org/www-community/attacks/CSV_Injection: what begins a formula is made text by an apostrophe. */
const formulaStart = /^[\s\p{C}]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^[\t\r\n]/u;

/** Whether a spreadsheet may take the text for a formula, so that its cell begins with an apostrophe. */
export const isFormula = (text: string): boolean => formulaStart.test(text);

export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');

export function csvCell(text: string): string {
  const plain = isFormula(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
