import { describe, expect, it } from 'vitest';
import type { Hypervisor } from '../../../src-main/model/design.ts';
import { Drawing } from './drawing.ts';
import { lintDesign } from './lint.ts';

const hypervisor = (draw: Drawing, id: string) => draw.get('node', id) as Hypervisor;

/** A gesture each; the order is the test's. */
const gestures: Readonly<Record<string, (draw: Drawing) => void>> = {
  hypervisor: (draw) => void draw.add({ entity: 'node', kind: 'hypervisor' }),
  underlay: (draw) => void draw.connect('hypervisor-1', 'segment-1'),
  overlay: (draw) => void draw.add({ entity: 'segment', kind: 'vxlan' }),
};

describe('a hypervisor is in the overlay, whatever is drawn first', () => {
  it.each([
    [['hypervisor', 'underlay', 'overlay']],
    [['hypervisor', 'overlay', 'underlay']],
    [['overlay', 'hypervisor', 'underlay']],
  ])('%j', (order) => {
    const draw = new Drawing();
    draw.add({ entity: 'segment', kind: 'lan' });
    for (const name of order) gestures[name]?.(draw);
    expect(hypervisor(draw, 'hypervisor-1')).toMatchObject({
      transportZones: ['transport-1'],
      vteps: ['vmk0'],
    });
    expect(draw.get('segment', 'segment-1').mtu).toBe(1600);
    // Nobody has drawn a router yet; nothing else is wrong.
    const faults = lintDesign(draw.design).filter((fault) => !fault.includes('gateway'));
    expect(faults.filter((fault) => !fault.startsWith('next-hop-unowned'))).toEqual([]);
  });
});

describe('the underlay’s MTU', () => {
  it('is raised for the tunnels alone: machines go on sending 1500 bytes', () => {
    const draw = new Drawing();
    draw.add({ entity: 'segment', kind: 'lan' });
    draw.add({ entity: 'segment', kind: 'vxlan' });
    for (const as of ['client', 'server'] as const) draw.add({ entity: 'node', kind: 'host', as });
    draw.add({ entity: 'node', kind: 'hypervisor' });
    draw.connect('client-1', 'segment-1').connect('hypervisor-1', 'segment-1');
    expect(draw.plan.alsoChanged.map(({ ref, text }) => `${ref} ${text}`)).toEqual([
      'node:hypervisor-1 ends its VXLAN tunnels on vmk0',
      'segment:segment-1 has an MTU of 1600 now, since VXLAN adds 50 bytes',
      'node:client-1 goes on sending 1500 bytes',
    ]);
    draw.connect('server-1', 'segment-1');
    for (const id of ['client-1', 'server-1']) {
      expect(draw.get('node', id).interfaces).toMatchObject([{ mtu: 1500 }]);
    }
  });

  it('stays as somebody has set it, and is told where it is too small', () => {
    const draw = new Drawing();
    draw.add({ entity: 'segment', kind: 'lan' });
    draw.put('segment', { ...draw.get('segment', 'segment-1'), mtu: 1500 });
    draw.add({ entity: 'segment', kind: 'vxlan' });
    draw.add({ entity: 'node', kind: 'hypervisor' });
    draw.connect('hypervisor-1', 'segment-1');
    expect(draw.get('segment', 'segment-1').mtu).toBe(1500);
    expect(draw.leftOut).toEqual([
      'segment-1 carries 1500 bytes and was left so: VXLAN needs 1550.',
    ]);
  });
});

describe('a machine on a VXLAN segment', () => {
  it('needs a hypervisor, and is told so', () => {
    const draw = new Drawing();
    draw.add({ entity: 'segment', kind: 'vxlan' });
    draw.add({ entity: 'node', kind: 'host', as: 'vm' });
    draw.connect('vm-1', 'segment-1');
    expect(draw.leftOut).toEqual([
      'vm-1 runs on no hypervisor yet: VXLAN segments reach machines on hypervisors only. Drag it onto one.',
    ]);
  });

  it('takes its hypervisor into the segment’s transport zone', () => {
    const draw = new Drawing();
    draw.add({ entity: 'segment', kind: 'vxlan' });
    draw.put('transport-zone', { id: 'other' });
    draw.add({ entity: 'node', kind: 'hypervisor' });
    draw.add({ entity: 'node', kind: 'host', as: 'vm' }, 'node:hypervisor-1');
    // Of two zones none is the obvious one.
    expect(hypervisor(draw, 'hypervisor-1').transportZones).toBeUndefined();
    draw.connect('vm-1', 'segment-1');
    expect(hypervisor(draw, 'hypervisor-1').transportZones).toEqual(['transport-1']);
  });
});
