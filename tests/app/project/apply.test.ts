import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyCommand,
  parseCommand,
  type Applied,
  type Command,
  type Edit,
} from '../../../src-main/app/project/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { parseDesign } from '../../../src-main/model/validate.ts';
import { randomCommand, seededRandom } from './random-commands.ts';

const three: Design = {
  hopscope: 1,
  name: 'Three sites',
  sites: [
    { id: 'a', kind: 'cloud' },
    { id: 'b', kind: 'office' },
    { id: 'c', kind: 'other', parent: 'a' },
  ],
};

function applied(design: Design, command: Command): Applied {
  const result = applyCommand(design, command);
  if (!result.ok) throw new Error(result.issues.map(({ path }) => path).join());
  return result.value;
}

const order = (design: Design) => design.sites?.map(({ id }) => id).join(' ') ?? '';

describe('a command', () => {
  const d = { id: 'd', kind: 'cloud' } as const;
  it.each<[title: string, command: Command, order: string]>([
    ['put adds at the end', { kind: 'put', entity: 'site', value: d }, 'a b c d'],
    [
      'put adds in front of another',
      { kind: 'put', entity: 'site', value: d, before: 'a' },
      'd a b c',
    ],
    [
      'put of a known id keeps its place',
      { kind: 'put', entity: 'site', value: { id: 'b', kind: 'cloud' }, before: 'a' },
      'a b c',
    ],
    ['remove closes the gap', { kind: 'remove', entity: 'site', id: 'b' }, 'a c'],
    ['move goes to the end', { kind: 'move', entity: 'site', id: 'a' }, 'b c a'],
    [
      'move goes in front of another',
      { kind: 'move', entity: 'site', id: 'c', before: 'a' },
      'c a b',
    ],
    [
      'move in front of itself stays',
      { kind: 'move', entity: 'site', id: 'b', before: 'b' },
      'a b c',
    ],
  ])('%s, and its inverse leads back', (_title, command, expected) => {
    const { design, inverse } = applied(three, command);
    expect(order(design)).toBe(expected);
    expect(applied(design, inverse).design).toEqual(three);
  });

  it('changes name and notes, and takes notes away', () => {
    const named = applied(three, { kind: 'head', name: 'New', notes: 'Why' });
    expect(named.design).toMatchObject({ name: 'New', notes: 'Why' });
    expect(applied(named.design, named.inverse).design).toEqual(three);

    const bare = applied(named.design, { kind: 'head', notes: null });
    expect(bare.design).toEqual({ ...three, name: 'New' });
    expect(applied(bare.design, bare.inverse).design).toEqual(named.design);
  });

  it('leaves out a collection whose last entity was removed, and finds its key again', () => {
    const one: Design = { hopscope: 1, name: 'One', sites: [{ id: 'a', kind: 'cloud' }] };
    const { design, inverse } = applied(one, { kind: 'remove', entity: 'site', id: 'a' });
    expect(design).toEqual({ hopscope: 1, name: 'One' });
    expect(applied(design, inverse).design).toEqual(one);
  });

  it('leaves the design that it was given as it was', () => {
    const before = structuredClone(three);
    applied(three, { kind: 'move', entity: 'site', id: 'a' });
    expect(three).toEqual(before);
  });

  it('names each changed entity once', () => {
    const edits: Command = {
      kind: 'compound',
      label: 'Twice',
      edits: [
        { kind: 'put', entity: 'site', value: d },
        { kind: 'move', entity: 'site', id: 'd', before: 'a' },
        { kind: 'remove', entity: 'site', id: 'b' },
        { kind: 'head', name: 'New' },
      ],
    };
    expect(applied(three, edits).changed).toEqual(['site:d', 'site:b']);
  });
});

describe('a compound command', () => {
  it('may remove what its own edits no longer refer to', () => {
    const command: Command = {
      kind: 'compound',
      label: 'Remove the cloud',
      edits: [
        { kind: 'remove', entity: 'site', id: 'a' },
        { kind: 'put', entity: 'site', value: { id: 'c', kind: 'other', parent: 'b' } },
      ],
    };
    const { design, inverse } = applied(three, command);
    expect(order(design)).toBe('b c');
    expect(inverse).toMatchObject({ kind: 'compound', label: 'Remove the cloud' });
    expect(applied(design, inverse).design).toEqual(three);
  });

  it('does nothing when one of its edits is refused', () => {
    const result = applyCommand(three, {
      kind: 'compound',
      label: 'Half',
      edits: [
        { kind: 'put', entity: 'site', value: { id: 'd', kind: 'cloud' } },
        { kind: 'remove', entity: 'site', id: 'nobody' },
      ],
    });
    expect(result).toMatchObject({
      ok: false,
      issues: [{ code: 'dangling-id', path: 'sites', value: '"nobody"' }],
    });
  });
});

