/** A line that says something. From 1. */
export interface Line {
  readonly text: string;
  readonly line: number;
}

/** Lines without what stands behind a `#` that begins a word, and without those that say nothing then. */
export function linesOf(text: string): readonly Line[] {
  return text.split('\n').flatMap((raw, at) => {
    const bare = raw.replace(/(^|\s)#.*$/, '').trim();
    return bare === '' ? [] : [{ text: bare, line: at + 1 }];
  });
}
