import { describe, expect, test } from 'vitest';
import {
  drawnSources,
  drawnTargets,
  offered,
  typedSources,
  typedTargets,
} from '../../../src-renderer/features/flows/flow-ends.ts';
import { FlowDraft, freeId } from '../../../src-renderer/features/flows/flow-draft.svelte.ts';
import { endsOf } from '../../../src-renderer/features/flows/selected-ends.ts';
import { flowOf, sample } from './sample.ts';

const labels = (options: readonly { readonly label: string }[]) =>
  options.map(({ label }) => label);

describe('the ends of a flow while they are typed', () => {
  test('the drawing offers nodes and pods, and for targets services, URLs and names', () => {
    const sources = labels(drawnSources(sample));
    expect(sources).toEqual(expect.arrayContaining(['esg', 'web-1', 'internet-user']));
    const targets = drawnTargets(sample);
    expect(targets.map(({ key }) => key)).toEqual(
      expect.arrayContaining([
        'node:esg',
        'pod:web-1',
        'url:https://shop.example.com/',
        'name:db.corp.example',
      ]),
    );
    expect(targets.some(({ value }) => value.kind === 'service')).toBe(true);
    expect(new Set(targets.map(({ key }) => key)).size).toBe(targets.length);
  });

  test('the best stand first: whole, the beginning, a word, anywhere', () => {
    const options = ['shop-web', 'webby', 'web', 'cobweb', 'mail'].map((label) => ({
      key: label,
      label,
      detail: '',
      value: label,
      kind: { is: 'name' } as const,
    }));
    expect(labels(offered(options, [], 'web'))).toEqual(['web', 'webby', 'shop-web', 'cobweb']);
    expect(labels(offered(options, [], ''))).toHaveLength(5);
    expect(labels(offered(options, [], 'nobody'))).toEqual([]);
  });

  test('an address is a source on the segments that it fits', () => {
    expect(typedSources(sample, '192.168.10.77').map(({ value }) => value)).toEqual([
      { kind: 'address', address: '192.168.10.77', segment: 'workload' },
    ]);
    expect(typedSources(sample, '8.8.8.8')).toEqual([]);
    expect(typedSources(sample, 'esg')).toEqual([]);
  });

  test.each([
    ['203.0.113.43', { kind: 'address', address: '203.0.113.43' }],
    ['2001:DB8::1', { kind: 'address', address: '2001:db8::1' }],
    ['https://shop.example.com/x', { kind: 'url', url: 'https://shop.example.com/x' }],
    ['db.corp.example', { kind: 'name', name: 'db.corp.example' }],
    ['esg', undefined],
    ['not a name', undefined],
  ])('%s as a target', (text, expected) => {
    expect(typedTargets(text)[0]?.value).toEqual(expected);
  });
});

describe('a flow while it is typed', () => {
  test('lacks what is not said, and has an id of its own', () => {
    const draft = new FlowDraft();
    expect(draft.lacks).toBe('from');
    draft.from = { kind: 'pod', pod: 'web-1' };
    expect(draft.lacks).toBe('to');
    draft.to = { kind: 'name', name: 'db.corp.example' };
    draft.port = 'x';
    expect(draft.lacks).toBe('port');
    expect(draft.flow(new Set())).toBeUndefined();
    draft.port = '3306';
    expect(draft.flow(new Set(['web-1-to-db.corp.example']))).toEqual({
      id: 'web-1-to-db.corp.example-2',
      from: { kind: 'pod', pod: 'web-1' },
      to: { kind: 'name', name: 'db.corp.example' },
      protocol: 'tcp',
      port: 3306,
    });
  });

  test('a URL and ICMP say their port themselves', () => {
    const draft = new FlowDraft(undefined, { from: { kind: 'node', node: 'esg' } });
    draft.to = { kind: 'url', url: 'https://shop.example.com/' };
    expect(draft.flow(new Set())).not.toHaveProperty('port');
    draft.to = { kind: 'node', node: 'fcr' };
    draft.protocol = 'icmp';
    expect(draft.flow(new Set())).toMatchObject({ protocol: 'icmp' });
    expect(draft.flow(new Set())).not.toHaveProperty('port');
  });

  test('what the line does not show is kept', () => {
    const flow = flowOf('worker-to-registry-by-proxy');
    expect(new FlowDraft(flow).flow(new Set())).toEqual(flow);
  });

  test('an id is made of any text', () => {
    expect(freeId('https://shop.example.com/', new Set())).toBe('shop.example.com');
    expect(freeId('플로우', new Set(['flow']))).toBe('flow-2');
  });

  test('two selected things are its ends, in their order', () => {
    expect(endsOf(['pod:web-1', 'node:esg'])).toMatchObject({
      from: { kind: 'pod', pod: 'web-1' },
      to: { kind: 'node', node: 'esg' },
    });
    expect(endsOf(['segment:icp', 'node:esg']).from).toBeUndefined();
    expect(endsOf(['node:a', 'node:b', 'node:c']).from).toBeUndefined();
  });
});
