import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src-main/app/project/index.ts';
import { rowChecksum } from '../../src-main/store/checksum.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { migrations } from '../../src-main/store/migrations/index.ts';
import { contentOf, newFolder } from './folder.ts';
import { codeOf } from './must.ts';
import { copiedFixture, fixture, insertEntity, tampered } from './tampered.ts';

const store = createSqliteProjectStore();

/** Opens in both ways, which have to say the same, and checks that nothing in the folder was touched. */
function refusal(path: string): Outcome<unknown> {
  const before = contentOf(dirname(path));
  const outcome = store.open(path);
  if (outcome.ok) outcome.value.close();
  expect(codeOf(store.open(path, { readOnly: true }))).toBe(codeOf(outcome));
  expect(contentOf(dirname(path))).toEqual(before);
  return outcome;
}

const written = (content: string | Buffer): string => {
  const path = join(newFolder(), 'project.hopscope');
  writeFileSync(path, content);
  return path;
};

function databaseOf(work: (database: Database.Database) => void): string {
  const path = join(newFolder(), 'project.hopscope');
  const database = new Database(path);
  work(database);
  database.close();
  return path;
}

describe('a path that leads to no file', () => {
  it.each<[title: string, path: () => string, code: string]>([
    ['nothing of this name', () => join(newFolder(), 'none.hopscope'), 'file-missing'],
    ['a folder that is not there', () => join(newFolder(), 'none', 'a.hopscope'), 'folder-missing'],
    ['a file instead of a folder', () => join(written('text'), 'a.hopscope'), 'folder-missing'],
    ['a folder', () => newFolder(), 'is-a-folder'],
    ['a zero character', () => `${newFolder()}/a\0.hopscope`, 'bad-path'],
    ['a name that is too long', () => join(newFolder(), 'n'.repeat(300)), 'bad-path'],
    ['a name that ends in a space', () => join(newFolder(), 'a.hopscope '), 'bad-path'],
    ['an empty path', () => '', 'bad-path'],
  ])('%s', (_title, path, code) => {
    expect(codeOf(store.open(path()))).toBe(code);
  });

  it.skipIf(process.platform === 'win32')('a device or a pipe, which would never end', () => {
    expect(codeOf(store.open('/dev/zero'))).toBe('not-a-file');
    const pipe = join(newFolder(), 'pipe.hopscope');
    execFileSync('mkfifo', [pipe]);
    expect(codeOf(store.open(pipe))).toBe('not-a-file');
  });
});

describe('a file that is not ours', () => {
  it.each<[title: string, path: () => string, code: string, detail: string]>([
    ['an empty one', () => written(''), 'empty-file', 'is empty'],
    ['a text', () => written('hopscope: 1\nname: A design\n'), 'not-a-project', 'imported'],
    ['a picture', () => written(Buffer.from('89504e470d0a1a0a', 'hex')), 'not-a-project', ''],
    ['the beginning of a header', () => written('SQLite format 3\0'), 'damaged', 'cut off'],
    [
      'a database of no program',
      () => databaseOf((database) => database.exec('CREATE TABLE t (a)')),
      'other-application',
      'application id 0',
    ],
    [
      'a database of another program',
      () =>
        databaseOf((database) => {
          database.pragma('application_id = 1196444487');
          database.exec('CREATE TABLE t (a)');
        }),
      'other-application',
      'application id 1196444487',
    ],
    [
      'a project of a later format',
      () => tampered((database) => database.pragma(`user_version = ${migrations.length + 1}`)),
      'newer-format',
      `has format ${migrations.length + 1}; this version of Hopscope knows formats up to ${migrations.length}`,
    ],
    [
      'a project of a format far beyond',
      () => tampered((database) => database.pragma('user_version = -1')),
      'newer-format',
      'format 4294967295',
    ],
    [
      'a project of no format',
      () => tampered((database) => database.pragma('user_version = 0')),
      'damaged',
      'format version is 0',
    ],
  ])('%s', (_title, path, code, detail) => {
    const outcome = refusal(path());
    expect(outcome).toMatchObject({ ok: false, error: { code } });
    if (!outcome.ok) expect(`${outcome.error.sentence} ${outcome.error.hint}`).toContain(detail);
  });

  it('one whose log says that it is of a later format', () => {
    const path = copiedFixture();
    const log = leftLog(path, (database) =>
      database.pragma(`user_version = ${migrations.length + 1}`),
    );
    copyFileSync(log, `${path}-wal`);
    expect(codeOf(refusal(path))).toBe('newer-format');
  });
});

