import { linkSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { fixtureOutcome } from '../fixtures/project-files/content.ts';
import { contentOf } from './folder.ts';
import { codeOf, must } from './must.ts';
import { start } from './processes/start.ts';
import { copiedFixture } from './tampered.ts';

const store = createSqliteProjectStore();

describe('a project that another program edits', () => {
  it('cannot be edited, can be read as it was saved last, and is free when that ends', async () => {
    const path = copiedFixture();
    const editor = await start('editor.ts', path);
    const before = contentOf(dirname(path));

    expect(codeOf(store.open(path))).toBe('locked');
    const seen = must(store.open(path, { readOnly: true }));
    expect(seen.design()).toEqual({ ...fixtureOutcome, name: 'Edited elsewhere' });
    expect(must(seen.history()).at(-1)?.label).toBe('Rename the design');
    must(seen.close());
    expect(codeOf(store.create(path, fixtureOutcome, { overwrite: true }))).toBe('leftover-files');
    expect(contentOf(dirname(path))).toEqual(before);

    await editor.end();
    expect(readdirSync(dirname(path))).toEqual(['project.hopscope']);
    const project = must(store.open(path));
    expect(project.design().name).toBe('Edited elsewhere');
    must(project.close());
  });

  it('is free, with every edit, when that was killed', async () => {
    const path = copiedFixture();
    const editor = await start('editor.ts', path);
    await editor.kill();
    expect(readdirSync(dirname(path))).toEqual(['project.hopscope', 'project.hopscope-wal']);

    const before = contentOf(dirname(path));
    const seen = must(store.open(path, { readOnly: true }));
    expect(seen.design().name).toBe('Edited elsewhere');
    must(seen.close());
    expect(contentOf(dirname(path))).toEqual(before);

    const project = must(store.open(path));
    expect(project.design().name).toBe('Edited elsewhere');
    must(project.undo());
    expect(project.design()).toEqual(fixtureOutcome);
    must(project.close());
    expect(readdirSync(dirname(path))).toEqual(['project.hopscope']);
  });

  it.each<[title: string, sql: string]>([
    ['that writes', "BEGIN IMMEDIATE; INSERT INTO migration VALUES (9, '', '')"],
    ['that keeps others out', 'BEGIN EXCLUSIVE'],
    [
      'that uses a rollback journal',
      "PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE; INSERT INTO migration VALUES (9, '', '')",
    ],
  ])('cannot be edited while a program has it %s', async (_title, sql) => {
    const path = copiedFixture();
    const locker = await start('locker.ts', path, sql);
    const before = contentOf(dirname(path));
    expect(codeOf(store.open(path))).toBe('locked');
    expect(contentOf(dirname(path))).toEqual(before);
    const seen = must(store.open(path, { readOnly: true }));
    expect(seen.design()).toEqual(fixtureOutcome);
    await locker.end();
    const project = must(store.open(path));
    expect(project.design()).toEqual(fixtureOutcome);
    must(project.close());
  });
});

describe('a project that this program has open', () => {
  it('is not opened a second time, by whatever name', () => {
    const path = copiedFixture();
    const project = must(store.open(path));
    const link = join(dirname(path), 'link.hopscope');
    linkSync(path, link);
    for (const name of [path, link]) {
      expect(codeOf(store.open(name))).toBe('already-open');
      expect(codeOf(store.open(name, { readOnly: true }))).toBe('already-open');
    }
    must(project.close());
    must(must(store.open(path)).close());
  });

  it('stays locked to others after a second attempt', async () => {
    const path = copiedFixture();
    const project = must(store.open(path));
    expect(codeOf(store.open(path))).toBe('already-open');
    await expect(start('locker.ts', path, 'BEGIN IMMEDIATE')).rejects.toThrow('SQLITE_BUSY');
    must(project.apply({ kind: 'head', name: 'Still ours' }));
    must(project.close());
  });

  it('is not used after it was closed', () => {
    const project = must(store.open(copiedFixture()));
    must(project.close());
    expect(() => project.apply({ kind: 'head', name: 'x' })).toThrow('is closed');
    expect(() => project.close()).toThrow('is closed');
  });
});
