/** What of a drawing does not become part of the design, or only by a guess, and where. */
export interface DrawioRemark {
  /** The cell's id in the drawing; empty for the file or page. */
  readonly cell: string;
  /** A sentence in English without its full stop. */
  readonly text: string;
}

export class Remarks {
  readonly all: DrawioRemark[] = [];

  add(cell: { readonly id: string } | undefined, text: string): void {
    this.all.push({ cell: cell?.id ?? '', text });
  }
}
