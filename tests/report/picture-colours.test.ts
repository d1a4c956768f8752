import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { paperColor, paperTokens } from '../../src-renderer/theme/paper.ts';

const css = readFileSync(join(import.meta.dirname, '../../src-renderer/theme/tokens.css'), 'utf8');

test('the colours of pictures are those of the page', () => {
  expect(paperTokens.length).toBeGreaterThan(30);
  for (const token of paperTokens) {
    const [, light, dark] =
      new RegExp(`^\\s*${token}: light-dark\\((#\\w+), (#\\w+)\\);`, 'm').exec(css) ?? [];
    expect([paperColor(token, false), paperColor(token, true)], token).toEqual([light, dark]);
  }
});

test('every colour that the drawing has on the page is there', () => {
  const named = [...css.matchAll(/^\s*(--canvas-[\w-]+):/gm)].map(([, token]) => token);
  expect(named.filter((token) => !paperTokens.includes(token ?? ''))).toEqual([]);
});
