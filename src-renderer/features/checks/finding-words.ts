import {
  entityRef,
  placeLabel,
  placeWordsKo,
  withParticles,
  type Finding,
  type Names,
  type ToldPlace,
} from '../../../src-main/contract/index.ts';
import { findingsKo } from '../../i18n/findings-ko.ts';
import type { LanguageCode } from '../../i18n/language.svelte.ts';
import { visibleText } from '../../i18n/visible-text.ts';

/** What is wrong, in the reader's language. */
export function findingText(finding: Finding, language: LanguageCode): string {
  if (language === 'en') return visibleText(finding.text);
  const { code, detail, names } = finding;
  const name: Names = (kind, id) => names[entityRef(kind, id)] ?? id;
  // Each sentence takes the detail of its own code, which is what the finding has.
  const sentence = findingsKo[code].text as (facts: typeof detail, name: Names) => string;
  return visibleText(withParticles(sentence(detail, name)));
}

/** Why it matters, in the reader's language. */
export const findingWhy = ({ code, why }: Finding, language: LanguageCode): string =>
  language === 'en' ? why : findingsKo[code].why;

/** Where it is, by names and the field's terms: `ESG › NAT 3 to-web › translated address`. */
export const findingPlace = ({ label, terms }: ToldPlace, language: LanguageCode): string =>
  visibleText(language === 'en' ? label : placeLabel(terms, placeWordsKo));
