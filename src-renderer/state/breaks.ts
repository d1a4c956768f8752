/** Work goes on for so long before others have a turn. */
const longestMs = 16;

/** Breaks between pieces of work: taken where it has gone on for long, so that what is small is done at once. */
export function createBreaks(): () => Promise<void> {
  let begunMs = performance.now();
  return async () => {
    if (performance.now() - begunMs < longestMs) return;
    await new Promise((resolve) => setTimeout(resolve));
    begunMs = performance.now();
  };
}
