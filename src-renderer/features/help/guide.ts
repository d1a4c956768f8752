import { blockText, plainText, readMarkdown, type Block, type Heading } from './markdown.ts';

/** The pages, in the order in which they are read: files of the same names in both languages. */
export const pageIds = [
  'first-design',
  'three-flows',
  'reading-a-trace',
  'intents',
  'installing',
  'exports',
  'text-form',
  'dispositions',
  'checks',
  'shortcuts',
  'limits',
] as const;
export type PageId = (typeof pageIds)[number];

export const isPageId = (id: string): id is PageId => (pageIds as readonly string[]).includes(id);

export interface GuidePage {
  readonly id: PageId;
  readonly title: string;
  /** What follows the title. */
  readonly blocks: readonly Block[];
  readonly sections: readonly GuideSection[];
}

/** From one heading to the next. */
export interface GuideSection {
  /** Absent: what stands before the first heading of the page. */
  readonly heading?: Heading;
  readonly title: string;
  /** All that it says, in one line. */
  readonly text: string;
}

/** The pages of files `PATH/ID.md`. A page that is missing is left out. */
export function readGuide(files: Readonly<Record<string, string>>): readonly GuidePage[] {
  const byId = new Map(
    Object.entries(files).map(([path, text]) => [path.replace(/^.*\/|\.md$/g, ''), text]),
  );
  return pageIds.flatMap((id) => {
    const text = byId.get(id);
    return text === undefined ? [] : [readPage(id, text)];
  });
}

function readPage(id: PageId, text: string): GuidePage {
  const [first, ...rest] = readMarkdown(text);
  const titled = first?.kind === 'heading' && first.level === 1;
  const blocks = titled || !first ? rest : [first, ...rest];
  const title = titled ? plainText(first.inlines) : id;
  return { id, title, blocks, sections: sectionsOf(title, blocks) };
}

function sectionsOf(title: string, blocks: readonly Block[]): readonly GuideSection[] {
  const sections: { heading?: Heading; title: string; texts: string[] }[] = [{ title, texts: [] }];
  for (const block of blocks) {
    if (block.kind === 'heading') {
      sections.push({ heading: block, title: plainText(block.inlines), texts: [] });
    } else {
      sections.at(-1)?.texts.push(blockText(block));
    }
  }
  return sections.map(({ texts, ...section }) => ({
    ...section,
    text: texts.join(' ').replaceAll(/\s+/g, ' '),
  }));
}

export interface Found {
  readonly page: GuidePage;
  readonly section: GuideSection;
  /** What is said there, around the first word that was looked for. */
  readonly excerpt: readonly { readonly text: string; readonly sought: boolean }[];
}

/** More than these would not be read. */
const mostFound = 30;

/** Sections that have every word, in any case: those first that have them in their title. */
export function searchGuide(pages: readonly GuidePage[], typed: string): readonly Found[] {
  const words = typed.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const has = (text: string) => {
    const lower = text.toLowerCase();
    return (word: string) => lower.includes(word);
  };
  const rankOf = (page: GuidePage, section: GuideSection): number | undefined => {
    if (words.every(has(section.title))) return section.heading ? 1 : 0;
    if (!words.every(has(`${page.title} ${section.title} ${section.text}`))) return undefined;
    // The page's title alone does not make all of its sections answers.
    return words.some(has(`${section.title} ${section.text}`)) ? 2 : undefined;
  };
  return pages
    .flatMap((page) =>
      page.sections.flatMap((section) => {
        const rank = rankOf(page, section);
        return rank === undefined ? [] : [{ rank, page, section }];
      }),
    )
    .sort((one, other) => one.rank - other.rank)
    .slice(0, mostFound)
    .map(({ page, section }) => ({ page, section, excerpt: excerptOf(section.text, words) }));
}

/** Characters before the first hit, and in all. */
const excerptLead = 30;
const excerptLength = 130;

function excerptOf(text: string, words: readonly string[]): Found['excerpt'] {
  const lower = text.toLowerCase();
  const hits = words.map((word) => lower.indexOf(word)).filter((at) => at >= 0);
  const from = Math.max(0, Math.min(...hits, Infinity) - excerptLead);
  const start = Number.isFinite(from) ? wordStart(text, from) : 0;
  const end = start + excerptLength;
  const shown = `${start > 0 ? '… ' : ''}${text.slice(start, end)}${end < text.length ? ' …' : ''}`;
  const escaped = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return shown
    .split(new RegExp(`(${escaped.join('|')})`, 'iu'))
    .map((part, at) => ({ text: part, sought: at % 2 === 1 }))
    .filter((part) => part.text !== '');
}

function wordStart(text: string, from: number): number {
  if (from === 0) return 0;
  const space = text.indexOf(' ', from);
  return space >= 0 && space - from < excerptLead ? space + 1 : from;
}
