import { describe, expect, it } from 'vitest';
import { entityKinds, collections } from '../../../src-main/model/ids.ts';
import type { Entity } from '../../../src-main/model/design.ts';
import { Drawing, refusal } from './drawing.ts';
import { readExample } from './examples.ts';

const sample = readExample('icp-on-vcenter');

describe('renaming reaches every place that names the thing', () => {
  const refs = entityKinds
    .filter((kind) => kind !== 'layout')
    .flatMap((kind) => {
      const [first] = (sample[collections[kind]] ?? []) as readonly Entity[];
      return first ? [`${kind}:${first.id}`] : [];
    });

  it.each([
    ...refs,
    'node:esxi-01',
    'node:worker-1',
    'node:cloud-l2c',
    'service:kube-dns',
    'pod:web-1',
  ])('%s', (ref) => {
    const draw = new Drawing(sample);
    // A design that still names the old id is refused by the validators.
    draw.do({ kind: 'rename', ref, id: 'renamed' });
    const back = ref.startsWith('pod:')
      ? 'pod:renamed'
      : `${ref.slice(0, ref.indexOf(':'))}:renamed`;
    draw.do({ kind: 'rename', ref: back, id: ref.slice(ref.indexOf(':') + 1) });
    expect(draw.design).toEqual(sample);
  });

  it('keeps the thing’s place among the others, and where it is drawn', () => {
    const draw = new Drawing(sample);
    draw.do({ kind: 'rename', ref: 'site:internet', id: 'the-net' });
    expect(draw.design.sites?.map(({ id }) => id)[0]).toBe('the-net');
    const drawn = new Drawing(sample).get('layout', 'site:internet');
    expect(draw.get('layout', 'site:the-net')).toEqual({ ...drawn, id: 'site:the-net' });
    expect(draw.plan.label).toBe('Rename internet to the-net');
  });

  it('follows an ingress to a service that has no other name', () => {
    const draw = new Drawing();
    draw.add({ entity: 'cluster', flavour: 'kubernetes' });
    draw.add({ entity: 'workload', cluster: 'cluster-1', ingress: true });
    draw.do({ kind: 'rename', ref: 'service:app-1', id: 'shop' });
    expect(draw.get('ingress', 'app-1').rules[0]?.paths[0]?.backend.service).toBe('shop');
  });
});

describe('an id is refused', () => {
  it.each([
    ['node:esg', 'esxi-01', 'an id of its own'],
    ['node:esg', 'esg', 'another id than it has'],
    ['node:esg', 'no spaces', 'an id: letters, digits'],
    ['node:esg', '', 'an id: letters, digits'],
    ['node:nobody', 'x', 'of this design'],
    ['pod:web-1', 'web-2', 'an id of its own'],
  ])('%s → %s', (ref, id, sentence) => {
    expect(refusal(sample, { kind: 'rename', ref, id })).toContain(sentence);
  });
});

describe('renaming an interface', () => {
  it('reaches links, stretches, rules, routes and tunnel ends', () => {
    const draw = new Drawing(sample);
    draw.do({ kind: 'rename-interface', node: 'esxi-01', from: 'vtep-1', to: 'vmk1' });
    expect(draw.get('node', 'esxi-01')).toMatchObject({ vteps: ['vmk1', 'vtep-2'] });
    draw.do({ kind: 'rename-interface', node: 'xcr', from: 'bcr', to: 'ge0' });
    expect(draw.get('link', 'xcr-bcr').a.interface).toBe('ge0');
    draw.do({ kind: 'rename-interface', node: 'cloud-l2c', from: 'uplink', to: 'outside' });
    const stretch = draw.get('stretch', 'app-lan');
    expect([stretch.a, stretch.b].find(({ gateway }) => gateway === 'cloud-l2c')?.uplink).toBe(
      'outside',
    );
  });

  it('refuses a name that another one has', () => {
    const change = {
      kind: 'rename-interface',
      node: 'esxi-01',
      from: 'vtep-1',
      to: 'vmk0',
    } as const;
    expect(refusal(sample, change)).toContain('another interface of esxi-01 has it already');
  });
});
