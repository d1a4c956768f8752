import { errorWording, type BackendError } from '../../src-main/contract/index.ts';
import { expectationKo } from './expectations-ko.ts';
import { language } from './language.svelte.ts';
import { visibleText } from './visible-text.ts';

/** What validators expected, in the window's language; in English where only that is known. */
export const expectationText = (said: string): string =>
  (language.code === 'ko' ? expectationKo(said) : undefined) ?? said;

/** What happened, and what to do, in the window's language. */
export function errorWords(error: BackendError): { readonly text: string; readonly hint?: string } {
  const { text, hint } = errorWording(error, language.code, expectationText);
  return { text: visibleText(text), ...(hint === undefined ? {} : { hint: visibleText(hint) }) };
}
