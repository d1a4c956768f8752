import type { Block, Line, Section } from '../document.ts';
import type { Speaker } from '../speaker.ts';

/** The terms and abbreviations that the sections use, and no others. */
export function glossary({ t }: Speaker, sections: readonly Section[]): Section | undefined {
  const text = sections.flatMap(textsOf).join('\n');
  const used = t.glossaryTerms.filter(({ term, also = [] }) =>
    [term, ...also].some((word) => isIn(text, word)),
  );
  if (used.length === 0) return undefined;
  return {
    id: 'glossary',
    title: t.glossary,
    blocks: [
      {
        kind: 'facts',
        rows: used.map(({ term, meaning }) => ({ label: term, value: [meaning] })),
      },
    ],
  };
}

/** As a word of its own; Korean puts its particles right behind it. Terms hold letters, digits, blanks and hyphens alone. */
const isIn = (text: string, word: string): boolean =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])${word}(?![\p{Script=Latin}\p{N}])`, 'iu').test(text);

function textsOf({ title, blocks, sections = [] }: Section): readonly string[] {
  return [title, ...blocks.flatMap(textsOfBlock), ...sections.flatMap(textsOf)];
}

function textsOfBlock(block: Block): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return [textOf(block.line)];
    case 'list':
      return block.items.map(textOf);
    case 'facts':
      return block.rows.flatMap(({ label, value }) => [label, textOf(value)]);
    case 'table':
      return [
        block.caption ?? '',
        ...block.columns.map(({ label }) => label),
        ...block.rows.flatMap(({ cells }) => cells.map(textOf)),
      ];
    case 'figure':
      return [block.caption];
    case 'code':
      return [block.title];
    default:
      return block satisfies never;
  }
}

const textOf = (line: Line): string =>
  line
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('newLine' in piece) return '\n';
      return 'code' in piece ? piece.code : piece.text;
    })
    .join('');
