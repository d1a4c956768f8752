/** Longest text, in UTF-16 code units, that is looked at of one label. */
const longest = 20_000;

/** Elements whose content nobody sees. */
const unseen = /<(script|style|title|head|template)\b[^<>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi;
/** Elements that stand on lines of their own. */
const blocks = /<\/?(?:br|p|div|h[1-6]|li|ul|ol|tr|table|hr|blockquote|pre|section)\b[^<>]*>/gi;
const cells = /<\/?t[dh]\b[^<>]*>/gi;
const tags = /<\/?[a-z!][^<>]*>/gi;

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  shy: '',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  middot: '·',
  bull: '•',
  times: '×',
  deg: '°',
  larr: '←',
  rarr: '→',
  harr: '↔',
  copy: '©',
  reg: '®',
  trade: '™',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
};

/** A label in lines without blanks at their ends, as a person reads it; never markup. */
export function plainText(label: string, isHtml: boolean): string {
  const start = label.slice(0, longest).toWellFormed();
  const text = isHtml ? withoutMarkup(start) : start;
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

function withoutMarkup(html: string): string {
  return (
    html
      .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
      .replace(unseen, '')
      // Ends of lines are blanks in HTML; draw.io shows them as what they are in its own labels.
      .replace(blocks, '\n')
      .replace(cells, ' ')
      .replace(tags, '')
      .replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);/gi, entity)
      .toWellFormed()
  );
}

function entity(whole: string, name: string): string {
  if (!name.startsWith('#')) return Object.hasOwn(named, name) ? (named[name] ?? whole) : whole;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '\ufffd';
}
