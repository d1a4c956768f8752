import { describe, expect, test } from 'vitest';
import type { Design } from '../../../src-main/contract/index.ts';
import { buildScene } from '../../../src-renderer/geometry/build-scene.ts';
import type { ViewKind } from '../../../src-renderer/geometry/scene.ts';
import { settled } from '../../../src-renderer/state/drawing-places.ts';
import type { Project } from '../../../src-renderer/state/project.svelte.ts';
import { Drawing } from '../../app/editing/drawing.ts';
import { design } from './scenes.ts';

const sceneIn = (of: Design, view: ViewKind) => buildScene(of, { view, hiddenTags: [] }, []);

/** What the backend makes of it when everything is to stay where it is drawn in a view. */
function settle(of: Design, view: ViewKind): Drawing {
  const draw = new Drawing(of);
  const entity = (ref: string) => of.layout?.find(({ id }) => `layout:${id}` === ref);
  const project = { design: of, view: { kind: view }, entity } as unknown as Project;
  const items = settled(project, sceneIn(of, view));
  if (items.length > 0) draw.do({ kind: 'place', label: 'arrange', items });
  return draw;
}
const boxes = (of: Design, view: ViewKind) =>
  sceneIn(of, view).items.map(({ ref, x, y, width, height }) => ({ ref, x, y, width, height }));

const { layout: _, ...unplaced } = design;

describe('when things of a view are given a place', () => {
  test.each([
    ['all', design],
    ['underlay', design],
    ['overlay', design],
    ['kubernetes', design],
    ['kubernetes', unplaced as Design],
    ['overlay', unplaced as Design],
  ] as const)('everything in %s stays where it is drawn', (view, of) => {
    const after = settle(of, view).design;
    expect(boxes(after, view)).toEqual(boxes(of, view));
    expect(boxes(after, 'all')).toEqual(boxes(of, 'all'));
  });

  test('one that is moved in the view of Kubernetes moves from where it is drawn there', () => {
    const draw = settle(design, 'kubernetes');
    const before = boxes(draw.design, 'kubernetes');
    const by = { dx: 40, dy: 8 };
    draw.do({ kind: 'move', refs: ['node:worker'], by, view: 'kubernetes' });
    const moved = (ref: string) => (ref === 'node:worker' ? by : { dx: 0, dy: 0 });
    const after = boxes(draw.design, 'kubernetes').filter(({ ref }) => ref !== 'cluster:kube');
    expect(after).toEqual(
      before
        .filter(({ ref }) => ref !== 'cluster:kube')
        .map((box) => ({ ...box, x: box.x + moved(box.ref).dx, y: box.y + moved(box.ref).dy })),
    );
    expect(boxes(draw.design, 'all')).toEqual(boxes(design, 'all'));
  });

  test('what comes later is put in order beside them, in what it stands in', () => {
    const draw = settle(design, 'overlay');
    draw.do({
      kind: 'add',
      thing: { entity: 'node', kind: 'distributed-router' },
      into: 'site:centre',
      at: { x: 1000, y: 320 },
    });
    const scene = sceneIn(draw.design, 'overlay');
    const made = scene.items.find(({ ref }) => ref === 'node:dlr-1');
    const others = scene.items.filter((one) => one.parent === made?.parent && one !== made);
    expect(others.length).toBeGreaterThan(0);
    for (const one of others) {
      const apart =
        one.x + one.width <= (made?.x ?? 0) ||
        (made?.x ?? 0) + (made?.width ?? 0) <= one.x ||
        one.y + one.height <= (made?.y ?? 0) ||
        (made?.y ?? 0) + (made?.height ?? 0) <= one.y;
      expect(apart, one.ref).toBe(true);
    }
  });

  test('what is added in a view stands where it was dropped, there and nowhere else', () => {
    const draw = settle(design, 'overlay');
    draw.do({
      kind: 'add',
      thing: { entity: 'node', kind: 'distributed-router' },
      into: 'site:centre',
      at: { x: 960, y: 80 },
      inView: { view: 'overlay', x: 5000, y: 4000 },
    });
    const placeIn = (view: ViewKind) => {
      const box = boxes(draw.design, view).find(({ ref }) => ref === 'node:dlr-1');
      return [box?.x, box?.y];
    };
    expect(placeIn('overlay')).toEqual([5000, 4000]);
    expect(placeIn('all')).toEqual([960, 80]);
  });

  test('a copy is moved in the views too', () => {
    const draw = settle(design, 'overlay');
    const own = draw.get('layout', 'segment:overlay').views?.overlay;
    draw.do({ kind: 'duplicate', refs: ['segment:overlay'], by: { dx: 24, dy: 16 } });
    const [copy] = draw.plan.created;
    expect(draw.get('layout', copy ?? '').views?.overlay).toMatchObject({
      x: (own?.x ?? NaN) + 24,
      y: (own?.y ?? NaN) + 16,
    });
  });
});
