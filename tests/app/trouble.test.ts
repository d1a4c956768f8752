/** What becomes of an open project when its file is changed, taken away or cannot be written to. Real files, real disks. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { describeWithSmallDisk, smallDisk } from '../store/small-disk.ts';
import { ask, asSource, errorOf, valueOf } from './ask.ts';
import { machine, nameOf, naming, small, type Machine } from './machine.ts';

const rename = ({ backend }: Machine, project: string, name: string) =>
  backend.call('project.apply', { project, command: naming(name) });

/** A project with one acknowledged edit, and a file of another project to put in its place. */
async function worked(): Promise<{ on: Machine; project: string; file: string; other: string }> {
  const on = machine();
  const { project, file } = await on.project();
  valueOf(await rename(on, project, 'Ours'));
  const other = join(on.folder, 'other.hopscope');
  const made = await ask(on.backend, 'project.create', {
    file: other,
    source: asSource({ ...small, name: 'Theirs' }),
  });
  await ask(on.backend, 'project.close', { project: made.project });
  on.events.length = 0;
  return { on, project, file, other };
}

const refusedAs = async (on: Machine, project: string, reason: string) => {
  const error = errorOf(await rename(on, project, 'Refused'));
  expect(error).toMatchObject({ code: 'project-refused', detail: { reason } });
  expect(await nameOf(on, project)).toBe('Ours');
};

/** Everything that can take a file away, by what a user would call it. */
const ways: readonly (readonly [
  way: string,
  code: string,
  take: (file: string, other: string) => void,
])[] = [
  ['deleted', 'removed', (file) => rmSync(file)],
  ['moved elsewhere', 'removed', (file) => renameSync(file, `${file}.moved`)],
  ['replaced by another', 'changed-outside', (file, other) => renameSync(other, file)],
  ['written over', 'changed-outside', (file, other) => writeFileSync(file, readFileSync(other))],
  ['written over with something else', 'changed-outside', (file) => writeFileSync(file, 'no')],
  ['cut to nothing', 'changed-outside', (file) => writeFileSync(file, '')],
];
const readableWays = ways.filter(([way]) => !way.includes('something') && !way.includes('cut'));

describe.skipIf(process.platform === 'win32').each(ways)(
  'a file that is %s',
  (_way, code, take) => {
    it('is noticed by the watch, and told once with a way out', async () => {
      const { on, project, file, other } = await worked();
      take(file, other);
      on.look();
      on.look();
      await refusedAs(on, project, 'file-moved');
      on.look();
      expect(on.told('project.trouble')).toEqual([
        {
          project,
          code,
          file,
          text: expect.stringContaining(file) as string,
          hint: expect.stringContaining('Nothing is lost') as string,
        },
      ]);
      expect(on.told('project.changed')).toEqual([]);
      // A window that comes later finds it in the state.
      const { state } = await ask(on.backend, 'project.read', { project });
      expect(state).toMatchObject({ trouble: { code, hint: expect.any(String) as string } });
    });

    it('is noticed by the next edit, which is refused and changes nothing', async () => {
      const { on, project, file, other } = await worked();
      take(file, other);
      await refusedAs(on, project, 'file-moved');
      expect(on.told('project.trouble')).toMatchObject([{ code }]);
    });

    it('is written again with design, history and versions when ours is kept', async () => {
      const { on, project, file, other } = await worked();
      await ask(on.backend, 'project.versions.save', { project, name: 'v1' });
      take(file, other);
      on.look();
      const settled = await ask(on.backend, 'project.settle', { project, keep: 'ours' });
      expect(settled).toMatchObject({ file, access: 'edit', canUndo: true, edits: [] });
      expect(settled.trouble).toBeUndefined();
      expect(on.told('project.recovered')).toEqual([{ project, file }]);
      valueOf(await rename(on, project, 'Later'));
      await on.backend.close();

      const next = on.another();
      const again = await ask(next.backend, 'project.open', { file });
      expect(await nameOf(next, again.project)).toBe('Later');
      await ask(next.backend, 'project.undo', { project: again.project });
      expect(await nameOf(next, again.project)).toBe('Ours');
      const versions = await ask(next.backend, 'project.versions.list', { project: again.project });
      expect(versions.versions.map(({ name }) => name)).toEqual(['v1']);
    });

    it('leaves a project that goes on in another file', async () => {
      const { on, project, file, other } = await worked();
      take(file, other);
      on.look();
      const elsewhere = join(on.folder, 'elsewhere.hopscope');
      await ask(on.backend, 'project.saveAs', { project, file: elsewhere });
      expect(on.told('project.recovered')).toEqual([{ project, file: elsewhere }]);
      expect(valueOf(await rename(on, project, 'Later')).file).toBe(elsewhere);
    });

    it('leaves what was done in a copy, when the program ends before it is settled', async () => {
      const { on, project, file, other } = await worked();
      take(file, other);
      const before = existsSync(file) ? readFileSync(file) : undefined;
      on.look();
      await on.backend.close();
      // What is theirs is as they left it, to the byte, and nothing of ours lies beside it.
      expect(existsSync(file) ? readFileSync(file).equals(before ?? Buffer.alloc(0)) : true).toBe(
        true,
      );
      expect(existsSync(`${file}-wal`)).toBe(false);
      const next = on.another();
      const { recents } = await ask(next.backend, 'recents.list', {});
      const copy = recents.find((recent) => recent.file.includes('(recovered)'));
      expect(copy).toMatchObject({ title: 'Ours', exists: true });
      const again = await ask(next.backend, 'project.open', { file: copy?.file ?? '' });
      expect(again).toMatchObject({ canUndo: true });
      expect(await nameOf(next, again.project)).toBe('Ours');
      expect(project).toBeDefined();
    });
  },
);

