import { expect, test } from 'vitest';
import { installTitle } from '../../src-main/install/words/index.ts';
import { shippedCatalogue } from './asking.ts';

test('every step and call of the catalogue has a Korean title', () => {
  const titles = shippedCatalogue().products.flatMap(({ steps }) =>
    steps.flatMap(({ title, calls = [] }) => [title, ...calls.map(({ purpose }) => purpose)]),
  );
  expect(titles.length).toBeGreaterThan(20);
  expect(titles.filter((title) => !/[가-힣]/.test(installTitle(title, 'ko')))).toEqual([]);
});

test('a title of a catalogue of one’s own stays as it is', () => {
  expect(installTitle('Do this', 'ko')).toBe('Do this');
  expect(installTitle('constructor', 'ko')).toBe('constructor');
  expect(installTitle('The API server calls web.shop.svc, as for a webhook', 'ko')).toBe(
    'API 서버가 web.shop.svc 호출 (웹훅)',
  );
});
