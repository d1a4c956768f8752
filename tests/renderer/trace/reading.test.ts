import { describe, expect, test } from 'vitest';
import { Reading } from '../../../src-renderer/state/reading.svelte.ts';
import type { FirewallRule } from '../../../src-main/model/design.ts';
import { changed, run } from './sample.ts';

const at = (reading: Reading) =>
  `${reading.current?.leg.purpose ?? ''} ${reading.current?.hop.node ?? ''} ${reading.current?.step.kind ?? ''}/${reading.current?.step.action ?? ''}`;

/** The edge's rule that lets the internet in, switched off. */
const closed = changed('esg', (node: { firewall: { rules: FirewallRule[] } }) => ({
  ...node,
  firewall: {
    ...node.firewall,
    rules: node.firewall.rules.map((rule) =>
      rule.id === 'internet-to-ingress' || rule.name === 'internet-to-ingress'
        ? { ...rule, enabled: false }
        : rule,
    ),
  },
}));

describe('reading a result', () => {
  test('begins where the connection begins, and at the drop of one that fails', () => {
    expect(at(new Reading(run('internet-to-web')))).toBe('request internet-user originate/send');
    expect(at(new Reading(run('enterprise-to-console')))).toBe('request esg drop/packet');
  });

  test('goes step by step and stops at the ends', () => {
    const reading = new Reading(run('internet-to-web'));
    reading.move(-Infinity);
    expect(reading.at).toBe(0);
    reading.move(-1);
    expect(reading.at).toBe(0);
    reading.move(Infinity);
    expect(reading.at).toBe(reading.steps.length - 1);
    expect(reading.atEnd).toBe(true);
    expect(reading.current?.step.kind).toBe('deliver');
  });

  test('knows of each step the packet before it, but for the first of a leg', () => {
    const { steps } = new Reading(run('internet-to-web'));
    for (const [index, { before, legAt }] of steps.entries()) {
      const last = steps[index - 1];
      if (last?.legAt === legAt) expect(before).toBe(last.step.packet);
      else expect(before).toBeUndefined();
    }
  });

  test('turns to the reply and to another path', () => {
    const reading = new Reading(run('internet-to-web', { allPaths: true }));
    reading.turn('reverse');
    expect(reading.current?.leg.purpose).toBe('reply');
    const first = reading.steps;
    reading.take(1);
    expect(reading.path).toBe(1);
    expect(reading.steps).not.toBe(first);
    reading.take(99);
    expect(reading.path).toBe(1);
  });

  test('stays at the same step when the flow is simulated again', () => {
    const old = new Reading(run('internet-to-web'));
    const nat = old.steps.findIndex(({ step }) => step.kind === 'nat');
    old.choose(nat);
    expect(at(old)).toBe('request esg nat/dnat');
    const next = new Reading(run('internet-to-web'), old);
    expect(next.at).toBe(nat);
    expect(at(next)).toBe('request esg nat/dnat');
  });

  test('stays on its path when all paths are followed', () => {
    const way = (reading: Reading) => reading.steps.map(({ hop }) => hop.node).join(' ');
    const old = new Reading(run('internet-to-web'));
    const all = new Reading(run('internet-to-web', { allPaths: true }), old);
    expect(all.result.forward.length).toBeGreaterThan(1);
    expect(way(all)).toBe(way(old));
    const back = new Reading(run('internet-to-web'), all);
    expect(way(back)).toBe(way(old));
  });

  test('stays on the same node where the step is gone', () => {
    const old = new Reading(run('internet-to-web'));
    old.choose(old.steps.findIndex(({ step }) => step.kind === 'nat'));
    const next = new Reading(run('internet-to-web', undefined, closed), old);
    expect(next.result.status).toBe('unreachable');
    expect(next.current?.hop.node).toBe('esg');
  });

  test('goes to what ended it where neither node nor direction is left', () => {
    const old = new Reading(run('internet-to-web'));
    old.turn('reverse');
    const next = new Reading(run('internet-to-web', undefined, closed), old);
    expect(next.direction).toBe('forward');
    expect(at(next)).toBe('request esg drop/packet');
  });
});
