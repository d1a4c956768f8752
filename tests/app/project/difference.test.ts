import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyCommand, designDifference } from '../../../src-main/app/project/index.ts';
import type { Design, Site } from '../../../src-main/model/design.ts';
import { below, seededRandom, type Random } from './random-commands.ts';

const sites = (ids: string): Design => ({
  hopscope: 1,
  name: 'Sites',
  sites: ids.split(' ').map((id) => ({ id, kind: 'cloud' })),
});

function reached(from: Design, to: Design): Design {
  const edits = designDifference(from, to);
  if (edits.length === 0) return from;
  const result = applyCommand(from, { kind: 'compound', label: 'Change', edits });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value.design;
}

describe('the difference of two designs', () => {
  it.each<[from: string, to: string, edits: string[]]>([
    ['a b c', 'a b c', []],
    ['a b c', 'b c a', ['move a']],
    ['a b c d e', 'e a b c d', ['move e']],
    ['a b c', 'a c', ['remove b']],
    ['a b c', 'a x b c', ['put x']],
    ['a b c d', 'c x a d', ['remove b', 'put x', 'move c']],
  ])('from %s to %s is the fewest edits', (from, to, expected) => {
    const edits = designDifference(sites(from), sites(to));
    const told = edits.map((edit) => {
      if (edit.kind === 'head') return 'head';
      return `${edit.kind} ${edit.kind === 'put' ? edit.value.id : edit.id}`;
    });
    expect(told.toSorted()).toEqual(expected.toSorted());
    expect(reached(sites(from), sites(to))).toEqual(sites(to));
  });

  it('knows name and notes', () => {
    const noted: Design = { ...sites('a'), name: 'Other', notes: 'Why' };
    expect(designDifference(sites('a'), noted)).toEqual([
      { kind: 'head', name: 'Other', notes: 'Why' },
    ]);
    expect(reached(sites('a'), noted)).toEqual(noted);
    expect(reached(noted, sites('a'))).toEqual(sites('a'));
  });

  it('leads from any design to any other, and from equal ones nowhere', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed);
        const [from, to] = [randomSites(random), randomSites(random)];
        expect(reached(from, to)).toEqual(to);
        expect(designDifference(to, structuredClone(to))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

/** Some of twelve sites, in any order; each contained by one that the design has, or by none. */
function randomSites(random: Random): Design {
  const order = Array.from({ length: 12 }, (_, at) => ({ at, key: random() }))
    .filter(() => random() < 0.6)
    .sort((a, b) => a.key - b.key)
    .map(({ at }) => at);
  const built = order.map((at): Site => {
    const parents = order.filter((other) => other < at);
    const parent = random() < 0.5 ? parents[below(random, parents.length)] : undefined;
    const kind = random() < 0.5 ? 'cloud' : 'office';
    return { id: `s${at}`, kind, ...(parent === undefined ? {} : { parent: `s${parent}` }) };
  });
  return { hopscope: 1, name: 'Sites', ...(built.length > 0 ? { sites: built } : {}) };
}
