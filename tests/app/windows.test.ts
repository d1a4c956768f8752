/** Several windows on one project, and several programs on one file. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { editDesign } from '../../src-main/contract/index.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { ask, errorOf } from './ask.ts';
import { machine, nameOf, naming, small, type Machine } from './machine.ts';

describe('two windows on one file', () => {
  it('share one project, which is closed with the last of them', async () => {
    const on = machine();
    const { project, file } = await on.project();
    const second = await ask(on.backend, 'project.open', { file });
    expect(second.project).toBe(project);
    await ask(on.backend, 'project.close', { project });
    await ask(on.backend, 'project.apply', { project, command: naming('Later') });
    await ask(on.backend, 'project.close', { project });
    expect(errorOf(await on.backend.call('project.close', { project })).code).toBe(
      'project-not-open',
    );
    // Nobody holds the file any more.
    const other = on.another();
    expect(await ask(other.backend, 'project.open', { file })).toMatchObject({ access: 'edit' });
  });

  it('keep what each has changed of one thing, whoever is first', async () => {
    const on = machine();
    const { project } = await on.project();
    const read = { id: 'lone', kind: 'host', notes: 'as read', tags: ['a'] } as const;
    const put = (value: object, given?: object) =>
      on.backend.call('project.apply', {
        project,
        command: { kind: 'put', entity: 'node', value },
        ...(given && { read: { 'node:lone': given } }),
      });
    const now = async () =>
      (await ask(on.backend, 'project.read', { project })).design.nodes?.find(
        ({ id }) => id === 'lone',
      );
    expect((await put(read)).ok).toBe(true);
    expect((await put({ ...read, notes: 'left' }, read)).ok).toBe(true);
    // The other window had not heard of it: it names the thing, and takes the tags away.
    const { tags: _, ...right } = { ...read, name: 'Right' };
    expect((await put(right, read)).ok).toBe(true);
    expect(await now()).toEqual({ id: 'lone', kind: 'host', notes: 'left', name: 'Right' });
    // What both have changed is not written over unseen, unless to the same.
    expect(errorOf(await put({ ...read, notes: 'right' }, read))).toMatchObject({
      code: 'changed-meanwhile',
      text: 'Another window, or the file, has changed notes of node:lone meanwhile',
      detail: { ref: 'node:lone', key: 'notes' },
    });
    expect((await put({ ...read, notes: 'left' }, read)).ok).toBe(true);
    expect(await now()).toEqual({ id: 'lone', kind: 'host', notes: 'left', name: 'Right' });
    // Nor is it made again where it was taken away.
    await ask(on.backend, 'project.apply', {
      project,
      command: { kind: 'remove', entity: 'node', id: 'lone' },
    });
    expect(errorOf(await put({ ...read, notes: 'more' }, read)).detail).toEqual({
      ref: 'node:lone',
    });
    expect(await now()).toBeUndefined();
    // Whoever does not say what was read writes all of it.
    expect((await put(read)).ok).toBe(true);
    expect(await now()).toEqual(read);
  });

  it('are told of every change, with the window that made it and the edits that lead there', async () => {
    const on = machine();
    const { project } = await on.project();
    let copy = (await ask(on.backend, 'project.read', { project })).design;
    let revision = 0;
    on.backend.subscribe((event) => {
      if (event.event !== 'project.changed') return;
      expect(event.payload.state.revision).toBe(++revision);
      copy = editDesign(copy, event.payload.edits);
    });
    const holds = async () =>
      expect(copy).toEqual((await ask(on.backend, 'project.read', { project })).design);
    const lone = { id: 'lone', kind: 'host' };
    const command = {
      kind: 'compound',
      label: 'Several',
      edits: [
        { kind: 'put', entity: 'node', value: lone, before: 'server' },
        { kind: 'move', entity: 'node', id: 'client' },
        { kind: 'head', notes: 'Seen' },
      ],
    };
    await ask(on.backend, 'project.apply', { project, command, origin: 'left' });
    await holds();
    await ask(on.backend, 'project.versions.save', { project, name: 'v1' });
    await ask(on.backend, 'project.undo', { project, origin: 'right' });
    await holds();
    await ask(on.backend, 'project.redo', { project, origin: 'left' });
    await holds();
    await ask(on.backend, 'project.apply', {
      project,
      command: { kind: 'remove', entity: 'node', id: 'lone' },
    });
    await holds();
    await ask(on.backend, 'project.goTo', { project, sequence: 0, origin: 'right' });
    await holds();
    await ask(on.backend, 'project.versions.restore', { project, name: 'v1', origin: 'left' });
    await holds();
    expect(on.told('project.changed').map(({ origin }) => origin)).toEqual([
      'left',
      'right',
      'left',
      undefined,
      'right',
      'left',
    ]);
  });

  it('go on together in another file', async () => {
    const on = machine();
    const { project } = await on.project();
    const file = join(on.folder, 'elsewhere.hopscope');
    const saved = await ask(on.backend, 'project.saveAs', { project, file });
    expect(on.told('project.changed')).toMatchObject([{ state: { file, revision: 1 }, edits: [] }]);
    expect(saved).toMatchObject({ project, file, revision: 1 });
  });
});

describe('one who has left', () => {
  it('is not told any more', async () => {
    const on = machine();
    const { project } = await on.project();
    let told = 0;
    const leave = on.backend.subscribe(() => (told += 1));
    await ask(on.backend, 'project.apply', { project, command: naming('One') });
    leave();
    await ask(on.backend, 'project.apply', { project, command: naming('Two') });
    expect(told).toBe(1);
  });
});

/** Another program that has the file open, and does as it is told. */
async function otherProgram(file: string): Promise<(command: object) => Promise<void>> {
  const child = fork(join(import.meta.dirname, 'other-program.ts'), [file]);
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return async (command) => {
    child.send(command);
    await once(child, 'message');
  };
}

