import { afterAll, expect, test } from 'vitest';
import { language } from '../../../src-renderer/i18n/language.svelte.ts';
import { pages as en } from '../../../src-renderer/features/help/pages-en.ts';
import { pages as ko } from '../../../src-renderer/features/help/pages-ko.ts';
import { rowsOf } from '../../help/blocks.ts';
import { shortcuts } from './shortcut-list.ts';

afterAll(() => language.speak('en'));

const guides = { en, ko };

test.each(['en', 'ko'] as const)('the guide lists every command with its keys, in %s', (code) => {
  language.speak(code);
  const page = guides[code].find(({ id }) => id === 'shortcuts');
  const told = shortcuts().map(({ label, keys }) => `${label}: ${keys.join(', ')}`);
  expect(told.length).toBeGreaterThan(50);
  expect(page && rowsOf(page).map(([label, keys]) => `${label}: ${keys}`)).toEqual(told);
});
