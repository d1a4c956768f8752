import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Only these make a test fail; the rest is told by axe as advice. */
const grave = new Set(['serious', 'critical']);

/** Looks at the whole page as it is shown now. Nothing serious or critical may be found by axe (WCAG 2.2 A and AA). */
export async function expectAccessible(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  // The page's policy forbids scripts of others; what the browser's tools run is not under it.
  await devtools.send('Runtime.evaluate', { expression: source });
  const options: RunOptions = {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
  };
  const answer = await devtools.send('Runtime.evaluate', {
    expression: `axe.run(document, ${JSON.stringify(options)}).then((found) => JSON.stringify(found.violations))`,
    awaitPromise: true,
    returnByValue: true,
  });
  await devtools.detach();
  if (typeof answer.result.value !== 'string') throw new Error('axe did not answer');
  const violations = JSON.parse(answer.result.value) as AxeResults['violations'];
  const found = violations
    .filter(({ impact }) => grave.has(impact ?? ''))
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(' ')}\n  ${node.html.slice(0, 160)}`).join('\n')}`,
    );
  expect(found.join('\n')).toBe('');
}