/** A file with a project in it that nobody has open. */
async function closedProject(on: Machine): Promise<string> {
  const { project, file } = await on.project();
  await ask(on.backend, 'project.close', { project });
  return file;
}

describe('two programs on one file', () => {
  it('are one that edits and one that reads along', async () => {
    const reader = machine();
    const file = await closedProject(reader);
    const edit = await otherProgram(file);
    const locked = await reader.backend.call('project.open', { file });
    expect(errorOf(locked)).toMatchObject({ detail: { reason: 'locked' } });
    const { project, ...state } = await ask(reader.backend, 'project.open', {
      file,
      readOnly: true,
    });
    expect(state).toMatchObject({ access: 'read-only-asked', canUndo: false });
    let copy = (await ask(reader.backend, 'project.read', { project })).design;
    reader.look();
    expect(reader.events).toEqual([]);

    for (const name of ['One', 'Two']) {
      await edit(naming(name));
      // Reading takes a part of the time at the most.
      await expect
        .poll(
          () => {
            reader.look();
            return nameOf(reader, project);
          },
          { timeout: 15_000 },
        )
        .toBe(name);
    }
    for (const { edits } of reader.told('project.changed')) copy = editDesign(copy, edits);
    expect(copy).toEqual({ ...small, name: 'Two' });
    const own = await reader.backend.call('project.apply', { project, command: naming('No') });
    expect(errorOf(own)).toMatchObject({ detail: { reason: 'read-only' } });
    // Who edits has noticed nothing of it.
    await edit(naming('Three'));
    expect(reader.told('project.trouble')).toEqual([]);

    const elsewhere = join(reader.folder, 'own.hopscope');
    const saved = await ask(reader.backend, 'project.saveAs', { project, file: elsewhere });
    expect(saved).toMatchObject({ access: 'edit', file: elsewhere });
  });

  it('read along past the point where the log is begun anew', async () => {
    const reader = machine();
    const file = await closedProject(reader);
    const edit = await otherProgram(file);
    const { project } = await ask(reader.backend, 'project.open', { file, readOnly: true });
    const notes = 'n'.repeat(19_000);
    for (let at = 0; at < 300; at += 1) await edit({ kind: 'head', name: `Edit ${at}`, notes });
    await expect
      .poll(
        () => {
          reader.look();
          return nameOf(reader, project);
        },
        { timeout: 15_000 },
      )
      .toBe('Edit 299');
  });

  it.skipIf(process.platform === 'win32')('tell the reader when the file is gone', async () => {
    const reader = machine();
    const file = await closedProject(reader);
    const { project } = await ask(reader.backend, 'project.open', { file, readOnly: true });
    renameSync(file, `${file}.away`);
    reader.look();
    reader.look();
    expect(reader.told('project.trouble')).toMatchObject([{ project, code: 'removed' }]);
    renameSync(`${file}.away`, file);
    reader.look();
    expect(reader.told('project.recovered')).toEqual([{ project, file }]);
  });
});

describe('what is in memory beside a file', () => {
  it('holds what the file holds, after edits of every kind', async () => {
    const on = machine();
    const { project, file } = await on.project();
    for (let at = 0; at < 40; at += 1) {
      const value = { id: `host-${at}`, kind: 'host' };
      // Always before the same neighbour, until positions have to be given anew.
      const command = { kind: 'put', entity: 'node', value, before: 'server' };
      await ask(on.backend, 'project.apply', { project, command });
    }
    await ask(on.backend, 'project.versions.save', { project, name: 'v1' });
    await ask(on.backend, 'project.goTo', { project, sequence: 10 });
    await ask(on.backend, 'project.apply', { project, command: naming('Other way') });
    const copy = join(on.folder, 'copy.hopscope');
    await ask(on.backend, 'project.saveCopy', { project, file: copy });
    await ask(on.backend, 'project.close', { project });
    const store = createSqliteProjectStore();
    const digests = [file, copy].map((path) => {
      const opened = store.open(path, { readOnly: true });
      if (!opened.ok) throw new Error(opened.error.sentence);
      const digest = opened.value.digest();
      opened.value.close();
      return digest;
    });
    expect(digests[0]).toBe(digests[1]);
  });
});
