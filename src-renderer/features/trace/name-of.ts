import { visibleText } from '../../i18n/visible-text.ts';

interface Named {
  readonly id: string;
  readonly name?: string;
}

/** What one of a collection is called, for people. */
export const nameOf = (all: readonly Named[] | undefined, id: string): string =>
  visibleText(all?.find((one) => one.id === id)?.name ?? id);
