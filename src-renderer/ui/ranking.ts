/**
 * How well a text matches what was typed: its letters in order, those at the beginning of words and in a row count more.
 * Zero: not at all.
 */
export function score(text: string, typed: string): number {
  if (typed === '') return 1;
  const hay = text.toLowerCase();
  const needle = typed.toLowerCase();
  const whole = hay.indexOf(needle);
  if (whole === 0) return hay.length === needle.length ? 1000 : 800 - Math.min(hay.length, 200);
  if (whole > 0) {
    return (isBoundary(hay, whole) ? 600 : 400) - Math.min(whole, 100) - Math.min(hay.length, 100);
  }
  let at = 0;
  let gaps = 0;
  for (const letter of needle) {
    if (letter === ' ') continue;
    const next = hay.indexOf(letter, at);
    if (next < 0) return 0;
    if (next > at && at > 0 && !isBoundary(hay, next)) gaps += next - at;
    at = next + 1;
  }
  return Math.max(0, 200 - gaps * 12 - Math.min(hay.length, 60));
}

const isBoundary = (text: string, at: number): boolean =>
  /[^\p{L}\p{N}]/u.test(text[at - 1] ?? ' ');

/** Those that match, the best first; equals in the order they came in. */
export function rank<Item>(
  items: readonly Item[],
  typed: string,
  texts: (item: Item) => readonly string[],
): readonly Item[] {
  const wanted = typed.trim();
  if (wanted === '') return items;
  const scored: { readonly item: Item; readonly score: number; readonly at: number }[] = [];
  items.forEach((item, at) => {
    let best = 0;
    texts(item).forEach((text, place) => {
      best = Math.max(best, text === '' ? 0 : score(text, wanted) - place * 20);
    });
    if (best > 0) scored.push({ item, score: best, at });
  });
  return scored.sort((a, b) => b.score - a.score || a.at - b.at).map(({ item }) => item);
}
