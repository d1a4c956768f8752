import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, test, vi } from 'vitest';
import { ask, errorOf } from '../../app/ask.ts';
import { isAlive, startBackend, startedLate } from './host.ts';
import { until } from '../../support/until.ts';

// A busy machine takes seconds to start a process.
vi.setConfig({ testTimeout: 120_000 });

const example = { kind: 'example', name: 'icp-on-vcenter' } as const;
const addSite = { kind: 'add', thing: { entity: 'site', kind: 'office' } } as const;

describe('the backend in a process of its own', () => {
  test('answers calls, failures and bytes as the one of this process does', async () => {
    await using host = await startBackend();
    const { backend } = host;
    const { design } = await ask(backend, 'design.read', { source: example });
    expect(design.name).toBe('ICP on vCenter Server with NSX');
    const { bytes } = await ask(backend, 'trace.pcap', { source: example, flow: 'web-to-db' });
    expect(bytes).toBeInstanceOf(Uint8Array);
    expect(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)).toBe(0x0a0d0d0a);
    expect(errorOf(await backend.callUntyped('flow.delete', {}))).toMatchObject({
      code: 'unknown-method',
    });
    expect(errorOf(await backend.callUntyped('examples.read', { name: 7 }))).toMatchObject({
      code: 'bad-input',
      path: 'name',
    });
  });

  test('tells what happens, as it happens', async () => {
    await using host = await startBackend();
    const file = join(host.folder, 'told.hopscope');
    const { project } = await ask(host.backend, 'project.create', { file });
    const value = { id: 'seoul', kind: 'office' };
    const command = { kind: 'put', entity: 'site', value };
    await ask(host.backend, 'project.apply', { project, command, origin: 'w' });
    await until(() =>
      expect(host.events).toMatchObject([
        { event: 'project.changed', payload: { origin: 'w', state: { project, revision: 1 } } },
      ]),
    );
    const source = { kind: 'example', name: 'icp-on-vcenter' } as const;
    await ask(host.backend, 'flows.simulateAll', { source, run: 'r' });
    expect(host.events.at(-1)).toMatchObject({ event: 'run.progress', payload: { run: 'r' } });
  });

  test('takes and gives messages of many megabytes', async () => {
    await using host = await startBackend();
    const notes = 'x'.repeat(30 * 1024 * 1024);
    const answer = await host.backend.call('design.parse', { text: `# ${notes}\nhopscope: 0` });
    expect(errorOf(answer).code).toMatch(/design-invalid|text-unreadable/);
  });

  test('answers what no message can carry with an error', async () => {
    await using host = await startBackend();
    const answer = await host.backend.callUntyped('examples.list', { all: () => 1 });
    expect(errorOf(answer)).toMatchObject({ code: 'message-malformed' });
    await ask(host.backend, 'examples.list', {});
  });

  test('leaves this process free while it works', async () => {
    await using host = await startBackend();
    await ask(host.backend, 'examples.list', {});
    // Long for the backend: a text of many lines that is read to its end before it is refused.
    const text = '- a: [1, 2, {b: c}]\n'.repeat(15_000);
    const work = { ended: false };
    const answered = host.backend.call('design.parse', { text }).finally(() => (work.ended = true));
    let longestMs = 0;
    const beganMs = performance.now();
    let before = beganMs;
    while (!work.ended) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      longestMs = Math.max(longestMs, performance.now() - before);
      before = performance.now();
    }
    expect(errorOf(await answered).code).toMatch(/design-invalid|text-unreadable/);
    // Far less than the work takes, however busy the machine is otherwise.
    expect(longestMs).toBeLessThan((before - beganMs) / 3);
  });

  test('ends with its host, however that ends', async () => {
    const program = `
      import { createProcessBackend } from './src-main/hosts/process/backend.ts';
      import { startNodeProcess } from './src-main/hosts/process/node-process.ts';
      let pid;
      const backend = createProcessBackend(
        () => { const child = startNodeProcess(); pid = child.pid; return child; },
        { resources: 'resources', options: {} },
      );
      await backend.call('examples.list', {});
      console.log(pid);`;
    const host = spawn(process.execPath, ['--input-type=module', '-e', program], {
      cwd: join(import.meta.dirname, '..', '..', '..'),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(host.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isAlive(pid)).toBe(true);
    host.kill('SIGKILL');
    await until(() => expect(isAlive(pid)).toBe(false));
  });

  test('has ended once it is closed, and says so to later calls', async () => {
    await using host = await startBackend({ closeLimitMs: 60_000 });
    const early = host.backend.call('examples.list', {});
    await host.backend.close();
    expect(await early).toMatchObject({ ok: true });
    expect(host.pids.map(isAlive)).toEqual([false]);
    expect(errorOf(await host.backend.call('examples.list', {})).code).toBe('backend-unreachable');
    expect(host.events).toEqual([]);
  });

  test('is ended by force where it does not close in time', async () => {
    await using host = await startBackend({ closeLimitMs: 200 });
    await ask(host.backend, 'examples.list', {});
    host.kill('SIGSTOP');
    await host.backend.close();
    await until(() => expect(host.pids.map(isAlive)).toEqual([false]));
  });

  test('outlives Ctrl-C, which the terminal sends to every process', async () => {
    await using host = await startBackend();
    await ask(host.backend, 'examples.list', {});
    host.kill('SIGINT');
    host.kill('SIGHUP');
    await ask(host.backend, 'examples.list', {});
    expect(host.pids).toHaveLength(1);
  });
});

