import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Outcome, ProjectFile } from '../../src-main/app/project/index.ts';
import type { Design } from '../../src-main/model/design.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { codeOf, must } from './must.ts';
import { newFolder } from './folder.ts';
import { describeWithSmallDisk, smallDisk } from './small-disk.ts';

const store = createSqliteProjectStore();
const empty: Design = { hopscope: 1, name: 'Empty' };
const long = 'n'.repeat(15_000);

function add(project: ProjectFile, id: string): Outcome<unknown> {
  const value = { id, kind: 'cloud', notes: long } as const;
  return project.apply({ kind: 'put', entity: 'site', value });
}

describeWithSmallDisk('on a full disk', () => {
  it('an edit fails, what was saved stays, and work goes on when there is room', () => {
    const disk = smallDisk(2 * 1024 * 1024);
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(1300 * 1024));
    const path = join(disk, 'project.hopscope');
    const project = must(store.create(path, empty));

    let edits = 0;
    while (add(project, `s${edits}`).ok) edits += 1;
    expect(edits).toBeGreaterThan(5);
    const before = [project.design(), project.history()];
    expect(codeOf(add(project, 'one-more'))).toBe('disk-full');
    expect(codeOf(project.versions.create('v'))).toBe('disk-full');
    expect([project.design(), project.history()]).toEqual(before);
    expect(project.design().sites).toHaveLength(edits);

    rmSync(ballast);
    must(add(project, 'one-more'));
    must(project.undo());
    expect(project.design()).toEqual(before[0]);
    must(project.close());
    expect(readdirSync(disk)).toEqual(['project.hopscope']);
    const again = must(store.open(path));
    expect(again.design()).toEqual(before[0]);
    while (again.canUndo()) must(again.undo());
    expect(again.design()).toEqual(empty);
    must(again.close());
  });

  it('closing says so, and the edits are there when it is opened again', () => {
    const disk = smallDisk(1024 * 1024);
    const path = join(disk, 'project.hopscope');
    const project = must(store.create(path, empty));
    for (let at = 0; at < 4; at += 1) must(add(project, `s${at}`));
    const ballast = join(disk, 'ballast');
    try {
      writeFileSync(ballast, Buffer.alloc(1024 * 1024));
    } catch {
      // As much as there was room for.
    }
    const design = project.design();
    expect(codeOf(project.close())).toBe('disk-full');
    expect(readdirSync(disk)).toEqual(['ballast', 'project.hopscope', 'project.hopscope-wal']);

    rmSync(ballast);
    const again = must(store.open(path));
    expect(again.design()).toEqual(design);
    must(again.close());
    expect(readdirSync(disk)).toEqual(['project.hopscope']);
  });

  it('a new project or a copy fails and leaves nothing', () => {
    const disk = smallDisk(128 * 1024);
    const ballast = Buffer.alloc(112 * 1024);
    writeFileSync(join(disk, 'ballast'), ballast);
    const before = readdirSync(disk);
    expect(codeOf(store.create(join(disk, 'new.hopscope'), empty))).toBe('disk-full');
    const project = must(store.create(join(newFolder(), 'a.hopscope'), empty));
    expect(codeOf(project.saveCopy(join(disk, 'copy.hopscope')))).toBe('disk-full');
    must(project.close());
    expect(readdirSync(disk)).toEqual(before);
  });
});