describe.skipIf(process.platform === 'win32')('taking theirs', () => {
  it.each(readableWays.filter(([, code]) => code === 'changed-outside'))(
    'shows what the file holds after it was %s',
    async (_way, _code, take) => {
      const { on, project, file, other } = await worked();
      take(file, other);
      on.look();
      const settled = await ask(on.backend, 'project.settle', { project, keep: 'theirs' });
      expect(settled.edits).toEqual([{ kind: 'head', name: 'Theirs', notes: null }]);
      expect(await nameOf(on, project)).toBe('Theirs');
      expect(on.told('project.changed')).toMatchObject([{ state: { project, revision: 2 } }]);
      expect(on.told('project.recovered')).toHaveLength(1);
      valueOf(await rename(on, project, 'Both'));
    },
  );

  it('is refused with the reason where there is none, and nothing is lost by that', async () => {
    const { on, project, file } = await worked();
    writeFileSync(file, 'no project');
    on.look();
    const refused = await on.backend.call('project.settle', { project, keep: 'theirs' });
    expect(errorOf(refused)).toMatchObject({ detail: { reason: 'not-a-project' } });
    await ask(on.backend, 'project.settle', { project, keep: 'ours' });
    valueOf(await rename(on, project, 'Later'));
  });
});

describe.skipIf(process.platform === 'win32')('a file that comes back', () => {
  it('is used again: put back from the bin', async () => {
    const { on, project, file } = await worked();
    renameSync(file, `${file}.bin`);
    on.look();
    renameSync(`${file}.bin`, file);
    on.look();
    expect(on.told('project.trouble').map(({ code }) => code)).toEqual(['removed']);
    expect(on.told('project.recovered')).toEqual([{ project, file }]);
    valueOf(await rename(on, project, 'Later'));
  });

  it('is used again by the next edit, before the watch has looked', async () => {
    const { on, project, file } = await worked();
    renameSync(file, `${file}.bin`);
    on.look();
    renameSync(`${file}.bin`, file);
    valueOf(await rename(on, project, 'Later'));
    expect(on.told('project.recovered')).toHaveLength(1);
  });

  it('is used again with its drive', async () => {
    const on = machine();
    const drive = join(on.folder, 'drive');
    mkdirSync(drive);
    const { project, file } = await on.project('drive/p.hopscope');
    valueOf(await rename(on, project, 'Ours'));
    renameSync(drive, `${drive}.away`);
    await refusedAs(on, project, 'file-moved');
    expect(on.told('project.trouble')).toMatchObject([{ code: 'unreachable' }]);
    renameSync(`${drive}.away`, drive);
    on.look();
    expect(on.told('project.recovered')).toEqual([{ project, file }]);
    valueOf(await rename(on, project, 'Later'));
  });

  it('is another one where it was changed on the way', async () => {
    const { on, project, file, other } = await worked();
    rmSync(file);
    on.look();
    copyFileSync(other, file);
    on.look();
    expect(on.told('project.trouble').map(({ code }) => code)).toEqual([
      'removed',
      'changed-outside',
    ]);
    await refusedAs(on, project, 'file-moved');
  });

  it('was never away where only its time was set', async () => {
    const { on, project, file } = await worked();
    utimesSync(file, new Date(), new Date(Date.now() + 60_000));
    on.look();
    expect(on.events).toEqual([]);
    valueOf(await rename(on, project, 'Later'));
    utimesSync(file, new Date(), new Date(Date.now() + 120_000));
    valueOf(await rename(on, project, 'Latest'));
    await on.backend.close();
    const next = on.another();
    const again = await ask(next.backend, 'project.open', { file });
    expect(await nameOf(next, again.project)).toBe('Latest');
  });
});

