import type { BackendError } from '../../src-main/contract/index.ts';
import { errorWords, expectationText } from '../i18n/error-words.ts';
import { language } from '../i18n/language.svelte.ts';

/** An error in one line: what was expected where it is about one value, else what happened. */
export function errorSentence(error: BackendError): string {
  const issues = 'issues' in error.detail ? (error.detail.issues ?? []) : [];
  const [first] = issues;
  return first && issues.length === 1
    ? language.messages.inspector.expected(expectationText(first.expected))
    : errorWords(error).text;
}
