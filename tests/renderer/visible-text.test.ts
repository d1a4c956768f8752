import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textInSentence, visibleText } from '../../src-renderer/i18n/visible-text.ts';

test.each<[what: string, text: string, shown: string]>([
  ['an override', 'payroll\u202egpj.exe', 'payroll‹RLO›gpj.exe'],
  ['an embedding that is closed', '\u202bweb\u202c', '‹RLE›web‹PDF›'],
  ['isolates, closed or not', '\u2066a\u2067b\u2068c\u2069', '‹LRI›a‹RLI›b‹FSI›c‹PDI›'],
  ['marks of direction among Latin letters', 'a\u200eb\u200fc\u061cd', 'a‹LRM›b‹RLM›c‹ALM›d'],
  ['what has no width', 'esg\u200b\u2060\ufeff\u00ad', 'esg‹ZWSP›‹WJ›‹BOM›‹SHY›'],
  ['a joiner between Latin letters', 'e\u200ds\u200cg', 'e‹ZWJ›s‹ZWNJ›g'],
  ['a blank of Hangul', 'esg\u3164', 'esg‹U+3164›'],
  ['tags', 'a\u{e0041}', 'a‹U+E0041›'],
  ['controls', 'a\u0000\u001b[31m\u007f\u0085', 'a␀␛[31m␡‹U+0085›'],
  ['ends of lines', 'a\r\nb\tc\u2028d', 'a  b c‹LSEP›d'],
])('shows %s', (_, text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test.each([
  ['Latin', 'ESG – Düsseldorf 1'],
  ['Hebrew, with a mark that keeps its sign in place', 'שרת C++\u200f ראשי'],
  ['Arabic', 'خادم الويب 12'],
  ['Persian, whose letters a non-joiner parts', 'می\u200cخواهم'],
  ['Hindi, whose letters a joiner joins', 'क्\u200dष'],
  ['Korean', '팟 네트워크'],
  ['a family', '👨‍👩‍👧‍👦 home'],
  ['a heart with its shape', '❤️ web'],
])('leaves %s as it is', (_, text) => {
  expect(visibleText(text)).toBe(text);
});

test('a text that is shown holds nothing that turns what is around it', () => {
  const hostile = fc.string({
    unit: fc.constantFrom('a', 'ש', '1', '\u202e', '\u2067', '\u2069', '\u200b', '\u0007'),
  });
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = visibleText(text);
      expect(shown).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\p{Cc}]/u);
      expect(visibleText(shown)).toBe(shown);
    }),
  );
});

test('within a sentence, what runs from right to left keeps to itself', () => {
  expect(textInSentence('שרת')).toBe('\u2068שרת\u2069');
  expect(textInSentence('a\u202eb')).toBe('a‹RLO›b');
});
