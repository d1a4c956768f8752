/** What every page of the guide owes its reader, in both languages alike. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { catalogue, findingCodes } from '../../src-main/checks/catalogue.ts';
import { limits } from '../../src-main/model/limits.ts';
import { dispositions } from '../../src-main/sim/vocabulary/disposition.ts';
import { warningsKo } from '../../src-main/sim/vocabulary/warnings-ko.ts';
import { pageIds, searchGuide, type PageId } from '../../src-renderer/features/help/guide.ts';
import { allBlocks, allInlines, partsOf, rowsOf } from './blocks.ts';
import { guideLanguages, guidePages, guideTexts, helpFolder, type GuideLanguage } from './guide.ts';

const guides = { en: guidePages('en'), ko: guidePages('ko') };
const pageOf = (language: GuideLanguage, id: PageId) => {
  const page = guides[language].find((one) => one.id === id);
  if (!page) throw new Error(`there is no page ${id} in ${language}`);
  return page;
};

describe('both languages', () => {
  it.each(guideLanguages)('have every page, and no other: %s', (language) => {
    expect(Object.keys(guideTexts(language)).sort()).toEqual(
      pageIds.map((id) => `${id}.md`).sort(),
    );
  });

  it.each(pageIds)('have the same headings, blocks, files and commands: %s', (id) => {
    const shape = (language: GuideLanguage) =>
      allBlocks(pageOf(language, id).blocks).map((block) => {
        if (block.kind === 'heading') return `heading ${block.level}`;
        if (block.kind === 'table') return `table of ${block.rows.length}`;
        if (block.kind === 'picture') return `picture ${block.name.replace(`-${language}.`, '.')}`;
        return block.kind;
      });
    expect(shape('ko')).toEqual(shape('en'));
    expect(partsOf(pageOf('ko', id))).toEqual(partsOf(pageOf('en', id)));
  });

  it.each(pageIds)('are written in their language: %s', (id) => {
    expect(guideTexts('en')[`${id}.md`]).not.toMatch(/[가-힣]/);
    for (const block of allBlocks(pageOf('ko', id).blocks)) {
      if (block.kind === 'heading' && block.level > 1) continue;
      if (block.kind !== 'paragraph') continue;
      const text = block.inlines.map((one) => ('text' in one ? one.text : '')).join('');
      if (/[a-z]{3}.* [a-z]{3}/i.test(text)) expect(text).toMatch(/[가-힣]/);
    }
  });
});

describe.each(guideLanguages)('the pages in %s', (language) => {
  const pages = guides[language];

  it('lead to headings that are there', () => {
    const places = new Set(
      pages.flatMap(({ id, sections }) => [
        id,
        ...sections.flatMap(({ heading }) => (heading ? [`${id}#${heading.id}`] : [])),
      ]),
    );
    for (const { id, blocks } of pages) {
      for (const one of allInlines(blocks)) {
        if (one.kind !== 'link') continue;
        const target = one.page ?? id;
        const place = one.section === undefined ? target : `${target}#${one.section}`;
        expect([...places], `${id} links to it`).toContain(place);
      }
    }
  });

  it('show pictures that are there, and say what is in them', () => {
    const pictures = new Set(readdirSync(join(helpFolder, 'pictures')));
    for (const { blocks } of pages) {
      for (const block of allBlocks(blocks)) {
        if (block.kind !== 'picture') continue;
        expect([...pictures]).toContain(block.name);
        expect(block.name).toContain(`-${language}.`);
        expect(block.about.length).toBeGreaterThan(15);
      }
    }
  });

  it('have no mark-up left in their text', () => {
    for (const { id, blocks } of pages) {
      for (const one of allInlines(blocks)) {
        if (one.kind === 'text') expect(one.text, id).not.toMatch(/\*|`|\]\(|<|&\w+;/);
      }
    }
  });

  it('are found by what they say', () => {
    const words = { en: ['proxy-refused', 'MTU budget'], ko: ['proxy-refused', 'MTU 계산'] };
    for (const word of words[language]) {
      expect(searchGuide(pages, word).length, word).toBeGreaterThan(0);
    }
    const first = { en: ['intents', 'intents'], ko: ['의도', 'intents'] }[language];
    expect(searchGuide(pages, first[0] ?? '')[0]?.page.id).toBe(first[1]);
    expect(searchGuide(pages, 'zebra')).toEqual([]);
  });
});

/** The cells beside a code, in the row that has it first. */
const besides = (language: GuideLanguage, id: PageId, code: string) =>
  rowsOf(pageOf(language, id)).find(([first]) => first === code);

describe.each(guideLanguages)('the references in %s', (language) => {
  const severities = {
    en: { error: 'error', warning: 'warning' },
    ko: { error: '오류', warning: '경고' },
  };

  test('list every disposition, and none besides', () => {
    expect(
      rowsOf(pageOf(language, 'dispositions'))
        .map(([code]) => code)
        .sort(),
    ).toEqual([...dispositions].sort());
  });

  test('list every check with its severity, and none besides', () => {
    expect(
      rowsOf(pageOf(language, 'checks'))
        .map(([code]) => code)
        .sort(),
    ).toEqual([...findingCodes].sort());
    for (const code of findingCodes) {
      const [, severity, what = '', why] = besides(language, 'checks', code) ?? [];
      expect([code, severity]).toEqual([code, severities[language][catalogue[code].severity]]);
      expect(what.length, code).toBeGreaterThan(8);
      if (language === 'en') expect(why).toBe(catalogue[code].why);
      else expect(why).toMatch(/[가-힣].*[다요]\.$/);
    }
  });

  test('list every warning', () => {
    for (const code of Object.keys(warningsKo)) {
      expect(besides(language, 'limits', code)?.[1], code).toMatch(/\.$/);
    }
  });

  test('tell the sizes that the model has', () => {
    const text = rowsOf(pageOf(language, 'limits')).flat().join('\n');
    const mebibyte = 2 ** 20;
    const number = (value: number) => value.toLocaleString('en-US');
    const told: Readonly<Record<keyof typeof limits, string>> = {
      textFileBytes: `${limits.textFileBytes / mebibyte} MiB`,
      yamlFileBytes: `${limits.yamlFileBytes / mebibyte} MiB`,
      yamlLines: number(limits.yamlLines),
      yamlTokens: number(limits.yamlTokens),
      yamlProperties: number(limits.yamlProperties),
      yamlAliasExpansions: number(limits.yamlAliasExpansions),
      nestingDepth: number(limits.nestingDepth),
      drawingFileBytes: `${limits.drawingFileBytes / mebibyte} MiB`,
      drawingCells: number(limits.drawingCells),
      entitiesPerKind: number(limits.entitiesPerKind),
      listLength: number(limits.listLength),
      textLength: number(limits.textLength),
      nameLength: number(limits.nameLength),
      notesLength: number(limits.notesLength),
      carriedBytes: `${limits.carriedBytes / 2 ** 50} PiB`,
      errorsListed: number(limits.errorsListed),
    };
    for (const [limit, words] of Object.entries(told)) {
      expect(text, limit).toMatch(new RegExp(`(^|[^\\d,])${words}(?![\\d,]\\d)`, 'm'));
    }
  });
});

test('the pictures are few and small', () => {
  const sizes = readdirSync(join(helpFolder, 'pictures')).map(
    (file) => statSync(join(helpFolder, 'pictures', file)).size,
  );
  expect(sizes.length).toBeLessThanOrEqual(12);
  expect(Math.max(...sizes)).toBeLessThan(160_000);
});
