import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDesignText, parseDesignText } from '../../src-main/interop/design-text/index.ts';
import { entityKinds } from '../../src-main/model/ids.ts';
import { issueSentence, type Parsed } from '../../src-main/model/issue.ts';
import { limits } from '../../src-main/model/limits.ts';
import { parseDesign, parseEntity } from '../../src-main/model/validate.ts';
import { arbitraryDesign } from '../builders/arbitrary.ts';
import { awkward } from '../builders/awkward-texts.ts';
import { oneOfEverything } from './one-of-everything.ts';

/** A place in a document, as numbers that lead down: at each level, which of the members. */
const steps = fc.array(fc.nat(), { minLength: 1, maxLength: 9 });

/** Values that a slip of the pen, another version or an attacker puts where something else belongs. */
const stray: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e308,
    -0,
    '',
    'x',
    [],
    {},
    [[]],
    [null],
    { id: 'x' },
    { kind: 'host' },
  ),
  fc.constantFrom<unknown>(
    'any',
    'tcp',
    '10.0.0.1',
    '10.0.0.0/8',
    '10.0.0.1/24',
    '::',
    '80-90',
    'node:a',
    'interface',
    'host',
  ),
  awkward,
  fc.jsonValue({ maxDepth: 3 }),
);

type Change =
  | { readonly do: 'set'; readonly at: readonly number[]; readonly value: unknown }
  | { readonly do: 'drop' | 'double' | 'swap'; readonly at: readonly number[] }
  | {
      readonly do: 'add';
      readonly at: readonly number[];
      readonly key: string;
      readonly value: unknown;
    };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ do: fc.constant('set' as const), at: steps, value: stray }),
  fc.record({
    do: fc.constantFrom('drop' as const, 'double' as const, 'swap' as const),
    at: steps,
  }),
  fc.record({
    do: fc.constant('add' as const),
    at: steps,
    key: fc.oneof(awkward, fc.constantFrom('id', 'kind', 'name', 'ports', 'segment', 'toString')),
    value: stray,
  }),
);

/** Makes one change to a copy of a document, at the place that the steps lead to. */
function changed(document: unknown, edit: Change): unknown {
  const root = { root: structuredClone(document) };
  let holder: Record<string, unknown> = root;
  let key = 'root';
  for (const step of edit.at) {
    const value = holder[key];
    if (typeof value !== 'object' || value === null) break;
    const keys = Object.keys(value);
    if (keys.length === 0) break;
    holder = value as Record<string, unknown>;
    key = keys[step % keys.length] ?? key;
  }
  switch (edit.do) {
    case 'set':
      holder[key] = edit.value;
      break;
    case 'drop':
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else Reflect.deleteProperty(holder, key);
      break;
    case 'double':
      if (Array.isArray(holder)) holder.push(holder[Number(key)]);
      else holder[`${key}2`] = holder[key];
      break;
    case 'swap': {
      const [other = key] = Object.keys(holder);
      [holder[key], holder[other]] = [holder[other], holder[key]];
      break;
    }
    case 'add':
      Object.defineProperty(Object.isFrozen(holder) ? {} : holder, edit.key, {
        value: edit.value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
    default:
      edit satisfies never;
  }
  return root.root;
}

/** Words by which a validator's own message would be known, and what stands in for a sentence that is not written. */
const generic =
  /invalid|must match|received|unrecognized|too (big|small)|something else|another shape|undefined/i;

/** What holds of every answer, right or wrong. */
function expectSound(parsed: Parsed<unknown>): void {
  if (parsed.ok) return;
  expect(parsed.issues.length).toBeGreaterThan(0);
  expect(parsed.issues.length).toBeLessThanOrEqual(limits.errorsListed);
  for (const issue of parsed.issues) {
    expect(issue.expected).not.toMatch(generic);
    expect(issue.expected.length).toBeGreaterThan(2);
    expect(issueSentence(issue)).not.toMatch(/[\p{Cc}]/u);
    expect(issueSentence(issue).length).toBeLessThan(1500);
  }
  const places = parsed.issues.map((issue) => `${issue.path} ${issue.code} ${issue.expected}`);
  expect(new Set(places).size).toBe(places.length);
}

describe('a malformed design', () => {
  it('ends in sentences, wherever it was changed', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (edits) => {
        expectSound(parseDesign(edits.reduce<unknown>(changed, oneOfEverything)));
      }),
      { numRuns: 250 },
    );
  });

  it('ends in sentences, whatever design it was made from', () => {
    fc.assert(
      fc.property(
        arbitraryDesign,
        fc.array(change, { minLength: 1, maxLength: 6 }),
        (design, edits) => {
          expectSound(parseDesign(edits.reduce<unknown>(changed, design)));
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it('or any value at all ends in sentences', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withNullPrototype: true,
          withObjectString: true,
          withSparseArray: true,
        }),
        (value) => {
          const parsed = parseDesign(value);
          expect(parsed.ok).toBe(false);
          expectSound(parsed);
          for (const kind of entityKinds) expectSound(parseEntity(kind, value));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('that still passes is a design: it can be written and read again', () => {
    fc.assert(
      fc.property(change, (edit) => {
        const parsed = parseDesign(changed(oneOfEverything, edit));
        if (!parsed.ok) return;
        for (const format of ['yaml', 'json'] as const) {
          const text = formatDesignText(parsed.value, format);
          expect(parseDesignText(text, { format })).toEqual(parsed);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a malformed text', () => {
  const yaml = formatDesignText(oneOfEverything, 'yaml');
  const json = formatDesignText(oneOfEverything, 'json');
  const splice = fc.record({
    at: fc.nat(),
    length: fc.oneof(fc.nat(3), fc.nat(200)),
    part: fc.oneof(
      awkward,
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '',
        ' ',
        '\n',
        '\n\n',
        '  ',
        ':',
        '- ',
        '{',
        '}',
        '[',
        ']',
        '"',
        "'",
        '&a ',
        '*a',
        '!x ',
        '|',
        '>',
        '#',
        '? ',
        ',',
        '%',
      ),
    ),
  });

  it.each([
    ['yaml', yaml],
    ['json', json],
  ] as const)('in %s ends in sentences that point into it', (format, text) => {
    fc.assert(
      fc.property(fc.array(splice, { minLength: 1, maxLength: 3 }), (splices) => {
        const damaged = splices.reduce((whole, { at, length, part }) => {
          const place = at % (whole.length + 1);
          return whole.slice(0, place) + part + whole.slice(place + length);
        }, text);
        const parsed = parseDesignText(damaged, { format });
        if (parsed.ok) return;
        const lines = damaged.split('\n');
        for (const issue of parsed.issues) {
          expect(issue.line).toBeLessThanOrEqual(lines.length);
          expect(issue.column).toBeGreaterThan(0);
          expect(issue.column).toBeLessThanOrEqual((lines[issue.line - 1]?.length ?? 0) + 2);
        }
        const places = parsed.issues.map(({ line, column }) => line * 1e6 + column);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
      { numRuns: 120 },
    );
  });

  it('of any characters ends in sentences', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(awkward).map((parts) => parts.join('\n')),
        ),
        (text) => {
          for (const format of ['yaml', 'json'] as const) {
            const parsed = parseDesignText(text, { format });
            expect(parsed.ok ? [] : parsed.issues).not.toEqual([]);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
