const escaped: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** What a browser shows that came without a session. Text alone: the policy allows it nothing else. */
export function refusalPage(reason: string): string {
  const text = reason.replace(/[&<>"]/g, (character) => escaped[character] ?? '');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Hopscope</title>
<h1>Hopscope</h1>
<p>This request was refused: ${text}.</p>
<p>Start Hopscope again and open the address that it prints.</p>
</html>
`;
}
