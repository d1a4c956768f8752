import type Database from 'better-sqlite3';
import {
  assembleDesign,
  done,
  failed,
  parseHead,
  projectLimits,
  type DesignHead,
  type Outcome,
} from '../app/project/index.ts';
import type { Design } from '../model/design.ts';
import { collections, isEntityKind, type EntityKind } from '../model/ids.ts';
import { designIssue, type DesignIssue } from '../model/issue.ts';
import { limits } from '../model/limits.ts';
import { parseDesign } from '../model/validate.ts';
import { rowChecksum } from './checksum.ts';
import { parseStoredJson } from './stored-json.ts';

interface EntityRow {
  readonly kind: string;
  readonly id: string;
  readonly position: number;
  readonly body: string;
  readonly checksum: number;
}

/**
 * Puts the design together from its rows and checks it like one from anywhere else. Sizes are looked at before a row is
 * read.
 */
export function readDesign(file: string, database: Database.Database): Outcome<Design> {
  const sizes = checkSizes(file, database);
  if (!sizes.ok) return sizes;

  const head = readHead(file, database);
  if (!head.ok) return head;

  const entities = new Map<EntityKind, unknown[]>();
  const rows = database.prepare<[], EntityRow>(
    'SELECT kind, id, position, body, checksum FROM entity ORDER BY kind, position, id',
  );
  for (const { kind, id, position, body, checksum } of rows.iterate()) {
    const row = `${kind} ${id}`;
    if (checksum !== rowChecksum(kind, id, position, body)) {
      return failed('damaged', { file, detail: `the checksum of ${row} is wrong` });
    }
    const json = parseStoredJson(body);
    if (!json.ok) return failed('damaged', { file, detail: `${row} is not stored as JSON` });
    if (!isEntityKind(kind)) {
      return invalid(file, [designIssue('unknown-key', [kind], 'no such kind of entity', id)]);
    }
    const collected = entities.get(kind) ?? [];
    entities.set(kind, collected);
    const stated = (json.value as { readonly id?: unknown } | null)?.id;
    if (stated !== id) {
      const path = [collections[kind], collected.length, 'id'];
      return invalid(file, [designIssue('inconsistent', path, `the id of its row, ${id}`, stated)]);
    }
    collected.push(json.value);
  }

  const design = parseDesign(assembleDesign(head.value, (kind) => entities.get(kind) ?? []));
  return design.ok ? done(design.value) : invalid(file, design.issues, design.omitted);
}

function invalid(file: string, issues: readonly DesignIssue[], omitted = 0): Outcome<never> {
  return failed('invalid-design', { file, issues, omitted });
}

function readHead(file: string, database: Database.Database): Outcome<DesignHead> {
  const row = database
    .prepare<[], { body: string; checksum: number }>('SELECT body, checksum FROM head')
    .get();
  if (!row) return failed('damaged', { file, detail: 'the head of the design is missing' });
  if (row.checksum !== rowChecksum(row.body)) {
    return failed('damaged', { file, detail: 'the checksum of the head is wrong' });
  }
  const json = parseStoredJson(row.body);
  if (!json.ok) return failed('damaged', { file, detail: 'the head is not stored as JSON' });
  const parsed = parseHead(json.value);
  return parsed.ok ? done(parsed.value) : invalid(file, parsed.issues, parsed.omitted);
}

function checkSizes(file: string, database: Database.Database): Outcome<undefined> {
  const largest = database
    .prepare<[], { found: number | null }>(
      `SELECT max(size) AS found FROM (
         SELECT octet_length(body) AS size FROM head
         UNION ALL SELECT octet_length(body) + octet_length(id) + octet_length(kind) FROM entity)`,
    )
    .get();
  const { entityBytes: limit } = projectLimits;
  const found = largest?.found ?? 0;
  if (found > limit) {
    return failed('too-large', { file, what: 'an entity', found, limit, unit: 'bytes' });
  }
  const kinds = database
    .prepare<[], { kind: string; found: number }>(
      'SELECT kind, count(*) AS found FROM entity GROUP BY kind ORDER BY 2 DESC LIMIT 1',
    )
    .get();
  if (kinds && kinds.found > limits.entitiesPerKind) {
    return failed('too-large', {
      file,
      what: isEntityKind(kinds.kind) ? collections[kinds.kind] : 'a kind of entity',
      found: kinds.found,
      limit: limits.entitiesPerKind,
      unit: 'entries',
    });
  }
  return done(undefined);
}
