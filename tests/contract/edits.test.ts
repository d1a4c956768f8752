import { expect, test } from 'vitest';
import { editDesign, type Design, type Edit } from '../../src-main/contract/index.ts';
import { Random } from '../bench/random.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];

function someEdit(random: Random): Edit {
  const id = random.pick(ids);
  const entity = 'node';
  switch (random.below(4)) {
    case 0:
      return { kind: 'remove', entity, id };
    case 1:
      return { kind: 'move', entity, id, before: random.pick(ids) };
    case 2:
      return { kind: 'put', entity, value: { id, kind: 'router' }, before: random.pick(ids) };
    default:
      return { kind: 'put', entity, value: { id, kind: 'host', name: `n${random.below(9)}` } };
  }
}

test('many edits at once make the design that they make one after the other', () => {
  const random = new Random(7);
  for (let round = 0; round < 200; round += 1) {
    const edits = Array.from({ length: 1 + random.below(20) }, () => someEdit(random));
    const start: Design = {
      hopscope: 1,
      name: 'x',
      nodes: ids.slice(0, 1 + random.below(5)).map((id) => ({ id, kind: 'host' })),
    };
    const single = edits.reduce<Design>((design, edit) => editDesign(design, [edit]), start);
    expect(editDesign(start, edits), JSON.stringify(edits)).toEqual(single);
  }
});
