import { describe, expect, test } from 'vitest';
import type { Design } from '../../src-main/contract/index.ts';
import { siteOverview } from '../../src-renderer/state/overview.ts';
import { formatPlace, parsePlace, type Place } from '../../src-renderer/state/place.ts';

describe('the place in the address', () => {
  test.each<[Place, string]>([
    [{}, '#'],
    [{ example: 'icp-on-vcenter' }, '#example=icp-on-vcenter'],
    [{ example: 'a b&c', flow: 'x=y' }, '#example=a+b%26c&flow=x%3Dy'],
  ])('%j is %s, and back', (place, hash) => {
    expect(formatPlace(place)).toBe(hash);
    expect(parsePlace(hash)).toEqual(place);
  });

  test.each(['', '#', '#flow=lost', '#example=', '#nonsense'])('%j is nowhere', (hash) => {
    expect(parsePlace(hash)).toEqual({});
  });
});

test('the overview nests sites, counts what is directly in each, and keeps what is outside of all', () => {
  const node = (id: string, kind: 'host' | 'router', site?: string) =>
    ({ id, kind, ...(site === undefined ? {} : { site }) }) as const;
  const design: Design = {
    hopscope: 1,
    name: 'x',
    sites: [
      { id: 'cloud', kind: 'cloud' },
      { id: 'dc', kind: 'data-centre', parent: 'cloud' },
      { id: 'empty', kind: 'office' },
    ],
    segments: [
      { id: 's1', kind: 'lan', site: 'dc' },
      { id: 's2', kind: 'lan' },
    ],
    nodes: [
      node('a', 'host', 'dc'),
      node('b', 'host', 'dc'),
      node('r', 'router', 'cloud'),
      node('o', 'host'),
    ],
  };
  const described = (list: ReturnType<typeof siteOverview>): unknown =>
    list.map((one) => [one.site?.id, one.nodes, one.segments, described(one.inside)]);
  expect(described(siteOverview(design))).toEqual([
    ['cloud', [['router', 1]], 0, [['dc', [['host', 2]], 1, []]]],
    ['empty', [], 0, []],
    [undefined, [['host', 1]], 1, []],
  ]);
});
