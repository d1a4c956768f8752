/** Edits whose answer the host never got, by whichever end of the backend's process. */
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { Backend, Input, Method, Output } from '../../../src-main/contract/index.ts';
import { createLocalBackend } from '../../../src-main/hosts/local/backend.ts';
import type { BackendProcess } from '../../../src-main/hosts/process/messages.ts';
import { ask, errorOf } from '../../app/ask.ts';
import { until } from '../../support/until.ts';
import { isAlive, resources, startBackend, startedLate } from './host.ts';

vi.setConfig({ testTimeout: 120_000 });

type When = 'before it is done' | 'after it was done';

/** Lets processes die of a call, so many of them, before they get it or before their answer is heard. */
function deathBy(method: Method, when: When, times = 1) {
  let left = times;
  return (child: BackendProcess): BackendProcess => {
    let id: number | undefined;
    return {
      ...child,
      post(message) {
        if (message.kind !== 'call' || message.method !== method || left === 0) {
          child.post(message);
          return;
        }
        left--;
        id = message.id;
        if (when === 'before it is done') child.kill();
        else child.post(message);
      },
      onMessage: (listener) =>
        child.onMessage((message) => {
          if (message.kind === 'answer' && message.id === id) child.kill();
          else listener(message);
        }),
    };
  };
}

/** A project with three sites, the third of them undone, and a version of when there was one. */
async function prepare(backend: Backend, file: string) {
  const { project } = await ask(backend, 'project.create', { file, name: 'Prepared' });
  await putSite(backend, project, 'one');
  await ask(backend, 'project.versions.save', { project, name: 'first' });
  await putSite(backend, project, 'two');
  await putSite(backend, project, 'three');
  await ask(backend, 'project.undo', { project });
  return project;
}

const siteCommand = (id: string) => ({
  kind: 'put',
  entity: 'site',
  value: { id, kind: 'office' },
});
const putSite = (backend: Backend, project: string, id: string) =>
  ask(backend, 'project.apply', { project, command: siteCommand(id) });

async function standing(backend: Backend, project: string) {
  const { design, state } = await ask(backend, 'project.read', { project });
  const { steps } = await ask(backend, 'project.history', { project });
  return {
    sites: (design.sites ?? []).map(({ id }) => id),
    step: state.step,
    steps: steps.map(({ sequence, label, applied }) => [sequence, label, applied]),
  };
}

type Edit = {
  [Name in Method]: Output<Name> extends { readonly step: number; readonly changed: unknown }
    ? readonly [Name, Omit<Input<Name>, 'project'>]
    : never;
}[Method];

const edits: readonly Edit[] = [
  ['project.apply', { command: siteCommand('four') }],
  ['project.change', { change: { kind: 'add', thing: { entity: 'site', kind: 'cloud' } } }],
  ['project.undo', {}],
  ['project.redo', {}],
  ['project.goTo', { sequence: 0 }],
  ['project.versions.restore', { name: 'first' }],
];

describe.each<When>(['before it is done', 'after it was done'])(
  'an edit that the process dies on %s',
  (when) => {
    test.each(edits)('%s is made once, and answered', async (method, input) => {
      await using hurt = await startBackend({}, deathBy(method, when));
      // One of this process, which nothing happens to.
      const calm = createLocalBackend(resources, { remembers: false });
      const unhurt = await prepare(calm, join(hurt.folder, 'unhurt.hopscope'));
      const expected = await calm.callUntyped(method, { project: unhurt, ...input });
      expect(expected).toMatchObject({ ok: true });
      const file = join(hurt.folder, 'a.hopscope');
      const project = await prepare(calm, file);
      await ask(calm, 'project.close', { project });
      const opened = await ask(hurt.backend, 'project.open', { file });
      const answer = await hurt.backend.callUntyped(method, { project: opened.project, ...input });
      expect(hurt.pids).toHaveLength(2);
      const told = ['step', 'edits', 'changed', 'created'] as const;
      const part = (given: unknown) =>
        told.map((key) => (given as { value: Record<string, unknown> }).value[key]);
      expect(part(answer)).toEqual(part(expected));
      expect(await standing(hurt.backend, opened.project)).toEqual(await standing(calm, unhurt));
      await calm.close();
    });
  },
);

