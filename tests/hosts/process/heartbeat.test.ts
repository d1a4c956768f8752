import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { startHeartbeat } from '../../../src-main/hosts/process/heartbeat.ts';
import { startNodeProcess } from '../../../src-main/hosts/process/node-process.ts';
import { ask } from '../../app/ask.ts';
import { until } from '../../support/until.ts';
import { isAlive, resources, startBackend } from './host.ts';

vi.setConfig({ testTimeout: 120_000 });

const often = { beatMs: 40, missedBeats: 5 };
const answering = (events: readonly { readonly event: string; readonly payload: unknown }[]) =>
  events.flatMap(({ event, payload }) => (event === 'backend.answers' ? [payload] : []));

describe('a backend that lives and does not answer', () => {
  test('is told, and that it answers again', async () => {
    await using host = await startBackend(often);
    await ask(host.backend, 'examples.list', {});
    host.kill('SIGSTOP');
    await until(() => expect(answering(host.events)).toContainEqual({ answers: false }));
    const late = host.backend.call('examples.list', {});
    host.kill('SIGCONT');
    expect(await late).toMatchObject({ ok: true });
    await until(() => expect(answering(host.events).at(-1)).toEqual({ answers: true }));
    expect(host.pids).toHaveLength(1);
  });

  test('is started anew when the user says so, and what waited for it is done', async () => {
    await using host = await startBackend({ ...often, restartDelaysMs: [] });
    const { backend, events } = host;
    const file = join(host.folder, 'a.hopscope');
    const { project } = await ask(backend, 'project.create', { file });
    host.kill('SIGSTOP');
    await until(() => expect(answering(events)).toContainEqual({ answers: false }));
    const command = { kind: 'put', entity: 'site', value: { id: 'seoul', kind: 'office' } };
    const edit = ask(backend, 'project.apply', { project, command });
    await ask(backend, 'backend.restart', {});
    expect(await edit).toMatchObject({ step: 1 });
    expect(host.pids.map(isAlive)).toEqual([false, true]);
    expect(events).toContainEqual({
      event: 'backend.restarted',
      payload: { reason: 'it did not answer' },
    });
    const { steps } = await ask(backend, 'project.history', { project });
    expect(steps).toHaveLength(1);
  });

  test('is not one that has long runs to do: it answers in the midst of them', async () => {
    const child = startNodeProcess();
    const runs = 30;
    const heard: string[] = [];
    const done = new Promise<void>((resolve) => {
      child.onMessage(({ kind }) => {
        // How far a run has come: it has begun, and is not at its end.
        if (kind === 'event' && !heard.includes(kind)) child.post({ kind: 'beat' });
        heard.push(kind);
        if (heard.filter((one) => one === 'answer').length === runs) resolve();
      });
    });
    const setup = { resources, options: { remembers: false } };
    child.post({ kind: 'start', setup, openBefore: [] });
    const source = { kind: 'example', name: 'icp-on-vcenter' };
    for (let id = 1; id <= runs; id++) {
      const payload = { source, run: `run-${id}` };
      child.post({ kind: 'call', id, method: 'flows.simulateAll', payload });
    }
    await done;
    child.kill();
    expect(heard.indexOf('beat')).toBeGreaterThan(heard.indexOf('event'));
    expect(heard.indexOf('beat')).toBeLessThan(heard.lastIndexOf('answer'));
  });
});

test('beats are counted, not the time between them: a machine that has slept suspects nobody', () => {
  vi.useFakeTimers();
  const told: (boolean | 'asked')[] = [];
  const heartbeat = startHeartbeat(
    () => told.push('asked'),
    (answers) => told.push(answers),
    { beatMs: 1_000, missedBeats: 3 },
  );
  vi.advanceTimersByTime(1_000);
  vi.setSystemTime(Date.now() + 8 * 3_600_000);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['asked']);
  heartbeat.heard();
  vi.advanceTimersByTime(3_000);
  expect(told).toEqual(['asked', 'asked']);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['asked', 'asked', false]);
  // Told again to pages that were loaded since, and once when it is over.
  vi.advanceTimersByTime(3_000);
  heartbeat.heard();
  heartbeat.heard();
  expect(told).toEqual(['asked', 'asked', false, false, true]);
  heartbeat.stop();
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(5);
  vi.useRealTimers();
});
