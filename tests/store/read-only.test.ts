import { chmodSync, copyFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import type { Access } from '../../src-main/app/project/index.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import {
  fixtureDesign,
  fixtureHistory,
  fixtureOutcome,
} from '../fixtures/project-files/content.ts';
import { contentOf, newFolder } from './folder.ts';
import { codeOf, must } from './must.ts';
import { start } from './processes/start.ts';
import { describeWithSmallDisk, makeReadOnly, smallDisk } from './small-disk.ts';
import { copiedFixture, fixture } from './tampered.ts';

const store = createSqliteProjectStore();

/** Reads everything, tries every edit, and checks that nothing was written. */
function expectReadOnly(path: string, access: Access): void {
  const before = contentOf(dirname(path));
  const project = must(store.open(path, access === 'read-only-asked' ? { readOnly: true } : {}));
  expect(project.access).toBe(access);
  expect(project.design()).toEqual(fixtureOutcome);
  expect(must(project.history()).map(({ label }) => label)).toEqual(fixtureHistory);
  expect(must(project.versions.read('With the world')).name).toBe(fixtureDesign.name);

  expect([project.canUndo(), project.canRedo()]).toEqual([false, false]);
  for (const outcome of [
    project.apply({ kind: 'head', name: 'New' }),
    project.undo(),
    project.redo(),
    project.versions.create('New'),
    project.versions.restore('With the world'),
    project.versions.delete('With the world'),
  ]) {
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'read-only', hint: 'Save a copy and edit that' },
    });
  }
  expect(project.design()).toEqual(fixtureOutcome);

  const copyPath = join(newFolder(), 'copy.hopscope');
  must(project.saveCopy(copyPath));
  must(project.close());
  expect(contentOf(dirname(path))).toEqual(before);

  const copy = must(store.open(copyPath));
  expect([copy.access, copy.design()]).toEqual(['edit', fixtureOutcome]);
  must(copy.undo());
  must(copy.close());
}

describe('a project is open for reading', () => {
  it('when that is asked for', () => {
    expectReadOnly(copiedFixture(), 'read-only-asked');
  });

  it('when nobody may write to the file', () => {
    const path = copiedFixture();
    chmodSync(path, 0o444);
    expectReadOnly(path, 'read-only-file');
    expect(codeOf(store.create(path, fixtureOutcome, { overwrite: true }))).toBe('no-permission');
  });

  it.skipIf(process.platform === 'win32')('when nobody may write to its folder', () => {
    const path = copiedFixture();
    chmodSync(dirname(path), 0o555);
    expectReadOnly(path, 'read-only-folder');
  });

  it('with what a stopped program had saved last', async () => {
    const path = copiedFixture();
    const editor = await start('editor.ts', path);
    await editor.kill();
    chmodSync(path, 0o444);
    const before = contentOf(dirname(path));
    const project = must(store.open(path));
    expect(project.access).toBe('read-only-file');
    expect(project.design().name).toBe('Edited elsewhere');
    must(project.close());
    expect(contentOf(dirname(path))).toEqual(before);
  });
});

describeWithSmallDisk('a project on a disk that cannot be written to', () => {
  it('is open for reading', () => {
    const disk = smallDisk(1024 * 1024);
    const path = join(disk, 'project.hopscope');
    copyFileSync(fixture, path);
    makeReadOnly(disk);
    expectReadOnly(path, 'read-only-file');
    expect(codeOf(store.create(join(disk, 'new.hopscope'), fixtureOutcome))).toBe('no-permission');
    expect(readdirSync(disk)).toEqual(['project.hopscope']);
  });
});