describe('edits around the end of the process', () => {
  test('are done in the order in which they were asked, also what was asked while there was none', async () => {
    await using host = await startBackend(startedLate);
    const { backend } = host;
    const file = join(host.folder, 'a.hopscope');
    const { project } = await ask(backend, 'project.create', { file });
    const asked = ['a', 'b', 'c'].map((id) => putSite(backend, project, id));
    host.kill();
    await until(() => expect(host.pids.map(isAlive)).toEqual([false]));
    asked.push(...['d', 'e'].map((id) => putSite(backend, project, id)));
    const states = await Promise.all(asked);
    expect(states.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5]);
    expect((await standing(backend, project)).sites).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('are done where the program is closed meanwhile', async () => {
    await using host = await startBackend({ ...startedLate, closeLimitMs: 60_000 });
    const file = join(host.folder, 'a.hopscope');
    const { project } = await ask(host.backend, 'project.create', { file });
    host.kill();
    await until(() => expect(host.pids.map(isAlive)).toEqual([false]));
    const edit = putSite(host.backend, project, 'late');
    await host.backend.close();
    expect(await edit).toMatchObject({ step: 1 });
    expect(host.pids.map(isAlive)).toEqual([false, false]);
    await using next = await startBackend();
    const opened = await ask(next.backend, 'project.open', { file });
    expect((await standing(next.backend, opened.project)).sites).toEqual(['late']);
  });

  test('are told of every window, by revisions that nobody was told before', async () => {
    await using host = await startBackend({}, deathBy('project.undo', 'after it was done'));
    const { backend, events } = host;
    const file = join(host.folder, 'a.hopscope');
    const { project } = await ask(backend, 'project.create', { file });
    await putSite(backend, project, 'one');
    await ask(backend, 'project.undo', { project });
    const revisions = events.flatMap((event) =>
      event.event === 'project.changed' ? [event.payload.state.revision] : [],
    );
    expect(revisions).toEqual([...new Set(revisions)].sort((a, b) => a - b));
    const { state } = await ask(backend, 'project.read', { project });
    expect(state.revision).toBe(revisions.at(-1));
  });

  test('are given up where two processes have died of one; the next one in line is done', async () => {
    await using host = await startBackend(
      { quickEndMs: 0 },
      deathBy('project.undo', 'before it is done', 2),
    );
    const { backend } = host;
    const file = join(host.folder, 'a.hopscope');
    const { project } = await ask(backend, 'project.create', { file });
    await putSite(backend, project, 'one');
    const [undone, put] = await Promise.all([
      backend.call('project.undo', { project }),
      putSite(backend, project, 'two'),
    ]);
    expect(errorOf(undone).code).toBe('backend-restarted');
    expect(put.step).toBe(2);
    expect(host.pids).toHaveLength(3);
  });

  test('are answered where the file is gone, and where it is another one', async () => {
    await using host = await startBackend(startedLate);
    const { backend, folder } = host;
    const open = async (name: string) => {
      const file = join(folder, `${name}.hopscope`);
      const { project } = await ask(backend, 'project.create', { file });
      await putSite(backend, project, 'one');
      return { file, project };
    };
    const gone = await open('gone');
    const other = await open('other');
    const well = await open('well');
    const answers = [gone, other].map(({ project }) => backend.call('project.undo', { project }));
    host.kill();
    await until(() => expect(host.pids.map(isAlive)).toEqual([false]));
    for (const { file } of [gone, other]) {
      for (const suffix of ['', '-wal', '-shm']) await rm(`${file}${suffix}`, { force: true });
    }
    await writeFile(other.file, 'no project');
    for (const answer of await Promise.all(answers)) {
      // Either it was done and answered before the end, or whether it was cannot be known any more.
      if (!answer.ok) expect(answer.error.code).toBe('backend-restarted');
    }
    expect(errorOf(await backend.call('project.undo', { project: gone.project })).code).toBe(
      'project-not-open',
    );
    expect((await putSite(backend, well.project, 'two')).step).toBe(2);
  });
});

describe('projects that are open', () => {
  test('keep their names, their windows and their right to be edited', async () => {
    await using host = await startBackend();
    const { backend } = host;
    const file = join(host.folder, 'a.hopscope');
    const { project } = await ask(backend, 'project.create', { file });
    await ask(backend, 'project.open', { file });
    const other = join(host.folder, 'b.hopscope');
    const made = await ask(backend, 'project.create', { file: other });
    await ask(backend, 'project.close', { project: made.project });
    const reading = await ask(backend, 'project.open', { file: other, readOnly: true });
    host.kill();
    await until(() => expect(host.events.at(-1)?.event).toBe('backend.restarted'));
    expect((await ask(backend, 'project.state', { project })).access).toBe('edit');
    expect(await ask(backend, 'project.state', { project: reading.project })).toMatchObject({
      access: 'read-only-asked',
    });
    // Two windows have it open; the first one that closes it leaves it to the other.
    await ask(backend, 'project.close', { project });
    await putSite(backend, project, 'one');
    await ask(backend, 'project.close', { project });
    expect(errorOf(await backend.call('project.state', { project })).code).toBe('project-not-open');
  });

  test('are not taken for those of a process before', async () => {
    await using one = await startBackend();
    await using two = await startBackend();
    const before = await ask(one.backend, 'project.create', {
      file: join(one.folder, 'a.hopscope'),
    });
    const other = await ask(two.backend, 'project.create', {
      file: join(two.folder, 'b.hopscope'),
    });
    expect(before.project).not.toBe(other.project);
  });
});
