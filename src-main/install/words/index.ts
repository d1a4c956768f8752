import type { Language } from '../../sim/vocabulary/languages.ts';
import type { Saying } from '../../sim/vocabulary/saying.ts';
import { told } from '../../sim/vocabulary/told.ts';
import type { PlanFacts } from '../plan/vocabulary.ts';
import type { CauseFacts, FixFacts, NoteFacts } from '../vocabulary.ts';
import { causes, fixes, notes, plans } from './en.ts';
import { titleKo } from './titles-ko.ts';
import { causesKo, fixesKo, notesKo, plansKo } from './ko.ts';

/** Why something that an install asks for is not got. */
export const causeText = (cause: Saying<CauseFacts>, language: Language = 'en'): string =>
  told({ en: causes, ko: causesKo }, cause, language);

/** What removes a cause. */
export const fixText = (fix: Saying<FixFacts>, language: Language = 'en'): string =>
  told({ en: fixes, ko: fixesKo }, fix, language);

/** What is worth knowing of the settings. */
export const noteText = (note: Saying<NoteFacts>, language: Language = 'en'): string =>
  told({ en: notes, ko: notesKo }, note, language);

/** A step of the install, or what a call is for. */
export const installTitle = (title: string, language: Language = 'en'): string =>
  language === 'en' ? title : titleKo(title);

/** What is to be done. */
export const planText = (step: Saying<PlanFacts>, language: Language = 'en'): string =>
  told(
    { en: plans((fix) => fixText(fix)), ko: plansKo((fix) => fixText(fix, 'ko')) },
    step,
    language,
  );

export { listText } from './en.ts';
