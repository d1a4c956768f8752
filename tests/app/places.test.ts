/** Drafts, copies, what is received, recent projects, settings and folders. */
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { userFolders } from '../../src-main/hosts/local/folders.ts';
import { ask, asSource, errorOf } from './ask.ts';
import { machine, nameOf, naming, small } from './machine.ts';

const projectsIn = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('-wal')) : [];

describe('a draft', () => {
  it('gets a name that is free in the folder for designs, and says that it is one', async () => {
    const on = machine();
    const first = await ask(on.backend, 'project.createDraft', { name: 'Plan' });
    const second = await ask(on.backend, 'project.createDraft', { name: 'Plan' });
    expect(first).toMatchObject({ file: join(on.designs, 'Plan.hopscope'), draft: true });
    expect(second).toMatchObject({ file: join(on.designs, 'Plan 2.hopscope'), draft: true });
  });

  it.each([
    ['a/b\\c:d*?"<>|', 'a b c d'],
    ['../../etc/passwd', 'etc passwd'],
    ['  ...  ', 'Untitled'],
    ['con', '_con'],
    ['온프레미스 라우터', '온프레미스 라우터'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['가'.repeat(200), '가'.repeat(40)],
    ['two\nlines\u0000', 'two lines'],
  ])('is named after a title that is no file name: %j', async (name, expected) => {
    const on = machine();
    const source = asSource({ ...small, name: 'x' });
    const given = await on.backend.call('project.createDraft', { source, name });
    const file = given.ok ? given.value.file : undefined;
    // Not every text is a name of a design; those that are, are files in the folder.
    if (file === undefined) expect(errorOf(given).code).toMatch(/bad-input|project-refused/);
    else expect(file).toBe(join(on.designs, `${expected}.hopscope`));
  });

  it('is gone when it is closed and nothing was done in it', async () => {
    const on = machine();
    const { project } = await ask(on.backend, 'project.createDraft', { source: asSource(small) });
    expect(projectsIn(on.designs)).toHaveLength(1);
    await ask(on.backend, 'project.close', { project });
    expect(readdirSync(on.designs)).toEqual([]);
    expect((await ask(on.backend, 'recents.list', {})).recents).toEqual([]);
  });

  it('stays when something was done in it, and still is one at the next start', async () => {
    const on = machine();
    const { project, file } = await ask(on.backend, 'project.createDraft', { name: 'Plan' });
    await ask(on.backend, 'project.apply', { project, command: naming('Worked') });
    await ask(on.backend, 'project.undo', { project });
    await on.backend.close();
    const next = on.another();
    const again = await ask(next.backend, 'project.open', { file });
    expect(again).toMatchObject({ draft: true, canRedo: true });
    await ask(next.backend, 'project.close', { project: again.project });
    expect(existsSync(file)).toBe(true);
  });

  it('moves to the place that it is given, and is none any more', async () => {
    const on = machine();
    const { project, file: old } = await ask(on.backend, 'project.createDraft', { name: 'Plan' });
    await ask(on.backend, 'project.apply', { project, command: naming('Worked') });
    const file = join(on.folder, 'mine.hopscope');
    const saved = await ask(on.backend, 'project.saveAs', { project, file });
    expect(saved.draft).toBeUndefined();
    expect(existsSync(old)).toBe(false);
    const { recents } = await ask(on.backend, 'recents.list', {});
    expect(recents.map((recent) => recent.file)).toEqual([file]);
    await ask(on.backend, 'project.undo', { project });
    expect(await nameOf(on, project)).toBe('Plan');
  });

  it('may stay where it is: saved in its own place it is a draft no more', async () => {
    const on = machine();
    const { project, file } = await ask(on.backend, 'project.createDraft', { name: 'Plan' });
    const saved = await ask(on.backend, 'project.saveAs', { project, file });
    expect(saved).toMatchObject({ file });
    expect(saved.draft).toBeUndefined();
    await ask(on.backend, 'project.close', { project });
    expect(existsSync(file)).toBe(true);
  });
});

describe('saving elsewhere', () => {
  it('leaves the old file as it was, and refuses to write over another unless told to', async () => {
    const on = machine();
    const { project, file: old } = await on.project();
    const file = join(on.folder, 'there.hopscope');
    writeFileSync(file, 'mine');
    const refused = await on.backend.call('project.saveAs', { project, file });
    expect(errorOf(refused)).toMatchObject({ detail: { reason: 'already-exists' } });
    expect(readFileSync(file, 'utf8')).toBe('mine');
    await ask(on.backend, 'project.saveAs', { project, file, overwrite: true });
    await ask(on.backend, 'project.apply', { project, command: naming('Later') });
    const reopened = await ask(on.backend, 'project.open', { file: old });
    expect(await nameOf(on, reopened.project)).toBe(small.name);
  });
});

describe('a copy', () => {
  it('is opened beside its original, with the history', async () => {
    const on = machine();
    const { project, file } = await on.project();
    await ask(on.backend, 'project.apply', { project, command: naming('Worked') });
    const copies = [];
    for (let at = 0; at < 2; at += 1) {
      copies.push(await ask(on.backend, 'project.duplicate', { project }));
    }
    expect(copies.map((copy) => basename(copy.file))).toEqual([
      'p copy.hopscope',
      'p copy 2.hopscope',
    ]);
    expect(copies[0]).toMatchObject({ canUndo: true });
    await ask(on.backend, 'project.undo', { project: copies[0]?.project ?? '' });
    expect(await nameOf(on, project)).toBe('Worked');
    expect(file).not.toBe(copies[0]?.file);
  });
});

describe('a project that is handed over as bytes', () => {
  it('is kept as a copy in the folder for designs', async () => {
    const on = machine();
    const { project, file } = await on.project();
    await ask(on.backend, 'project.apply', { project, command: naming('Worked') });
    await ask(on.backend, 'project.close', { project });
    const base64 = readFileSync(file).toString('base64');
    const received = await ask(on.backend, 'project.receive', {
      fileName: '../x/My plan.hopscope',
      base64,
    });
    expect(received).toMatchObject({
      file: join(on.designs, 'My plan.hopscope'),
      canUndo: true,
    });
    expect(received.draft).toBeUndefined();
    expect(await nameOf(on, received.project)).toBe('Worked');
  });

  it.each([
    ['nothing', '', 'empty-file'],
    ['a text', Buffer.from('hopscope: 1').toString('base64'), 'not-a-project'],
    ['no base64', '!!!!', 'empty-file'],
    ['the beginning of one', 'U1FMaXRlIGZvcm1hdCAzAA==', 'damaged'],
  ])('is refused, and not kept, where it is %s', async (_what, base64, reason) => {
    const on = machine();
    const answer = await on.backend.call('project.receive', { fileName: 'x.hopscope', base64 });
    expect(errorOf(answer)).toMatchObject({ code: 'project-refused', detail: { reason } });
    expect(projectsIn(on.designs)).toEqual([]);
  });

  it('is refused where bytes in it were changed', async () => {
    const on = machine();
    const { project, file } = await on.project();
    await ask(on.backend, 'project.close', { project });
    const bytes = readFileSync(file);
    const at = bytes.indexOf('"name":"');
    bytes.write('X', at + 8);
    const base64 = bytes.toString('base64');
    const answer = await on.backend.call('project.receive', { fileName: 'x.hopscope', base64 });
    expect(errorOf(answer)).toMatchObject({ detail: { reason: 'damaged' } });
    expect(projectsIn(on.designs)).toEqual([]);
  });
});

describe('recent projects', () => {
  it('are the newest first, with their titles, twenty at most, at the next start too', async () => {
    const on = machine();
    for (let at = 0; at < 22; at += 1) {
      const { project } = await on.project(`p${at}.hopscope`);
      await ask(on.backend, 'project.apply', { project, command: naming(`Title ${at}`) });
      await ask(on.backend, 'project.close', { project });
    }
    await ask(on.backend, 'project.open', { file: join(on.folder, 'p5.hopscope') });
    rmSync(join(on.folder, 'p21.hopscope'));
    const { recents } = await ask(on.another().backend, 'recents.list', {});
    expect(recents).toHaveLength(20);
    expect(recents.slice(0, 3)).toMatchObject([
      { title: 'Title 5', exists: true },
      { title: 'Title 21', exists: false },
      { title: 'Title 20', exists: true },
    ]);
    expect(recents.filter(({ title }) => title === 'Title 5')).toHaveLength(1);
    await ask(on.backend, 'recents.forget', { file: join(on.folder, 'p21.hopscope') });
    const after = await ask(on.backend, 'recents.list', {});
    expect(after.recents.map(({ title }) => title)).not.toContain('Title 21');
  });

  it.each(['', 'no json', '{}', '[1, {"file": 2}, null]', '[{"file":"/x"}]'])(
    'begin anew where their file is damaged: %j',
    async (text) => {
      const on = machine();
      mkdirSync(on.data, { recursive: true });
      writeFileSync(join(on.data, 'recents.json'), text);
      expect((await ask(on.backend, 'recents.list', {})).recents).toEqual([]);
      const { file } = await on.project();
      const { recents } = await ask(on.backend, 'recents.list', {});
      expect(recents.map((recent) => recent.file)).toEqual([file]);
    },
  );
});

describe('settings', () => {
  it('are merged, forgotten by null, and there at the next start', async () => {
    const on = machine();
    await ask(on.backend, 'settings.write', { values: { theme: 'dark', width: 240 } });
    await ask(on.backend, 'settings.write', { values: { width: null, wide: true } });
    const { values } = await ask(on.another().backend, 'settings.read', {});
    expect(values).toEqual({ theme: 'dark', wide: true });
    expect(readdirSync(on.data)).toEqual(['settings.json']);
  });

  it('are the usual ones where their file is damaged', async () => {
    const on = machine();
    mkdirSync(on.data, { recursive: true });
    writeFileSync(join(on.data, 'settings.json'), '{"theme": {"deep": 1}, "ok": 1');
    expect((await ask(on.backend, 'settings.read', {})).values).toEqual({});
    writeFileSync(join(on.data, 'settings.json'), '{"theme": {"deep": 1}, "ok": 1}');
    expect((await ask(on.backend, 'settings.read', {})).values).toEqual({ ok: 1 });
  });

  it('that cannot be kept are said not to be', async () => {
    const on = machine();
    writeFileSync(on.data, 'a file where the folder should be');
    const answer = await on.backend.call('settings.write', { values: { theme: 'dark' } });
    expect(errorOf(answer)).toMatchObject({ code: 'not-kept', detail: { what: 'settings' } });
  });
});

describe('a folder', () => {
  it('shows folders first, then what can be opened, and nothing hidden', async () => {
    const on = machine();
    const folder = join(on.folder, 'work');
    for (const name of ['b', 'a', '.git']) mkdirSync(join(folder, name), { recursive: true });
    for (const name of ['p10.hopscope', 'p9.hopscope', 't.yaml', 'x.txt', '.h.yaml']) {
      writeFileSync(join(folder, name), 'x');
    }
    if (process.platform !== 'win32') {
      symlinkSync('/nowhere', join(folder, 'broken.yaml'));
      symlinkSync(join(folder, 'a'), join(folder, 'link'));
    }
    const listed = await ask(on.backend, 'files.list', { folder });
    expect(listed).toMatchObject({ folder, parent: on.folder });
    expect(listed.entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'folder a',
      'folder b',
      ...(process.platform === 'win32' ? [] : ['folder link']),
      'project p9.hopscope',
      'project p10.hopscope',
      'text t.yaml',
    ]);
    expect(listed.entries.at(-1)).toMatchObject({ bytes: 1, path: join(folder, 't.yaml') });
  });

  it('is the one for designs where none is named, and is made when it is not there', async () => {
    const on = machine();
    const listed = await ask(on.backend, 'files.list', {});
    expect(listed).toMatchObject({ folder: on.designs, entries: [] });
    expect(listed.places[0]).toEqual({ name: 'designs', path: on.designs });
  });

  it('that is none is refused with the reason', async () => {
    const on = machine();
    const folder = join(on.folder, 'nowhere');
    expect(errorOf(await on.backend.call('files.list', { folder }))).toMatchObject({
      code: 'folder-unreadable',
      text: `The folder ${folder} cannot be listed: there is no such folder`,
    });
  });
});

