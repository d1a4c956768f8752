import { en, type Messages } from './en.ts';
import { ko } from './ko.ts';

const languages: Readonly<Record<LanguageCode, Messages>> = { en, ko };
export type LanguageCode = 'en' | 'ko';
export const languageCodes: readonly LanguageCode[] = ['en', 'ko'];

export const isLanguageCode = (value: unknown): value is LanguageCode =>
  typeof value === 'string' && Object.hasOwn(languages, value);

/** The first of the system's languages that we speak, else English. */
function preferred(): LanguageCode {
  const spoken = navigator.languages.map((tag) => tag.split('-')[0] ?? '');
  return spoken.find(isLanguageCode) ?? 'en';
}

class Language {
  #code = $state<LanguageCode>(preferred());
  readonly #numbers = $derived(new Intl.NumberFormat(this.#code));
  readonly #times = $derived(
    new Intl.DateTimeFormat(this.#code, { dateStyle: 'medium', timeStyle: 'short' }),
  );
  readonly #clock = $derived(new Intl.DateTimeFormat(this.#code, { timeStyle: 'short' }));
  readonly #days = $derived(new Intl.DateTimeFormat(this.#code, { dateStyle: 'full' }));
  readonly #ages = $derived(new Intl.RelativeTimeFormat(this.#code, { numeric: 'auto' }));
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
  }

  number(value: number): string {
    return this.#numbers.format(value);
  }

  /** A share between 0 and 1. */
  percent(share: number): string {
    return this.#percents.format(share);
  }

  /** Day and time; milliseconds since 1970-01-01 UTC. */
  time(atMs: number): string {
    return this.#times.format(atMs);
  }

  /** The time of the day. */
  clock(atMs: number): string {
    return this.#clock.format(atMs);
  }

  /** The day, in full. */
  day(atMs: number): string {
    return this.#days.format(atMs);
  }

  /** How long ago: "3 hours ago", "yesterday". */
  age(atMs: number, nowMs: number): string {
    const seconds = (atMs - nowMs) / 1000;
    const units = [
      ['year', 31_557_600],
      ['month', 2_629_800],
      ['week', 604_800],
      ['day', 86_400],
      ['hour', 3600],
      ['minute', 60],
    ] as const;
    for (const [unit, length] of units) {
      if (Math.abs(seconds) >= length) return this.#ages.format(Math.round(seconds / length), unit);
    }
    return this.#ages.format(0, 'second');
  }

  nameOf(code: LanguageCode): string {
    return languages[code].language.name;
  }
}

export const language = new Language();
