import {
  existsSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import type { ProjectFile } from '../../src-main/app/project/index.ts';
import type { Design, Site } from '../../src-main/model/design.ts';
import { collections, entityKinds } from '../../src-main/model/ids.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { migrations } from '../../src-main/store/migrations/index.ts';
import { randomCommand, seededRandom } from '../app/project/random-commands.ts';
import { contentOf, newFolder } from './folder.ts';
import { codeOf, must } from './must.ts';
import { sampleDesign } from './sample-design.ts';

const onWindows = process.platform === 'win32';

let clockMs = 1_700_000_000_000;
const store = createSqliteProjectStore({ now: () => (clockMs += 1000) });

const empty: Design = { hopscope: 1, name: 'Empty' };
const site = (id: string, notes = 'x'): Site => ({ id, kind: 'cloud', notes });

function newProject(design: Design = empty): { path: string; project: ProjectFile } {
  const path = join(newFolder(), 'network.hopscope');
  return { path, project: must(store.create(path, design)) };
}

function reopened(project: ProjectFile): ProjectFile {
  must(project.close());
  return must(store.open(project.path));
}

const put = (project: ProjectFile, id: string, before?: string) =>
  must(
    project.apply({
      kind: 'put',
      entity: 'site',
      value: site(id),
      ...(before === undefined ? {} : { before }),
    }),
  );
const order = (project: ProjectFile) =>
  (project.design().sites ?? []).map(({ id }) => id).join(' ');
const labels = (project: ProjectFile) =>
  must(project.history()).map(({ label, applied }) => (applied ? label : `(${label})`));

describe('a project file', () => {
  it('gives back a design with every kind of entity to the last character', () => {
    const design = sampleDesign();
    expect(entityKinds.filter((kind) => design[collections[kind]] === undefined)).toEqual([]);
    const { project } = newProject(design);
    expect(project.design()).toEqual(design);
    const again = reopened(project);
    // The text, so that the order of entities and of keys counts as well.
    expect(JSON.stringify(again.design())).toBe(JSON.stringify(design));
    must(again.close());
  });

  it('is one file when closed, and opening and closing it leaves it as it was', () => {
    const { path, project } = newProject(sampleDesign());
    put(project, 'a');
    must(project.close());
    expect(readdirSync(join(path, '..'))).toEqual(['network.hopscope']);
    const before = contentOf(join(path, '..'));
    must(must(store.open(path)).close());
    expect(contentOf(join(path, '..'))).toEqual(before);
  });

  it('says what it is in its header', () => {
    const { path, project } = newProject();
    must(project.close());
    const bytes = readFileSync(path);
    expect(bytes.toString('latin1', 68, 72)).toBe('HopS');
    expect(bytes.readUInt32BE(60)).toBe(migrations.length);
    expect([bytes[18], bytes[19]]).toEqual([2, 2]);
  });

  it.skipIf(onWindows)('is found through a symbolic link', () => {
    const { path, project } = newProject();
    must(project.close());
    const link = join(path, '..', 'link.hopscope');
    symlinkSync(path, link);
    const linked = must(store.open(link));
    expect(linked.path).toBe(path);
    must(linked.close());
  });

  it('writes little for one edit in a large design', () => {
    const sites = Array.from({ length: 5000 }, (_, at) => site(`s${at}`, 'y'.repeat(50)));
    const { path, project } = newProject({ ...empty, sites });
    put(project, 's2500');
    must(project.undo());
    const logBytes = readFileSync(`${path}-wal`).length;
    expect(logBytes).toBeLessThan(100_000);
    expect(readFileSync(path).length).toBeGreaterThan(500_000);
    must(project.close());
  });
});

describe('the order of entities', () => {
  it('survives being reopened after entities were put and moved anywhere', () => {
    const { project } = newProject();
    put(project, 'a');
    put(project, 'b');
    put(project, 'c', 'a');
    must(project.apply({ kind: 'move', entity: 'site', id: 'b', before: 'c' }));
    put(project, 'd', 'a');
    expect(order(project)).toBe('b c d a');
    const again = reopened(project);
    expect(order(again)).toBe('b c d a');
    must(again.undo());
    must(again.undo());
    expect(order(again)).toBe('c a b');
    must(again.close());
  });

  it('has room for any number of entities in one place', () => {
    const { project } = newProject();
    put(project, 'first');
    put(project, 'last');
    // Always in front of the last: the gap between two positions is halved each time.
    for (let at = 0; at < 150; at += 1) put(project, `s${at}`, 'last');
    // Always in front of what was put before.
    for (let at = 150; at < 300; at += 1)
      put(project, `s${at}`, at === 150 ? 'last' : `s${at - 1}`);
    const expected = order(project);
    const again = reopened(project);
    expect(order(again)).toBe(expected);
    expect(again.design().sites).toHaveLength(302);
    must(again.close());
  });
});

describe('the history', () => {
  it('is undone and redone to both ends, also after reopening', () => {
    const { project } = newProject(sampleDesign());
    const random = seededRandom(7);
    const designs = [project.design()];
    for (let step = 0; step < 120; step += 1) {
      designs.push(must(project.apply(randomCommand(random, project.design(), `${step}`))).design);
    }
    let again = reopened(project);
    expect(again.design()).toEqual(designs.at(-1));
    for (let at = 119; at >= 0; at -= 1) {
      expect(must(again.undo()).design).toEqual(designs[at]);
      if (at === 60) again = reopened(again);
    }
    expect([again.canUndo(), again.canRedo(), codeOf(again.undo())]).toEqual([
      false,
      true,
      'nothing-to-undo',
    ]);
    again = reopened(again);
    for (let at = 1; at <= 120; at += 1) {
      expect(must(again.redo()).design).toEqual(designs[at]);
      if (at === 60) again = reopened(again);
    }
    expect([again.canUndo(), again.canRedo(), codeOf(again.redo())]).toEqual([
      true,
      false,
      'nothing-to-redo',
    ]);
    must(again.close());
  });

  it('names each step, says when it was done and whether it is in effect', () => {
    const { project } = newProject();
    const startMs = clockMs;
    put(project, 'a');
    must(project.apply({ kind: 'put', entity: 'site', value: site('a', 'new') }));
    put(project, 'b');
    must(project.apply({ kind: 'move', entity: 'site', id: 'b', before: 'a' }));
    must(project.apply({ kind: 'head', name: 'New' }));
    must(
      project.apply({
        kind: 'compound',
        label: 'Clear away',
        edits: [
          { kind: 'remove', entity: 'site', id: 'a' },
          { kind: 'remove', entity: 'site', id: 'b' },
        ],
      }),
    );
    must(project.undo());
    const again = reopened(project);
    expect(labels(again)).toEqual([
      'Add site a',
      'Change site a',
      'Add site b',
      'Reorder site b',
      'Rename the design',
      '(Clear away)',
    ]);
    expect(must(again.history({ last: 2 }))).toEqual([
      { sequence: 5, label: 'Rename the design', atMs: startMs + 5000, applied: true },
      { sequence: 6, label: 'Clear away', atMs: startMs + 6000, applied: false },
    ]);
    must(again.close());
  });

  it('loses what was undone when a new edit is made', () => {
    const { project } = newProject();
    put(project, 'a');
    put(project, 'b');
    put(project, 'c');
    must(project.undo());
    must(project.undo());
    put(project, 'd');
    expect(project.canRedo()).toBe(false);
    const again = reopened(project);
    expect(labels(again)).toEqual(['Add site a', 'Add site d']);
    expect(order(again)).toBe('a d');
    expect(codeOf(again.redo())).toBe('nothing-to-redo');
    must(again.undo());
    must(again.undo());
    expect(again.design()).toEqual(empty);
    must(again.close());
  });

  it('stays as it was when an edit is refused', () => {
    const { project } = newProject();
    put(project, 'a');
    must(project.undo());
    const before = [project.design(), project.history()];
    const refused = project.apply({ kind: 'remove', entity: 'site', id: 'nobody' });
    expect(refused).toMatchObject({
      ok: false,
      error: {
        code: 'invalid-command',
        sentence:
          'The edit does not fit the design: sites is "nobody": expected the id of a site of this design',
      },
    });
    expect([project.design(), project.history()]).toEqual(before);
    expect(project.canRedo()).toBe(true);
    must(project.close());
  });
});

describe('named versions', () => {
  it('stand at the step that they were saved after, also where later ones are undone', () => {
    const { path, project } = newProject();
    const rename = (name: string) => must(project.apply({ kind: 'head', name }));
    const places = (of: ProjectFile) =>
      must(of.versions.list()).map(({ name, step }) => [name, step]);
    must(project.versions.create('At the beginning'));
    rename('One');
    rename('Two');
    must(project.versions.create('After two'));
    must(project.undo());
    // The second step is the last in time, and undone.
    must(project.versions.create('After one'));
    const saved = [
      ['At the beginning', 0],
      ['After two', 2],
      ['After one', 1],
    ];
    expect(places(project)).toEqual(saved);
    must(project.redo());
    must(project.goTo(0));
    must(project.close());
    const again = must(store.open(path));
    expect(places(again)).toEqual(saved);

    // Another second step: the one that the version was saved after is no more.
    must(again.goTo(1));
    must(again.apply({ kind: 'head', name: 'Another two' }));
    const cut = [
      ['At the beginning', 0],
      ['After two', undefined],
      ['After one', 1],
    ];
    expect(places(again)).toEqual(cut);
    must(again.versions.delete('After one'));
    must(again.versions.restore('After two'));
    expect(again.design().name).toBe('Two');
    must(again.close());
    const third = must(store.open(path));
    expect(places(third)).toEqual(cut.slice(0, 2));
    must(third.close());
  });

  it('keep a state of the design, are restored as one step, and that step is undone', () => {
    const { project } = newProject(sampleDesign());
    const first = project.design();
    const made = must(project.versions.create('First'));
    put(project, 'a');
    must(project.apply({ kind: 'head', name: 'Later', notes: null }));
    must(project.apply({ kind: 'remove', entity: 'layout', id: 'node:client' }));
    const later = project.design();
    must(project.versions.create('Second'));

    const again = reopened(project);
    expect(must(again.versions.list())).toEqual([
      made,
      { name: 'Second', atMs: clockMs, step: expect.any(Number) },
    ]);
    expect(must(again.versions.read('First'))).toEqual(first);
    expect(must(again.versions.restore('First')).design).toEqual(first);
    expect(labels(again).at(-1)).toBe('Restore version First');
    expect(must(again.undo()).design).toEqual(later);
    expect(must(again.redo()).design).toEqual(first);
    must(again.versions.delete('First'));
    expect(must(again.versions.list()).map(({ name }) => name)).toEqual(['Second']);
    expect(must(again.versions.restore('Second')).design).toEqual(later);
    must(again.close());
  });

  it('make no step when nothing differs', () => {
    const { project } = newProject();
    must(project.versions.create('Same'));
    expect(must(project.versions.restore('Same'))).toEqual({
      design: empty,
      entities: [],
      edits: [],
    });
    expect(must(project.history())).toEqual([]);
    must(project.close());
  });

  it('have names of their own, which are one line of text', () => {
    const { project } = newProject();
    const long = 'n'.repeat(200);
    must(project.versions.create(long));
    expect(codeOf(project.versions.create(long))).toBe('version-exists');
    for (const name of ['', 'two\nlines', 'n'.repeat(201), 'half \ud800']) {
      expect(codeOf(project.versions.create(name))).toBe('bad-version-name');
    }
    put(project, 'a');
    must(project.versions.restore(long));
    expect(labels(project).at(-1)).toHaveLength(200);
    for (const call of ['read', 'restore', 'delete'] as const) {
      expect(codeOf(project.versions[call]('nobody'))).toBe('unknown-version');
    }
    must(project.close());
  });
});

describe('a copy', () => {
  it('holds design, history and versions, and nothing that was taken out', () => {
    const { path, project } = newProject(sampleDesign());
    must(project.apply({ kind: 'put', entity: 'site', value: site('a', 'plans-of-yesterday') }));
    must(project.undo());
    put(project, 'b');
    must(project.versions.create('One'));
    const copyPath = join(path, '..', 'copy.hopscope');
    must(project.saveCopy(copyPath));
    expect(readFileSync(copyPath).includes('plans-of-yesterday')).toBe(false);

    const copy = must(store.open(copyPath));
    expect(copy.design()).toEqual(project.design());
    expect(copy.history()).toEqual(project.history());
    expect(copy.versions.list()).toEqual(project.versions.list());
    must(copy.undo());
    expect(copy.design()).toEqual(sampleDesign());
    must(copy.close());
    must(project.close());
    expect(readdirSync(join(path, '..')).sort()).toEqual(['copy.hopscope', 'network.hopscope']);
  });

  it('takes the place of another file only when told to', () => {
    const { path, project } = newProject(sampleDesign());
    const target = join(path, '..', 'target.hopscope');
    writeFileSync(target, 'a letter');
    expect(codeOf(project.saveCopy(target))).toBe('already-exists');
    expect(readFileSync(target, 'utf8')).toBe('a letter');
    must(project.saveCopy(target, { overwrite: true }));
    must(must(store.open(target)).close());
    expect(codeOf(store.create(target, empty))).toBe('already-exists');
    must(must(store.create(target, empty, { overwrite: true })).close());
    expect(must(store.open(target, { readOnly: true })).design()).toEqual(empty);
    must(project.close());
  });

  it('is not put over a file that is open, nor beside the log of an old one', () => {
    const { path, project } = newProject();
    expect(codeOf(project.saveCopy(path, { overwrite: true }))).toBe('already-open');
    const target = join(path, '..', 'gone.hopscope');
    writeFileSync(`${target}-wal`, 'left behind');
    expect(codeOf(project.saveCopy(target))).toBe('leftover-files');
    expect(codeOf(store.create(target, empty))).toBe('leftover-files');
    expect(existsSync(target)).toBe(false);
    must(project.close());
  });

  it.each([
    ['into a folder that is not there', 'nowhere/copy.hopscope', 'folder-missing'],
    ['over a folder', '.', 'is-a-folder'],
    ['below a file', 'network.hopscope/copy.hopscope', 'folder-missing'],
    ['under a name that is too long', `${'n'.repeat(300)}.hopscope`, 'bad-path'],
    ['under a name that ends in a space', 'copy.hopscope ', 'bad-path'],
    ['under a name with a zero character', 'co\0py.hopscope', 'bad-path'],
  ])('%s fails and leaves nothing', (_title, name, code) => {
    const { path, project } = newProject();
    const folder = join(path, '..');
    const before = readdirSync(folder);
    expect(codeOf(project.saveCopy(`${folder}/${name}`, { overwrite: true }))).toBe(code);
    expect(codeOf(store.create(`${folder}/${name}`, empty, { overwrite: true }))).toBe(code);
    expect(readdirSync(folder)).toEqual(before);
    must(project.close());
  });
});

// Windows does not let anybody take away a file that is open.
describe.skipIf(onWindows)('a project whose file is taken away while it is open', () => {
  it.each<[title: string, take: (path: string) => void]>([
    ['moved', (path) => renameSync(path, `${path}.elsewhere`)],
    ['deleted', (path) => rmSync(path)],
    [
      'replaced by another',
      (path) => {
        rmSync(path);
        writeFileSync(path, 'a letter');
      },
    ],
    ['deleted with its folder', (path) => rmSync(join(path, '..'), { recursive: true })],
  ])('%s: refuses edits, keeps its state, and can still be saved elsewhere', (_title, take) => {
    const { path, project } = newProject(sampleDesign());
    put(project, 'a');
    const before = project.design();
    take(path);
    expect(codeOf(project.apply({ kind: 'head', name: 'New' }))).toBe('file-moved');
    expect(codeOf(project.undo())).toBe('file-moved');
    expect(codeOf(project.versions.create('One'))).toBe('file-moved');
    expect(project.design()).toEqual(before);
    const rescued = join(newFolder(), 'rescued.hopscope');
    must(project.saveCopy(rescued));
    must(project.close());
    const again = must(store.open(rescued));
    expect(again.design()).toEqual(before);
    must(again.undo());
    expect(again.design()).toEqual(sampleDesign());
    must(again.close());
  });

  it('has every edit in the moved file when it is closed', () => {
    const { path, project } = newProject();
    put(project, 'a');
    const moved = join(path, '..', 'moved.hopscope');
    renameSync(path, moved);
    must(project.close());
    expect(readdirSync(join(path, '..'))).toEqual(['moved.hopscope']);
    const again = must(store.open(moved));
    expect(order(again)).toBe('a');
    must(again.close());
  });
});