/** What a program that was stopped after `work` leaves beside the file; the file itself stays. */
function leftLog(path: string, work: (database: Database.Database) => void): string {
  const copy = join(newFolder(), 'copy');
  copyFileSync(path, copy);
  const database = new Database(copy);
  work(database);
  copyFileSync(`${copy}-wal`, `${copy}-left`);
  database.close();
  return `${copy}-left`;
}

describe('a file whose schema was altered', () => {
  it.each<[title: string, sql: string, object: string]>([
    [
      'a trigger',
      'CREATE TRIGGER t AFTER INSERT ON entity BEGIN DELETE FROM head; END',
      'trigger t',
    ],
    ['a view', 'CREATE VIEW v AS SELECT * FROM entity', 'view v'],
    ['a further table', 'CREATE TABLE more (a)', 'table more'],
    ['a further index', 'CREATE INDEX i ON entity (position)', 'index i'],
    ['a virtual table', 'CREATE VIRTUAL TABLE words USING fts5 (a)', 'table words'],
    ['a further column', 'ALTER TABLE entity ADD COLUMN more TEXT', 'table entity'],
    [
      'a generated column',
      'ALTER TABLE entity ADD COLUMN more TEXT AS (hex(body)) VIRTUAL',
      'table entity',
    ],
    ['statistics', 'ANALYZE', 'table sqlite_stat1'],
    ['a missing table', 'DROP TABLE version', 'table version'],
    [
      'a table in place of another',
      'DROP TABLE head; CREATE TABLE head (singleton, body, checksum)',
      'table head',
    ],
    [
      'a view in place of a table',
      "DROP TABLE head; CREATE VIEW head AS SELECT 1 AS singleton, '{}' AS body, 0 AS checksum",
      'view head',
    ],
  ])('%s', (_title, sql, object) => {
    const outcome = refusal(tampered((database) => database.exec(sql)));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'altered-schema' } });
    if (!outcome.ok) expect(outcome.error.sentence).toContain(object);
  });

  it('a table without STRICT, its text rewritten in place', () => {
    const path = tampered((database) => {
      database.pragma('writable_schema = ON');
      database.exec(
        "UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'head'",
      );
    });
    expect(codeOf(refusal(path))).toBe('altered-schema');
  });

  it('a trigger that only the log knows of', () => {
    const path = copiedFixture();
    const sql = 'CREATE TRIGGER t AFTER UPDATE ON head BEGIN DELETE FROM entity; END';
    copyFileSync(
      leftLog(path, (database) => database.exec(sql)),
      `${path}-wal`,
    );
    expect(codeOf(refusal(path))).toBe('altered-schema');
  });
});

describe('a file whose record of migrations is not a beginning of ours', () => {
  it.each<[title: string, sql: string, detail: string]>([
    ['none', 'DELETE FROM migration', 'number 1 is missing'],
    ['another number', 'UPDATE migration SET number = 2', 'number 1 is missing'],
    ['another name', "UPDATE migration SET name = 'x'", 'number 1 is x'],
    ['another hash', "UPDATE migration SET sha256 = ''", 'number 1 is'],
    ['one too many', "INSERT INTO migration VALUES (2, 'next', '')", 'it has next beyond format 1'],
  ])('%s', (_title, sql, detail) => {
    const outcome = refusal(tampered((database) => database.exec(sql)));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'migration-history' } });
    if (!outcome.ok) expect(outcome.error.sentence).toContain(detail);
  });
});

