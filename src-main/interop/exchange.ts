/** What the writers of other tools' formats have in common. */
import { sayingOf, type Said } from '../sim/vocabulary/saying.ts';
import { leftOutText, type LeftOutFacts, type LeftOutSaying } from './words/left-out.ts';

/** A file that an export makes. */
export interface ExportedFile {
  /** Relative, with slashes; made of letters, digits, `-`, `_`, `.` and `/` alone. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** Something of a design that the other tool's format does not hold, or that is not written yet. */
export type LeftOut = LeftOutSaying & {
  /** Whose it is: the reference of an entity, `node:esg`, or `design`. */
  readonly ref: string;
  /** Where in it: `firewall.rules[2]`; empty for the whole. */
  readonly path: string;
  /** In English, without its full stop; the facts give it in other languages. */
  readonly text: string;
};

export function leftOut(ref: string, path: string, said: Said<LeftOutFacts>): LeftOut {
  const saying = sayingOf(said);
  return { ref, path, ...saying, text: leftOutText(saying) };
}

/** Collects what does not carry over. */
export class LeftOutList {
  readonly items: LeftOut[] = [];

  readonly add = (ref: string, path: string, said: Said<LeftOutFacts>): void => {
    this.items.push(leftOut(ref, path, said));
  };

  /** What does not carry over of one entity. */
  of(ref: string): TellLeftOut {
    return (path, said) => this.add(ref, path, said);
  }
}
export type TellLeftOut = (path: string, said: Said<LeftOutFacts>) => void;

export interface Exported {
  /** The main one first. */
  readonly files: readonly ExportedFile[];
  /** In the order of the design. */
  readonly leftOut: readonly LeftOut[];
}
