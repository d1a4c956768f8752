import { entityRef } from '../model/ids.ts';
import type { Language } from '../sim/vocabulary/languages.ts';
import { withParticles } from '../sim/vocabulary/words-ko.ts';
import type { Finding, ToldPlace } from './finding.ts';
import { findingsKo } from './findings-ko.ts';
import type { Names } from './names.ts';
import { placeLabel } from './place-label.ts';
import { placeWordsKo } from './place-words-ko.ts';

/** What is wrong. */
export function findingText(finding: Finding, language: Language = 'en'): string {
  if (language === 'en') return finding.text;
  const { code, detail, names } = finding;
  const name: Names = (kind, id) => names[entityRef(kind, id)] ?? id;
  // Each sentence takes the detail of its own code, which is what the finding has.
  const sentence = findingsKo[code].text as (facts: typeof detail, name: Names) => string;
  return withParticles(sentence(detail, name));
}

/** Why it matters. */
export const findingWhy = ({ code, why }: Finding, language: Language = 'en'): string =>
  language === 'en' ? why : findingsKo[code].why;

/** Where it is, by names and the field's terms: `ESG › NAT 3 to-web › translated address`. */
export const findingPlace = ({ label, terms }: ToldPlace, language: Language = 'en'): string =>
  language === 'en' ? label : placeLabel(terms, placeWordsKo);
