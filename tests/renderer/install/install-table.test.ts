import { describe, expect, test } from 'vitest';
import { cellFrom, installTable } from '../../../src-renderer/features/install/install-table.ts';
import type { Design, InstallReport } from '../../../src-main/contract/vocabulary.ts';

const cell = (node: string) => ({ node, works: true, by: 'direct', asks: [] });
const need = (...nodes: string[]) => ({
  kind: 'image',
  client: 'docker',
  references: ['a'],
  works: true,
  cells: nodes.map(cell),
});
const design = { nodes: ['c', 'b', 'a'].map((id) => ({ id })) } as unknown as Design;
const report = {
  steps: [
    { id: 'first', title: 'First', works: true, needs: [need('a', 'c'), need('b')] },
    { id: 'none', title: 'None', works: true, needs: [] },
    { id: 'last', title: 'Last', works: true, needs: [need(), need('c', 'gone')] },
  ],
} as unknown as InstallReport;

describe('the table of an install', () => {
  const table = installTable(report, design);

  test('has the nodes in the order of the design, and each line once', () => {
    expect(table.nodes).toEqual(['c', 'b', 'a', 'gone']);
    expect(table.rows.map(({ at }) => at)).toEqual([0, 1, 2, 3]);
    expect(table.steps.map(({ rows }) => rows.map(({ at }) => at))).toEqual([[0, 1], [], [2, 3]]);
  });

  test.each([
    // From, key, to.
    ['0 c', 'ArrowRight', '0 a'],
    ['0 a', 'ArrowRight', undefined],
    ['0 a', 'ArrowLeft', '0 c'],
    ['0 a', 'Home', '0 c'],
    ['3 c', 'End', '3 gone'],
    ['0 a', 'ArrowDown', '1 b'],
    // A line without cells is passed over, across the steps.
    ['1 b', 'ArrowDown', '3 c'],
    ['3 gone', 'ArrowUp', '1 b'],
    ['0 a', 'ArrowUp', undefined],
    ['3 c', 'ArrowDown', undefined],
    ['0 c', 'a', undefined],
  ])('from %s, %s leads to %s', (from, key, to) => {
    const [row = '', node = ''] = from.split(' ');
    const place = cellFrom(table, { row: Number(row), node }, key);
    expect(place && `${place.row} ${place.node}`).toBe(to);
  });
});
