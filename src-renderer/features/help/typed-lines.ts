/** What is typed in a session at the prompt, without what is printed; a line that ends in a backslash goes on. */
export function typedLines(session: string): string {
  const typed: string[] = [];
  let goesOn = false;
  for (const line of session.split('\n')) {
    const starts = line.startsWith('$ ');
    if (starts || goesOn) typed.push(starts ? line.slice(2) : line);
    goesOn = (starts || goesOn) && line.endsWith('\\');
  }
  return typed.map((line) => `${line}\n`).join('');
}
