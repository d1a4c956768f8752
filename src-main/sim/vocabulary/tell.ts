import { assumptions, assumptionsKo, type Assumption } from './assumptions.ts';
import type { Language } from './languages.ts';
import type { Reason, Reasoned } from './reason.ts';
import { reasonsKo } from './reasons-ko.ts';
import { reasons } from './reasons.ts';
import { refusals, refusalsKo, type Refusal } from './refusals.ts';
import { say, type Saying, type SayingTable } from './saying.ts';
import type { Warning, WarningCode, WarningFacts } from './warning.ts';
import { warningsKo } from './warnings-ko.ts';
import { warnings } from './warnings.ts';
import { withParticles } from './words-ko.ts';

const told = <FactsByCode>(
  saying: Saying<FactsByCode>,
  language: Language,
  english: SayingTable<FactsByCode>,
  korean: SayingTable<FactsByCode>,
): string => (language === 'en' ? say(english, saying) : withParticles(say(korean, saying)));

/** Why a walk ended. */
export const reasonText = (reason: Reason, language: Language = 'en'): string =>
  told(reason, language, reasons, reasonsKo);

/** For a step's detail. */
export const reasoned = (because: Reason): Reasoned => ({ reason: reasonText(because), because });

/** Why a proxy refused. */
export const refusalText = (refusal: Refusal, language: Language = 'en'): string =>
  told(refusal, language, refusals, refusalsKo);

/** What a result takes for granted. */
export const assumptionText = (assumption: Assumption, language: Language = 'en'): string =>
  told(assumption, language, assumptions, assumptionsKo);

/** What a result warns of. */
export const warningText = (warning: Saying<WarningFacts>, language: Language = 'en'): string =>
  told(warning, language, warnings, warningsKo);

/** A warning with its English sentence; `at` names the node, segment, link or setting that it is about. */
export function warning<Code extends WarningCode>(
  code: Code,
  at: string,
  detail: WarningFacts[Code],
): Warning {
  // A code and its facts belong together by the signature.
  const said = { code, detail } as Saying<WarningFacts>;
  return { code, text: warningText(said), at, detail } as Warning;
}
