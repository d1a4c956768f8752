import { describe, expect, it } from 'vitest';
import type { Change } from '../../../src-main/contract/changes.ts';
import { Drawing, refusal } from './drawing.ts';

function drawn(): Drawing {
  const draw = new Drawing();
  const at = (x: number, y: number) => ({ x, y });
  draw.do({ kind: 'add', thing: { entity: 'site', kind: 'cloud' }, at: at(0, 0) });
  draw.do({ kind: 'add', thing: { entity: 'site', kind: 'office' }, at: at(1000, 0) });
  draw.do({
    kind: 'add',
    thing: { entity: 'node', kind: 'hypervisor' },
    into: 'site:cloud-1',
    at: at(50, 50),
  });
  const vm = { entity: 'node', kind: 'host', as: 'vm' } as const;
  draw.do({ kind: 'add', thing: vm, into: 'node:hypervisor-1', at: at(60, 100) });
  draw.do({ kind: 'add', thing: { entity: 'node', kind: 'router' }, at: at(2000, 2000) });
  return draw;
}

const placeOf = (draw: Drawing, ref: string) => {
  const { x, y } = draw.get('layout', ref);
  return [x, y];
};

describe('moving', () => {
  it('carries everything inside, and nothing else', () => {
    const draw = drawn();
    draw.do({ kind: 'move', refs: ['site:cloud-1'], by: { dx: 10, dy: -5 } });
    expect(placeOf(draw, 'site:cloud-1')).toEqual([10, -5]);
    expect(placeOf(draw, 'node:hypervisor-1')).toEqual([60, 45]);
    expect(placeOf(draw, 'node:vm-1')).toEqual([70, 95]);
    expect(placeOf(draw, 'node:router-1')).toEqual([2000, 2000]);
    expect(draw.plan.label).toBe('Move Cloud 1');
  });

  it('moves a thing once that is chosen with its container', () => {
    const draw = drawn();
    draw.do({ kind: 'move', refs: ['site:cloud-1', 'node:vm-1'], by: { dx: 10, dy: 0 } });
    expect(placeOf(draw, 'node:vm-1')).toEqual([70, 100]);
  });

  it('moves in a view’s own drawing only', () => {
    const draw = drawn();
    draw.do({ kind: 'move', refs: ['node:router-1'], by: { dx: 1, dy: 1 }, view: 'overlay' });
    expect(draw.get('layout', 'node:router-1')).toEqual({
      id: 'node:router-1',
      x: 2000,
      y: 2000,
      views: { overlay: { x: 2001, y: 2001 } },
    });
  });

  it('into a hypervisor makes it a machine there; out of it, none', () => {
    const draw = drawn();
    const by = { dx: 0, dy: 0 };
    draw.do({ kind: 'move', refs: ['node:router-1'], by, into: 'node:hypervisor-1' });
    expect(draw.get('node', 'router-1')).toMatchObject({ runsOn: 'hypervisor-1', site: 'cloud-1' });
    expect(draw.plan.label).toBe('Move Router 1 into Hypervisor 1');
    draw.do({ kind: 'move', refs: ['node:router-1'], by, into: null });
    expect(draw.get('node', 'router-1')).toEqual({
      id: 'router-1',
      kind: 'router',
      name: 'Router 1',
    });
  });

  it('takes a hypervisor’s machines along into another site', () => {
    const draw = drawn();
    draw.do({
      kind: 'move',
      refs: ['node:hypervisor-1'],
      by: { dx: 0, dy: 0 },
      into: 'site:office-1',
    });
    expect(draw.get('node', 'vm-1')).toMatchObject({ runsOn: 'hypervisor-1', site: 'office-1' });
  });

  it('into a cluster joins it, and out of it leaves it', () => {
    const draw = drawn();
    draw.add({ entity: 'cluster', flavour: 'kubernetes' });
    draw.add({ entity: 'workload', cluster: 'cluster-1' });
    const by = { dx: 0, dy: 0 };
    draw.do({ kind: 'move', refs: ['node:router-1'], by, into: 'cluster:cluster-1' });
    expect(draw.get('cluster', 'cluster-1').nodes).toMatchObject([{ node: 'router-1' }]);
    expect(draw.get('workload', 'app-1').pods).toHaveLength(1);
    draw.do({ kind: 'move', refs: ['node:router-1'], by, into: 'site:office-1' });
    expect(draw.get('cluster', 'cluster-1').nodes).toEqual([]);
    expect(draw.get('workload', 'app-1').pods).toEqual([]);
    expect(draw.plan.alsoChanged).toContainEqual({
      ref: 'workload:app-1',
      code: 'loses-pods',
      detail: { pods: ['app-1-1'] },
      text: 'loses 1 pod: app-1-1',
    });
  });

  it('gives a pod an address of the node that it moves to', () => {
    const draw = new Drawing();
    draw.add({ entity: 'cluster', flavour: 'kubernetes' });
    for (let count = 0; count < 2; count += 1)
      draw.add({ entity: 'node', kind: 'host' }, 'cluster:cluster-1');
    draw.add({ entity: 'workload', cluster: 'cluster-1' });
    const pods = () =>
      draw
        .get('workload', 'app-1')
        .pods.map(({ node, addresses }) => `${node} ${addresses?.join()}`);
    expect(pods().toSorted()).toEqual(['host-1 172.28.0.2', 'host-2 172.28.0.65']);
    const on1 = draw.get('workload', 'app-1').pods.find(({ node }) => node === 'host-1')?.id ?? '';
    draw.do({ kind: 'move', refs: [`pod:${on1}`], by: { dx: 0, dy: 0 }, into: 'node:host-2' });
    expect(pods().toSorted()).toEqual(['host-2 172.28.0.65', 'host-2 172.28.0.66']);
  });

  it.each([
    ['site:cloud-1', 'site:cloud-1', 'another container than the thing itself'],
    ['node:vm-1', 'node:router-1', 'a site, a hypervisor or a cluster'],
    ['node:vm-1', 'site:gone', 'of this design'],
  ])('refuses %s into %s', (ref, into, sentence) => {
    const change: Change = { kind: 'move', refs: [ref], by: { dx: 0, dy: 0 }, into };
    expect(refusal(drawn().design, change)).toContain(sentence);
  });

  it('refuses a site into one that it contains', () => {
    const draw = drawn();
    const by = { dx: 0, dy: 0 };
    draw.do({ kind: 'move', refs: ['site:office-1'], by, into: 'site:cloud-1' });
    expect(
      refusal(draw.design, { kind: 'move', refs: ['site:cloud-1'], by, into: 'site:office-1' }),
    ).toBe('into is "site:office-1": expected a container that is not inside cloud-1 itself');
  });
});

