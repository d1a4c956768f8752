import { describe, expect, test } from 'vitest';
import { checkDesign, findingCodes } from '../../../src-main/checks/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import {
  findingPlace,
  findingText,
  findingWhy,
} from '../../../src-renderer/features/checks/finding-words.ts';
import { addressCases } from '../../checks/cases/addresses.ts';
import { clusterCases } from '../../checks/cases/clusters.ts';
import { edgeCases } from '../../checks/cases/edges.ts';
import { overlayCases } from '../../checks/cases/overlay.ts';
import { routingCases } from '../../checks/cases/routing.ts';
import { ruleCases } from '../../checks/cases/rules.ts';
import { tunnelCases } from '../../checks/cases/tunnels.ts';

const cases = [
  ...addressCases,
  ...routingCases,
  ...edgeCases,
  ...ruleCases,
  ...overlayCases,
  ...clusterCases,
  ...tunnelCases,
];

const collections = ['nodes', 'segments', 'links', 'clusters', 'services', 'ingresses'] as const;

/** The design with a name for everything that may have one. Services go by theirs in DNS: they keep it. */
function named(design: Design): Design {
  const change: Record<string, unknown> = {};
  for (const key of [...collections, 'transportZones'] as const) {
    if (key === 'services') continue;
    change[key] = (design[key] ?? []).map((one) => ({ ...one, name: `«${one.id}»` }));
  }
  return { ...design, ...change };
}

/** What can be read in both languages: addresses, numbers, and the names of things. */
const facts = (text: string) => new Set(text.match(/«[^»]*»|\d+(?:\.\d+){3}(?:\/\d+)?/g) ?? []);

describe('findings in Korean', () => {
  test.each(cases)('$code: $title', ({ code, wrong }) => {
    const found = checkDesign(named(wrong)).filter((one) => one.code === code);
    expect(found.length).toBeGreaterThan(0);
    for (const finding of found) {
      expect(findingText(finding, 'en')).toBe(finding.text);
      const korean = findingText(finding, 'ko');
      expect(korean).toMatch(/[가-힣]/);
      // No particle is left open, and no fact is left out for want of a word.
      expect(korean).not.toMatch(/\([가-힣]\)|undefined|\[object/);
      expect(facts(korean)).toEqual(facts(finding.text));
      expect(findingWhy(finding, 'ko')).toMatch(/[가-힣].*\.$/);
      for (const place of [...finding.places, ...finding.related]) {
        expect(findingPlace(place, 'en')).toBe(place.label);
        expect(findingPlace(place, 'ko')).not.toMatch(/undefined/);
        expect(findingPlace(place, 'ko').split(' › ')).toHaveLength(place.terms.length);
      }
    }
  });

  test('every code has its own', () => {
    expect(new Set(cases.map(({ code }) => code))).toEqual(new Set(findingCodes));
  });
});