describe('a file whose rows are no design', () => {
  it.each<[title: string, work: (database: Database.Database) => void, issue: object]>([
    [
      'an entity with a bad value',
      (database) => insertEntity(database, 'site', 'x', '{"id":"x","kind":"moon"}', 2 ** 40),
      { path: 'sites[3].kind', value: '"moon"' },
    ],
    [
      'an entity that is a list',
      (database) => insertEntity(database, 'site', 'x', '[]', 2 ** 40),
      { path: 'sites[3].id', code: 'inconsistent' },
    ],
    [
      'an entity of another id than its row',
      (database) => insertEntity(database, 'site', 'x', '{"id":"y","kind":"cloud"}', 2 ** 40),
      { path: 'sites[3].id', value: '"y"', expected: 'the id of its row, x' },
    ],
    [
      'an entity of no known kind',
      (database) => insertEntity(database, 'planet', 'x', '{"id":"x"}'),
      { path: 'planet', code: 'unknown-key' },
    ],
    [
      'a reference to nothing',
      (database) =>
        insertEntity(database, 'site', 'x', '{"id":"x","kind":"cloud","parent":"z"}', 2 ** 40),
      { path: 'sites[3].parent', value: '"z"', code: 'dangling-id' },
    ],
    [
      'a head with more than a head has',
      (database) => writeHead(database, '{"name":"x","nodes":[]}'),
      { path: 'nodes', code: 'unknown-key' },
    ],
    [
      'a head without a name',
      (database) => writeHead(database, '{}'),
      { path: 'name', code: 'missing-key' },
    ],
  ])('%s: says place, value and expectation', (_title, work, issue) => {
    expect(refusal(tampered(work))).toMatchObject({
      ok: false,
      error: { code: 'invalid-design', details: { issues: [issue] } },
    });
  });

  it.each<[title: string, work: (database: Database.Database) => void]>([
    ['text that is no JSON', (database) => insertEntity(database, 'site', 'x', '{"id":')],
    [
      'lists within lists without end',
      (database) => insertEntity(database, 'site', 'x', '['.repeat(2e6) + ']'.repeat(2e6)),
    ],
    ['a head that is no JSON', (database) => writeHead(database, 'name')],
    ['no head', (database) => database.exec('DELETE FROM head')],
    ['a wrong checksum', (database) => database.exec("UPDATE entity SET body = '{}'")],
    ['no place in the history', (database) => database.exec('DELETE FROM history_cursor')],
    [
      'a place in the history that is not there',
      (database) =>
        database
          .prepare('UPDATE history_cursor SET applied = 9, checksum = ?')
          .run(rowChecksum('cursor', 9)),
    ],
    ['a gap in the history', (database) => database.exec('DELETE FROM history WHERE sequence = 2')],
    ['a changed step', (database) => database.exec("UPDATE history SET inverse = '{}'")],
    ['a changed version', (database) => database.exec("UPDATE version SET design = '{}'")],
  ])('%s is damage', (_title, work) => {
    expect(codeOf(refusal(tampered(work)))).toBe('damaged');
  });

  it('a history that does not fit the design is found when it is used, and nothing happens', () => {
    const path = tampered((database) => {
      const row = database
        .prepare<[], { label: string; command: string; at_ms: number }>(
          'SELECT label, command, at_ms FROM history WHERE sequence = 3',
        )
        .get();
      const inverse = '{"kind":"remove","entity":"site","id":"nobody"}';
      if (!row) throw new Error('the fixture has no third step');
      database
        .prepare('UPDATE history SET inverse = ?, checksum = ? WHERE sequence = 3')
        .run(inverse, rowChecksum(3, row.label, row.command, inverse, row.at_ms));
    });
    const opened = store.open(path);
    if (!opened.ok) throw new Error(opened.error.sentence);
    const project = opened.value;
    const before = [project.design(), project.history()];
    expect(codeOf(project.undo())).toBe('damaged');
    expect([project.design(), project.history()]).toEqual(before);
    project.close();
  });
});

function writeHead(database: Database.Database, body: string): void {
  database.prepare('UPDATE head SET body = ?, checksum = ?').run(body, rowChecksum(body));
}

describe('what lies beside a file', () => {
  it('is no part of it when it is no log', () => {
    const path = copiedFixture();
    writeFileSync(`${path}-wal`, 'a letter');
    mkdirSync(join(dirname(path), 'other'));
    const outcome = store.open(path, { readOnly: true });
    expect(codeOf(outcome)).toBe('ok');
    if (outcome.ok) outcome.value.close();
    expect(readFileSync(path)).toEqual(readFileSync(fixture));
    expect(readFileSync(`${path}-wal`, 'utf8')).toBe('a letter');
  });

  it('is not looked at when it follows the last page of the file', () => {
    const path = copiedFixture();
    appendFileSync(path, Buffer.alloc(4096, 7));
    expect(codeOf(store.open(path, { readOnly: true }))).toBe('ok');
  });
});
