import type { InstallNeedReport } from '../../../src-main/contract/vocabulary.ts';
import { installTitle } from '../../../src-main/contract/vocabulary.ts';
import type { Messages } from '../../i18n/en.ts';
import { visibleText } from '../../i18n/visible-text.ts';
import type { LanguageCode } from '../../i18n/language.svelte.ts';
import { clientNames } from '../../state/install-words.ts';

interface Speaker {
  readonly code: LanguageCode;
  number(value: number): string;
}

/** `Docker · 43 images`; of a call what it is for, and whom it asks. */
export function needTitle(
  { kind, client, references, cells }: InstallNeedReport,
  t: Messages['install'],
  language: Speaker,
): string {
  const asked = [...new Set(cells.flatMap(({ asks }) => asks.map(({ host }) => host)))];
  const named = (purpose: string) =>
    [purpose, ...asked.filter((host) => !purpose.includes(host))].join(' · ');
  const what =
    kind === 'call'
      ? named(references.map((one) => installTitle(one, language.code)).join(', '))
      : references.length === 1
        ? (references[0] ?? '')
        : t.kinds[kind](language.number(references.length));
  return visibleText(`${clientNames[client]} · ${what}`);
}
