/** Letters that have to be put in, taken out, replaced or swapped with their neighbour (Damerau, restricted). */
export function editDistance(a: string, b: string): number {
  let twoAgo: number[] = [];
  let before = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const now = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      now[column] = Math.min(
        (before[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
        (before[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (twoAgo[column - 2] ?? 0) + 1 : Infinity,
      );
    }
    twoAgo = before;
    before = now;
  }
  return before[b.length] ?? 0;
}

/** A third of the letters may differ; of short names, two. */
const tolerance = (text: string): number => Math.max(2, Math.floor(text.length / 3));

/** The known names that the text was probably meant to be, best first, at most three. */
export function nearest(text: string, known: Iterable<string>): readonly string[] {
  const wanted = text.toLowerCase();
  const near: { readonly name: string; readonly distance: number }[] = [];
  for (const name of new Set(known)) {
    const candidate = name.toLowerCase();
    const begins = wanted.length >= 3 && candidate.startsWith(wanted);
    const limit = Math.min(tolerance(wanted), candidate.length - 1);
    const distance = begins ? 1 : editDistance(wanted, candidate);
    if (distance <= limit) near.push({ name, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
  return near.slice(0, 3).map(({ name }) => name);
}

/** `Did you mean internet-to-web?`, or nothing where no name is near. */
export function didYouMean(text: string, known: Iterable<string>): string | undefined {
  const names = nearest(text, known);
  return names.length === 0 ? undefined : `Did you mean ${names.join(' or ')}?`;
}
