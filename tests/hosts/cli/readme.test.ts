import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, parseDocument, type Document } from 'yaml';
import { hopscope, projectRoot } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'hopscope-readme-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const readme = readFileSync(join(projectRoot, 'README.md'), 'utf8');
const prompt = '$ npm run -s hopscope -- ';

type Block =
  | { readonly kind: 'console'; readonly command: string; readonly output: string }
  | { readonly kind: 'yaml'; readonly text: string };

/** The commands and the YAML of the page, in its order. */
function blocksOf(page: string): readonly Block[] {
  return [...page.matchAll(/^```(console|yaml)\n([\s\S]*?)^```$/gm)].flatMap(
    ([, kind, text = '']): readonly Block[] =>
      kind === 'yaml'
        ? [{ kind, text }]
        : text.split(/^(?=\$ )/m).map((part) => {
            const [command = '', ...output] = part.split('\n');
            return { kind: 'console', command, output: output.join('\n').trimEnd() };
          }),
  );
}

/** Whether the lines are the expected ones, among which `…` stands for any lines. */
function matches(lines: readonly string[], expected: readonly string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return lines.length === 0;
  if (first.trim() === '…') {
    return lines.concat('').some((_line, skipped) => matches(lines.slice(skipped), rest));
  }
  return lines[0] === first && matches(lines.slice(1), rest);
}

/** Puts a rule that the page shows into the firewall of the edge, or a translation into its NAT. */
function addToEdge(document: Document, text: string): void {
  const nodes = (document.toJS() as { nodes: readonly { id: string }[] }).nodes;
  const edge = nodes.findIndex(({ id }) => id === 'esg');
  for (const item of parse(text) as readonly Record<string, unknown>[]) {
    const list = 'action' in item ? ['firewall', 'rules'] : ['nat'];
    document.addIn(['nodes', edge, ...list], document.createNode(item));
  }
}

describe('the README', () => {
  it('shows what its commands print, in its order', { timeout: 300_000 }, async () => {
    const file = join(folder, 'shop.yaml');
    const blocks = blocksOf(readme);
    expect(blocks.filter(({ kind }) => kind === 'console').length).toBeGreaterThanOrEqual(5);
    for (const block of blocks) {
      if (block.kind === 'yaml') {
        const document = parseDocument(readFileSync(file, 'utf8'));
        addToEdge(document, block.text);
        writeFileSync(file, document.toString());
        continue;
      }
      expect(block.command.startsWith(prompt), block.command).toBe(true);
      const args = block.command.slice(prompt.length).split(' ');
      const { out, err } = await hopscope(args, { cwd: folder });
      expect(err).toBe('');
      // Where they differ, the whole output is shown beside what the page says.
      const shown = out.trimEnd();
      const asSaid = matches(shown.split('\n'), block.output.split('\n'));
      if (!asSaid) expect(shown, block.command).toBe(block.output);
    }
  });

  it('knows a line that stands for others from a difference', () => {
    expect(matches(['a', 'b', 'c'], ['a', '…', 'c'])).toBe(true);
    expect(matches(['a', 'c'], ['a', '…', 'c'])).toBe(true);
    expect(matches(['a', 'b'], ['a', '…'])).toBe(true);
    expect(matches(['a', 'b'], ['a'])).toBe(false);
    expect(matches(['a', 'b'], ['…', 'a'])).toBe(false);
    expect(matches(['axc'], ['a.c'])).toBe(false);
  });
});
