import { describe, expect, test } from 'vitest';
import type { Design, Group, Intent } from '../../src-main/model/design.ts';
import { intentFlowCount, intentFlows } from '../../src-main/model/intent-flows.ts';
import { network } from '../builders/network.ts';

const member = (node: string) => ({ kind: 'node', node }) as const;
const groups: readonly Group[] = [
  { id: 'nobody', members: [] },
  { id: 'one', members: [member('web')] },
  // The web is named twice, and is met a third time by its address on the segment.
  { id: 'many', members: [member('web'), member('web'), member('user'), member('db')] },
  { id: 'front', members: [{ kind: 'segment', segment: 'front' }] },
  { id: 'office', members: [{ kind: 'site', site: 'office' }] },
];

const design: Design = groups
  .reduce(
    (built, group) => built.add('group', group),
    network()
      .site('office')
      .segment('front', '10.0.1.0/24')
      .segment('back', '10.0.2.0/24')
      .router('router', ['10.0.1.1/24', '10.0.2.1/24'])
      .host('web', '10.0.1.10/24', { gateway: '10.0.1.1', site: 'office' })
      .host('user', '10.0.1.20/24', { gateway: '10.0.1.1', site: 'office' })
      .host('db', '10.0.2.10/24', { gateway: '10.0.2.1' }),
  )
  .add('flow', { id: 'asked', from: member('web'), to: member('db'), port: 80 })
  .build();

const matrix = (sources: string[], destinations: string[], services: number): Intent => ({
  id: 'wanted',
  subject: {
    kind: 'matrix',
    sources,
    destinations,
    services: Array.from({ length: services }, (_, at) => ({ protocol: 'tcp', port: 80 + at })),
  },
  expect: 'blocked',
});

describe('how many flows an intent speaks of', () => {
  test.each<[sources: string[], destinations: string[], services: number, count: number]>([
    [['one'], ['many'], 1, 2],
    [['many'], ['many'], 2, 12],
    [['many', 'front'], ['front', 'one'], 1, 9],
    [['office'], ['many', 'front'], 3, 18],
    [['nobody'], ['many'], 1, 0],
    [['many'], ['many'], 0, 0],
  ])('%j to %j by %i services: %i', (sources, destinations, services, count) => {
    const intent = matrix(sources, destinations, services);
    expect(intentFlowCount(design, intent)).toBe(count);
    expect(intentFlows(design, intent)).toHaveLength(count);
  });

  test('is one where it is about a flow', () => {
    const intent: Intent = {
      id: 'wanted',
      subject: { kind: 'flow', flow: 'asked' },
      expect: 'blocked',
    };
    expect(intentFlowCount(design, intent)).toBe(1);
  });

  test('is known of groups whose pairs would not fit into memory', () => {
    const many: Group = {
      id: 'all',
      members: Array.from({ length: 20_000 }, (_, at) => ({
        kind: 'address',
        segment: 'front',
        address: `10.9.${at >> 8}.${at & 255}`,
      })),
    };
    const large = { ...design, groups: [many] };
    expect(intentFlowCount(large, matrix(['all'], ['all'], 10))).toBe(20_000 * 19_999 * 10);
  });
});