describe('when its process dies', () => {
  test('a question that was on its way is answered by a new process, and so is the next one', async () => {
    await using host = await startBackend();
    await ask(host.backend, 'examples.list', {});
    const cut = host.backend.call('flows.simulateAll', { source: example });
    host.kill();
    expect(await cut).toMatchObject({ ok: true });
    await ask(host.backend, 'examples.list', {});
    expect(host.pids).toHaveLength(2);
    expect(host.events).toEqual([
      { event: 'backend.restarted', payload: { reason: 'it was ended by SIGKILL' } },
    ]);
  });

  test('a call that is neither a question nor an edit is answered that it may not have been done', async () => {
    await using host = await startBackend();
    await ask(host.backend, 'examples.list', {});
    host.kill('SIGSTOP');
    const cut = host.backend.call('settings.write', { values: { theme: 'dark' } });
    host.kill();
    expect(errorOf(await cut)).toMatchObject({
      code: 'backend-restarted',
      detail: { reason: 'it was ended by SIGKILL' },
    });
  });

  test('a run is not begun again where the user ended the process', async () => {
    await using host = await startBackend();
    await ask(host.backend, 'examples.list', {});
    host.kill('SIGSTOP');
    const cut = host.backend.call('flows.simulateAll', { source: example });
    const list = host.backend.call('examples.list', {});
    await ask(host.backend, 'backend.restart', {});
    expect(errorOf(await cut)).toMatchObject({ code: 'backend-restarted' });
    expect(await list).toMatchObject({ ok: true });
  });

  test('in the middle of edits, each of them is done once, and whoever asked is answered', async () => {
    await using host = await startBackend({ quickEndMs: 0 });
    const { backend, folder } = host;
    const file = join(folder, 'edited.hopscope');
    const { project } = await ask(backend, 'project.create', { file, name: 'Edited' });
    const made: string[] = [];
    // Each editor makes one edit after the other, as fast as they are answered. Each edit adds a site of a new name.
    const editor = async () => {
      for (let number = 1; number <= 30; number++) {
        const answer = await ask(backend, 'project.change', { project, change: addSite });
        made.push(...answer.created);
        if (made.length % 40 === 20) host.kill();
      }
    };
    await Promise.all([1, 2, 3, 4].map(editor));
    expect(host.pids.length).toBeGreaterThan(2);
    const { design } = await ask(backend, 'project.read', { project });
    expect((design.sites ?? []).map(({ id }) => `site:${id}`)).toEqual(made);
    expect(new Set(made).size).toBe(120);
    const { steps } = await ask(backend, 'project.history', { project });
    expect(steps.map(({ sequence, applied }) => (applied ? sequence : 0))).toEqual(
      made.map((_, at) => at + 1),
    );
  });

  test('three times soon after its start, it is lost, until a page begins anew', async () => {
    await using host = await startBackend({ restartDelaysMs: [0, 20] });
    for (const deaths of [1, 2, 3]) {
      await until(() => expect(host.pids).toHaveLength(deaths));
      host.kill();
    }
    await until(() => {
      expect(host.events.at(-1)).toEqual({
        event: 'backend.lost',
        payload: { reason: 'it was ended by SIGKILL' },
      });
    });
    expect(host.pids).toHaveLength(3);
    expect(errorOf(await host.backend.call('examples.list', {}))).toMatchObject({
      code: 'backend-unreachable',
      detail: { reason: 'it was ended by SIGKILL' },
    });
    await ask(host.backend, 'app.start', {});
    expect(host.pids).toHaveLength(4);
    expect(host.events.at(-1)?.event).toBe('backend.restarted');
  });

  test('calls made before there is a new one wait for it', async () => {
    await using host = await startBackend(startedLate);
    await ask(host.backend, 'examples.list', {});
    host.kill();
    await until(() => expect(host.pids.map(isAlive)).toEqual([false]));
    await ask(host.backend, 'examples.list', {});
    expect(host.pids).toHaveLength(2);
  });
});
