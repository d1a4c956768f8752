import { codeLines, type Block, type Line, type Piece, type ReportDocument } from './document.ts';
import { numbered } from './html.ts';

/** For a wiki: the text, and the pictures that it refers to by their relative paths. */
export interface MarkdownReport {
  readonly text: string;
  readonly pictures: readonly { readonly path: string; readonly svg: string }[];
}

type Numbered = ReturnType<typeof numbered>[number];

/** GitHub Flavored Markdown. `folder`: where the pictures lie, relative to the text. Every text is escaped. */
export function reportMarkdown(report: ReportDocument, folder: string): MarkdownReport {
  const pictures: { path: string; svg: string }[] = [];
  const { title, subtitle, about } = report;
  const sections = numbered(report.sections);
  const lines = [
    `# ${escaped(title)}`,
    '',
    ...(subtitle === undefined ? [] : [`*${escaped(subtitle)}*`, '']),
    ...about.map(({ label, value }) => `- ${escaped(label)}: ${escaped(value)}`),
    '',
    `**${escaped(report.contents)}**`,
    '',
    ...sections.map(({ id, title: one, number }) => `- [${number} ${escaped(one)}](#${id})`),
    '',
  ];
  const picture = (svg: string, id: string): string => {
    const path = `${folder}/${String(pictures.length + 1).padStart(2, '0')}-${id}.svg`;
    pictures.push({ path, svg });
    return path;
  };
  const add = ({ id, title: one, number, blocks, sections: parts }: Numbered, level: number) => {
    lines.push(`<a id="${id}"></a>`, '', `${'#'.repeat(level)} ${number} ${escaped(one)}`, '');
    for (const block of blocks) lines.push(...blockLines(block, (svg) => picture(svg, id)), '');
    for (const part of parts) add(part, level + 1);
  };
  for (const section of sections) add(section, 2);
  return { text: `${lines.join('\n').trimEnd()}\n`, pictures };
}

function blockLines(block: Block, picture: (svg: string) => string): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return [blockText(block.line)];
    case 'list':
      return block.items.map(
        (item, at) => `${block.ordered ? `${at + 1}.` : '-'} ${blockText(item)}`,
      );
    case 'facts':
      return table(
        ['', ''],
        block.rows.map(({ label, value }) => [escaped(label), lineText(value)]),
      );
    case 'table':
      return [
        ...(block.caption === undefined ? [] : [`**${escaped(block.caption)}**`, '']),
        ...table(
          block.columns.map(({ label }) => escaped(label)),
          block.rows.map(({ cells }) => cells.map(lineText)),
          block.columns.map(({ align }) => (align === 'right' ? '--:' : '---')),
        ),
      ];
    case 'figure':
      return [
        `![${escaped(block.caption)}](${picture(block.svg)})`,
        '',
        `*${escaped(block.caption)}*`,
      ];
    case 'code': {
      const fence = fenceFor(block.text);
      return [`**${escaped(block.title)}**`, '', fence, ...codeLines(block.text), fence];
    }
    default:
      return block satisfies never;
  }
}

const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  rule: readonly string[] = head.map(() => '---'),
): readonly string[] => [
  `| ${head.join(' | ')} |`,
  `| ${rule.join(' | ')} |`,
  ...rows.map((cells) => `| ${cells.join(' | ')} |`),
];

/** At the beginning of a block, blanks, numbers and some signs mean something too. */
const blockText = (line: Line): string =>
  lineText(line)
    .trim()
    .replace(/^[-+=]/, String.raw`\$&`)
    .replace(/^(\d+)([.)])/, String.raw`$1\$2`);

const lineText = (line: Line): string => line.map(pieceText).join('');

function pieceText(piece: Piece): string {
  if (typeof piece === 'string') return escaped(piece);
  if ('newLine' in piece) return ' · ';
  if ('code' in piece) return codeSpan(piece.code);
  if ('to' in piece) return `[${escaped(piece.text)}](#${piece.to})`;
  if ('tone' in piece) return escaped(piece.text);
  return `**${escaped(piece.text)}**`;
}

/** A bar would end a cell of a table even within a code span: what holds one is written as plain text. */
function codeSpan(text: string): string {
  const line = text.replaceAll(/[\r\n]+/g, ' ');
  if (line.trim() === '') return '';
  return /[`|\\<&]/.test(line) ? escaped(line) : `\`${line}\``;
}

const fenceFor = (text: string): string => {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  return '`'.repeat(longest + 1);
};

/**
 * https://spec.commonmark.org/0.31.2/#backslash-escapes: all ASCII punctuation that can mean anything. Markup and entities
 * become entities, since some wikis let HTML through. Addresses are no links of their own:
 * https://github.github.com/gfm/#autolinks-extension-
 */
export const escaped = (text: string): string =>
  text
    .replaceAll(/[\r\n]+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]{}|#~!]/g, String.raw`\$&`)
    .replaceAll(/(^|\s)([-+=])(?=\s|$)/g, String.raw`$1\$2`)
    .replaceAll(/:(?=\/\/)/g, String.raw`\:`)
    .replaceAll(/(www)\./gi, String.raw`$1\.`)
    .replaceAll('@', '&#64;');
