import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readGuide, type GuidePage } from '../../src-renderer/features/help/guide.ts';

export const helpFolder = join(import.meta.dirname, '..', '..', 'resources', 'help');
export const guideLanguages = ['en', 'ko'] as const;
export type GuideLanguage = (typeof guideLanguages)[number];

/** The text of every page of a language, by file name. */
export function guideTexts(language: GuideLanguage): Readonly<Record<string, string>> {
  const folder = join(helpFolder, language);
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'));
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** The pages as the app shows them. */
export const guidePages = (language: GuideLanguage): readonly GuidePage[] =>
  readGuide(guideTexts(language));
