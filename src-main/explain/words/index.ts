import type { Language } from '../../sim/vocabulary/languages.ts';
import { reasonText, warningText } from '../../sim/vocabulary/tell.ts';
import { told } from '../../sim/vocabulary/told.ts';
import type { BlockedBecause, Opens, RemedySaying } from '../vocabulary.ts';
import { opens, remedies } from './en.ts';
import { opensKo, remediesKo } from './ko.ts';

/** Why a flow gets no further, in the words of its trace. */
export const blockedText = (because: BlockedBecause, language: Language = 'en'): string =>
  because.code === 'mtu-black-hole'
    ? warningText(because, language)
    : reasonText(because, language);

/** What a change of the design does. */
export const remedyText = (remedy: RemedySaying, language: Language = 'en'): string =>
  told({ en: remedies, ko: remediesKo }, remedy, language);

/** What a change opens beyond the flow. */
export const opensText = (one: Omit<Opens, 'text'>, language: Language = 'en'): string =>
  told({ en: opens, ko: opensKo }, one as Opens, language);
