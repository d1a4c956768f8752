/** One step of the file format. Once released, a migration never changes again: its hash is in every file. */
export interface Migration {
  /** What it does, in words with hyphens. */
  readonly name: string;
  /**
   * SQL statements, run in one transaction. They make and drop tables rather than alter them, so that the schema's text
   * does not depend on how a version of SQLite rewrites it.
   */
  readonly statements: readonly string[];
}
