/** Runs let everything else have its turn, tell how far they are, and can be stopped. */
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src-main/app/ports.ts';
import { systemClock } from '../../src-main/hosts/local/clock.ts';
import { network } from '../builders/network.ts';
import { checkDesign } from '../../src-main/checks/index.ts';
import { ask, asSource, backendWith, errorOf } from './ask.ts';
import { machine } from './machine.ts';

const flows = 400;
const design = (() => {
  const build = network().segment('lan', '10.0.0.0/24').host('a', '10.0.0.2/24');
  build.host('b', '10.0.0.3/24', { listens: ['tcp 80'] });
  for (let at = 0; at < flows; at += 1) build.flow(`f${at}`, 'a', 'b', { port: 80 });
  return build.build();
})();

/** A clock on which every look takes 5 ms, so that a run is long however fast the machine. */
function slowClock(): Clock {
  let nowMs = 0;
  return { ...systemClock, now: () => (nowMs += 5) };
}

describe('a run of all flows', () => {
  it('tells how far it is, at most 20 times a second', async () => {
    const backend = backendWith({ clock: slowClock() });
    const told: number[] = [];
    backend.subscribe((event) => {
      if (event.event !== 'run.progress') return;
      expect(event.payload).toMatchObject({ run: 'r1', total: flows });
      told.push(event.payload.done);
    });
    const answer = await ask(backend, 'flows.simulateAll', { source: asSource(design), run: 'r1' });
    expect(answer.flows).toHaveLength(flows);
    expect(answer.flows.every(({ status }) => status === 'reachable')).toBe(true);
    expect(told.length).toBeGreaterThan(10);
    // Some 5 ms a flow, and as much for each pause: no more than a report in 50 ms.
    expect(told.length).toBeLessThan(flows / 5);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it('answers other calls between its flows', async () => {
    const backend = backendWith({ clock: slowClock() });
    const order: string[] = [];
    const run = ask(backend, 'flows.simulateAll', { source: asSource(design) });
    await Promise.all([
      run.then(() => order.push('run')),
      new Promise((resolve) => setImmediate(resolve)).then(async () => {
        await ask(backend, 'settings.read', {});
        order.push('call');
      }),
    ]);
    expect(order).toEqual(['call', 'run']);
  });

  it.each(['flows.simulateAll', 'intents.verify'] as const)('is stopped: %s', async (method) => {
    const backend = backendWith({ clock: slowClock() });
    const source = asSource({
      ...design,
      intents: (design.flows ?? []).map(({ id }) => ({
        id,
        expect: 'reachable' as const,
        subject: { kind: 'flow' as const, flow: id },
      })),
    });
    let after = 0;
    backend.subscribe((event) => {
      if (event.event !== 'run.progress') return;
      if (event.payload.done > 50) after += 1;
      void backend.call('run.stop', { run: 'r1' });
    });
    const answer = await backend.call(method, { source, run: 'r1' });
    expect(errorOf(answer)).toEqual({
      code: 'stopped',
      text: 'The run was stopped',
      detail: { run: 'r1' },
    });
    expect(after).toBe(0);
  });

  it('stops only the one that is named', async () => {
    const backend = backendWith({ clock: slowClock() });
    const source = asSource(design);
    const runs = ['r1', 'r2'].map((run) => backend.call('flows.simulateAll', { source, run }));
    await ask(backend, 'run.stop', { run: 'r2' });
    const [first, second] = await Promise.all(runs);
    expect(first?.ok).toBe(true);
    expect(second?.ok).toBe(false);
  });
});

describe('the checks of a design', () => {
  const faulty = (address: string) => ({
    kind: 'put',
    entity: 'node',
    value: {
      id: 'twin',
      kind: 'host',
      interfaces: [{ id: 'eth0', segment: 'lan', addresses: [address] }],
    },
  });

  it('are those of the design as it was asked about, and let other calls through', async () => {
    const on = machine();
    const { project } = await on.project();
    const command = faulty('10.0.0.3/24');
    await ask(on.backend, 'project.apply', { project, command });
    const { design: present } = await ask(on.backend, 'project.read', { project });
    const order: string[] = [];
    const source = { kind: 'project', project } as const;
    const lint = ask(on.backend, 'design.lint', { source });
    await Promise.all([
      lint.then(() => order.push('lint')),
      ask(on.backend, 'settings.read', {}).then(() => order.push('call')),
    ]);
    expect(order).toEqual(['call', 'lint']);
    const { findings } = await lint;
    expect(findings).toEqual(checkDesign(present));
    expect(findings.map(({ code }) => code)).toContain('duplicate-address');
  });

  it('are given up for those of a later state, which everybody gets', async () => {
    const on = machine();
    const { project } = await on.project();
    const source = { kind: 'project', project } as const;
    await ask(on.backend, 'project.apply', { project, command: faulty('10.0.0.3/24') });
    const older = ask(on.backend, 'design.lint', { source });
    await ask(on.backend, 'project.apply', { project, command: faulty('10.0.0.4/24') });
    const newer = ask(on.backend, 'design.lint', { source });
    expect((await older).findings).toEqual((await newer).findings);
    expect((await newer).findings.map(({ code }) => code)).not.toContain('duplicate-address');
    // Asked again, they are those of the state as it is.
    await ask(on.backend, 'project.undo', { project });
    const again = await ask(on.backend, 'design.lint', { source });
    expect(again.findings.map(({ code }) => code)).toContain('duplicate-address');
  });

  it('stay as they are when something is only drawn elsewhere', async () => {
    const on = machine();
    const { project } = await on.project();
    const source = { kind: 'project', project } as const;
    await ask(on.backend, 'project.apply', { project, command: faulty('10.0.0.3/24') });
    const before = await ask(on.backend, 'design.lint', { source });
    const value = { id: 'node:twin', x: 1, y: 2 };
    const command = { kind: 'put', entity: 'layout', value };
    await ask(on.backend, 'project.apply', { project, command });
    const after = await ask(on.backend, 'design.lint', { source });
    expect(after.findings).toBe(before.findings);
    const { flows: summaries } = await ask(on.backend, 'flows.simulateAll', { source });
    expect(summaries).toMatchObject([{ id: 'visit', status: 'reachable' }]);
  });
});
