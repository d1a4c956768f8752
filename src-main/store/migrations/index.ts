import { entitiesHistoryVersions } from './0001-entities-history-versions.ts';
import { stepsOfVersions } from './0002-steps-of-versions.ts';
import type { Migration } from './migration.ts';

export type { Migration } from './migration.ts';

/** Every migration in order; the first is number 1. A file's format version is the number of its last one. */
export const migrations: readonly Migration[] = [entitiesHistoryVersions, stepsOfVersions];
