import type Database from 'better-sqlite3';
import { done, failed, projectLimits, type Outcome } from '../app/project/index.ts';
import { rowChecksum } from './checksum.ts';
import { cursorChecksum, type CursorRow, type HistoryRow } from './history-rows.ts';
import { versionStepChecksum, type VersionRow, type VersionStepRow } from './version-rows.ts';

/** Steps are numbered from 1 without gaps, the cursor is on one of them or before all, and no byte has changed. */
export function checkHistory(file: string, database: Database.Database): Outcome<undefined> {
  const damaged = (detail: string) => failed('damaged', { file, detail });

  const { steps, first, last, largest } = database
    .prepare<[], { steps: number; first: number; last: number; largest: number }>(
      `SELECT count(*) AS steps, ifnull(min(sequence), 1) AS first, ifnull(max(sequence), 0) AS last,
         ifnull(max(max(octet_length(command), octet_length(inverse), octet_length(label))), 0) AS largest
       FROM history`,
    )
    .get() ?? { steps: 0, first: 1, last: 0, largest: 0 };
  const { documentBytes: limit } = projectLimits;
  if (largest > limit) {
    const what = 'a step of the history';
    return failed('too-large', { file, what, found: largest, limit, unit: 'bytes' });
  }
  if (first !== 1 || last !== steps) return damaged('steps of its history are missing');

  const rows = database.prepare<[], HistoryRow>(
    'SELECT sequence, label, command, inverse, at_ms, checksum FROM history',
  );
  for (const { sequence, label, command, inverse, at_ms, checksum } of rows.iterate()) {
    if (checksum !== rowChecksum(sequence, label, command, inverse, at_ms)) {
      return damaged(`the checksum of step ${sequence} of its history is wrong`);
    }
  }
  const cursor = database
    .prepare<[], CursorRow>('SELECT applied, checksum FROM history_cursor')
    .get();
  if (!cursor) return damaged('the place in its history is missing');
  if (cursor.checksum !== cursorChecksum(cursor.applied)) {
    return damaged('the checksum of the place in its history is wrong');
  }
  return done(undefined);
}

export function checkVersions(file: string, database: Database.Database): Outcome<undefined> {
  const sizes = database
    .prepare<[], { found: number; largest: number | null }>(
      'SELECT count(*) AS found, max(max(octet_length(design), octet_length(name))) AS largest FROM version',
    )
    .get();
  const { found, largest } = { found: sizes?.found ?? 0, largest: sizes?.largest ?? 0 };
  if (found > projectLimits.versions) {
    const limit = projectLimits.versions;
    return failed('too-large', {
      file,
      what: 'its list of versions',
      found,
      limit,
      unit: 'entries',
    });
  }
  if (largest > projectLimits.documentBytes) {
    const limit = projectLimits.documentBytes;
    return failed('too-large', { file, what: 'a version', found: largest, limit, unit: 'bytes' });
  }
  const rows = database.prepare<[], VersionRow>(
    'SELECT number, name, at_ms, design, checksum FROM version',
  );
  for (const { number, name, at_ms, design, checksum } of rows.iterate()) {
    if (checksum !== rowChecksum(number, name, at_ms, design)) {
      return failed('damaged', { file, detail: `the checksum of version ${number} is wrong` });
    }
  }
  const places = database.prepare<[], VersionStepRow>(
    'SELECT number, sequence, checksum FROM version_step',
  );
  for (const { number, sequence, checksum } of places.iterate()) {
    if (checksum !== versionStepChecksum(number, sequence)) {
      const detail = `the checksum of the place of version ${number} is wrong`;
      return failed('damaged', { file, detail });
    }
  }
  return done(undefined);
}
