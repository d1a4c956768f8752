import { describe, expect, test } from 'vitest';
import { readMarkdown, type Block } from '../../../src-renderer/features/help/markdown.ts';
import { typedLines } from '../../../src-renderer/features/help/typed-lines.ts';

const text = (words: string) => ({ kind: 'text', text: words });
const paragraph = (...inlines: object[]) => [{ kind: 'paragraph', inlines }];

describe('a page of the guide', () => {
  test.each<[page: string, blocks: readonly object[]]>([
    // What the guide is made of.
    ['plain *words*', paragraph(text('plain '), { kind: 'emphasis', inlines: [text('words')] })],
    ['`code`', paragraph({ kind: 'code', text: 'code' })],
    [
      '[a](checks.md#all-checks)',
      paragraph({ kind: 'link', page: 'checks', section: 'all-checks', inlines: [text('a')] }),
    ],
    ['[a](#here)', paragraph({ kind: 'link', section: 'here', inlines: [text('a')] })],
    [
      '![what it shows](../pictures/trace-en.webp)',
      [{ kind: 'picture', name: 'trace-en.webp', about: 'what it shows' }],
    ],
    [
      '```yaml title=design.yaml\nhopscope: 1\n```',
      [{ kind: 'code', language: 'yaml', title: 'design.yaml', text: 'hopscope: 1' }],
    ],
    // What it is not made of stays the text that it is.
    ['<script>alert(1)</script>', paragraph(text('<script>alert(1)</script>'))],
    ['a <b>c</b>', paragraph(text('a '), text('<b>'), text('c'), text('</b>'))],
    ['[a](https://example.com/)', paragraph(text('[a](https://example.com/)'))],
    ['[a](javascript:alert(1))', paragraph(text('[a](javascript:alert(1))'))],
    ['[a](../../secret.md)', paragraph(text('[a](../../secret.md)'))],
    [
      'x ![a](https://example.com/a.png)',
      paragraph(text('x '), text('![a](https://example.com/a.png)')),
    ],
    ['![a](../pictures/../../a.png)', paragraph(text('![a](../pictures/../../a.png)'))],
  ])('%s', (page, blocks) => {
    expect(readMarkdown(page)).toEqual(blocks);
  });

  test('calls its headings as code hosts do, and each differently', () => {
    const ids = readMarkdown('# A: b, `c`\n## 왜 안 되나요?\n## Same\n## Same').map(
      (block: Block) => block.kind === 'heading' && block.id,
    );
    expect(ids).toEqual(['a-b-c', '왜-안-되나요', 'same', 'same-1']);
  });
});

test('of a session what is typed is copied', () => {
  expect(typedLines('$ hopscope lint a.yaml\n✔ No findings\n$ cat \\\n  b\nbb')).toBe(
    'hopscope lint a.yaml\ncat \\\n  b\n',
  );
});
