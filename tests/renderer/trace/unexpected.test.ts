import { describe, expect, test } from 'vitest';
import type { Design, FlowStatus } from '../../../src-main/contract/index.ts';
import { unexpectedCount } from '../../../src-renderer/features/flows/unexpected.ts';

type Expected = 'reachable' | 'blocked';

const intentOf = (flow: string, expect: Expected) => ({
  id: `${flow}-${expect}`,
  subject: { kind: 'flow' as const, flow },
  expect,
});

/** Flows with how they fare, and what is expected of which, with whether that holds; undefined: not known yet. */
function count(
  flows: Readonly<Record<string, FlowStatus>>,
  intents: readonly (readonly [flow: string, expect: Expected, holds: boolean | undefined])[] = [],
): number {
  const design = {
    intents: intents.map(([flow, expected]) => intentOf(flow, expected)),
  } as unknown as Design;
  return unexpectedCount(
    design,
    new Map(
      Object.entries(flows).map(([id, status]) => [
        id,
        { now: { id, status, disposition: 'denied', warnings: [] } },
      ]),
    ),
    new Map(
      intents.flatMap(([flow, expected, holds]) => {
        const { id } = intentOf(flow, expected);
        return holds === undefined
          ? []
          : [[id, { now: { id, expect: expected, holds, checks: [] } }] as const];
      }),
    ),
  );
}

describe('what is not as it should be', () => {
  test('is a flow that does not get there, where nobody says that it must not', () => {
    expect(count({ a: 'reachable', b: 'unreachable', c: 'one-way' })).toBe(2);
  });

  test('is not one that is blocked as expected', () => {
    expect(count({ a: 'unreachable' }, [['a', 'blocked', true]])).toBe(0);
  });

  test('is one that gets there against what is expected', () => {
    expect(count({ a: 'reachable' }, [['a', 'blocked', false]])).toBe(1);
  });

  test('is one flow, however many intents it breaks', () => {
    const both = [
      ['a', 'reachable', false],
      ['a', 'blocked', false],
    ] as const;
    expect(count({ a: 'one-way' }, both)).toBe(1);
  });

  test('is nothing that is not known yet', () => {
    expect(count({ a: 'unreachable' }, [['a', 'blocked', undefined]])).toBe(0);
  });

  test('is an intent about groups that does not hold', () => {
    const design = {
      intents: [{ id: 'g', subject: { kind: 'matrix' }, expect: 'blocked' }],
    } as unknown as Design;
    const broken = { now: { id: 'g', expect: 'blocked', holds: false, checks: [] } } as const;
    expect(unexpectedCount(design, new Map(), new Map([['g', broken]]))).toBe(1);
  });
});
