import type { GuidePage } from '../../src-renderer/features/help/guide.ts';
import type { Block, Inline } from '../../src-renderer/features/help/markdown.ts';

/** Every block of a page, those in lists and quotes too. */
export const allBlocks = (blocks: readonly Block[]): readonly Block[] =>
  blocks.flatMap((block) => {
    if (block.kind === 'list') return [block, ...block.items.flatMap(allBlocks)];
    if (block.kind === 'quote') return [block, ...allBlocks(block.blocks)];
    return [block];
  });

/** Every part of every line of a page. */
export function allInlines(blocks: readonly Block[]): readonly Inline[] {
  const within = (inlines: readonly Inline[]): readonly Inline[] =>
    inlines.flatMap((one) => ('inlines' in one ? [one, ...within(one.inlines)] : [one]));
  return allBlocks(blocks).flatMap((block) => {
    if (block.kind === 'heading' || block.kind === 'paragraph') return within(block.inlines);
    if (block.kind === 'table') return [block.head, ...block.rows].flat().flatMap(within);
    return [];
  });
}

/** The rows of all tables of a page, as plain cells. */
export const rowsOf = (page: GuidePage): readonly (readonly string[])[] =>
  allBlocks(page.blocks).flatMap((block) =>
    block.kind === 'table' ? block.rows.map((row) => row.map(textOf)) : [],
  );

const textOf = (inlines: readonly Inline[]): string =>
  inlines.map((one) => ('text' in one ? one.text : textOf(one.inlines))).join('');

/** A command of a page, with all that the page shows of its output. */
export interface Session {
  readonly command: string;
  readonly shown: readonly string[];
}
export type Part =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'command'; readonly session: Session };

/** The files and commands of a page, in its order. */
export const partsOf = (page: GuidePage): readonly Part[] =>
  allBlocks(page.blocks).flatMap((block): readonly Part[] => {
    if (block.kind !== 'code') return [];
    if (block.title !== undefined) {
      return [{ kind: 'file', name: block.title, text: `${block.text}\n` }];
    }
    if (block.language !== 'console' && block.language !== 'sh') return [];
    return sessionsOf(block.text).map((session) => ({ kind: 'command', session }));
  });

export function sessionsOf(text: string): readonly Session[] {
  const sessions: { command: string; shown: string[] }[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('$ ')) sessions.push({ command: line.slice(2), shown: [] });
    else sessions.at(-1)?.shown.push(line);
  }
  return sessions;
}

/** Whether the lines are the expected ones, among which `…` stands for any lines. */
export function matches(lines: readonly string[], expected: readonly string[]): boolean {
  const [first, ...rest] = expected;
  if (first === undefined) return lines.length === 0;
  if (first.trim() === '…') {
    return lines.concat('').some((_line, skipped) => matches(lines.slice(skipped), rest));
  }
  return lines[0] === first && matches(lines.slice(1), rest);
}
