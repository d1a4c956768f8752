import { copyFileSync, existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { describe, expect, it, vi } from 'vitest';
import type { ProjectFile } from '../../src-main/app/project/index.ts';
import { projectLimits } from '../../src-main/app/project/index.ts';
import type { Design, Site } from '../../src-main/model/design.ts';
import type { limits } from '../../src-main/model/limits.ts';
import { createSqliteProjectStore } from '../../src-main/store/index.ts';
import { contentOf, newFolder } from './folder.ts';
import { codeOf, must } from './must.ts';
import { copiedFixture, insertEntity, tampered } from './tampered.ts';

// The real limits are hundreds of megabytes, which is no use in a test.
vi.mock('../../src-main/app/project/limits.ts', async (original) => {
  const real = await original<{ projectLimits: typeof projectLimits }>();
  return {
    projectLimits: {
      ...real.projectLimits,
      fileBytes: 250_000,
      reservedBytes: 20_000,
      entityBytes: 10_000,
      documentBytes: 30_000,
      versions: 3,
    },
  };
});

vi.mock('../../src-main/model/limits.ts', async (original) => {
  const real = await original<{ limits: typeof limits }>();
  return { limits: { ...real.limits, entitiesPerKind: 6 } };
});

const store = createSqliteProjectStore();
const empty: Design = { hopscope: 1, name: 'Empty' };
const site = (id: string, characters: number): Site => ({
  id,
  kind: 'cloud',
  notes: 'n'.repeat(characters),
});
const put = (project: ProjectFile, value: Site) =>
  project.apply({ kind: 'put', entity: 'site', value });

describe('a file beyond a limit is refused', () => {
  it.each<[title: string, work: (database: Database.Database) => void, detail: string]>([
    [
      'an entity',
      (database) => insertEntity(database, 'site', 'x', JSON.stringify(site('x', 10_000))),
      'an entity has 10041 bytes, the limit is 10000',
    ],
    [
      'a head',
      (database) => database.exec(`UPDATE head SET body = '${'n'.repeat(10_001)}'`),
      'an entity has 10001 bytes, the limit is 10000',
    ],
    [
      'entities of one kind',
      (database) =>
        database.exec(
          `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 6)
           INSERT INTO entity (kind, id, position, body, checksum) SELECT 'node', 'n' || i, i, '{}', 0 FROM n`,
        ),
      'nodes has 7 entries, the limit is 6',
    ],
    [
      'a step of the history',
      (database) =>
        database.exec(`UPDATE history SET inverse = '${'n'.repeat(30_001)}' WHERE sequence = 4`),
      'a step of the history has 30001 bytes, the limit is 30000',
    ],
    [
      'a version',
      (database) => database.exec(`UPDATE version SET design = '${'n'.repeat(30_001)}'`),
      'a version has 30001 bytes, the limit is 30000',
    ],
    [
      'versions',
      (database) =>
        database.exec(
          `WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n LIMIT 3)
           INSERT INTO version (number, name, at_ms, design, checksum) SELECT i, i, 0, '{}', 0 FROM n`,
        ),
      'its list of versions has 4 entries, the limit is 3',
    ],
    [
      'all of it',
      (database) =>
        database.exec(`INSERT INTO history VALUES (5, '', '${'n'.repeat(230_000)}', '', 0, 0)`),
      'bytes, the limit is 250000',
    ],
  ])('%s', (_title, work, detail) => {
    const path = tampered(work);
    const before = contentOf(dirname(path));
    for (const readOnly of [false, true]) {
      const outcome = store.open(path, { readOnly });
      expect(outcome).toMatchObject({ ok: false, error: { code: 'too-large' } });
      if (!outcome.ok) expect(outcome.error.sentence).toContain(detail);
    }
    expect(contentOf(dirname(path))).toEqual(before);
  });

  it('a file together with its log', () => {
    const path = copiedFixture();
    const log = tampered((database) => {
      database.pragma('wal_autocheckpoint = 0');
      database.exec(`INSERT INTO history VALUES (5, '', '${'n'.repeat(230_000)}', '', 0, 0)`);
      copyFileSync(`${database.name}-wal`, `${path}-wal`);
    });
    expect(existsSync(log)).toBe(true);
    const before = contentOf(dirname(path));
    expect(codeOf(store.open(path))).toBe('too-large');
    expect(contentOf(dirname(path))).toEqual(before);
  });
});

describe('an edit that would pass a limit is refused, and nothing happens', () => {
  function refusedBy(
    prepare: (project: ProjectFile) => void,
    edit: (project: ProjectFile) => string,
  ) {
    const path = join(newFolder(), 'project.hopscope');
    const project = must(store.create(path, empty));
    prepare(project);
    const before = [project.design(), project.history(), project.versions.list()];
    const code = edit(project);
    expect([project.design(), project.history(), project.versions.list()]).toEqual(before);
    must(project.close());
    must(must(store.open(path)).close());
    return code;
  }
  const fill = (project: ProjectFile) => {
    for (let at = 0; at < 6; at += 1) must(put(project, site(`s${at}`, 5000)));
  };

  it.each<
    [title: string, prepare: (project: ProjectFile) => void, edit: (project: ProjectFile) => string]
  >([
    [
      'the size of an entity',
      () => undefined,
      (project) => codeOf(put(project, site('x', 10_000))),
    ],
    [
      'the size of a step',
      () => undefined,
      (project) => {
        const edits = ['a', 'b', 'c', 'd'].map((id) => {
          return { kind: 'put', entity: 'site', value: site(id, 9000) } as const;
        });
        return codeOf(project.apply({ kind: 'compound', label: 'Much', edits }));
      },
    ],
    ['the size of a version', fill, (project) => codeOf(project.versions.create('Large'))],
    [
      'the number of versions',
      (project) => ['a', 'b', 'c'].forEach((name) => must(project.versions.create(name))),
      (project) => codeOf(project.versions.create('d')),
    ],
  ])('%s', (_title, prepare, edit) => {
    expect(refusedBy(prepare, edit)).toBe('too-large');
  });

  it('the number of entities of a kind', () => {
    expect(refusedBy(fill, (project) => codeOf(put(project, site('x', 1))))).toBe(
      'invalid-command',
    );
  });

  it('the size of the file, which can always be opened again', () => {
    const path = join(newFolder(), 'project.hopscope');
    const project = must(store.create(path, empty));
    let edits = 0;
    while (put(project, site('a', 5000 + edits)).ok) edits += 1;
    expect(codeOf(put(project, site('a', 9000)))).toBe('too-large');
    expect(edits).toBeGreaterThan(10);
    must(project.close());
    const size = statSync(path).size;
    expect(size).toBeGreaterThan(projectLimits.fileBytes / 2);
    expect(size).toBeLessThanOrEqual(projectLimits.fileBytes);
    const again = must(store.open(path));
    expect(must(again.history())).toHaveLength(edits);
    must(again.undo());
    must(again.close());
  });

  it('a design that is too large makes no file', () => {
    const path = join(newFolder(), 'project.hopscope');
    expect(codeOf(store.create(path, { ...empty, sites: [site('x', 10_000)] }))).toBe('too-large');
    expect(existsSync(path)).toBe(false);
  });
});
