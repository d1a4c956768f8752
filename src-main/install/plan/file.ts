/** A file of a plan, as it has to stand on a machine, and what makes its program read it. */
export interface PlanFile {
  /** Absolute; relative to the directory of the install where it begins with no slash. */
  readonly path: string;
  readonly content: string;
  /** Absent: 0644. Files that hold a password are 0600. */
  readonly mode?: number;
  /** The file exists and has other things in it: the content goes into it, and does not replace it. */
  readonly isPart?: true;
  /** In their order, as root, after the file is written. */
  readonly commands: readonly string[];
}
