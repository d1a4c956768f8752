import { withParticles, type Finding } from '../../../src-main/contract/index.ts';
import { findingsKo } from '../../i18n/findings-ko.ts';
import type { LanguageCode } from '../../i18n/language.svelte.ts';

/** What is wrong, in the reader's language. */
export function findingText(finding: Finding, language: LanguageCode): string {
  if (language === 'en') return finding.text;
  const { code, detail } = finding;
  // Each sentence takes the detail of its own code, which is what the finding has.
  return withParticles((findingsKo[code].text as (facts: typeof detail) => string)(detail));
}

/** Why it matters, in the reader's language. */
export const findingWhy = ({ code, why }: Finding, language: LanguageCode): string =>
  language === 'en' ? why : findingsKo[code].why;