describe('a compound command is checked as a whole', () => {
  const layout = { id: 'site:d', x: 1, y: 2 };
  const placeD = { kind: 'put', entity: 'layout', value: layout } as const;
  const addD = { kind: 'put', entity: 'site', value: { id: 'd', kind: 'cloud' } } as const;
  const removeD = { kind: 'remove', entity: 'site', id: 'd' } as const;
  it.each<[title: string, edits: readonly Edit[], ok: boolean]>([
    ['placed, then added', [placeD, addD], true],
    ['added, then placed', [addD, placeD], true],
    ['added, placed, then removed', [addD, placeD, removeD], false],
    ['placed, but never added', [placeD], false],
    [
      'added, placed, both removed',
      [addD, placeD, removeD, { ...removeD, entity: 'layout', id: 'site:d' }],
      true,
    ],
  ])('%s', (_title, edits, ok) => {
    expect(applyCommand(three, { kind: 'compound', label: 'x', edits }).ok).toBe(ok);
  });
});

describe('a refused command says where, what and what was expected', () => {
  it.each<[title: string, command: unknown, issue: object]>([
    [
      'an entity with a bad value',
      { kind: 'put', entity: 'site', value: { id: 'b', kind: 'moon' } },
      { path: 'sites[1].kind', value: '"moon"', code: 'bad-value' },
    ],
    [
      'a new entity without what it needs',
      { kind: 'put', entity: 'site', value: { id: 'd' } },
      { path: 'sites[3].kind', code: 'missing-key' },
    ],
    [
      'an entity that is none',
      { kind: 'put', entity: 'site', value: null },
      { path: 'sites[3]', code: 'wrong-type' },
    ],
    [
      'an unknown key',
      { kind: 'put', entity: 'site', value: { id: 'd', kind: 'cloud', colour: 'red' } },
      { path: 'sites[3].colour', code: 'unknown-key' },
    ],
    [
      'a reference to nothing',
      { kind: 'put', entity: 'site', value: { id: 'd', kind: 'cloud', parent: 'z' } },
      { path: 'sites[3].parent', value: '"z"', code: 'dangling-id' },
    ],
    [
      'sites in a circle',
      { kind: 'put', entity: 'site', value: { id: 'a', kind: 'cloud', parent: 'c' } },
      { path: 'sites[0].parent', code: 'inconsistent' },
    ],
    [
      'the removal of what others need',
      { kind: 'remove', entity: 'site', id: 'a' },
      { path: 'sites[1].parent', value: '"a"', code: 'dangling-id' },
    ],
    [
      'a place in front of nobody',
      { kind: 'move', entity: 'site', id: 'a', before: 'z' },
      { path: 'sites', value: '"z"', code: 'dangling-id' },
    ],
    ['a design without a name', { kind: 'head', name: '' }, { path: 'name', code: 'out-of-range' }],
    [
      'a layout of what is not there',
      { kind: 'put', entity: 'layout', value: { id: 'node:z', x: 0, y: 0 } },
      { path: 'layout[0].id', value: '"node:z"', code: 'dangling-id' },
    ],
  ])('%s', (_title, command, issue) => {
    const result = applyCommand(three, command as Command);
    expect(result.ok ? undefined : result.issues[0]).toMatchObject(issue);
  });
});

describe('a command from outside', () => {
  it.each<[title: string, value: unknown, path: string]>([
    ['of no known kind', { kind: 'rename' }, 'kind'],
    ['with an unknown key', { kind: 'remove', entity: 'site', id: 'a', force: true }, 'force'],
    ['of no known kind of entity', { kind: 'remove', entity: 'planet', id: 'a' }, 'entity'],
    ['without edits', { kind: 'compound', label: 'None', edits: [] }, 'edits'],
    [
      'with a compound in a compound',
      { kind: 'compound', label: 'x', edits: [{ kind: 'compound', label: 'y', edits: [] }] },
      'edits[0].kind',
    ],
    [
      'with a label of two lines',
      { kind: 'compound', label: 'x\ny', edits: [{ kind: 'head', name: 'x' }] },
      'label',
    ],
    ['that is a list', [], ''],
  ])('%s is refused with its place', (_title, value, path) => {
    expect(parseCommand(value)).toMatchObject({ ok: false, issues: [{ path }] });
  });
});

describe('any sequence of commands', () => {
  it('keeps the design valid, survives storing as JSON, and is undone step by step', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 40 }), (seed, length) => {
        const random = seededRandom(seed);
        const designs: Design[] = [three];
        const inverses: Command[] = [];
        for (let step = 0; step < length; step += 1) {
          const design = designs.at(-1) ?? three;
          const command = randomCommand(random, design, `${step}`);
          const stored = parseCommand(JSON.parse(JSON.stringify(command)));
          expect(stored).toEqual({ ok: true, value: command });
          const next = applied(design, command);
          expect(parseDesign(next.design)).toEqual({ ok: true, value: next.design });
          designs.push(next.design);
          inverses.push(next.inverse);
        }
        for (const [at, inverse] of [...inverses.entries()].reverse()) {
          const undone = applied(designs[at + 1] ?? three, inverse);
          expect(undone.design).toEqual(designs[at]);
          // Undoing the undoing does the step again.
          expect(applied(undone.design, undone.inverse).design).toEqual(designs[at + 1]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
