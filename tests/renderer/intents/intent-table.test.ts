import { describe, expect, test } from 'vitest';
import type { Design, Intent, IntentCheck } from '../../../src-main/contract/index.ts';
import { IntentTable } from '../../../src-renderer/features/intents/intent-table.svelte.ts';
import type { Project } from '../../../src-renderer/state/project.svelte.ts';
import type { IntentState } from '../../../src-renderer/state/runs.svelte.ts';

const matrix = (id: string): Intent => ({
  id,
  subject: {
    kind: 'matrix',
    sources: ['office'],
    destinations: ['servers'],
    services: [{ protocol: 'tcp', port: 22 }, { protocol: 'icmp' }],
  },
  expect: 'blocked',
});
const stateOf = (id: string, checks: readonly boolean[], held?: boolean): IntentState => ({
  now: {
    id,
    expect: 'blocked',
    holds: checks.length > 0 && checks.every(Boolean),
    checks: checks.map((holds, at) => ({ holds, flow: { id: `${id}${at}` } }) as IntentCheck),
  },
  ...(held === undefined ? {} : { held }),
});

/** Three intents: one of four checks with two broken, one that holds and was broken before, one of nobody. */
function table(): IntentTable {
  const design = {
    groups: [{ id: 'office', name: 'The office', members: [] }],
    intents: ['a', 'b', 'c'].map(matrix),
  } as unknown as Design;
  const states = [
    stateOf('a', [true, false, true, false]),
    stateOf('b', [true, true], false),
    stateOf('c', []),
  ];
  const intents = new Map(states.map((state) => [state.now.id, state]));
  return new IntentTable({ design, runs: { intents } } as unknown as Project);
}
const keys = ({ rows }: IntentTable) => rows.map(({ key }) => key);
const lineOf = (of: IntentTable, id: string) => {
  const line = of.all.find(({ intent }) => intent.id === id);
  if (!line) throw new Error(`${id} is not listed`);
  return line;
};

describe('the list of intents', () => {
  test('shows the broken checks of what is broken, and how many others there are', () => {
    const shown = table();
    expect(keys(shown)).toEqual(['a', 'a 1', 'a 3', 'a others', 'b', 'c']);
    expect(shown.rows[3]).toMatchObject({ kind: 'others', count: 2 });
    shown.showOthers(lineOf(shown, 'a'));
    expect(keys(shown)).toEqual(['a', 'a 1', 'a 3', 'a 0', 'a 2', 'b', 'c']);
  });

  test('folds and unfolds, and an intent of nobody has nothing to unfold', () => {
    const shown = table();
    shown.fold(lineOf(shown, 'a'), false);
    shown.fold(lineOf(shown, 'b'), true);
    shown.fold(lineOf(shown, 'c'), true);
    expect(keys(shown)).toEqual(['a', 'b', 'b 0', 'b 1', 'c']);
    shown.fold(lineOf(shown, 'b'), true);
    expect(keys(shown)).toEqual(['a', 'b', 'b 0', 'b 1', 'c']);
    shown.fold(lineOf(shown, 'a'), true);
    expect(keys(shown)).toContain('a 1');
  });

  test('is filtered by verdict, by what the last edit changed, and by text', () => {
    const shown = table();
    const listed = () =>
      shown.rows.flatMap((row) => (row.kind === 'intent' ? [row.line.intent.id] : []));
    expect(shown.count('broken')).toBe(2);
    shown.filter = 'holds';
    expect(listed()).toEqual(['b']);
    shown.filter = 'changed';
    expect(listed()).toEqual(['b']);
    shown.showAll();
    shown.text = 'THE OFFICE';
    expect(listed()).toEqual(['a', 'b', 'c']);
    shown.text = 'tcp 23';
    expect(listed()).toEqual([]);
  });

  test('says what an intent is about by the names of its groups', () => {
    expect(lineOf(table(), 'a').about).toEqual({
      kind: 'matrix',
      sources: 'The office',
      destinations: 'servers',
      services: 'tcp 22, icmp',
    });
  });
});
