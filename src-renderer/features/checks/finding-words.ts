import * as words from '../../../src-main/contract/vocabulary.ts';
import type { Finding, ToldPlace } from '../../../src-main/contract/vocabulary.ts';
import type { LanguageCode } from '../../i18n/language.svelte.ts';
import { visibleText } from '../../i18n/visible-text.ts';

/** What is wrong, in the reader's language. */
export const findingText = (finding: Finding, language: LanguageCode): string =>
  visibleText(words.findingText(finding, language));

/** Why it matters, in the reader's language. */
export const findingWhy = (finding: Finding, language: LanguageCode): string =>
  words.findingWhy(finding, language);

/** Where it is, in the reader's language. */
export const findingPlace = (place: ToldPlace, language: LanguageCode): string =>
  visibleText(words.findingPlace(place, language));
