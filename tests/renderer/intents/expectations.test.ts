import { describe, expect, test } from 'vitest';
import type { Design, Edit, Flow, Intent } from '../../../src-main/contract/index.ts';
import { editDesign } from '../../../src-main/contract/index.ts';
import {
  expectationEdits,
  expectationOf,
  newGroup,
  newIntent,
  type ExpectationChoice,
} from '../../../src-renderer/state/expectations.ts';

const flow: Flow = {
  id: 'web',
  name: 'The web',
  from: { kind: 'node', node: 'a' },
  to: { kind: 'node', node: 'b' },
};
const intent = (id: string, expected: Intent['expect'], of = 'web'): Intent => ({
  id,
  subject: { kind: 'flow', flow: of },
  expect: expected,
});
const designWith = (...intents: readonly Intent[]) =>
  ({ hopscope: 1, name: 'd', flows: [flow], intents }) satisfies Design;
const after = (design: Design, edits: readonly Edit[]) => editDesign(design, edits).intents ?? [];

describe('what is expected of a flow', () => {
  test.each<[before: string, intents: readonly Intent[], found: ExpectationChoice | 'both']>([
    ['no intent', [], 'nothing'],
    ['one of another flow', [intent('x', 'blocked', 'other')], 'nothing'],
    ['one', [intent('x', 'blocked')], 'blocked'],
    ['two that agree', [intent('x', 'blocked'), intent('y', 'blocked')], 'blocked'],
    ['two that do not', [intent('x', 'blocked'), intent('y', 'reachable')], 'both'],
  ])('with %s', (_, intents, found) => {
    expect(expectationOf(designWith(...intents), 'web')).toBe(found);
  });

  test('becomes an intent with the name of the flow, and an id that is free', () => {
    const design = designWith(intent('web', 'blocked', 'other'));
    const made = after(design, expectationEdits(design, flow, 'reachable')).at(-1);
    expect(made).toEqual({ ...intent('web-2', 'reachable'), name: 'The web' });
  });

  test('is not made twice', () => {
    const design = designWith(intent('x', 'reachable'));
    expect(expectationEdits(design, flow, 'reachable')).toEqual([]);
    expect(expectationEdits(designWith(), flow, 'nothing')).toEqual([]);
  });

  test('changes the intents that there are, and leaves those of other flows', () => {
    const other = intent('z', 'reachable', 'other');
    const noted = { ...intent('x', 'reachable'), notes: 'asked for by Kim' };
    const design = designWith(noted, intent('y', 'blocked'), other);
    const changed = after(design, expectationEdits(design, flow, 'blocked'));
    expect(changed).toEqual([{ ...noted, expect: 'blocked' }, intent('y', 'blocked'), other]);
    expect(after(design, expectationEdits(design, flow, 'nothing'))).toEqual([other]);
  });
});

describe('a new intent', () => {
  const design = { groups: [{ id: 'group', members: [] }], intents: [intent('intent', 'blocked')] };

  test.each<[selected: readonly string[], sources: string[], destinations: string[]]>([
    [[], [], []],
    [['node:a'], [], []],
    [['group:a'], ['a'], []],
    [['group:b', 'group:a'], ['b'], ['a']],
  ])('with %j selected is between groups %j and %j', (selected, sources, destinations) => {
    const made = newIntent(design as unknown as Design, selected);
    expect(made.id).toBe('intent-2');
    expect(made.subject).toMatchObject({ kind: 'matrix', sources, destinations });
  });

  test('gets a group of what is selected, as far as groups hold it', () => {
    const selected = ['site:s', 'segment:g', 'node:n', 'workload:w', 'pod:p', 'flow:f', 'link:l'];
    expect(newGroup(design as unknown as Design, selected)).toEqual({
      id: 'group-2',
      members: [
        { kind: 'site', site: 's' },
        { kind: 'segment', segment: 'g' },
        { kind: 'node', node: 'n' },
        { kind: 'workload', workload: 'w' },
        { kind: 'pod', pod: 'p' },
      ],
    });
  });
});
