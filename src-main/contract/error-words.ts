import type { Language } from '../sim/vocabulary/languages.ts';
import { withParticles } from '../sim/vocabulary/words-ko.ts';
import { wordingsKo } from './errors-ko.ts';
import type { BackendError, ErrorWording } from './errors.ts';

/**
 * An error in a language: what happened, and what to do. `expectation` tells what validators expected, which they say in
 * English.
 */
export function errorWording(
  error: BackendError,
  language: Language,
  expectation: (said: string) => string = (said) => said,
): Pick<ErrorWording, 'text' | 'hint'> {
  const { code, detail, text, hint } = error;
  if (language === 'en') return hint === undefined ? { text } : { text, hint };
  // Each sentence takes the detail of its own code, which is what the error has.
  const wording = wordingsKo(expectation)[code] as (facts: typeof detail) => ErrorWording;
  const told = wording(detail);
  return {
    text: withParticles(told.text),
    ...(told.hint === undefined ? {} : { hint: withParticles(told.hint) }),
  };
}