describe.skipIf(process.platform === 'win32')('a file that may not be written to any more', () => {
  it('refuses edits and says so once; permitted again, it takes them', async () => {
    const { on, project, file } = await worked();
    chmodSync(file, 0o444);
    await refusedAs(on, project, 'no-permission');
    on.look();
    await refusedAs(on, project, 'no-permission');
    expect(on.told('project.trouble').map(({ code }) => code)).toEqual(['not-writable']);
    // What only reads, or writes elsewhere, goes on.
    expect((await ask(on.backend, 'project.history', { project })).steps).toHaveLength(1);
    await ask(on.backend, 'project.saveCopy', { project, file: join(on.folder, 'c.hopscope') });
    expect(on.told('project.recovered')).toEqual([]);
    chmodSync(file, 0o644);
    on.look();
    expect(on.told('project.recovered')).toHaveLength(1);
    valueOf(await rename(on, project, 'Later'));
  });
});

describeWithSmallDisk('a disk', () => {
  const note = 'n'.repeat(15_000);

  it('that is full refuses the edit and says so once; with room again, it takes them', async () => {
    const on = machine();
    const disk = smallDisk(1024 * 1024);
    const file = join(disk, 'p.hopscope');
    const { project } = await ask(on.backend, 'project.create', { file, source: asSource(small) });
    const filler = join(disk, 'filler');
    writeFileSync(filler, Buffer.alloc(700 * 1024));
    let acknowledged = 0;
    for (let at = 1; ; at += 1) {
      const command = { kind: 'head', name: `Edit ${at}`, notes: note };
      const answer = await on.backend.call('project.apply', { project, command });
      if (answer.ok) acknowledged = at;
      else {
        expect(answer.error).toMatchObject({ detail: { reason: 'disk-full' } });
        break;
      }
    }
    expect(acknowledged).toBeGreaterThan(0);
    expect(await nameOf(on, project)).toBe(`Edit ${acknowledged}`);
    on.look();
    await on.backend.call('project.apply', { project, command: { kind: 'head', notes: note } });
    expect(on.told('project.trouble')).toMatchObject([{ code: 'disk-full' }]);

    rmSync(filler);
    on.look();
    expect(on.told('project.recovered')).toHaveLength(1);
    valueOf(await rename(on, project, 'Later'));
    await on.backend.close();
    const next = on.another();
    const again = await ask(next.backend, 'project.open', { file });
    expect(await nameOf(next, again.project)).toBe('Later');
    await ask(next.backend, 'project.undo', { project: again.project });
    expect(await nameOf(next, again.project)).toBe(`Edit ${acknowledged}`);
  });
});
