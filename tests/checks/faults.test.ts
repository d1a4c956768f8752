import { describe, expect, it } from 'vitest';
import {
  catalogue,
  checkDesign,
  findingCodes,
  placeText,
  whyItMatters,
} from '../../src-main/checks/index.ts';
import { addressCases } from './cases/addresses.ts';
import type { FaultCase } from './cases/case.ts';
import { clusterCases } from './cases/clusters.ts';
import { edgeCases } from './cases/edges.ts';
import { overlayCases } from './cases/overlay.ts';
import { routingCases } from './cases/routing.ts';
import { ruleCases } from './cases/rules.ts';
import { tunnelCases } from './cases/tunnels.ts';

const cases: readonly FaultCase[] = [
  ...addressCases,
  ...routingCases,
  ...edgeCases,
  ...ruleCases,
  ...overlayCases,
  ...clusterCases,
  ...tunnelCases,
];

describe.each(findingCodes)('%s', (code) => {
  const own = cases.filter((one) => one.code === code);

  it('has cases, a severity, and a reason why it matters', () => {
    expect(own.length).toBeGreaterThan(0);
    expect(['error', 'warning']).toContain(catalogue[code].severity);
    expect(whyItMatters(code)).toMatch(/^[A-Z].*\.$/);
  });

  it.each(own)('is found at its place and told: $title', ({ wrong, at, says }) => {
    const found = checkDesign(wrong).filter((one) => one.code === code);
    expect(found.map((one) => `${placeText(one.at)}: ${one.text}`)).toEqual([`${at}: ${says}`]);
    expect(found.map((one) => one.severity)).toEqual([catalogue[code].severity]);
  });

  it.each(own)('is gone when mended: $title', ({ right }) => {
    const found = checkDesign(right).map((one) => `${one.code} ${placeText(one.at)}: ${one.text}`);
    expect(found).toEqual([]);
  });
});
