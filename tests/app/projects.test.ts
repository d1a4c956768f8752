import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Backend } from '../../src-main/contract/index.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { network } from '../builders/network.ts';
import { ask, asSource, backendWith, errorOf } from './ask.ts';

let folder: string;
let backend: Backend;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hopscope-app-'));
  backend = backendWith({ projects: createSqliteProjectStore() });
});
afterEach(async () => {
  await backend.close();
  rmSync(folder, { recursive: true, force: true });
});

const design = network()
  .segment('lan', '10.0.0.0/24')
  .host('client', '10.0.0.2/24')
  .host('server', '10.0.0.3/24', { listens: ['tcp 80'] })
  .flow('visit', 'client', 'server', { port: 80 })
  .build();

const silence = {
  kind: 'put',
  entity: 'node',
  value: { ...design.nodes?.[1], listeners: [] },
} as const;

const createProject = (name = 'p.hopscope') =>
  ask(backend, 'project.create', { file: join(folder, name), source: asSource(design) });
const statusOf = async (project: string) => {
  const source = { kind: 'project', project } as const;
  return (await ask(backend, 'flows.simulateAll', { source })).flows[0]?.disposition;
};

describe('a project', () => {
  test('is made of a design, edited, undone and redone; its flows follow each revision', async () => {
    const made = await createProject();
    const { project } = made;
    expect(made).toMatchObject({ revision: 0, access: 'edit', canUndo: false, canRedo: false });
    expect(await statusOf(project)).toBe('delivered');

    const edited = await ask(backend, 'project.apply', { project, command: silence });
    expect(edited).toMatchObject({ revision: 1, canUndo: true, changed: ['node:server'] });
    expect(await statusOf(project)).toBe('no-listener');

    await ask(backend, 'project.undo', { project });
    expect(await statusOf(project)).toBe('delivered');
    expect(await ask(backend, 'project.redo', { project })).toMatchObject({ revision: 3 });
    expect(await statusOf(project)).toBe('no-listener');

    const { steps } = await ask(backend, 'project.history', { project });
    expect(steps).toHaveLength(1);
  });

  test('is found again with its edits when it is closed and opened', async () => {
    const { project, file } = await createProject();
    await ask(backend, 'project.apply', { project, command: silence });
    await ask(backend, 'project.close', { project });
    expect(errorOf(await backend.call('project.undo', { project })).code).toBe('project-not-open');

    const again = await ask(backend, 'project.open', { file });
    expect(again.project).not.toBe(project);
    expect(again).toMatchObject({ file, canUndo: true });
    expect(await statusOf(again.project)).toBe('no-listener');
  });

  test('keeps named versions, and goes back to one', async () => {
    const { project } = await createProject();
    await ask(backend, 'project.versions.save', { project, name: 'before' });
    await ask(backend, 'project.apply', { project, command: silence });
    const { versions } = await ask(backend, 'project.versions.list', { project });
    expect(versions.map((version) => version.name)).toEqual(['before']);
    await ask(backend, 'project.versions.restore', { project, name: 'before' });
    expect(await statusOf(project)).toBe('delivered');
    await ask(backend, 'project.versions.delete', { project, name: 'before' });
    const error = errorOf(
      await backend.call('project.versions.restore', { project, name: 'before' }),
    );
    expect(error).toMatchObject({ code: 'project-refused', detail: { reason: 'unknown-version' } });
  });

  test('is copied to another file that is a project of its own', async () => {
    const { project } = await createProject();
    const file = join(folder, 'copy.hopscope');
    await ask(backend, 'project.saveCopy', { project, file });
    await ask(backend, 'project.apply', { project, command: silence });
    const copy = await ask(backend, 'project.open', { file });
    expect(await statusOf(copy.project)).toBe('delivered');
  });

  test('begins empty, with a name, where there is no design to begin with', async () => {
    const file = join(folder, 'new.hopscope');
    const { project } = await ask(backend, 'project.create', { file, name: 'Fresh' });
    const source = { kind: 'project', project } as const;
    expect((await ask(backend, 'design.read', { source })).design).toEqual({
      hopscope: 1,
      name: 'Fresh',
    });
  });
});

describe('a refusal', () => {
  test('says what the store says, with the file', async () => {
    const { file } = await createProject();
    const taken = errorOf(await backend.call('project.create', { file, source: asSource(design) }));
    expect(taken).toMatchObject({
      code: 'project-refused',
      detail: { reason: 'already-exists' },
      path: file,
    });
    const missing = join(folder, 'missing.hopscope');
    expect(errorOf(await backend.call('project.open', { file: missing }))).toMatchObject({
      detail: { reason: 'file-missing' },
      path: missing,
    });
  });

  test('of a command names every place, and changes nothing', async () => {
    const { project } = await createProject();
    for (const command of [
      { kind: 'explode' },
      { ...silence, surprise: true },
      { kind: 'put', entity: 'node', value: { id: 'server', kind: 'toaster' } },
      { kind: 'remove', entity: 'segment', id: 'lan' },
      undefined,
    ]) {
      const error = errorOf(await backend.call('project.apply', { project, command }));
      if (error.code === 'bad-input') continue;
      expect(error).toMatchObject({
        code: 'project-refused',
        detail: { reason: 'invalid-command' },
      });
    }
    const source = { kind: 'project', project } as const;
    expect((await ask(backend, 'design.read', { source })).design).toEqual(design);
    const undo = errorOf(await backend.call('project.undo', { project }));
    expect(undo).toMatchObject({ detail: { reason: 'nothing-to-undo' } });
  });

  test('comes where the host has no place for projects', async () => {
    const without = backendWith();
    for (const answer of [
      await without.call('project.open', { file: '/x.hopscope' }),
      await without.call('project.create', { file: '/x.hopscope' }),
    ]) {
      expect(errorOf(answer).code).toBe('projects-unavailable');
    }
  });

  test('comes for every project once the backend is closed', async () => {
    const { project } = await createProject();
    await backend.close();
    expect(errorOf(await backend.call('project.undo', { project })).code).toBe('project-not-open');
  });
});
