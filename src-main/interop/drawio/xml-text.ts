/** XML as text: names are the program's own, values may come from anybody. */

/** What XML 1.0 §2.2 has no way to write, not even as a reference. */
// eslint-disable-next-line no-control-regex -- it is about controls
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // As characters they would be read as blanks (XML 1.0 §3.3.3).
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

export const isWritable = (text: string): boolean =>
  text.search(unwritable) < 0 && text.isWellFormed();

/** The text as the value of an attribute in double quotes; what XML cannot hold becomes U+FFFD. */
export const attributeText = (text: string): string =>
  text
    .toWellFormed()
    .replace(unwritable, '\ufffd')
    .replace(/[&<>"\t\n\r]/g, (sign) => escapes[sign] ?? sign);

export type Attributes = readonly (readonly [name: string, value: string])[];

/** The start of an element, without its closing `>` or `/>`. */
export const openTag = (name: string, attributes: Attributes): string =>
  `<${name}${attributes.map(([key, value]) => ` ${key}="${attributeText(value)}"`).join('')}`;
