import { afterAll, expect, test } from 'vitest';
import { language } from '../../../src-renderer/i18n/language.svelte.ts';
import { guideLanguages, guidePages, rowsOf } from '../../help/guide.ts';
import { shortcuts } from './shortcut-list.ts';

afterAll(() => language.speak('en'));

test.each(guideLanguages)('the guide lists every command with its keys, in %s', (code) => {
  language.speak(code);
  const page = guidePages(code).find(({ id }) => id === 'shortcuts');
  const told = shortcuts().map(({ label, keys }) => `${label}: ${keys.join(', ')}`);
  expect(told.length).toBeGreaterThan(50);
  expect(page && rowsOf(page).map(([label, keys]) => `${label}: ${keys}`)).toEqual(told);
});
