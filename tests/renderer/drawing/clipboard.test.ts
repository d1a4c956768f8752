import { describe, expect, test } from 'vitest';
import {
  copyOf,
  formatClipboard,
  insideOf,
  middleOf,
  parseClipboard,
} from '../../../src-renderer/state/drawing-clipboard.ts';
import { design, sceneOf } from './scenes.ts';

const copied = (...refs: string[]) => copyOf(design, refs).map(({ ref }) => ref);

describe('copying', () => {
  test('takes what is inside along, with its places, in the order of the design', () => {
    expect(copied('site:centre')).toEqual([
      'site:centre',
      'segment:overlay',
      'node:rack',
      'node:vm',
      'layout:site:centre',
      'layout:node:rack',
      'layout:node:vm',
      'layout:segment:overlay',
    ]);
  });
  test('takes a cluster with its nodes', () => {
    expect(copied('cluster:kube')).toContain('node:worker');
  });
  test('takes nothing else', () => {
    expect(copied('node:client')).toEqual(['node:client', 'layout:node:client']);
  });
});

test('a folded container still knows what is in it', () => {
  const folded = {
    ...design,
    layout: design.layout?.map((one) =>
      one.id === 'site:centre' ? { ...one, collapsed: true } : one,
    ),
  } as typeof design;
  const scene = sceneOf(folded);
  const index = scene.indexOf.get('site:centre') ?? -1;
  expect(scene.items.some(({ ref }) => ref === ('node:vm' as typeof ref))).toBe(false);
  expect(insideOf(folded, scene, index)).toEqual(
    expect.arrayContaining(['node:rack', 'node:vm', 'segment:overlay']),
  );
});

describe('the text on the clipboard', () => {
  const entities = copyOf(design, ['node:client']);
  test('is read back', () => {
    expect(parseClipboard(formatClipboard(entities))).toEqual(entities);
  });
  test.each([
    '',
    'hello',
    '{"entities":[]}',
    '{"kind":"hopscope/entities","version":1,"entities":[]}',
    '{"kind":"hopscope/entities","version":2,"entities":[{"ref":"node:a","value":{}}]}',
    '{"kind":"hopscope/entities","version":1,"entities":[null]}',
    '{"kind":"hopscope/entities"',
  ])('is not ours: %s', (text) => {
    expect(parseClipboard(text)).toBeUndefined();
  });
});

test('the middle of what was copied is told by its places', () => {
  expect(middleOf(copyOf(design, ['site:office']))).toEqual({ x: 280, y: 200 });
  expect(middleOf([{ ref: 'node:a', value: {} }])).toBeUndefined();
});
