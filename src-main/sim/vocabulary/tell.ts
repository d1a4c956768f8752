import { assumptions, assumptionsKo, type Assumption } from './assumptions.ts';
import type { Language } from './languages.ts';
import type { Reason, Reasoned } from './reason.ts';
import { reasonsKo } from './reasons-ko.ts';
import { reasons } from './reasons.ts';
import { refusals, refusalsKo, type Refusal } from './refusals.ts';
import type { Saying } from './saying.ts';
import { told } from './told.ts';
import type { Warning, WarningCode, WarningFacts } from './warning.ts';
import { warningsKo } from './warnings-ko.ts';
import { warnings } from './warnings.ts';

/** Why a walk ended. */
export const reasonText = (reason: Reason, language: Language = 'en'): string =>
  told({ en: reasons, ko: reasonsKo }, reason, language);

/** For a step's detail. */
export const reasoned = (because: Reason): Reasoned => ({ reason: reasonText(because), because });

/** Why a proxy refused. */
export const refusalText = (refusal: Refusal, language: Language = 'en'): string =>
  told({ en: refusals, ko: refusalsKo }, refusal, language);

/** What a result takes for granted. */
export const assumptionText = (assumption: Assumption, language: Language = 'en'): string =>
  told({ en: assumptions, ko: assumptionsKo }, assumption, language);

/** What a result warns of. */
export const warningText = (warning: Saying<WarningFacts>, language: Language = 'en'): string =>
  told({ en: warnings, ko: warningsKo }, warning, language);

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
