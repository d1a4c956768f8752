import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { startHeartbeat } from '../../../src-main/hosts/process/heartbeat.ts';
import { ask } from '../../app/ask.ts';
import { until } from '../../support/until.ts';
import { isAlive, startBackend } from './host.ts';

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

  test('is not one that has a long run to do', async () => {
    await using host = await startBackend({ beatMs: 100, missedBeats: 10 });
    const { backend, events } = host;
    await ask(backend, 'examples.list', {});
    const source = { kind: 'example', name: 'icp-on-vcenter' } as const;
    // One after the other in the same process, for several times as long as the limit.
    const untilMs = performance.now() + 4_000;
    const runs = [1, 2, 3, 4].map(async (number) => {
      while (performance.now() < untilMs) {
        await ask(backend, 'flows.simulateAll', { source, run: `run-${number}` });
      }
    });
    await Promise.all(runs);
    expect(answering(events)).toEqual([]);
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
