import { copyFileSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { migrationHash } from '../../src-main/store/migrate.ts';
import { migrations, type Migration } from '../../src-main/store/migrations/index.ts';
import {
  fixtureDesign,
  fixtureHistory,
  fixtureOutcome,
} from '../fixtures/project-files/content.ts';
import { contentOf, newFolder } from './folder.ts';
import { codeOf, must } from './must.ts';

const folder = join(import.meta.dirname, '../fixtures/project-files');

/** Migrations as a later version of the program might have them. */
const addNote: Migration = {
  name: 'notes-on-steps',
  statements: ['CREATE TABLE step_note (sequence INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT'],
};
const moveLabels: Migration = {
  name: 'labels-as-notes',
  statements: ['INSERT INTO step_note (sequence, text) SELECT sequence, label FROM history'],
};
const failing: Migration = {
  name: 'cannot-work',
  statements: [
    'CREATE TABLE half (a INTEGER PRIMARY KEY) STRICT',
    'INSERT INTO half SELECT 1 FROM history',
  ],
};
const storeWith = (...more: readonly Migration[]) =>
  createSqliteProjectStore({ migrations: [...migrations, ...more] });

function copied(name = `format-1.hopscope`): string {
  const path = join(newFolder(), name);
  copyFileSync(join(folder, name), path);
  return path;
}

function rowsOf(path: string, sql: string): unknown {
  const database = new Database(path);
  try {
    return database.prepare(sql).raw().all();
  } finally {
    database.close();
  }
}

describe('a file of every format that there has been', () => {
  it('is among the fixtures', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.hopscope'));
    expect(files).toEqual(migrations.map((_, index) => `format-${index + 1}.hopscope`));
  });

  it.each(migrations.map((_, index) => `format-${index + 1}.hopscope`))(
    '%s opens with design, history and versions',
    (name) => {
      const project = must(createSqliteProjectStore().open(copied(name)));
      expect(project.design()).toEqual(fixtureOutcome);
      const history = must(project.history());
      expect(history.map(({ label }) => label)).toEqual(fixtureHistory);
      expect(history.map(({ applied }) => applied)).toEqual([true, true, true, false]);
      // Which step a version was saved at is known since format 2.
      const step = name === 'format-1.hopscope' ? {} : { step: 1 };
      expect(must(project.versions.list())).toEqual([
        { name: 'With the world', atMs: Date.UTC(2026, 0, 1, 0, 2), ...step },
      ]);
      must(project.redo());
      while (project.canUndo()) must(project.undo());
      expect(project.design()).toEqual(fixtureDesign);
      must(project.versions.restore('With the world'));
      expect(project.design().sites?.map(({ id }) => id)).toEqual(['world', 'cloud', 'office']);
      must(project.close());
    },
  );

  it('holds the hashes of the migrations as they were: a released one never changes', () => {
    const hashes = rowsOf(copied(), 'SELECT sha256 FROM migration');
    expect(hashes).toEqual(migrations.slice(0, 1).map((one) => [migrationHash(one)]));
  });
});

describe('an older file', () => {
  it('is brought to the present format step by step, and each step is recorded', () => {
    const path = copied();
    const project = must(storeWith(addNote, moveLabels).open(path));
    expect(project.design()).toEqual(fixtureOutcome);
    must(project.undo());
    must(project.close());
    expect(rowsOf(path, 'SELECT number, name, sha256 FROM migration')).toEqual(
      [...migrations, addNote, moveLabels].map((one, at) => [at + 1, one.name, migrationHash(one)]),
    );
    expect(rowsOf(path, 'SELECT text FROM step_note')).toEqual(
      fixtureHistory.map((text) => [text]),
    );
    expect(readFileSync(path).readUInt32BE(60)).toBe(migrations.length + 2);
    // And is a later one for this version of the program.
    expect(codeOf(createSqliteProjectStore().open(path))).toBe('newer-format');
    must(must(storeWith(addNote, moveLabels).open(path)).close());
  });

  it('is read without being changed', () => {
    const path = copied();
    const before = contentOf(dirname(path));
    const project = must(storeWith(addNote, moveLabels).open(path, { readOnly: true }));
    expect(project.design()).toEqual(fixtureOutcome);
    const copy = join(newFolder(), 'copy.hopscope');
    must(project.saveCopy(copy));
    must(project.close());
    expect(contentOf(dirname(path))).toEqual(before);
    expect(readFileSync(copy).readUInt32BE(60)).toBe(migrations.length + 2);
  });

  it('is left as it was when a step does not go through', () => {
    const path = copied();
    const before = contentOf(dirname(path));
    const outcome = storeWith(addNote, failing).open(path);
    expect(outcome).toMatchObject({
      ok: false,
      error: { code: 'migration-failed', details: { migration: '0004-cannot-work' } },
    });
    expect(contentOf(dirname(path))).toEqual(before);
    must(must(createSqliteProjectStore().open(path)).close());
  });

  it('is left as it was when a step breaks references', () => {
    const breaking: Migration = { name: 'forgets', statements: ['DELETE FROM history'] };
    const path = copied();
    const before = contentOf(dirname(path));
    expect(codeOf(storeWith(breaking).open(path))).toBe('migration-failed');
    expect(contentOf(dirname(path))).toEqual(before);
  });

  const first: Migration = {
    name: 'first',
    statements: ['DELETE FROM history WHERE sequence < 0'],
  };
  const second: Migration = {
    name: 'second',
    statements: ['DELETE FROM version WHERE number < 0'],
  };

  it.each<[title: string, known: readonly Migration[]]>([
    ['that this program does not know', [first, { ...second, name: 'other' }]],
    ['in another order', [second, first]],
    ['one of which was changed later', [first, { ...second, statements: ['SELECT 1'] }]],
  ])('is refused when it has gone through migrations %s', (_title, known) => {
    const path = copied();
    must(must(storeWith(first, second).open(path)).close());
    const before = contentOf(dirname(path));
    expect(codeOf(storeWith(...known).open(path))).toBe('migration-history');
    expect(contentOf(dirname(path))).toEqual(before);
  });
});
