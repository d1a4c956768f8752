import type { Block, Section } from './document.ts';

/** Figures counted through the whole report, in reading order: `Figure 3 — …`. */
export function withFigureNumbers(
  sections: readonly Section[],
  title: (number: number, caption: string) => string,
): readonly Section[] {
  let count = 0;
  const numbered = (block: Block): Block => {
    if (block.kind !== 'figure' || block.legend) return block;
    count += 1;
    return { ...block, caption: title(count, block.caption) };
  };
  const walk = (section: Section): Section => ({
    ...section,
    blocks: section.blocks.map(numbered),
    ...(section.sections && { sections: section.sections.map(walk) }),
  });
  return sections.map(walk);
}
