import { sayingOf, type Said } from '../../sim/vocabulary/saying.ts';
import {
  drawioRemarkText,
  type DrawioRemarkFacts,
  type DrawioRemarkSaying,
} from '../words/drawio-remarks.ts';

/** What of a drawing does not become part of the design, or only by a guess, and where. */
export type DrawioRemark = DrawioRemarkSaying & {
  /** The cell's id in the drawing; empty for the file or page. */
  readonly cell: string;
  /** In English, without its full stop; the facts give it in other languages. */
  readonly text: string;
};

export class Remarks {
  readonly all: DrawioRemark[] = [];

  add(cell: { readonly id: string } | undefined, said: Said<DrawioRemarkFacts>): void {
    const saying = sayingOf(said);
    this.all.push({ cell: cell?.id ?? '', ...saying, text: drawioRemarkText(saying) });
  }
}
