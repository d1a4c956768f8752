import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designIssue, formatPath, issueSentence, showValue } from '../../src-main/model/issue.ts';
import { awkward } from '../builders/awkward-texts.ts';

describe('a path', () => {
  it.each([
    [[], ''],
    [['nodes', 3, 'interfaces', 0, 'addresses', 1], 'nodes[3].interfaces[0].addresses[1]'],
    [['labels', 'app.kubernetes.io/name'], 'labels["app.kubernetes.io/name"]'],
    [['labels', ''], 'labels[""]'],
    [['labels', 'a"b'], 'labels["a\\"b"]'],
    [['labels', '0'], 'labels["0"]'],
    [['matchLabels', '__proto__'], 'matchLabels.__proto__'],
    [[0, 'a'], '[0].a'],
  ])('%j is written %s', (segments, text) => {
    expect(formatPath(segments)).toBe(text);
  });

  it('stays short and visible, whatever a key is', () => {
    expect(formatPath(['labels', 'x'.repeat(1e6)]).length).toBeLessThan(100);
    expect(formatPath(['labels', '\u001b[2J\u202e'])).toBe('labels["\\u001b[2J\\u202e"]');
  });
});

describe('a value in a message', () => {
  it.each<[unknown, string]>([
    ['10.0.0.1', '"10.0.0.1"'],
    ['', '""'],
    [5, '5'],
    [NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [null, 'null'],
    [undefined, 'undefined'],
    [true, 'true'],
    [10n, '10'],
    [[], '[]'],
    [{}, '{}'],
    [[1, 'a', { b: [null] }], '[1,"a",{"b":[null]}]'],
    ['two\nlines', '"two\\nlines"'],
    ['\u001b[31mred', '"\\u001b[31mred"'],
    ['\u009b31mred', '"\\u009b31mred"'],
    ['a\u202eb\u2028c\ufeff', '"a\\u202eb\\u2028c\\ufeff"'],
    ['half \ud83d pair', '"half \\ud83d pair"'],
    ['네트워크 🌐', '"네트워크 🌐"'],
  ])('%#', (value, text) => {
    expect(showValue(value)).toBe(text);
  });

  it('is cut to 80 characters, never within one', () => {
    expect(showValue('x'.repeat(78))).toBe(`"${'x'.repeat(78)}"`);
    expect(showValue('x'.repeat(79))).toBe(`"${'x'.repeat(78)}…`);
    for (const shift of [0, 1]) {
      const shown = showValue(`${'x'.repeat(shift)}${'🌐'.repeat(60)}`);
      expect(shown.length).toBeLessThanOrEqual(80);
      expect(shown.isWellFormed()).toBe(true);
    }
  });

  it('costs no more than what is shown of it', () => {
    const wide = Array.from({ length: 200_000 }, (_, at) => ({ id: `k${at}` }));
    const circle: unknown[] = [];
    circle.push(circle);
    const start = performance.now();
    for (let round = 0; round < 1000; round += 1)
      showValue({ a: [wide, wide], b: 'x'.repeat(1000) });
    expect(performance.now() - start).toBeLessThan(5000);
    expect(showValue(circle)).toBe(`${'['.repeat(79)}…`);
  });

  it('never steers a terminal', () => {
    fc.assert(
      fc.property(fc.oneof(awkward, fc.string({ unit: 'binary' }), fc.jsonValue()), (value) => {
        const shown = showValue(value);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(shown.length).toBeLessThanOrEqual(80);
        expect(shown.isWellFormed()).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('an issue as a sentence', () => {
  it.each([
    [
      designIssue('bad-value', ['nodes', 0, 'id'], 'an id', 'a b'),
      'nodes[0].id is "a b": expected an id',
    ],
    [
      designIssue('missing-key', ['nodes', 0, 'id'], 'an id'),
      'nodes[0].id is missing: expected an id',
    ],
    [designIssue('wrong-type', [], 'a map', 5), 'the document is 5: expected a map'],
    [
      designIssue('duplicate-key', ['name'], 'each key once'),
      'name stands there twice: expected each key once',
    ],
    [designIssue('syntax', [], 'a value'), 'expected a value'],
    [designIssue('syntax', [], 'a value', '}'), '"}": expected a value'],
    [designIssue('syntax', ['a'], 'a value', '}'), 'a is "}": expected a value'],
    [designIssue('limit', [], 'at most 64 levels'), 'expected at most 64 levels'],
  ])('%#: %s', (issue, sentence) => {
    expect(issueSentence(issue)).toBe(sentence);
  });
});