describe('placing', () => {
  it('keeps what it does not speak of', () => {
    const draw = drawn();
    draw.do({
      kind: 'place',
      label: 'collapse',
      items: [{ id: 'site:cloud-1', x: 0, y: 0, collapsed: true }],
    });
    expect(draw.get('layout', 'site:cloud-1')).toEqual({
      id: 'site:cloud-1',
      x: 0,
      y: 0,
      width: 720,
      height: 480,
      collapsed: true,
    });
    draw.do({
      kind: 'place',
      label: 'expand',
      items: [{ id: 'site:cloud-1', x: 5, y: 0, collapsed: false }],
    });
    expect(draw.get('layout', 'site:cloud-1')).toEqual({
      id: 'site:cloud-1',
      x: 5,
      y: 0,
      width: 720,
      height: 480,
    });
    expect(draw.plan.label).toBe('Expand Cloud 1');
  });
});

describe('grouping', () => {
  it('puts a site around the things, in the site that all of them stand in', () => {
    const draw = drawn();
    draw.do({
      kind: 'add',
      thing: { entity: 'segment', kind: 'lan' },
      into: 'site:cloud-1',
      at: { x: 400, y: 60 },
    });
    draw.do({ kind: 'group', refs: ['node:hypervisor-1', 'segment:segment-1', 'node:vm-1'] });
    expect(draw.get('site', 'site-1')).toMatchObject({ parent: 'cloud-1', name: 'Group 1' });
    expect(draw.get('node', 'hypervisor-1').site).toBe('site-1');
    expect(draw.get('node', 'vm-1')).toMatchObject({ runsOn: 'hypervisor-1', site: 'site-1' });
    expect(draw.get('layout', 'site:site-1')).toEqual({
      id: 'site:site-1',
      x: 26,
      y: -14,
      width: 718,
      height: 308,
    });
    expect(draw.leftOut).toEqual(['vm-1 stays where it is.']);
  });
});
