import { describe, expect, test } from 'vitest';
import {
  freeId,
  parsePath,
  plainPath,
  valueAt,
  withItem,
  withMoved,
  withValue,
} from '../../../src-renderer/state/inspector-path.ts';

const node = {
  id: 'esg',
  firewall: { rules: [{ id: 'a', sources: ['x'] }, { id: 'b' }, { id: 'c' }] },
  resolvers: ['1', '2'],
};

describe('a place in an entity', () => {
  test('is found by position and by id', () => {
    expect(valueAt(node, ['firewall', 'rules', 0, 'sources', 0])).toBe('x');
    expect(valueAt(node, ['firewall', 'rules', '#c'])).toBe(node.firewall.rules[2]);
    expect(valueAt(node, ['firewall', 'rules', '#gone', 'sources'])).toBeUndefined();
    expect(valueAt(node, ['nat', 0, 'original'])).toBeUndefined();
    expect(plainPath(node, ['firewall', 'rules', '#c', 'sources'])).toEqual([
      'firewall',
      'rules',
      2,
      'sources',
    ]);
  });

  test('is read from the words of a trace and of a check', () => {
    expect(parsePath('firewall.rules[4]')).toEqual(['firewall', 'rules', 4]);
    expect(parsePath('interfaces[0].addresses[1]')).toEqual(['interfaces', 0, 'addresses', 1]);
    expect(parsePath('')).toEqual([]);
  });

  test('is written without touching anything else', () => {
    const next = withValue(node, ['firewall', 'rules', '#b', 'name'], 'B') as typeof node;
    expect(next.firewall.rules[1]).toEqual({ id: 'b', name: 'B' });
    expect(next.firewall.rules[0]).toBe(node.firewall.rules[0]);
    expect(node.firewall.rules[1]).toEqual({ id: 'b' });
  });

  test('is made where there is none, and taken away with undefined', () => {
    expect(withValue({ id: 'a' }, ['dns', 'service'], 's')).toEqual({
      id: 'a',
      dns: { service: 's' },
    });
    expect(withValue(node, ['resolvers'], undefined)).toEqual({
      id: 'esg',
      firewall: node.firewall,
    });
    expect(withValue(node, ['resolvers', 0], undefined)).toMatchObject({ resolvers: ['2'] });
  });

  test('of a row that is gone stays as it is', () => {
    expect(withValue(node, ['firewall', 'rules', '#gone', 'name'], 'x')).toEqual(node);
  });
});

describe('rows of a list', () => {
  const ids = (value: unknown) =>
    (value as typeof node).firewall.rules.map(({ id }) => id).join('');

  test.each([
    [0, 2, 'bca'],
    [2, 0, 'cab'],
    [1, 1, 'abc'],
  ])('move from %i to %i', (from, to, order) => {
    expect(ids(withMoved(node, ['firewall', 'rules'], from, to))).toBe(order);
  });

  test('are put in at their place, and into a list that is not there yet', () => {
    expect(ids(withItem(node, ['firewall', 'rules'], 1, { id: 'n' }))).toBe('anbc');
    expect(withItem({ id: 'a' }, ['nat'], 7, { id: 'n' })).toEqual({ id: 'a', nat: [{ id: 'n' }] });
  });
});

test.each([
  ['eth0', [], 'eth0'],
  ['eth0', ['eth0'], 'eth1'],
  ['eth0', ['eth0', 'eth1'], 'eth2'],
  ['web-1', ['web-1'], 'web-2'],
  ['wan', ['wan'], 'wan-2'],
  ['rule 5', [], 'rule-5'],
])('a free id: %s beside %j is %s', (wish, taken, id) => {
  expect(freeId(wish, taken)).toBe(id);
});
