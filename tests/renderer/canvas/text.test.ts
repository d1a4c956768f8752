import { beforeAll, afterAll, expect, test, vi } from 'vitest';
import { measureByCanvas } from '../../../src-renderer/canvas/measure.ts';
import { createTypesetter } from '../../../src-renderer/canvas/text.ts';

const face = { family: 'sans-serif', weight: 400, size: 10 };

beforeAll(() => {
  // As if every character were ten units wide.
  const pen = { measureText: (text: string) => ({ width: text.length * 10 }) };
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => pen;
    },
  );
});
afterAll(() => vi.unstubAllGlobals());

test('what is drawn is isolated, and hidden characters are drawn as what they are called', () => {
  const type = createTypesetter(measureByCanvas);
  expect(type.fit('esg', face, 1000).text).toBe('\u2068esg\u2069');
  expect(type.fit('a\u202eb\u200b', face, 1000).text).toBe('\u2068a‹RLO›b‹ZWSP›\u2069');
  expect(type.fit('\u2069\u2069out', face, 1000).text).toBe('\u2068‹PDI›‹PDI›out\u2069');
});

test('what is cut stays isolated', () => {
  const type = createTypesetter(measureByCanvas);
  const cut = type.fit('\u202egateway', face, 100).text;
  expect(cut).toMatch(/^\u2068[^\u202a-\u202e\u2066-\u2069]+…\u2069$/u);
});
