import { describe, expect, test } from 'vitest';
import { en } from '../../src-renderer/i18n/en.ts';
import { ko } from '../../src-renderer/i18n/ko.ts';

type Tree = { readonly [key: string]: unknown };

/** Every message with its path; one that takes arguments is told with those it got. */
function messages(tree: object, path: readonly string[] = []): (readonly [string, string])[] {
  return Object.entries(tree as Tree).flatMap(([key, value]) => {
    const place = [...path, key];
    if (typeof value === 'string') return [[place.join('.'), value] as const];
    if (typeof value === 'function') {
      const told = value as (...args: string[]) => string;
      const args = Array.from({ length: told.length }, (_, at) => `«${at}»`);
      return [[place.join('.'), told(...args)] as const];
    }
    return messages(value as object, place);
  });
}

const english = new Map(messages(en));
const korean = new Map(messages(ko));

describe('the messages', () => {
  test('are the same in both languages', () => {
    expect([...korean.keys()]).toEqual([...english.keys()]);
  });

  test('say all that they are given, in both languages', () => {
    for (const [path, text] of english) {
      const given = (message = '') => [...new Set(message.match(/«\d»/g))].sort();
      expect([path, given(korean.get(path))]).toEqual([path, given(text)]);
    }
  });

  test('are Korean where they are words', () => {
    // Names, and abbreviations that are the same in every language.
    const same = /^[\p{Lu}\d«» ]+$|^IPv[46]$|^TTL$/u;
    const untranslated = [...korean].filter(
      ([path, text]) => text === english.get(path) && !same.test(text),
    );
    expect(untranslated).toEqual([]);
  });

  test.each([
    ['statuses.reachable', '도달 가능'],
    ['flows.title', '트래픽 플로우'],
    ['steps.firewall', '방화벽'],
    ['steps.encapsulate', '캡슐화'],
    ['nodeKinds.host', '호스트'],
    ['nodeKinds.pod', '팟'],
  ])('use the words of the glossary: %s is %s', (path, word) => {
    expect(korean.get(path)).toBe(word);
  });

  test('count one and many', () => {
    expect([en.counts.hops('1'), en.counts.hops('2')]).toEqual(['1 hop', '2 hops']);
  });
});
