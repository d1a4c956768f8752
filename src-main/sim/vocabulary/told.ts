import type { Language } from './languages.ts';
import { say, type Saying, type SayingTable } from './saying.ts';
import { withParticles } from './words-ko.ts';

/** The sentences of a vocabulary in every language. */
export type Sayings<FactsByCode> = { readonly [Each in Language]: SayingTable<FactsByCode> };

/** The sentence of a saying in a language. */
export const told = <FactsByCode>(
  sayings: Sayings<FactsByCode>,
  saying: Saying<FactsByCode>,
  language: Language = 'en',
): string =>
  language === 'en' ? say(sayings.en, saying) : withParticles(say(sayings[language], saying));
