import { describe, expect, test } from 'vitest';
import { checkDesign, findingCodes } from '../../../src-main/checks/index.ts';
import { findingText, findingWhy } from '../../../src-renderer/features/checks/finding-words.ts';
import { addressCases } from '../../checks/cases/addresses.ts';
import { clusterCases } from '../../checks/cases/clusters.ts';
import { edgeCases } from '../../checks/cases/edges.ts';
import { overlayCases } from '../../checks/cases/overlay.ts';
import { routingCases } from '../../checks/cases/routing.ts';
import { ruleCases } from '../../checks/cases/rules.ts';

const cases = [
  ...addressCases,
  ...routingCases,
  ...edgeCases,
  ...ruleCases,
  ...overlayCases,
  ...clusterCases,
];

describe('findings in Korean', () => {
  test.each(cases)('$code: $title', ({ code, wrong }) => {
    const found = checkDesign(wrong).filter((one) => one.code === code);
    expect(found.length).toBeGreaterThan(0);
    for (const finding of found) {
      expect(findingText(finding, 'en')).toBe(finding.text);
      const korean = findingText(finding, 'ko');
      expect(korean).toMatch(/[가-힣]/);
      // No particle is left open, and no fact is left out for want of a word.
      expect(korean).not.toMatch(/\([가-힣]\)|undefined|\[object/);
      expect(findingWhy(finding, 'ko')).toMatch(/[가-힣].*\.$/);
    }
  });

  test('every code has its own', () => {
    expect(new Set(cases.map(({ code }) => code))).toEqual(new Set(findingCodes));
  });
});
