import { en, type Messages } from './en.ts';
import { ko } from './ko.ts';

const languages: Readonly<Record<LanguageCode, Messages>> = { en, ko };
export type LanguageCode = 'en' | 'ko';
export const languageCodes: readonly LanguageCode[] = ['en', 'ko'];

const storageKey = 'hopscope.language';

const isLanguageCode = (text: string | null): text is LanguageCode =>
  text !== null && Object.hasOwn(languages, text);

/** The reader's own choice, else the first of the system's languages that we speak, else English. */
function preferred(): LanguageCode {
  const chosen = globalThis.localStorage.getItem(storageKey);
  if (isLanguageCode(chosen)) return chosen;
  const spoken = navigator.languages.map((tag) => tag.split('-')[0] ?? '');
  return spoken.find(isLanguageCode) ?? 'en';
}

class Language {
  #code = $state<LanguageCode>(preferred());
  readonly #numbers = $derived(new Intl.NumberFormat(this.#code));
  readonly #percents = $derived(
    new Intl.NumberFormat(this.#code, { style: 'percent', maximumFractionDigits: 1 }),
  );

  get code(): LanguageCode {
    return this.#code;
  }

  get messages(): Messages {
    return languages[this.#code];
  }

  speak(code: LanguageCode): void {
    this.#code = code;
    globalThis.localStorage.setItem(storageKey, code);
  }

  number(value: number): string {
    return this.#numbers.format(value);
  }

  /** A share between 0 and 1. */
  percent(share: number): string {
    return this.#percents.format(share);
  }

  nameOf(code: LanguageCode): string {
    return languages[code].language.name;
  }
}

export const language = new Language();
