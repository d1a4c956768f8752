import { describe, expect, test } from 'vitest';
import {
  assumptionText,
  because,
  reasonText,
  stepText,
  warningText,
  withParticles,
  type Reason,
} from '../../../src-main/sim/vocabulary/index.ts';
import { compile, simulate, type Result } from '../../../src-main/sim/index.ts';
import { reasonsKo } from '../../../src-main/sim/vocabulary/reasons-ko.ts';
import { reasons } from '../../../src-main/sim/vocabulary/reasons.ts';
import { sample, sampleNames } from '../../samples/samples.ts';

const hangul = /[가-힣]/;

const stepsOf = (result: Result) =>
  [...result.forward, ...result.reverse]
    .flatMap(({ legs }) => legs)
    .flatMap(({ hops }) => hops)
    .flatMap(({ steps }) => steps);

/** Facts that say their own key, whatever is asked of them, and note what was asked. */
function listening() {
  const asked = new Set<string>();
  const facts = new Proxy(
    {},
    {
      get: (_, key: string) => {
        asked.add(key);
        return key === 'tag' || key === 'own' || key.endsWith('Bytes') ? 7 : `‹${key}›`;
      },
    },
  );
  return { asked, facts };
}

describe('answers in Korean', () => {
  const plain = Object.keys(reasons).filter((key) => key !== 'filtered' && key !== 'proxy-refused');
  test.each(plain as (keyof typeof reasons)[])('the reason %s tells the same facts', (code) => {
    const [english, korean] = [listening(), listening()];
    reasons[code](english.facts as never);
    expect(reasonsKo[code](korean.facts as never)).toMatch(hangul);
    expect(korean.asked).toEqual(english.asked);
  });

  test('what a filter did is told with its rule', () => {
    const tuple = { protocol: 'tcp', source: '192.0.2.1', sourcePort: 9, destination: '192.0.2.2' };
    const facts = { ...tuple, destinationPort: 443, device: 'esg', action: 'deny' } as const;
    const byDefault = because('filtered', facts);
    const byRule = because('filtered', { ...facts, rule: { number: 3, id: 'no-web' } });
    expect(reasonText(byDefault)).toBe(
      'esg: The default rule denies tcp 443 from 192.0.2.1 to 192.0.2.2',
    );
    expect(reasonText(byDefault, 'ko')).toBe('esg: 기본 규칙: 192.0.2.1 → 192.0.2.2 tcp 443 거부');
    expect(reasonText(byRule, 'ko')).toContain('규칙 3 no-web');
  });

  test('why a proxy refused is told', () => {
    const ports = { code: 'port-not-open', detail: { port: 22, ports: [443] } } as const;
    const refused = because('proxy-refused', { proxy: 'squid', refusal: ports });
    expect(reasonText(refused)).toBe('squid: port 22 is not open to CONNECT (443)');
    expect(reasonText(refused, 'ko')).toBe('squid: 포트 22는 CONNECT에 열려 있지 않음 (443)');
  });

  test('a reason inside a warning is Korean too', () => {
    const reason: Reason = because('no-route', { device: 'r1', destination: '10.0.0.2' });
    const detail = { server: '10.0.0.2', client: 'a', reason };
    expect(warningText({ code: 'resolver-failed', detail }, 'ko')).toBe(
      '10.0.0.2가 a에 응답하지 않음: r1에 10.0.0.2로 가는 라우트가 없음',
    );
  });

  test.each(sampleNames)('every step, warning and assumption of %s', (name) => {
    const design = sample(name);
    const network = compile(design);
    const results = (design.flows ?? []).map((flow) => simulate(network, flow, { allPaths: true }));
    expect(results.length).toBeGreaterThan(0);
    for (const result of results) {
      for (const step of stepsOf(result)) {
        expect(stepText(step, 'ko'), step.text).toMatch(hangul);
        expect(stepText(step, 'en')).toBe(step.text);
      }
      for (const warning of result.warnings) {
        expect(warningText(warning, 'ko'), warning.text).toMatch(hangul);
        expect(warningText(warning)).toBe(warning.text);
      }
      expect(result.assumed.map((one) => assumptionText(one))).toEqual(result.assumptions);
      for (const one of result.assumed) expect(assumptionText(one, 'ko')).toMatch(hangul);
    }
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
