import type { Migration } from './migration.ts';

/**
 * A row an entity, so that one edit is one small write. `body` is JSON; `checksum` is the CRC-32 of the row's other
 * values, which finds bytes that a failing disk has changed inside a text.
 */
export const entitiesHistoryVersions: Migration = {
  name: 'entities-history-versions',
  statements: [
    // Which migrations have made this file what it is.
    `CREATE TABLE migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL
) STRICT`,
    // What the design says of itself.
    `CREATE TABLE head (
  singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
  body TEXT NOT NULL,
  checksum INTEGER NOT NULL
) STRICT`,
    // Entities of a kind are ordered by position; the gaps between positions leave room for others.
    `CREATE TABLE entity (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  position INTEGER NOT NULL,
  body TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT`,
    // Steps of the history, each with the command that undoes it, numbered from 1 without gaps.
    `CREATE TABLE history (
  sequence INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  command TEXT NOT NULL,
  inverse TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  checksum INTEGER NOT NULL
) STRICT`,
    // The last step that is in effect; later ones are undone. NULL: none is.
    `CREATE TABLE history_cursor (
  singleton INTEGER PRIMARY KEY CHECK (singleton = 1),
  applied INTEGER REFERENCES history (sequence),
  checksum INTEGER NOT NULL
) STRICT`,
    // States of the whole design that were given a name.
    `CREATE TABLE version (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  at_ms INTEGER NOT NULL,
  design TEXT NOT NULL,
  checksum INTEGER NOT NULL
) STRICT`,
  ],
};
