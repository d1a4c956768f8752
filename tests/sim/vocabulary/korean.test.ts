import { describe, expect, test } from 'vitest';
import {
  assumptionText,
  reasonText,
  stepText,
  warningText,
  withParticles,
} from '../../../src-main/sim/vocabulary/index.ts';
import { assumptions, reasons } from '../../../src-main/sim/vocabulary/reasons.ts';
import { compile, simulate, type Result } from '../../../src-main/sim/index.ts';
import { sample } from '../../samples/samples.ts';

const hangul = /[가-힣]/;
/** What stands for names in a reason's arguments; told apart from every word of a sentence. */
const names = ['alpha-1', 'beta-2', 'gamma-3', 'delta-4', 'epsilon-5'];
const samples = ['icp-on-vcenter', 'icp-as-documented', 'icp-cluster-ip'] as const;

const stepsOf = (result: Result) =>
  [...result.forward, ...result.reverse]
    .flatMap(({ legs }) => legs)
    .flatMap(({ hops }) => hops)
    .flatMap(({ steps }) => steps);

describe('answers in Korean', () => {
  const told = Object.entries(reasons).filter(([key]) => key !== 'filtered' && key !== 'otherTag');
  test.each(told)('the reason %s is recognised, with its names', (_key, reason) => {
    const given = names.slice(0, reason.length);
    const english = (reason as (...given: string[]) => string)(...given);
    const korean = reasonText(english, 'ko');
    expect(korean).toMatch(hangul);
    for (const name of given) expect(korean).toContain(name);
    expect(reasonText(english, 'en')).toBe(english);
  });

  test('a filter that dropped is named', () => {
    const denied = 'The default rule denies tcp 443 from 192.0.2.1 to 192.0.2.2';
    expect(reasonText(reasons.filtered('esg', denied), 'ko')).toBe('esg의 방화벽이 막음');
    expect(reasonText(reasons.otherTag('a', '192.0.2.1', 7, 0), 'ko')).toMatch(
      /a가 192\.0\.2\.1을/,
    );
  });

  test.each(Object.values(assumptions))('assumed: %s', (text) => {
    expect(assumptionText(text, 'ko')).toMatch(hangul);
    expect(assumptionText(text, 'en')).toBe(text);
  });

  test.each(samples)('every step, warning and assumption of %s', (name) => {
    const design = sample(name);
    const network = compile(design);
    const results = (design.flows ?? []).map((flow) => simulate(network, flow, { allPaths: true }));
    expect(results.length).toBeGreaterThan(0);
    for (const result of results) {
      for (const step of stepsOf(result)) {
        expect(stepText(step, 'ko'), step.text).toMatch(hangul);
        expect(stepText(step, 'en')).toBe(step.text);
      }
      for (const { text } of result.warnings) expect(warningText(text, 'ko'), text).toMatch(hangul);
      for (const text of result.assumptions) {
        expect(assumptionText(text, 'ko'), text).toMatch(hangul);
      }
    }
  });

  test('what is not known stays as it is', () => {
    expect(reasonText('something new', 'ko')).toBe('something new');
    expect(warningText('something new', 'ko')).toBe('something new');
  });

  test.each([
    ['esg이(가) 폐기', 'esg가 폐기'],
    ['web-1이(가) 폐기', 'web-1이 폐기'],
    ['web-1(으)로 보냄', 'web-1로 보냄'],
    ['esxi-03(으)로 보냄', 'esxi-03으로 보냄'],
    ['서울은(는) 멀다', '서울은 멀다'],
    ['서울(으)로', '서울로'],
    ['vm을(를) 거쳐', 'vm을 거쳐'],
    ['(vlan)과(와)', '(vlan)과'],
  ])('%s is read %s', (given, expected) => {
    expect(withParticles(given)).toBe(expected);
  });
});
