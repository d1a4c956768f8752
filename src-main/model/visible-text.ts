/**
 * Names come from files of strangers. Characters that nobody sees can turn the text around them (the bidirectional
 * controls of Unicode's UAX #9), hide in it, or make two different names look the same (UTS #55 §5.1): they are shown as
 * what they are called. Those that a script or an emoji needs stay: letters decide there how they are joined.
 */

/** Controls, what is drawn as nothing, and what ends a line; not the selectors of a letter's or an emoji's shape. */
const unseen =
  /(?![\ufe00-\ufe0f\u{e0100}-\u{e01ef}])[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/u;
const eachUnseen = new RegExp(unseen.source, 'gu');

const rightToLeft =
  /(?=\p{L})[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** The last of a text, or the first of one, is a letter of a script whose letters joiners join and part. */
const joined = String.raw`[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}]`;
const endsJoined = new RegExp(`${joined}$`, 'u');
const beginsJoined = new RegExp(`^${joined}`, 'u');
const endsPictured = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]\ufe0f?$/u;
const beginsPictured = /^\p{Extended_Pictographic}/u;

const zeroWidthNonJoiner = '\u200c';
const zeroWidthJoiner = '\u200d';
const directionMarks = '\u200e\u200f\u061c';

/** Abbreviations of the Unicode Standard. */
const abbreviations: Readonly<Record<string, string>> = {
  '\u00ad': 'SHY',
  '\u034f': 'CGJ',
  '\u061c': 'ALM',
  '\u200b': 'ZWSP',
  '\u200c': 'ZWNJ',
  '\u200d': 'ZWJ',
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\u2028': 'LSEP',
  '\u2029': 'PSEP',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2060': 'WJ',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
  '\ufeff': 'BOM',
};

/** The text as it is shown: `payroll‹RLO›gpj`. Tabs and ends of lines are blanks. */
export function visibleText(text: string): string {
  if (!unseen.test(text)) return text;
  return text.replace(eachUnseen, (character, at: number) =>
    isNeeded(character, text.slice(0, at), text.slice(at + character.length))
      ? character
      : shown(character),
  );
}

/** The same within a sentence, whose other words keep their order where the text runs from right to left. */
export function textInSentence(text: string): string {
  const visible = visibleText(text);
  return rightToLeft.test(visible) ? `\u2068${visible}\u2069` : visible;
}

function isNeeded(character: string, before: string, after: string): boolean {
  if (directionMarks.includes(character)) return rightToLeft.test(before + after);
  if (character !== zeroWidthJoiner && character !== zeroWidthNonJoiner) return false;
  if (endsJoined.test(before) && beginsJoined.test(after)) return true;
  return character === zeroWidthJoiner && endsPictured.test(before) && beginsPictured.test(after);
}

function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (/[\t\n\r]/.test(character)) return ' ';
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  const name = abbreviations[character];
  return `‹${name ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}›`;
}
