import { DOMParser, onErrorStopParsing } from '@xmldom/xmldom';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IntentCheck, IntentVerdict } from '../../src-main/contract/index.ts';
import { escapeXml, junitXml } from '../../src-main/contract/junit.ts';

const parse = (xml: string) =>
  new DOMParser({ onError: onErrorStopParsing }).parseFromString(xml, 'text/xml');

const check = (name: string, holds: boolean, reason: string): IntentCheck => ({
  flow: {
    id: 'f',
    name,
    from: { kind: 'node', node: 'a' },
    to: { kind: 'node', node: 'b' },
    port: 80,
  },
  holds,
  status: holds ? 'reachable' : 'unreachable',
  disposition: holds ? 'delivered' : 'denied',
  reason,
  warnings: [],
});

const nasty = `<a> & "b" 'c' ]]> \u0000\u001b\uffff \ud800 \n\ttab`;
const verdicts: readonly IntentVerdict[] = [
  {
    id: 'web-open',
    name: nasty,
    expect: 'reachable',
    holds: false,
    checks: [check('a → b, tcp 80', true, 'fine'), check(nasty, false, nasty)],
  },
  { id: 'nobody', expect: 'blocked', holds: false, checks: [] },
  { id: 'closed', expect: 'blocked', holds: true, checks: [check('x → y', true, '')] },
];

describe('JUnit XML', () => {
  const document = parse(junitXml('designs/a "b".yaml', verdicts));
  const elements = (name: string) => Array.from(document.getElementsByTagName(name));

  it('has a suite an intent and a case a check', () => {
    expect(elements('testsuite').map((suite) => suite.getAttribute('tests'))).toEqual([
      '2',
      '1',
      '1',
    ]);
    expect(elements('testcase')).toHaveLength(4);
  });

  it('counts the failures in each suite and in all', () => {
    expect(document.documentElement?.getAttribute('failures')).toBe('2');
    expect(document.documentElement?.getAttribute('tests')).toBe('4');
    expect(elements('testsuite').map((suite) => suite.getAttribute('failures'))).toEqual([
      '1',
      '1',
      '0',
    ]);
    expect(elements('failure')).toHaveLength(2);
  });

  it('gives an intent that speaks of nobody a case that fails', () => {
    const [, failure] = elements('failure');
    expect(failure?.getAttribute('message')).toBe('the intent speaks of nobody');
  });

  it('brings every character through that XML can hold, and replaces the others', () => {
    const [failure] = elements('failure');
    expect(failure?.textContent).toBe(`<a> & "b" 'c' ]]> \ufffd\ufffd\ufffd \ufffd \n\ttab`);
    expect(elements('testcase')[1]?.getAttribute('name')).toBe(failure?.textContent);
    expect(document.documentElement?.getAttribute('name')).toBe('designs/a "b".yaml');
  });

  it('says what was expected and what was found', () => {
    const [failure] = elements('failure');
    expect(failure?.getAttribute('message')).toBe('expected reachable, found unreachable, denied');
  });

  it('is well-formed whatever the texts are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const xml = `<a b="${escapeXml(text)}">${escapeXml(text)}</a>`;
        const element = parse(xml).documentElement;
        expect(element?.getAttribute('b')).toBe(element?.textContent);
      }),
    );
  });
});
