/** What the writers of other tools' formats have in common. */

/** A file that an export makes. */
export interface ExportedFile {
  /** Relative, with slashes; made of letters, digits, `-`, `_`, `.` and `/` alone. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Something of a design that the other tool's format does not hold, or that is not written yet. */
export interface LeftOut {
  /** Whose it is: the reference of an entity, `node:esg`, or `design`. */
  readonly ref: string;
  /** Where in it: `firewall.rules[2]`; empty for the whole. */
  readonly path: string;
  /** What it is and why it does not carry over; a sentence in English without its full stop. */
  readonly text: string;
}

export interface Exported {
  /** The main one first. */
  readonly files: readonly ExportedFile[];
  /** In the order of the design. */
  readonly leftOut: readonly LeftOut[];
}
