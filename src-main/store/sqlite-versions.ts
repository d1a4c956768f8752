import {
  designDifference,
  done,
  failed,
  label,
  projectLimits,
  type Changed,
  type Outcome,
  type ProjectFile,
  type ProjectVersions,
  type Version,
} from '../app/project/index.ts';
import type { Design } from '../model/design.ts';
import { parseDesign } from '../model/validate.ts';
import { attempt } from './failures.ts';
import { parseStoredJson } from './stored-json.ts';
import type { Rows } from './rows.ts';

/** What a transaction adds to the file. */
export interface Growth {
  readonly bytes: number;
  /** Whether some room has to be left, so that what was done can be undone. */
  readonly reserve: boolean;
}

/** What versions need of their project. */
export interface VersionsOf {
  readonly file: string;
  readonly rows: Rows;
  readonly now: () => number;
  readonly project: Pick<ProjectFile, 'design' | 'apply'>;
  /** Writes in one transaction, where the project can be edited and there is room. */
  readonly write: (growth: Growth, work: (rows: Rows) => void) => Outcome<undefined>;
}

export class SqliteVersions implements ProjectVersions {
  readonly #of: VersionsOf;
  readonly #rows: Rows['versions'];

  constructor(of: VersionsOf) {
    this.#of = of;
    this.#rows = of.rows.versions;
  }

  list(): Outcome<readonly Version[]> {
    return attempt(this.#of.file, 'work', () => done(this.#rows.list()));
  }

  create(name: string): Outcome<Version> {
    const { file, rows, project, now, write } = this.#of;
    if (!label.safeParse(name).success) return failed('bad-version-name', { name });
    return attempt(file, 'work', () => {
      const versions = this.#rows.list();
      if (versions.some((version) => version.name === name)) {
        return failed('version-exists', { name });
      }
      const found = versions.length + 1;
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
      const design = JSON.stringify(project.design());
      const bytes = Buffer.byteLength(design);
      if (bytes > projectLimits.documentBytes) {
        const limit = projectLimits.documentBytes;
        return failed('too-large', {
          file,
          what: 'the version',
          found: bytes,
          limit,
          unit: 'bytes',
        });
      }
      const atMs = now();
      const step = rows.history.place().applied;
      const written = write({ bytes, reserve: true }, ({ versions: all }) =>
        all.add(name, atMs, design, step),
      );
      return written.ok ? done({ name, atMs, step }) : written;
    });
  }

  read(name: string): Outcome<Design> {
    const { file } = this.#of;
    return attempt(file, 'work', () => {
      const text = this.#rows.read(name);
      if (text === undefined) return failed('unknown-version', { name });
      const json = parseStoredJson(text);
      if (!json.ok) {
        const detail = `version ${JSON.stringify(name)} is not stored as JSON`;
        return failed('damaged', { file, detail });
      }
      const parsed = parseDesign(json.value);
      if (parsed.ok) return done(parsed.value);
      return failed('invalid-design', { file, issues: parsed.issues, omitted: parsed.omitted });
    });
  }

  restore(name: string): Outcome<Changed> {
    const { project } = this.#of;
    const version = this.read(name);
    if (!version.ok) return version;
    const edits = designDifference(project.design(), version.value);
    if (edits.length === 0) return done({ design: project.design(), entities: [], edits: [] });
    return project.apply({ kind: 'compound', label: restoringLabel(name), edits });
  }

  delete(name: string): Outcome<undefined> {
    const { file, write } = this.#of;
    return attempt(file, 'work', () => {
      if (!this.#rows.has(name)) return failed('unknown-version', { name });
      return write({ bytes: 0, reserve: false }, ({ versions: all }) => all.delete(name));
    });
  }
}

function restoringLabel(name: string): string {
  const whole = `Restore version ${name}`;
  const longest = projectLimits.labelLength;
  return whole.length <= longest ? whole : `${whole.slice(0, longest - 1).toWellFormed()}…`;
}
