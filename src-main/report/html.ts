import {
  codeLines,
  type Block,
  type Figure,
  type Line,
  type Piece,
  type ReportDocument,
  type Row,
  type Section,
} from './document.ts';
import { onPaper } from './paper.ts';
import { style } from './style.ts';

/**
 * One file that reads without a script and without a network, prints well, and follows the reader's colour scheme. Every
 * text is escaped: nothing in a design can become markup.
 */
export function reportHtml(report: ReportDocument): string {
  const { language, title, subtitle, about, sections, version } = report;
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    // Nothing is fetched and nothing runs, whatever is in it.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="color-scheme" content="light dark">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}${pageHead([title, version])}</style>`,
    '</head>',
    '<body>',
    '<header class="cover">',
    ...(subtitle === undefined ? [] : [`<p class="subtitle">${escaped(subtitle)}</p>`]),
    `<h1>${escaped(title)}</h1>`,
    '<dl class="about">',
    ...about.map(
      ({ label, value }) => `<div><dt>${escaped(label)}</dt><dd>${escaped(value)}</dd></div>`,
    ),
    '</dl>',
    '</header>',
    `<nav aria-labelledby="contents"><h2 id="contents">${escaped(report.contents)}</h2>`,
    contents(numbered(sections)),
    '</nav>',
    '<main>',
    ...numbered(sections).map((section) => sectionHtml(section, 2)),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** At the head of every printed page but the first: what the report is called, and its version. */
function pageHead(parts: readonly (string | undefined)[]): string {
  const text = parts.filter((part) => part !== undefined).join(' · ');
  return `@page { @top-left { content: ${cssString(text)}; color: #5d6879; font: 8.5pt system-ui, sans-serif; } }
@page :first { @top-left { content: none; } }
`;
}

/** CSS Syntax 3 §4.3.7: whatever is no letter and no digit is written by its number, and so ends neither string nor style. */
const cssString = (text: string): string =>
  `"${text.replaceAll(/[^\p{L}\p{N}]/gu, (one) => `\\${(one.codePointAt(0) ?? 0).toString(16)} `)}"`;

interface Numbered extends Omit<Section, 'sections'> {
  readonly number: string;
  readonly sections: readonly Numbered[];
}

export const numbered = (sections: readonly Section[], before = ''): readonly Numbered[] =>
  sections.map((section, at) => {
    const number = `${before}${at + 1}`;
    return { ...section, number, sections: numbered(section.sections ?? [], `${number}.`) };
  });

const contents = (sections: readonly Numbered[]): string =>
  `<ol>${sections
    .map(
      ({ id, title, number, sections: parts, partsUnlisted }) =>
        `<li><a href="#${escaped(id)}"><span class="number">${number}</span> ${escaped(title)}</a>${parts.length === 0 || partsUnlisted ? '' : contents(parts)}</li>`,
    )
    .join('')}</ol>`;

function sectionHtml(section: Numbered, level: 2 | 3): string {
  const { id, title, number, blocks, sections, onNewPage } = section;
  const heading = `<h${level}><span class="number">${number}</span> ${escaped(title)}</h${level}>`;
  return [
    `<section id="${escaped(id)}"${onNewPage ? ' class="page"' : ''}>`,
    heading,
    ...blocks.map((block) => blockHtml(block, title)),
    ...sections.map((one) => sectionHtml(one, 3)),
    '</section>',
  ].join('\n');
}

/** `about`: what the section is called. */
function blockHtml(block: Block, about: string): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${lineHtml(block.line)}</p>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      return `<${tag}>${block.items.map((item) => `<li>${lineHtml(item)}</li>`).join('')}</${tag}>`;
    }
    case 'facts':
      return `<dl class="facts">${block.rows
        .map(
          ({ label, value }) => `<div><dt>${escaped(label)}</dt><dd>${lineHtml(value)}</dd></div>`,
        )
        .join('')}</dl>`;
    case 'table':
      return tableHtml(block, about);
    case 'figure':
      return figureHtml(block);
    case 'code':
      return `<figure class="code"><figcaption>${escaped(block.title)}</figcaption><pre>${escaped(codeLines(block.text).join('\n'))}</pre></figure>`;
    default:
      return block satisfies never;
  }
}

/** What is wider than the screen is scrolled. Nothing of a picture becomes smaller on paper than can be read. */
function figureHtml({ svg, caption, width, height, ownPage, legend }: Figure): string {
  const { sheet, width: onSheet } = onPaper({ width, height }, { ownPage: ownPage === true });
  const page = sheet.page === undefined ? '' : ` on-${sheet.page}`;
  const about = legend ? ' legend' : '';
  const style = `--own:${width}px;--paper:${onSheet}pt`;
  return [
    `<figure class="picture${page}${about}" style="${style}">`,
    `<div class="sheet" tabindex="0" role="group" aria-label="${escaped(caption)}">${svg}</div>`,
    `<figcaption>${escaped(caption)}</figcaption></figure>`,
  ].join('');
}

/** A table of so many lines is kept on one page. */
const linesKept = 14;

const linesOf = (rows: readonly Row[]): number =>
  rows.reduce((sum, { cells }) => sum + Math.max(...cells.map(linesOfCell)), 0);
const linesOfCell = (cell: Line): number =>
  1 + cell.filter((piece) => typeof piece === 'object' && 'newLine' in piece).length;

function tableHtml(
  { caption, columns, rows, toFillIn, even }: Extract<Block, { kind: 'table' }>,
  about: string,
): string {
  const kinds = classes(
    toFillIn && 'fill-in',
    even && 'even',
    linesOf(rows) <= linesKept && 'kept',
  );
  const right = (at: number) => (columns[at]?.align === 'right' ? ' class="right"' : '');
  const head = columns.map(({ label }, at) => `<th scope="col"${right(at)}>${escaped(label)}</th>`);
  const body = rows.map(({ cells, tone }) => {
    const cellsHtml = cells.map((cell, at) => `<td${right(at)}>${lineHtml(cell)}</td>`).join('');
    return `<tr${tone === undefined ? '' : ` class="${tone}"`}>${cellsHtml}</tr>`;
  });
  return [
    // Where it is wider than the page it is scrolled, by the keyboard too.
    `<div class="table" role="group" tabindex="0" aria-label="${escaped(caption ?? about)}"><table${kinds}>`,
    ...(caption === undefined ? [] : [`<caption>${escaped(caption)}</caption>`]),
    `<thead><tr>${head.join('')}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}

/** What is in code and no longer is not broken within a word: addresses stay whole. */
const lettersKept = 24;

function classes(...names: readonly (string | false | undefined)[]): string {
  const given = names.filter((name) => name !== undefined && name !== false);
  return given.length === 0 ? '' : ` class="${given.join(' ')}"`;
}

const lineHtml = (line: Line): string => line.map(pieceHtml).join('');

function pieceHtml(piece: Piece): string {
  if (typeof piece === 'string') return escaped(piece);
  if ('newLine' in piece) return '<br>';
  if ('code' in piece) {
    return `<code${classes(piece.code.length > lettersKept && 'long')}>${escaped(piece.code)}</code>`;
  }
  if ('to' in piece) return `<a href="#${escaped(piece.to)}">${escaped(piece.text)}</a>`;
  if ('tone' in piece) return `<span class="${piece.tone}">${escaped(piece.text)}</span>`;
  return `<strong>${escaped(piece.text)}</strong>`;
}

export const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
