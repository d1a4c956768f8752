import type { Migration } from './migration.ts';

/**
 * Where in the history a version was saved: after this step, NULL before the first. Steps that are cut off take the
 * entry along, and versions of files that are older than this have none: their time alone does not tell their place.
 */
export const stepsOfVersions: Migration = {
  name: 'steps-of-versions',
  statements: [
    `CREATE TABLE version_step (
  number INTEGER PRIMARY KEY REFERENCES version (number),
  sequence INTEGER REFERENCES history (sequence),
  checksum INTEGER NOT NULL
) STRICT`,
  ],
};
