import { describe, expect, it } from 'vitest';
import { parseDesignText, textIssueSentence } from '../../../src-main/interop/design-text/index.ts';
import { limits } from '../../../src-main/model/limits.ts';

/** Reads a hostile text: what is said of it, and after how long. */
function read(text: string, format: 'yaml' | 'json') {
  const start = performance.now();
  const parsed = parseDesignText(text, { format });
  const tookMs = performance.now() - start;
  return { sentences: parsed.ok ? [] : parsed.issues.map(textIssueSentence), tookMs };
}

/** Nine levels of nine aliases each: 9^9 nodes if it were written out. */
const billionLaughs = [
  'a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]',
  ...Array.from('bcdefghi').map(
    (name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`).join(', ')}]`,
  ),
].join('\n');
const million = 1_000_000;

// Each ends in one sentence, long before the text has been read to its end.
describe('a hostile text', () => {
  it.each([
    ['an alias bomb', 'yaml', billionLaughs, 'expected at most 10000 nodes that aliases stand for'],
    [
      'many aliases of one list',
      'yaml',
      `a: &a [${'1, '.repeat(999)}1]\nb: [${'*a, '.repeat(20)}*a]`,
      'expected at most 10000 nodes that aliases stand for',
    ],
    ['deep flow lists', 'yaml', '['.repeat(10 * million), 'expected at most 64 levels'],
    ['deep flow maps', 'yaml', '{a: '.repeat(million), 'expected at most 64 levels'],
    ['deep block lists', 'yaml', '- '.repeat(5 * million), 'expected at most 64 levels'],
    ['deep explicit keys', 'yaml', '? '.repeat(5 * million), 'expected at most 64 levels'],
    [
      'a huge flow list',
      'yaml',
      `nodes: [${'1,'.repeat(5 * million)}]`,
      'expected at most 100000 entries in one list or map',
    ],
    [
      'a huge block list',
      'yaml',
      `nodes:\n${'- 1\n'.repeat(900_000)}`,
      'expected at most 100000 entries in one list or map',
    ],
    [
      'many anchors',
      'yaml',
      `a: ${'&a '.repeat(million)}`,
      'expected at most 10000 anchors, aliases and tags',
    ],
    [
      'many tags',
      'yaml',
      `a: ${'!a '.repeat(million)}`,
      'expected at most 10000 anchors, aliases and tags',
    ],
    ['many documents', 'yaml', '---\n'.repeat(900_000), 'expected one document in one text'],
    [
      'many directives',
      'yaml',
      '%YAML 1.2\n'.repeat(900_000),
      'expected no directive but one %YAML 1.2',
    ],
    ['many lines', 'yaml', '\n'.repeat(15 * million), 'expected at most 1000000 lines'],
    [
      'many stray brackets',
      'yaml',
      ']'.repeat(million),
      'expected YAML 1.2: Unexpected flow-seq-end token in YAML document',
    ],
    [
      'a text that is too long',
      'yaml',
      'é'.repeat(limits.yamlFileBytes / 2 + 1),
      `expected at most ${limits.yamlFileBytes} bytes of YAML`,
    ],
    ['deep JSON lists', 'json', '['.repeat(10 * million), 'expected at most 64 levels'],
    ['deep JSON maps', 'json', '{"a":'.repeat(million), 'expected at most 64 levels'],
    [
      'a huge JSON list',
      'json',
      `[${'1,'.repeat(5 * million)}1]`,
      'expected at most 100000 entries in one list',
    ],
    [
      'a huge JSON map',
      'json',
      `{${Array.from({ length: 200_000 }, (_, at) => `"k${at}":1`).join()}}`,
      'expected at most 100000 keys in one map',
    ],
    [
      'an endless JSON text',
      'json',
      `"${'\\"'.repeat(5 * million)}`,
      'expected a text that ends with a double quote',
    ],
  ] as const)('%s (%s) is refused at once', (_name, format, text, expected) => {
    const { sentences, tookMs } = read(text, format);
    expect(sentences[0]).toContain(expected);
    expect(tookMs).toBeLessThan(10_000);
  });

  it('an alias bomb is refused in well under a second', () => {
    expect(read(billionLaughs, 'yaml').tookMs).toBeLessThan(500);
  });

  it('a wrong list of any length is told in a few sentences', () => {
    const text = `{"hopscope":1,"name":"x","sites":[${'1,'.repeat(50_000)}1]}`;
    const parsed = parseDesignText(text, { format: 'json' });
    if (parsed.ok) throw new Error('a list of numbers is no list of sites');
    expect(parsed.issues).toHaveLength(limits.errorsListed);
    expect(parsed.omitted).toBe(50_001 - limits.errorsListed);
  });
});

describe('a text at a limit', () => {
  it('may nest as deep as the limit and no deeper', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    for (const format of ['yaml', 'json'] as const) {
      const limit = `expected at most ${limits.nestingDepth} levels`;
      expect(read(nested(limits.nestingDepth), format).sentences[0]).not.toContain(limit);
      expect(read(nested(limits.nestingDepth + 1), format).sentences[0]).toContain(limit);
    }
  });

  it('may have as many aliases as stand for the allowed number of nodes', () => {
    // A list of nine: ten nodes an alias.
    const aliases = (count: number) =>
      `a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]\nb: [${Array(count).fill('*a').join(', ')}]`;
    const limit = `at most ${limits.yamlAliasExpansions} nodes`;
    expect(read(aliases(limits.yamlAliasExpansions / 10), 'yaml').sentences.join()).not.toContain(
      limit,
    );
    expect(read(aliases(limits.yamlAliasExpansions / 10 + 1), 'yaml').sentences[0]).toContain(
      limit,
    );
  });
});