describe('where the program keeps what is its user’s', () => {
  it
    .skipIf(process.platform === 'win32')
    .each<[NodeJS.Platform, Record<string, string>, string, string]>([
      ['linux', {}, '/home/u/.config/hopscope', '/home/u/Documents/Hopscope'],
      ['linux', { XDG_CONFIG_HOME: '/c', XDG_DOCUMENTS_DIR: '/d' }, '/c/hopscope', '/d/Hopscope'],
      // Relative paths are ignored, as the specification has it.
      ['linux', { XDG_CONFIG_HOME: 'c' }, '/home/u/.config/hopscope', '/home/u/Documents/Hopscope'],
      ['darwin', {}, '/home/u/Library/Application Support/Hopscope', '/home/u/Documents/Hopscope'],
      ['win32', { APPDATA: '/roaming' }, '/roaming/Hopscope', '/home/u/Documents/Hopscope'],
      ['linux', { HOPSCOPE_DATA: '/x', HOPSCOPE_DESIGNS: '/y' }, '/x', '/y'],
    ])('on %s with %j', (platform, environment, data, designs) => {
    expect(userFolders(environment, platform, '/home/u')).toMatchObject({ data, designs });
  });

  it.skipIf(process.platform === 'win32')('follows the desktop’s own name for documents', () => {
    const on = machine();
    writeFileSync(join(on.folder, 'user-dirs.dirs'), 'XDG_DOCUMENTS_DIR="$HOME/문서"\n');
    const environment = { XDG_CONFIG_HOME: on.folder };
    expect(userFolders(environment, 'linux', '/home/u').designs).toBe('/home/u/문서/Hopscope');
  });
});
