import { describe, expect, test } from 'vitest';
import { decider, placeOfStep } from '../../../src-renderer/features/trace/step-place.ts';
import { valueAt, parsePath } from '../../../src-renderer/state/inspector-path.ts';
import { Reading, type PlacedStep } from '../../../src-renderer/state/reading.svelte.ts';
import type { Design, Step } from '../../../src-main/contract/index.ts';
import { flowOf, run, sample } from './sample.ts';

function placesOf(id: string, wanted: (step: Step) => boolean, direction?: 'reverse') {
  const reading = new Reading(run(id));
  if (direction) reading.turn(direction);
  return reading.steps
    .filter(({ step }) => wanted(step))
    .map((placed) => placeOfStep(sample, flowOf(id), placed));
}
const entityOf = (ref: string): unknown => {
  const id = ref.slice(ref.indexOf(':') + 1);
  const lists = [
    ...(sample.nodes ?? []),
    ...(sample.segments ?? []),
    ...(sample.clusters ?? []),
    ...(sample.services ?? []),
    ...(sample.ingresses ?? []),
    ...(sample.stretches ?? []),
    ...(sample.flows ?? []),
    ...(sample.workloads ?? []).flatMap(({ pods }) => pods),
  ];
  return lists.find((one) => one.id === id);
};

describe('what a step speaks of', () => {
  test('a rule, a translation, a route, a segment', () => {
    const [rule] = placesOf('internet-to-web', ({ kind }) => kind === 'firewall');
    expect(rule?.ref).toBe('node:esg');
    expect(rule?.part).toMatch(/^firewall\.rules\[\d+\]$/);
    expect(valueAt(entityOf('node:esg'), parsePath(rule?.part ?? ''))).toMatchObject({
      name: 'internet-to-ingress',
    });

    const [nat] = placesOf('internet-to-web', ({ kind }) => kind === 'nat');
    expect(valueAt(entityOf(nat?.ref ?? ''), parsePath(nat?.part ?? ''))).toMatchObject({
      kind: 'dnat',
    });

    const [into] = placesOf(
      'internet-to-web',
      (step) => step.kind === 'encapsulate' && step.action === 'vxlan',
    );
    expect(into).toEqual({ ref: 'segment:icp' });
    const [ingress] = placesOf('internet-to-web', ({ kind }) => kind === 'ingress-rule');
    expect(ingress?.ref).toMatch(/^ingress:/);
    const [service] = placesOf('web-to-api', (step) => step.kind === 'service');
    expect(service?.ref).toMatch(/^service:/);
  });

  test('an IPsec tunnel, by its place among those of its end', () => {
    const ends = (...ids: readonly string[]) => ids.map((id) => ({ id }));
    const design = {
      nodes: [{ id: 'vpn', kind: 'router', ipsecTunnels: ends('to-berlin', 'to-seoul') }],
    } as unknown as Design;
    const step = { kind: 'encapsulate', action: 'ipsec', detail: { tunnel: 'to-seoul' } };
    const placed = { step, hop: { node: 'vpn', nodeKind: 'router' } } as unknown as PlacedStep;
    expect(placeOfStep(design, flowOf('internet-to-web'), placed)).toEqual({
      ref: 'node:vpn',
      part: 'ipsecTunnels[1]',
    });
  });

  test.each(sample.flows?.map(({ id }) => id) ?? [])(
    'every step of %s names what is there',
    (id) => {
      for (const direction of [undefined, 'reverse'] as const) {
        for (const place of placesOf(id, () => true, direction)) {
          if (!place) continue;
          const entity = entityOf(place.ref);
          expect(entity, place.ref).toBeDefined();
          if (place.part === undefined || place.part === 'firewall.defaultAction') continue;
          const value = valueAt(entity, parsePath(place.part));
          // A cluster's own defaults are nowhere written.
          if (!place.ref.startsWith('cluster:')) {
            expect(value, `${place.ref} ${place.part}`).toBeDefined();
          }
        }
      }
    },
  );

  test('what ended a trace is the rule, not the drop after it', () => {
    const { steps } = new Reading(run('enterprise-to-console'));
    const cause = decider(steps);
    expect(cause?.step.text).toMatch(/^The default rule denies tcp 8443/);
    expect(cause && placeOfStep(sample, flowOf('enterprise-to-console'), cause)).toEqual({
      ref: 'node:esg',
      part: 'firewall.defaultAction',
    });
    expect(decider(new Reading(run('internet-to-web')).steps)).toBeUndefined();
  });
});
