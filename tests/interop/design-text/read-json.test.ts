import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../../src-main/interop/design-text/read-json.ts';
import { UnreadableText } from '../../../src-main/interop/design-text/text-issue.ts';

/** What JSON.parse makes of a text, or that it refuses it. */
function reference(text: string): { value: unknown } | 'refused' {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return 'refused';
  }
}

function ours(text: string): { value: unknown } | 'refused' {
  try {
    return { value: readJson(text).value };
  } catch (thrown) {
    if (thrown instanceof UnreadableText) return 'refused';
    throw thrown;
  }
}

/** JSON texts with the white space and escapes that a writer may choose. */
const jsonText = fc
  .tuple(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'))
  .map(([value, indent]) => JSON.stringify(value, undefined, indent));

/** The text with one part put in, taken out or replaced. */
const damaged = fc
  .tuple(
    jsonText,
    fc.nat(),
    fc.nat(3),
    fc.constantFrom(
      '',
      ',',
      ':',
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      '0',
      '-',
      '1e',
      '.',
      ' ',
      '\n',
      '\t',
      '\u0000',
      'null',
      'é',
      '//',
      "'",
    ),
  )
  .map(([text, place, length, part]) => {
    const at = place % (text.length + 1);
    return text.slice(0, at) + part + text.slice(at + length);
  });

describe('the JSON reader', () => {
  it('reads what JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        expect(ours(text)).toEqual(reference(text));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what JSON.parse refuses, and nothing else', () => {
    fc.assert(
      fc.property(damaged, (text) => {
        const expected = reference(text);
        if (expected === 'refused') expect(ours(text)).toBe('refused');
        else if (readJson(text).duplicates.length === 0) expect(ours(text)).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds every value where it stands', () => {
    fc.assert(
      fc.property(jsonText, (text) => {
        const read = readJson(text);
        const paths: (string | number)[][] = [];
        const walk = (value: unknown, path: (string | number)[]) => {
          paths.push(path);
          if (typeof value !== 'object' || value === null) return;
          const keys = Array.isArray(value) ? value.map((_, at) => at) : Object.keys(value);
          for (const key of keys)
            walk((value as Record<string | number, unknown>)[key], [...path, key]);
        };
        walk(read.value, []);
        const offsets = read.locate(paths.map((path) => ({ path, at: 'value' as const })));
        paths.forEach((path, index) => {
          const value = path.reduce<unknown>(
            (holder, key) => (holder as Record<string | number, unknown>)[key],
            read.value,
          );
          // What stands there is the start of that very value.
          const [first] = JSON.stringify(value);
          expect(text[offsets[index] ?? -1]).toBe(first);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('finds keys, and the nearest thing around what is not there', () => {
    const text = '{ "a": [10, {"b": 2}], "c": 3 }';
    const read = readJson(text);
    expect(
      read.locate([
        { path: ['a', 1, 'b'], at: 'key' },
        { path: ['a', 1, 'x'], at: 'value' },
        { path: ['a', 7], at: 'value' },
        { path: ['c'], at: 'key' },
        { path: ['z', 'z'], at: 'key' },
      ]),
    ).toEqual([
      text.indexOf('"b"'),
      text.indexOf('{"b"'),
      text.indexOf('['),
      text.indexOf('"c"'),
      0,
    ]);
  });
});
