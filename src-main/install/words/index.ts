import type { Language } from '../../sim/vocabulary/languages.ts';
import { say, type Saying } from '../../sim/vocabulary/saying.ts';
import { withParticles } from '../../sim/vocabulary/words-ko.ts';
import type { PlanFacts } from '../plan/vocabulary.ts';
import type { CauseFacts, FixFacts, NoteFacts } from '../vocabulary.ts';
import { causes, fixes, notes, plans } from './en.ts';
import { titleKo } from './titles-ko.ts';
import { causesKo, fixesKo, notesKo, plansKo } from './ko.ts';

/** Why something that an install asks for is not got. */
export const causeText = (cause: Saying<CauseFacts>, language: Language = 'en'): string =>
  language === 'en' ? say(causes, cause) : withParticles(say(causesKo, cause));

/** What removes a cause. */
export const fixText = (fix: Saying<FixFacts>, language: Language = 'en'): string =>
  language === 'en' ? say(fixes, fix) : withParticles(say(fixesKo, fix));

/** What is worth knowing of the settings. */
export const noteText = (note: Saying<NoteFacts>, language: Language = 'en'): string =>
  language === 'en' ? say(notes, note) : withParticles(say(notesKo, note));

/** A step of the install, or what a call is for. */
export const installTitle = (title: string, language: Language = 'en'): string =>
  language === 'en' ? title : titleKo(title);

/** What is to be done. */
export const planText = (step: Saying<PlanFacts>, language: Language = 'en'): string =>
  language === 'en'
    ? say(
        plans((fix) => fixText(fix)),
        step,
      )
    : withParticles(
        say(
          plansKo((fix) => fixText(fix, language)),
          step,
        ),
      );

export { listText } from './en.ts';
